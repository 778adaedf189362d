"""SPSS files open, hold the values of the Parquet files, and speak the reader's language."""

from __future__ import annotations

import time
from datetime import date

import pandas as pd
import pyreadstat
import pytest

from pipelines.catalogue import load_catalogue
from pipelines.results import read_dictionary
from pipelines.results.export import UNITS
from pipelines.results.labels import Labels
from pipelines.results.spss import set_creation_day, write_sav

TABLES = [table for table in read_dictionary().tables if table != UNITS]
LANGUAGES = ("nl", "en")
# Columns with a closed list of values: each value that occurs has a label.
CLOSED = {
    "band", "breakdown", "chart_kind", "chart_reason", "direction", "evidence_source",
    "exclusion_reason", "funnel_note", "hypothesis_id", "informant", "instrument", "level",
    "mean_change_method", "method", "model", "moments", "null_reason", "position", "provenance",
    "reading", "record_kind", "reliability_kind", "reliable_change_method", "requirement_id",
    "round", "severity", "share_improved_method", "size", "stage", "statistic", "status", "subject",
    "term", "value_kind", "follow_up", "audit_status", "item_status",
}  # fmt: skip
# SPSS does not let a variable have one of these names.
RESERVED = {"all", "and", "by", "eq", "ge", "gt", "le", "lt", "ne", "not", "or", "to", "with"}


def list_cells(column: pd.Series, kind: str) -> list:
    """The cells as SPSS can hold them: numbers, days, or text that is empty instead of missing."""
    filled = [None if pd.isna(cell) else cell for cell in column]
    if kind == "VARCHAR":
        return ["" if cell is None else cell for cell in filled]
    if kind == "DATE":
        return [None if cell is None else pd.Timestamp(cell).date() for cell in filled]
    return [None if cell is None else float(cell) for cell in filled]


@pytest.mark.parametrize("table", TABLES)
def test_an_spss_file_holds_the_values_of_the_parquet_file(sample_run, table):
    path = str(sample_run.home / "results" / f"{table}.parquet")
    parquet = sample_run.warehouse.fetch_frame("select * from read_parquet(?)", [path])
    kinds = sample_run.warehouse.fetch_all(
        "select column_name, column_type from (describe select * from read_parquet(?))", [path]
    )
    sav, _ = pyreadstat.read_sav(sample_run.home / "results" / "sav" / f"{table}.sav")
    assert list(sav.columns) == [name for name, _ in kinds]
    for name, kind in kinds:
        assert list_cells(sav[name], kind) == list_cells(parquet[name], kind), name


@pytest.mark.parametrize("table", TABLES)
def test_every_variable_has_a_label_and_every_known_value_too(sample_run, table):
    sav, meta = pyreadstat.read_sav(sample_run.home / "results" / "sav" / f"{table}.sav")
    labels = Labels(load_catalogue(), "nl")
    for name in sav:
        assert meta.column_names_to_labels[name] == labels.find_column(name)
        if name in CLOSED:
            occurring = {value for value in sav[name] if value}
            assert occurring <= set(meta.variable_value_labels.get(name, {})), name


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_column_has_a_label_that_fits_in_spss(language):
    labels = Labels(load_catalogue(), language)
    for table, entry in read_dictionary().tables.items():
        for name in entry.columns:
            assert 0 < len(labels.find_column(name).encode()) <= 120, (table, name)
            assert name.lower() not in RESERVED and len(name) <= 64


def test_a_value_speaks_the_readers_language():
    dutch, english = (Labels(load_catalogue(), language) for language in LANGUAGES)
    assert dutch.find_value("status", "too_few_teams") == "minder dan 15 teams: geen mixed model"
    assert english.find_value("status", "too_few_teams") == "fewer than 15 teams: no mixed model"
    assert dutch.find_value("indicator_id", "KI-1") == "tijdige krachteninventarisatie"
    assert english.find_value("measure", "KI-1") == "timely strengths assessment"
    assert english.find_value("exclusion_reason", "too_young")
    assert english.find_value("record_status", "too_few") == "too few observations"
    assert dutch.find_value("team_id", "vlonder") is None


def test_yes_and_no_are_numbers_with_labels(sample_run):
    path = sample_run.home / "results" / "sav" / "outcome_flow.sav"
    sav, meta = pyreadstat.read_sav(path)
    assert meta.variable_value_labels["is_provisional"] == {0.0: "nee", 1.0: "ja"}
    assert set(sav["is_provisional"]) == {0.0, 1.0}


def test_the_day_in_the_header_is_the_day_of_the_data(sample_run):
    _, meta = pyreadstat.read_sav(sample_run.home / "results" / "sav" / "closures.sav")
    assert meta.creation_time.date() == date(2026, 6, 30)
    assert meta.creation_time.hour == meta.creation_time.minute == 0


@pytest.fixture
def elsewhere(monkeypatch):
    """A function that moves the process to another time zone, and so to another local time."""

    def move(zone: str) -> None:
        monkeypatch.setenv("TZ", zone)
        time.tzset()

    yield move
    monkeypatch.undo()
    time.tzset()


def test_files_written_at_another_moment_are_the_same_bytes(sample_run, tmp_path, elsewhere):
    labels = Labels(load_catalogue(), "nl")
    parquet = sample_run.home / "results" / "closures.parquet"
    written = []
    # 26 hours apart: never the same day, hour or year-end.
    for place, zone in enumerate(("Pacific/Kiritimati", "Etc/GMT+12")):
        elsewhere(zone)
        path = tmp_path / f"{place}.sav"
        title = "Krachtwerk closures"
        write_sav(sample_run.warehouse, parquet, path, labels, title, date(2026, 6, 30))
        written.append(path.read_bytes())
    assert written[0] == written[1]
    assert written[0] == (sample_run.home / "results" / "sav" / "closures.sav").read_bytes()


def test_the_writer_itself_does_put_its_clock_in_the_header(tmp_path, elsewhere):
    # What set_creation_day is for; it may go when the writer can be told a day.
    written = []
    for place, zone in enumerate(("Pacific/Kiritimati", "Etc/GMT+12")):
        elsewhere(zone)
        path = tmp_path / f"{place}.sav"
        pyreadstat.write_sav(pd.DataFrame({"a": [1.0]}), path)
        written.append(path.read_bytes())
    different = [at for at in range(len(written[0])) if written[0][at] != written[1][at]]
    assert different
    assert min(different) >= 92 and max(different) < 109


def test_a_file_that_is_no_system_file_is_left_alone(tmp_path):
    path = tmp_path / "a.sav"
    path.write_bytes(b"not an SPSS file" * 20)
    with pytest.raises(ValueError, match="no header"):
        set_creation_day(path, date(2026, 1, 1))
    assert path.read_bytes() == b"not an SPSS file" * 20


def test_an_empty_table_is_a_file_without_rows(sample_run, tmp_path):
    parquet = tmp_path / "closures.parquet"
    source = str(sample_run.home / "results" / "closures.parquet")
    sample_run.warehouse.execute(
        f"copy (select * from read_parquet('{source}') limit 0) to '{parquet}' (format parquet)"
    )
    path = tmp_path / "closures.sav"
    labels = Labels(load_catalogue(), "en")
    write_sav(sample_run.warehouse, parquet, path, labels, "empty", date(2026, 6, 30))
    sav, meta = pyreadstat.read_sav(path)
    assert len(sav) == 0
    assert meta.column_names_to_labels["value"] == "value"
