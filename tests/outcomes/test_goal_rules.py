"""Goals and closures by hand."""

from __future__ import annotations

import pytest

from tests.outcomes.small_world import SmallWorld, fetch_row, fetch_rows

CLOSED = "2025-05-05"


def begin(*names: str) -> SmallWorld:
    world = SmallWorld().organisation("o").team("t")
    for name in names or ("x",):
        world.trajectory(name, "2025-01-06")
        world.add("action_plan", plan_id=f"p-{name}", trajectory_id=name, plan_date="2025-01-06")
    return world


def add_goal(world: SmallWorld, status: str = "attained", trajectory: str = "x", **fields: object):
    number = len(world.world.records["goal"])
    usual = {"start_date": "2025-01-06", "closed_date": CLOSED, "status": status}
    return world.add("goal", goal_id=f"g{number}", plan_id=f"p-{trajectory}", **{**usual, **fields})


def find_goal(world: SmallWorld, measure: str, **where: object) -> dict:
    usual = {"level": "organisation", "period": "2025-Q2", "breakdown": "total"}
    return fetch_row(
        world.build(), "results.goal_attainment", measure=measure, **{**usual, **where}
    )


def test_goals_closed_in_the_period_are_counted_by_how_they_ended():
    world = begin()
    for status in ("attained", "attained", "partly", "not_attained", "stopped"):
        add_goal(world, status)
    add_goal(world, "open", closed_date=None)
    add_goal(world, closed_date="2025-07-01")
    row = find_goal(world, "attained")
    assert (row["numerator"], row["denominator"], row["value"]) == (2, 5, 0.4)
    assert find_goal(world, "stopped")["value"] == 0.2
    assert find_goal(world, "attained", period="2025")["denominator"] == 6


def test_goals_of_the_clients_own_words_are_held_beside_the_others():
    world = begin()
    for status, own_words in (("attained", True), ("partly", True), ("stopped", False)):
        add_goal(world, status, own_words=own_words)
    add_goal(world, "attained", own_words=None)
    shares = {
        row["category"]: row["value"]
        for row in fetch_rows(
            world.build(), "results.goal_attainment", level="organisation", period="2025-Q2",
            breakdown="own_words", measure="attained",
        )
    }  # fmt: skip
    assert shares == {"yes": 0.5, "no": 0.0, "not_recorded": 1.0}


def test_goal_attainment_scores_use_squared_weights():
    world = begin()
    for score, weight in zip((-1, 0, 1, 2), (3, 2, 2, 1), strict=True):
        add_goal(world, gas_score=score, weight=weight)
    row = find_goal(world, "gas_t")
    assert row["value"] == pytest.approx(51.77331725532977, abs=1e-8)
    assert abs(row["value"] - 52.00804832225624) > 0.1  # the formula without the squares
    assert (row["denominator"], row["ci_low"]) == (1, None)
    assert row["method"] == "kiresuk_sherman_1968_squared_weights_t"


def test_goal_attainment_scores_are_averaged_over_trajectories_with_a_t_interval():
    world = begin("x", "y")
    add_goal(world, gas_score=1, weight=None)  # T = 60
    add_goal(world, gas_score=0, weight=4, trajectory="y")  # T = 50
    row = find_goal(world, "gas_t")
    assert (row["value"], row["denominator"]) == (55.0, 2)
    assert row["ci_high"] == pytest.approx(55 + 12.706204736174694 * 5)


def test_natural_resources_are_counted_among_actions_that_say_which_resource():
    world = begin()
    add_goal(world)
    for number, resource in enumerate(("informal", "formal", "formal", "informal", None)):
        world.add("action", action_id=f"a{number}", goal_id="g0", resource=resource)
    row = find_goal(world, "natural_resource")
    assert (row["numerator"], row["denominator"], row["not_recorded_count"]) == (2, 4, 1)
    assert row["status"] == "given"
    world.add("action", action_id="a5", goal_id="g0", resource=None)
    assert find_goal(world, "natural_resource")["status"] == "too_incomplete"


