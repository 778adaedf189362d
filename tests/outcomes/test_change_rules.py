"""Change: completers beside the lost, with norms whose origin is told, by hand."""

from __future__ import annotations

from math import sqrt

import pytest

from tests.outcomes.small_world import SmallWorld, after, fetch_row, fetch_rows

START = "2025-02-03"


def make_world(*scores: tuple[float, float | None], **fields: object) -> SmallWorld:
    """One trajectory per (T0, T1); an empty T1 is lost."""
    world = SmallWorld().organisation("o").team("t")
    for number, (before, later) in enumerate(scores):
        world.trajectory(f"x{number}", START).measure(f"x{number}", "T0", START, before, **fields)
        if later is not None:
            world.measure(f"x{number}", "T1", after(START, 183), later, **fields)
    return world


def find_change(world: SmallWorld, **where: object) -> dict:
    usual = {"level": "team", "period": "2025", "moments": "T0-T1"}
    return fetch_row(world.build(), "results.outcome_change", **{**usual, **where})


def test_mean_change_interval_and_both_effect_sizes_of_three_completers():
    # changes 2 4 6: mean 4, SD 2; T0 20 30 40: SD 10; t(2) = 4.302653
    row = find_change(make_world((20, 22), (30, 34), (40, 46)))
    assert (row["completers_count"], row["lost_count"]) == (3, 0)
    assert (row["mean_change"], row["sd_change"], row["sd_t0"]) == (4.0, 2.0, 10.0)
    assert row["ci_low"] == pytest.approx(4 - 4.302652729749462 * 2 / sqrt(3))
    assert (row["d_t0_sd"], row["srm"]) == (0.4, 2.0)
    assert row["mean_change_method"] == "t"


def test_the_lost_are_never_filled_in_and_are_held_beside_the_completers():
    # completers' T0 20 and 30 (mean 25, SD 7.07), lost 35 and 45 (mean 40, SD 7.07)
    row = find_change(make_world((20, 22), (30, 34), (35, None), (45, None)))
    assert (row["due_count"], row["completers_count"], row["lost_count"]) == (4, 2, 2)
    assert row["mean_change"] == 3.0
    assert (row["mean_t0"], row["lost_mean_t0"]) == (25.0, 40.0)
    assert row["completers_lost_difference"] == pytest.approx(-15 / sqrt(50))


def list_thirty(*lost: None) -> list[tuple[float, float | None]]:
    """28 times 24 or 36 without change, one clear improvement and one clear loss of ground."""
    return [*[(24, 24), (36, 36)] * 14, (24, 44), (36, 16)]


def test_reliable_change_uses_test_retest_and_one_spread_of_everybody():
    row = find_change(make_world(*list_thirty()))
    # 30 scores, half 24 and half 36: SD = 6 sqrt(30/29); threshold 1.96 SD sqrt(2 (1 - .79))
    spread = 6 * sqrt(30 / 29)
    assert row["reliable_change_sd"] == pytest.approx(spread)
    assert (row["reliable_change_sd_source"], row["reliable_change_sd_count"]) == ("pooled_t0", 30)
    assert (row["reliability"], row["reliability_kind"]) == (0.79, "test_retest")
    assert row["reliable_change_threshold"] == pytest.approx(1.96 * spread * sqrt(2 * 0.21))
    counts = (row["improved_count"], row["unchanged_count"], row["deteriorated_count"])
    assert counts == (1, 28, 1)
    assert row["share_improved"] == pytest.approx(1 / 30)
    assert row["reliable_change_method"] == "jacobson_truax_1991"


def test_with_29_scores_at_t0_there_is_no_norm_and_no_share():
    row = find_change(make_world(*list_thirty()[1:]))
    assert row["no_norm_count"] == 29
    assert (row["reliable_change_threshold"], row["share_improved"]) == (None, None)
    assert row["reliable_change_method"] == "none"
    assert row["mean_change"] == 0.0


