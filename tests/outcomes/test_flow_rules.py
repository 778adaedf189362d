"""Flow: who started, who was due, who was measured, and what was lost, by hand."""

from __future__ import annotations

from datetime import date

import pytest

from tests.outcomes.small_world import SmallWorld, after, fetch_row, fetch_rows

START = "2025-02-03"


def begin(known_until: str = "2026-12-31") -> SmallWorld:
    """An organisation that has used the questionnaire since long ago."""
    world = SmallWorld().organisation("o", known_until).team("t")
    world.trajectory("first", "2024-12-30", "2026-12-31")
    return world.measure("first", "T0", "2024-12-30", 30)


def tell(world: SmallWorld, trajectory: str = "x") -> tuple[str | None, str | None, str | None]:
    unit = fetch_row(world.build(), "outcome.flow_unit", trajectory_id=trajectory)
    return unit["t0_status"], unit["t1_status"], unit["t2_status"]


@pytest.mark.parametrize(
    ("moment", "days", "is_admitted"),
    [
        ("T0", -32, False),
        ("T0", -31, True),
        ("T0", 31, True),
        ("T0", 32, False),
        ("T1", 121, False),
        ("T1", 122, True),
        ("T1", 244, True),
        ("T1", 245, False),
        ("T2", 212, False),
        ("T2", 213, True),
        ("T2", 335, True),
        ("T2", 336, False),
    ],
)
def test_a_moment_counts_on_the_limits_of_its_window_and_not_beside_them(moment, days, is_admitted):
    world = begin().trajectory("x", START)
    if moment != "T0":
        world.measure("x", "T0", START, 30)
    world.measure("x", moment, after(START, days), 30)
    fates = dict(zip(("T0", "T1", "T2"), tell(world), strict=True))
    assert fates[moment] == ("measured" if is_admitted else "missed")


def test_the_label_decides_the_moment_and_not_the_day():
    world = begin().trajectory("x", START).measure("x", "T0", START, 30)
    world.measure("x", "T2", after(START, 230), 31)
    assert tell(world) == ("measured", "missed", "measured")


@pytest.mark.parametrize(
    ("length", "days", "fate"),
    [
        (121, 90, "measured"),  # ended before day 122: 31 days around the end
        (121, 152, "measured"),
        (121, 153, "ended"),
        (121, 89, "ended"),
        (122, 121, "ended"),  # ended on day 122: the usual window
        (122, 244, "measured"),
    ],
)
def test_t1_of_a_trajectory_that_ended_early_lies_around_its_end(length, days, fate):
    world = begin().trajectory("x", START, after(START, length)).measure("x", "T0", START, 30)
    world.measure("x", "T1", after(START, days), 33)
    assert tell(world)[1] == fate


def test_an_open_window_is_not_yet_due_even_when_the_quick_ones_are_measured():
    last_day = after(START, 244)
    for known_until, fate in ((after(last_day, -1), "not_yet_due"), (last_day, "measured")):
        world = begin(known_until).trajectory("x", START).measure("x", "T0", START, 30)
        world.measure("x", "T1", after(START, 183), 33)
        assert tell(world)[1] == fate


def test_lost_after_the_end_of_support_is_ended_and_lost_within_it_is_missed():
    world = begin().trajectory("x", START, after(START, 200)).measure("x", "T0", START, 30)
    assert tell(world) == ("measured", "ended", "ended")
    world = begin().trajectory("x", START, after(START, 300)).measure("x", "T0", START, 30)
    assert tell(world) == ("measured", "missed", "ended")
    assert tell(begin().trajectory("x", START, after(START, 20))) == ("ended", None, None)


def test_who_began_before_the_questionnaire_was_used_is_not_missed():
    world = SmallWorld().organisation("o").team("t")
    world.trajectory("x", START).trajectory("y", after(START, 60))
    world.measure("y", "T0", after(START, 60), 30)
    warehouse = world.build()
    fates = {
        row["trajectory_id"]: row["t0_status"] for row in fetch_rows(warehouse, "outcome.flow_unit")
    }
    assert fates == {"x": "before_first_record", "y": "measured"}
    started, due = (
        fetch_row(
            warehouse, "results.outcome_flow", level="all", period="2025", breakdown="total",
            stage=stage,
        )
        for stage in ("started", "t0_due")
    )  # fmt: skip
    assert (started["numerator"], due["numerator"], due["denominator"]) == (2, 1, 2)
    assert due["before_first_record_count"] == 1


def test_not_discussed_and_impossible_scores_are_no_measurement():
    world = begin()
    usual = {"instrument": "ZRM", "instrument_version": "2017", "informant": "worker"}
    world.measure("first", "T0", "2024-12-30", 3, scale="Huisvesting", **usual)
    world.trajectory("x", START).measure("x", "T0", START, 99, scale="Huisvesting", **usual)
    world.trajectory("y", START).measure("y", "T0", START, 6, scale="Huisvesting", **usual)
    warehouse = world.build()
    statuses = {
        row["trajectory_id"]: row["use_status"]
        for row in fetch_rows(warehouse, "outcome.measurement", instrument="zrm")
    }
    assert statuses == {"first": "used", "x": "not_discussed", "y": "out_of_range"}