def close(world: SmallWorld, trajectory: str, **fields: object) -> SmallWorld:
    usual = {"closure_date": CLOSED, "reason_code": "19", "without_contact": False}
    return world.add("closure", trajectory_id=trajectory, **{**usual, **fields})


def find_closure(world: SmallWorld, measure: str, **where: object) -> dict:
    usual = {"level": "team", "period": "2025-Q2", "measure_category": None}
    return fetch_row(world.build(), "results.closures", measure=measure, **{**usual, **where})


@pytest.mark.parametrize(
    ("planned", "reason", "kind"),
    [
        (None, "19", "planned"),
        (None, "21", "premature"),
        (None, "22", "premature"),
        (None, "23", "premature"),
        (None, "33", "premature"),
        (None, "2", "neutral"),
        (None, "38", "neutral"),
        (None, "77", None),
        (None, None, None),
        (True, "21", "planned"),
        (False, "19", "not_planned"),
        (False, None, "not_planned"),
        (False, "31", "neutral"),
    ],
)
def test_what_was_delivered_wins_over_the_reason_and_an_unknown_reason_is_not_guessed(
    planned, reason, kind
):
    world = close(begin(), "x", planned=planned, reason_code=reason)
    assert fetch_row(world.build(), "outcome.closure_unit")["kind"] == kind


def test_closures_without_a_known_kind_are_told_apart():
    world = begin("x", "y")
    close(close(world, "x"), "y", reason_code="77")
    row = find_closure(world, "planned")
    assert (row["numerator"], row["denominator"], row["not_recorded_count"]) == (1, 1, 1)
    assert row["status"] == "too_incomplete"


@pytest.mark.parametrize(
    ("days", "kind"),
    [("2025-05-04", "no"), (CLOSED, "yes"), ("2025-06-05", "yes"), ("2025-06-06", "no")],
)
def test_a_follow_on_trajectory_begins_within_31_days_of_the_closure(days, kind):
    world = close(begin(), "x")
    world.trajectory("next", days, client_id="client of x", programme="other")
    assert fetch_row(world.build(), "outcome.closure_unit")["follow_on"] == kind


def test_a_trajectory_closed_on_the_day_it_began_does_not_follow_on_itself():
    world = close(begin(), "x", closure_date="2025-01-06")
    assert fetch_row(world.build(), "outcome.closure_unit")["follow_on"] == "no"


def test_follow_on_waits_31_days_and_needs_a_known_client():
    world = SmallWorld().organisation("o", "2025-06-04").team("t").trajectory("x", "2025-01-06")
    assert (
        fetch_row(close(world, "x").build(), "outcome.closure_unit")["follow_on"] == "not_yet_due"
    )
    row = find_closure(world, "follow_on")
    assert (row["denominator"], row["not_yet_due_count"], row["status"]) == (0, 1, "no_data")
    world = SmallWorld().organisation("o").team("t")
    world.trajectory("x", "2025-01-06", client_id=None)
    assert fetch_row(close(world, "x").build(), "outcome.closure_unit")["follow_on"] is None


def test_housing_afterwards_is_counted_in_the_delivered_words_among_the_recorded():
    world = begin("x", "y", "z", "w")
    close(close(world, "x", housing_after="Eigen woning"), "y", housing_after="eigen woning ")
    close(close(world, "z", housing_after="opvang"), "w", housing_after=None)
    own = find_closure(world, "housing_after", measure_category="eigen woning")
    assert (own["numerator"], own["denominator"], own["not_recorded_count"]) == (2, 3, 1)


def test_closed_without_contact_is_a_share_of_the_closures_that_say_so():
    world = begin("x", "y", "z")
    close(close(close(world, "x", without_contact=True), "y"), "z", without_contact=None)
    row = find_closure(world, "without_contact")
    assert (row["value"], row["not_recorded_count"]) == (0.5, 1)
