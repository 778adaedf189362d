"""Which outcomes may be shown: small worlds with visible arithmetic."""

import pytest

from tests.protection.outcome_world import World
from tests.reports.synthetic_outcome_rows import (
    make_change,
    make_closures,
    make_flow,
    make_goals,
    make_place,
)


@pytest.fixture
def world(tmp_path):
    return World(tmp_path)


def stages(rows):
    return {row["stage"]: row["numerator"] for row in rows}


def test_flow_of_large_groups_is_shown_in_full(world):
    world.add("results.outcome_flow", make_flow(make_place("o1"), 200, 150, 100, 60, 80, 30))
    assert stages(world.protect("outcome_flow")) == {
        "started": 200, "t0_due": 200, "t0": 150, "t1_due": 100, "t1": 60, "t2_due": 80, "t2": 30,
    }  # fmt: skip


def test_stage_of_nine_clients_is_hidden_and_one_of_ten_is_shown(world):
    world.add("results.outcome_flow", make_flow(make_place("o1"), 100, 80, 60, 10, 60, 9))
    found = stages(world.protect("outcome_flow"))
    assert (found["t1"], found["t2"]) == (10, None)


def test_stage_is_hidden_when_its_difference_with_a_shown_stage_is_nine_clients(world):
    # 100 started, 91 at T0: nine people would be told by subtraction
    world.add("results.outcome_flow", make_flow(make_place("o1"), 100, 91, 70, 40))
    found = stages(world.protect("outcome_flow"))
    assert (found["started"], found["t0"], found["t1"]) == (100, None, 40)


def test_no_two_shown_stages_that_are_nested_differ_by_one_to_nine_clients(world):
    cohorts = [(30, 27, 20, 15), (40, 40, 33, 31), (25, 14, 14, 12), (60, 55, 46, 45)]
    for number, (started, t0, due, t1) in enumerate(cohorts):
        place = make_place("o1", None, "2025", "programme", f"p{number}")
        world.add("results.outcome_flow", make_flow(place, started, t0, due, t1))
    by_cohort = {}
    for row in world.protect("outcome_flow"):
        by_cohort.setdefault(row["category"], {})[row["stage"]] = row["numerator"]
    assert len(by_cohort) == len(cohorts)
    for found in by_cohort.values():
        chain = [found[stage] for stage in ("started", "t0_due", "t0", "t1_due", "t1")]
        shown = [number for number in chain if number is not None]
        differences = {abs(a - b) for a in shown for b in shown}
        assert all(one == 0 or one >= 10 for one in differences), found


def test_denominator_is_as_hidden_as_the_stage_before_it(world):
    world.add("results.outcome_flow", make_flow(make_place("o1"), 100, 91, 70, 40))
    rows = {row["stage"]: row for row in world.protect("outcome_flow")}
    assert rows["t1_due"]["denominator"] is None
    assert rows["t0"]["share"] is None
    assert rows["t0"]["missed_count"] is None


def test_reasons_are_told_all_or_none(world):
    big = make_flow(make_place("o1"), 200, 150, 150, 100, ended=20)
    small = make_flow(make_place("o1", period="2024"), 200, 150, 150, 100, ended=45)
    world.add("results.outcome_flow", big, small)
    rows = {
        row["period"]: (row["ended_count"], row["missed_count"])
        for row in world.protect("outcome_flow", "stage = 't1'")
    }
    assert rows == {"2025": (20, 30), "2024": (None, None)}


def test_team_with_four_workers_is_hidden_whatever_its_clients(world):
    for team, workers in (("t4", 4), ("t5", 5)):
        place = make_place("o1", team)
        world.staff("o1", team, workers)
        world.add("results.outcome_flow", make_flow(place, 200, 150, 100, 60))
        world.add("results.outcome_change", make_change(place, 100, 60, 2.0))
        world.add("results.goal_attainment", make_goals(place, 80, 60))
        world.add("results.closures", make_closures(place, 80, 70, 50))
    for table in ("outcome_flow", "outcome_change", "goal_attainment", "closures"):
        hidden = {}
        for row in world.protect(table):
            hidden.setdefault(row["team_id"], set()).add(row["is_suppressed"])
        assert hidden["t4"] == {True}, table
        assert False in hidden["t5"], table


def test_quarters_and_all_organisations_together_are_never_exported(world):
    everyone = make_place("o1") | {"level": "all", "organisation_id": None}
    world.add("results.outcome_flow", make_flow(make_place("o1", period="2025-Q1"), 90, 60, 50, 30))
    world.add("results.outcome_flow", make_flow(everyone, 90, 60, 50, 30))
    assert world.protect("outcome_flow") == []


def test_change_of_nine_completers_has_no_number_and_says_suppressed(world):
    world.add("results.outcome_change", make_change(make_place("o1"), 40, 9, 2.0, improved=4))
    (row,) = world.protect("outcome_change")
    assert row["status"] == "suppressed"
    numbers = ("mean_change", "ci_low", "sd_change", "completers_count", "share_improved",
               "improved_count", "due_count", "lost_mean_t0")  # fmt: skip
    assert all(row[name] is None for name in numbers)