def test_two_organisations_are_held_to_the_same_spread():
    world = make_world(*list_thirty()[:15])
    world.organisation("p").team("u", "p")
    for number, (before, later) in enumerate(list_thirty()[15:]):
        world.trajectory(f"y{number}", START, organisation="p", team_id="u")
        world.measure(f"y{number}", "T0", START, before + 5, organisation="p")
        world.measure(f"y{number}", "T1", after(START, 183), later + 5, organisation="p")
    rows = fetch_rows(
        world.build(), "results.outcome_change", level="organisation", period="2025",
        breakdown="total", moments="T0-T1",
    )  # fmt: skip
    assert len(rows) == 2
    assert len({row["reliable_change_threshold"] for row in rows}) == 1
    assert {row["reliable_change_sd_count"] for row in rows} == {30}


def test_the_band_runs_from_none_of_the_lost_improved_to_all_of_them():
    row = find_change(make_world(*list_thirty(), (24, None), (36, None)))
    assert (row["due_count"], row["improved_count"], row["lost_count"]) == (32, 1, 2)
    assert row["share_improved_lowest"] == 1 / 32
    assert row["share_improved_highest"] == 3 / 32
    assert row["share_improved_ci_low"] < row["share_improved"] < row["share_improved_ci_high"]


def test_less_complaints_is_improvement():
    scores = [(1, 1), (2, 2)] * 14 + [(3, 0), (0, 3)]
    names = {"instrument": "BSI-53", "instrument_version": None, "scale": "DEP"}
    row = find_change(make_world(*scores, **names))
    assert row["is_higher_better"] is False
    assert (row["improved_count"], row["deteriorated_count"]) == (1, 1)
    assert row["reliability"] == 0.76  # the lowest published of the nine scales
    pair = [(3, 0)] * 30 + [(0, 0)] * 30
    assert find_change(make_world(*pair, **names))["improved_count"] == 30


def test_an_unknown_questionnaire_keeps_its_name_and_gets_no_direction():
    names = {"instrument": "Eigen lijst ", "instrument_version": None, "scale": "Score"}
    row = find_change(make_world(*[(1, 4)] * 40, **names))
    assert (row["instrument"], row["instrument_version"], row["scale"]) == (
        "Eigen lijst",
        "",
        "Score",
    )
    assert (row["is_higher_better"], row["no_norm_count"], row["share_improved"]) == (
        None,
        40,
        None,
    )
    assert row["mean_change"] == 3.0


def test_a_group_without_completers_is_told_with_empty_numbers():
    row = find_change(make_world((30, None), (31, None)))
    assert (row["status"], row["completers_count"], row["mean_change"]) == (
        "no_completers",
        0,
        None,
    )
    one = find_change(make_world((30, 33)))
    assert (one["status"], one["mean_change"], one["ci_low"]) == ("one_completer", 3.0, None)


def test_programme_and_target_group_are_told_for_organisations_and_not_for_teams():
    world = make_world((30, 33), (30, 31))
    world.trajectory("z", START, programme="houvast", target_group="Jongeren ")
    world.measure("z", "T0", START, 20).measure("z", "T1", after(START, 183), 30)
    rows = fetch_rows(
        world.build(), "results.outcome_change", period="2025", moments="T0-T1",
        organisation_id="o",
    )  # fmt: skip
    told = {(row["level"], row["breakdown"], row["category"]): row["mean_change"] for row in rows}
    assert told == {
        ("team", "total", None): pytest.approx(14 / 3),
        ("organisation", "total", None): pytest.approx(14 / 3),
        ("organisation", "programme", "krachtwerk"): 2.0,
        ("organisation", "programme", "houvast"): 10.0,
        ("organisation", "target_group", "jongeren"): 10.0,
        ("organisation", "target_group", "not_recorded"): 2.0,
    }


def test_a_client_who_comes_back_is_one_client_and_an_empty_one_is_none():
    world = SmallWorld().organisation("o").team("t")
    for number, client in enumerate(("c", "c", "d", None)):
        world.trajectory(f"x{number}", START, client_id=client)
        world.measure(f"x{number}", "T0", START, 30)
        world.measure(f"x{number}", "T1", after(START, 183), 31)
    row = find_change(world)
    assert (row["completers_count"], row["clients_count"]) == (4, 2)