def test_of_several_the_nearest_counts_then_the_earliest_then_the_later_delivered():
    def find_used(*measured: tuple[int, int, int]) -> float:
        world = begin().trajectory("x", START)
        for days, score, rank in measured:
            world.measure("x", "T0", after(START, days), score, delivery_rank=rank)
        warehouse = world.build()
        row = fetch_row(warehouse, "outcome.measurement", trajectory_id="x", use_status="used")
        return row["score"]

    assert find_used((-5, 20, 1), (4, 21, 1)) == 21
    assert find_used((5, 20, 1), (-5, 21, 1)) == 21
    assert find_used((5, 20, 1), (5, 21, 2)) == 21
    assert find_used((5, 20, 1), (5, 21, 1)) == 21


def test_two_versions_are_never_taken_together():
    world = begin().trajectory("x", START)
    usual = {"instrument": "ZRM", "informant": "worker", "scale": "Huisvesting"}
    world.measure("x", "T0", START, 2, instrument_version="2010", **usual)
    world.measure("x", "T1", after(START, 183), 4, instrument_version="2017", **usual)
    warehouse = world.build()
    # Measured at both moments, but no pair: version 2010 lost its T1.
    unit = fetch_row(warehouse, "outcome.flow_unit", trajectory_id="x", instrument="zrm")
    assert (unit["t0_status"], unit["t1_status"]) == ("measured", "measured")
    pair = fetch_row(
        warehouse, "outcome.pair", trajectory_id="x", instrument="zrm", moments="T0-T1"
    )
    assert (pair["instrument_version"], pair["score_later"]) == ("2010", None)


def test_a_measurement_outside_its_window_is_kept_and_reported():
    world = begin().trajectory("x", START).measure("x", "T0", START, 30)
    world.measure("x", "T1", after(START, 250), 33)
    warehouse = world.build()
    stage = fetch_row(warehouse, "results.outcome_flow", level="team", period="2025-Q1", stage="t1")
    assert (stage["numerator"], stage["denominator"], stage["outside_window_count"]) == (0, 1, 1)
    row = fetch_row(warehouse, "outcome.measurement", trajectory_id="x", moment="T1")
    assert row["use_status"] == "outside_window"


def test_an_organisation_may_set_its_own_windows():
    world = begin().trajectory("x", START)
    world.measure("x", "T0", after(START, 40), 30)
    world.world.settings["o", "krachtwerk", "outcome_start_window_days"] = 40
    assert tell(world)[0] == "measured"


def test_other_programmes_and_the_time_before_the_method_are_left_out():
    world = SmallWorld().organisation("o", method_start=date(2025, 2, 1)).team("t")
    world.trajectory("old", "2025-01-31").trajectory("new", "2025-02-01")
    world.trajectory("elsewhere", "2025-03-01", programme="other")
    cohort = fetch_rows(world.build(), "outcome.cohort")
    assert [row["trajectory_id"] for row in cohort] == ["new"]


def test_the_flow_adds_up_at_every_stage():
    world = begin()
    for number in range(9):
        world.trajectory(f"x{number}", START, after(START, 150) if number > 6 else None)
        if number > 1:
            world.measure(f"x{number}", "T0", START, 30)
        if number > 3:
            world.measure(f"x{number}", "T1", after(START, 180), 30)
    warehouse = world.build()
    stages = {
        row["stage"]: (row["numerator"], row["denominator"])
        for row in fetch_rows(warehouse, "results.outcome_flow", level="team", period="2025-Q1")
    }
    assert stages == {
        "started": (9, 9),
        "t0_due": (9, 9),
        "t0": (7, 9),
        "t1_due": (7, 7),
        "t1": (5, 7),
        "t2_due": (7, 7),
        "t2": (0, 7),
    }


def test_level_all_is_provisional_as_long_as_one_organisation_has_not_told_all():
    world = begin("2026-12-31").trajectory("x", "2026-02-01").measure("x", "T0", "2026-02-01", 30)
    world.organisation("p", "2026-03-30").team("u", "p")
    world.trajectory("y", "2026-01-05", organisation="p", team_id="u")
    world.measure("y", "T0", "2026-01-05", 30, organisation="p")
    warehouse = world.build()
    told = {
        row["organisation_id"]: row["is_provisional"]
        for row in fetch_rows(
            warehouse, "results.outcome_flow", period="2026-Q1", stage="t0", team_id=None,
            breakdown="total",
        )
    }  # fmt: skip
    assert told == {"o": False, "p": True, None: True}
