"""Outcomes in workbooks and CSV files: row for row what the protected tables hold."""

import csv
import io
import re

import openpyxl
import pytest

from pipelines.catalogue.wording import load_words
from pipelines.protection import protected_folder
from reports.downloads.outcome_sheets import OUTCOME_SHEETS
from reports.tables import ProtectedTables, to_rows

TABLES = {
    "flow": "outcome_flow",
    "change": "outcome_change",
    "goals": "goal_attainment",
    "closures": "closures",
    "comparison": "comparison",
}
ENTITIES = {"organisation": None, "team-nl-haven": "nl-haven", "team-nl-klein": "nl-klein"}
SUPPRESSED = load_words("nl")("download.suppressed")
COLUMNS = {key: columns for key, columns, _ in OUTCOME_SHEETS}


@pytest.fixture(scope="module")
def published(run):
    with ProtectedTables(protected_folder(run)) as tables:
        return {key: to_rows(tables.read(name, "noordlicht")) for key, name in TABLES.items()}


@pytest.fixture(scope="module")
def folder(site):
    return site / "organisations" / "noordlicht" / "nl" / "downloads"


def select(rows: list[dict], key: str, team_id: str | None) -> list[dict]:
    if key == "comparison" and team_id is None:
        return rows
    return [row for row in rows if row["team_id"] == team_id]


def read_sheet(folder, stem: str, key: str) -> list[tuple]:
    title = load_words("nl")(f"download.sheet.{key}")
    book = openpyxl.load_workbook(folder / f"{stem}.xlsx")
    return list(book[title].iter_rows(values_only=True)) if title in book.sheetnames else []


def read_csv(folder, stem: str, key: str) -> list[list[str]]:
    path = folder / f"{stem}-{key}.csv"
    text = path.read_bytes().decode("utf-8-sig") if path.exists() else ""
    return list(csv.reader(io.StringIO(text, newline=""), delimiter=";"))


def write_number(value: object) -> str:
    return "" if value is None else f"{value:.10f}".rstrip("0").rstrip(".").replace(".", ",")


@pytest.mark.parametrize("stem", ENTITIES)
@pytest.mark.parametrize("key", TABLES)
def test_every_published_outcome_is_in_the_files_as_it_is_in_the_table(
    folder, published, key, stem
):
    wanted = select(published[key], key, ENTITIES[stem])
    book, text = read_sheet(folder, stem, key), read_csv(folder, stem, key)
    assert len(book) == len(text) == (len(wanted) + 1 if wanted else 0)
    for place, column in enumerate(COLUMNS[key]):
        if column.kind not in ("number", "count"):
            continue
        for row, cells, told in zip(wanted, book[1:], text[1:], strict=True):
            value = row[column.name]
            if value is None and row.get(column.hidden_by):
                assert cells[place] == told[place] == SUPPRESSED
            else:
                assert cells[place] == (None if value is None else pytest.approx(value))
                assert told[place] == write_number(value)


@pytest.mark.parametrize("key", TABLES)
def test_every_kind_of_outcome_is_among_the_tested(published, key):
    assert select(published[key], key, "nl-haven")
    if key != "comparison":
        assert any(row["is_suppressed"] for row in published[key])


@pytest.mark.parametrize("key", TABLES)
def test_no_code_is_left_untranslated(folder, key):
    header, *rows = read_csv(folder, "organisation", key)
    codes = {"suppressed", "given", "organisation", "team_id", "total", "worker", "client", "yes"}
    cells = {*header, *(cell for row in rows for cell in row)}
    assert not codes & cells
    assert [cell for cell in cells if re.fullmatch("[a-z]+_[a-z_]+", cell)] == []


def test_a_rank_is_in_no_sheet():
    names = {column.name for columns in COLUMNS.values() for column in columns}
    assert not any("rank" in name or name == "position" for name in names)
