"""The worked example for researchers runs, and finds the figures that were published."""

import runpy
import sys
from pathlib import Path

import pytest

from assets.command_line import main

SCRIPT = Path(__file__).resolve().parents[2] / "docs" / "research" / "worked_example.py"


@pytest.fixture(scope="module")
def figures(sample_run, tmp_path_factory):
    folder = tmp_path_factory.mktemp("export") / "research"
    home = str(sample_run.home)
    assert main(["export", "--home", home, "--to", str(folder), "--language", "en"]) == 0
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sys, "argv", [str(SCRIPT), str(folder)])
        return runpy.run_path(str(SCRIPT))["figures"]


@pytest.fixture(scope="module")
def publish(sample_run):
    """Reads the tables from which the pages were made."""

    def read(table: str, columns: str, where: str) -> dict[tuple, tuple]:
        path = str(sample_run.home / "protected" / f"{table}.parquet")
        keys, _, values = columns.partition(" -> ")
        width = len(keys.split(","))
        found = sample_run.warehouse.fetch_all(
            f"select {keys}, {values} from read_parquet(?) where {where}", [path]
        )
        return {row[:width]: row[width:] for row in found}

    return read


ORGANISATIONS = "level = 'organisation' and period = '2025' and breakdown = 'total'"


def compare(published: dict, found: dict, at_least: int) -> None:
    """Every published figure is found, to the last digit that a page shows and further."""
    assert len(published) >= at_least
    for key, values in published.items():
        assert found[key] == pytest.approx(values, abs=1e-9), key


def test_shares_from_units_are_those_of_the_published_tables(publish, figures):
    published = publish(
        "indicator_scores",
        "score_key -> value",
        "indicator_id = 'KI-1' and level = 'team' and period = '2025' and value is not null",
    )
    found = {(key,): (share,) for key, share in figures["timely_assessment"].items()}
    compare(published, found, at_least=6)


def test_flow_is_that_of_the_published_tables(publish, figures):
    published = publish(
        "outcome_flow",
        "organisation_id, instrument, informant, stage -> share",
        f"{ORGANISATIONS} and numerator is not null and denominator > 0",
    )
    compare(published, {key: (share,) for key, share in figures["flow"].items()}, at_least=20)


def test_change_and_reliable_change_are_those_of_the_published_tables(publish, figures):
    names = "organisation_id, instrument, instrument_version, scale, informant, moments"
    published = publish(
        "outcome_change",
        f"{names} -> mean_change, ci_low, ci_high",
        f"{ORGANISATIONS} and ci_low is not null",
    )
    found = {key: tuple(one.values()) for key, one in figures["change"].items()}
    compare(published, found, at_least=6)
    published = publish(
        "outcome_change",
        f"{names} -> share_improved",
        f"{ORGANISATIONS} and share_improved is not null",
    )
    compare(published, {key: (one,) for key, one in figures["improved"].items()}, at_least=3)


@pytest.mark.parametrize(
    ("table", "where", "at_least"),
    [
        ("goal_attainment", "measure <> 'gas_t'", 15),
        ("closures", "measure_category is null", 15),
    ],
)
def test_goals_and_closures_are_those_of_the_published_tables(
    publish, figures, table, where, at_least
):
    published = publish(
        table,
        "organisation_id, measure -> value",
        f"{ORGANISATIONS} and {where} and value is not null",
    )
    compare(published, {key: (one,) for key, one in figures[table].items()}, at_least)


def test_the_model_is_the_published_one_and_finds_the_planted_association(publish, figures):
    published = publish(
        "fidelity_outcome",
        "hypothesis_id -> estimate, ci_low, ci_high, teams_count",
        "level = 'all' and hypothesis_id = 'H-1' and is_leading",
    )
    compare(published, {("H-1",): tuple(figures["model"].values())}, at_least=1)
    assert figures["model"]["low"] > 0
    assert figures["model"]["teams"] >= 8
