"""The set-based tables equal the slow ones, row by row and column by column, in seeded worlds."""

from __future__ import annotations

from functools import cache

import pytest

from tests.outcomes.slow_closures import build_closures
from tests.outcomes.slow_tables import build_change, build_flow, build_goals
from tests.outcomes.slow_units import SlowWorld
from tests.outcomes.small_world import build_outcomes, fetch_rows
from tests.outcomes.worlds import make_world

SEEDS = (1, 2, 3)
VIEW = ("level", "organisation_id", "team_id", "period", "breakdown", "category")
TABLES = {
    "outcome_flow": ((*VIEW, "instrument", "informant", "stage"), build_flow),
    "outcome_change": (
        (*VIEW, "instrument", "instrument_version", "scale", "informant", "moments"),
        build_change,
    ),
    "goal_attainment": ((*VIEW, "measure"), build_goals),
    "closures": ((*VIEW, "measure", "measure_category"), build_closures),
}


@cache
def open_world(seed: int):
    world = make_world(seed)
    return SlowWorld(world), build_outcomes(world)


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("table", TABLES)
def test_every_row_and_number_equals_the_slow_calculation(table, seed):
    slow, warehouse = open_world(seed)
    key_columns, build = TABLES[table]
    expected = build(slow)
    found = {
        tuple(row[name] for name in key_columns): row
        for row in fetch_rows(warehouse, f"results.{table}")
    }
    assert len(expected) > 100
    assert set(found) == set(expected)
    for key, numbers in expected.items():
        for name, number in numbers.items():
            told = found[key][name]
            if isinstance(number, float) and told is not None:
                assert told == pytest.approx(number, rel=1e-9, abs=1e-8), (key, name)
            else:
                assert told == number, (key, name)


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("table", TABLES)
def test_every_row_has_a_key_of_its_own(table, seed):
    warehouse = open_world(seed)[1]
    keys = [row["outcome_key"] for row in fetch_rows(warehouse, f"results.{table}")]
    assert len(set(keys)) == len(keys)


def test_the_worlds_hold_what_the_rules_are_about():
    statuses, fates, kinds = set(), set(), set()
    for seed in SEEDS:
        warehouse = open_world(seed)[1]
        statuses |= {row["use_status"] for row in fetch_rows(warehouse, "outcome.measurement")}
        units = fetch_rows(warehouse, "outcome.flow_unit")
        fates |= {row[f"t{n}_status"] for row in units for n in (0, 1, 2)}
        closed = fetch_rows(warehouse, "outcome.closure_unit")
        kinds |= {row[name] for row in closed for name in ("kind", "follow_on")}
    assert statuses == {
        "used",
        "not_discussed",
        "out_of_range",
        "no_window",
        "outside_window",
        "another_chosen",
    }
    assert fates == {
        None,
        "before_first_record",
        "not_yet_due",
        "measured",
        "ended",
        "missed",
    }
    assert kinds >= {"planned", "premature", "neutral", "not_planned", None, "yes", "no"}
