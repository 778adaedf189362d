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


def test_shares_from_units_are_those_of_the_published_tables(sample_run, figures):
    path = str(sample_run.home / "protected" / "indicator_scores.parquet")
    published = dict(
        sample_run.warehouse.fetch_all(
            "select concat_ws('|', indicator_id, organisation_id, team_id, period, 'v1'), value"
            " from read_parquet(?) where indicator_id = 'KI-1' and value is not null",
            [path],
        )
    )
    shown = published.keys() & figures["timely_assessment"].keys()
    assert len(shown) > 5
    for key in shown:
        assert figures["timely_assessment"][key] == pytest.approx(published[key])


def test_flow_change_and_model_are_those_of_the_results(sample_run, figures):
    mean, share = sample_run.warehouse.fetch_one(
        """
        select mean_change, share_improved from results.outcome_change
        where level = 'all' and period = '2025' and breakdown = 'total'
            and instrument = 'iroc' and moments = 'T0-T1'
        """
    )
    assert (figures["mean_change"], figures["share_improved"]) == pytest.approx((mean, share))
    slope, teams = sample_run.warehouse.fetch_one(
        "select estimate, teams_count from results.fidelity_outcome"
        " where level = 'all' and hypothesis_id = 'H-1' and model = 'team_line'"
    )
    assert figures["slope"] == pytest.approx(slope)
    assert figures["teams"] == teams >= 8
    assert figures["flow"]["started"] > figures["flow"]["t0"] > figures["flow"]["t1"] > 0