def test_change_is_shown_without_its_losses_when_nine_were_lost(world):
    world.add("results.outcome_change", make_change(make_place("o1"), 40, 31, 2.0, improved=4))
    (row,) = world.protect("outcome_change")
    assert (row["mean_change"], row["completers_count"]) == (2.0, 31)
    for name in ("due_count", "lost_count", "lost_mean_t0", "share_improved_lowest",
                 "share_improved_highest", "completers_lost_difference"):  # fmt: skip
        assert row[name] is None, name


def test_due_is_hidden_in_the_change_when_the_flow_hides_it(world):
    place = make_place("o1")
    # 50 at T0, 44 due for T1: six not yet due
    world.add("results.outcome_flow", make_flow(place, 70, 50, 44, 25))
    world.add("results.outcome_change", make_change(place, 44, 25, 2.0))
    (row,) = world.protect("outcome_change")
    assert row["due_count"] is None
    assert row["mean_change"] == 2.0


def test_threshold_of_the_organisation_counts(tmp_path):
    world = World(tmp_path, threshold=20)
    world.add("results.outcome_change", make_change(make_place("o1"), 60, 19, 2.0))
    (row,) = world.protect("outcome_change")
    assert row["is_suppressed"]


def test_goals_and_closures_of_nine_clients_are_hidden(world):
    place = make_place("o1")
    world.add("results.goal_attainment", make_goals(place, 40, 9))
    world.add("results.closures", make_closures(place, 9, 9, 5))
    for table in ("goal_attainment", "closures"):
        rows = world.protect(table)
        assert {row["status"] for row in rows} == {"suppressed"}
        assert {row["value"] for row in rows} == {None}


def test_small_group_delivered_in_free_words_loses_its_words(world):
    for number, name in ((40, "jongeren"), (4, "gezin van de bakker")):
        place = make_place("o1", None, "2025", "target_group", name)
        world.add("results.outcome_flow", make_flow(place, number, number, number, number))
        world.add("results.outcome_change", make_change(place, number, number, 1.0))
        world.add("results.goal_attainment", make_goals(place, number, number))
        world.add("results.closures", make_closures(place, number, number, number))
    for table in ("outcome_flow", "outcome_change", "goal_attainment", "closures"):
        assert {row["category"] for row in world.protect(table)} == {"jongeren", "small_groups"}


def test_group_without_a_known_client_is_hidden(world):
    place = make_place("o1")
    world.add("results.goal_attainment", make_goals(place, 40, 0))
    world.add("results.closures", make_closures(place, 40, 0, 20))
    for table in ("goal_attainment", "closures"):
        assert {row["value"] for row in world.protect(table)} == {None}, table


def test_name_of_a_small_group_is_hidden_also_where_nobody_was_measured_twice(world):
    place = make_place("o1", None, "2025", "target_group", "gezin van de bakker")
    world.add("results.outcome_change", make_change(place, 4, 0, 0.0))
    (row,) = world.protect("outcome_change")
    assert row["category"] == "small_groups"


def make_housing(**numbers):
    rows = make_closures(make_place("o1"), sum(numbers.values()), 60, 40)
    like = next(row for row in rows if row["measure"] == "housing_after")
    return [
        like | {"measure_category": name, "numerator": number, "outcome_key": f"housing-{name}"}
        for name, number in numbers.items()
    ]


def test_rare_housing_is_hidden_and_loses_its_words_with_one_that_would_give_it_away(world):
    world.add("results.closures", make_housing(huur=40, familie=15, opvang=12, tante=5))
    found = {row["measure_category"]: row["numerator"] for row in world.protect("closures")}
    assert found["huur"] == 40
    assert found["small_groups"] is None
    assert len(found) == 3


def test_team_that_its_organisation_gives_away_takes_another_team_with_it(world):
    closed = {None: 107, "big": 60, "middle": 40, "tiny": 7}
    for team, number in closed.items():
        if team:
            world.staff("o1", team)
        world.add("results.closures", [
            row for row in make_closures(make_place("o1", team), number, number, number // 2)
            if row["measure"] != "housing_after"
        ])  # fmt: skip
    shown = {row["team_id"]: row["denominator"]
             for row in world.protect("closures", "measure = 'planned'")}  # fmt: skip
    assert shown == {None: 107, "big": 60, "middle": None, "tiny": None}


def test_category_that_the_others_give_away_takes_another_one_with_it(world):
    for category, number in ((None, 108), ("cti", 60), ("houvast", 40), ("krachtwerk", 8)):
        kind = "programme" if category else "total"
        place = make_place("o1", None, "2025", kind, category)
        world.add("results.goal_attainment", make_goals(place, number, number))
    rows = world.protect("goal_attainment", "measure = 'attained'")
    shown = {row["category"]: row["denominator"] for row in rows}
    assert shown == {None: 108, "cti": 60, "houvast": None, "krachtwerk": None}
