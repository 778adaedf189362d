"""Teams beside each other: what funnel, shrunken values and ranks say, and what they do not."""

from __future__ import annotations

from math import sqrt

import pytest

from pipelines.monitoring.comparison import (
    TeamValue,
    compare_teams,
    estimate_sd,
    estimate_variances,
)
from pipelines.statistics.change import calculate_t_interval


def make_share(met: int, count: int, team: str = "t") -> TeamValue:
    share = met / count
    numbers = ("share", share, met, count, None, None, None)
    return TeamValue("o", team, *numbers, True, False, count, f"key of {team}")


def make_mean(value: float, count: int, sd: float | None, team: str = "t") -> TeamValue:
    numbers = ("mean", value, None, count, None, None, sd)
    return TeamValue("o", team, *numbers, True, False, count, f"key of {team}")


def test_fewer_than_ten_teams_have_the_limits_of_chance_alone_and_a_note():
    rows = compare_teams([make_share(5 + n, 20) for n in range(9)])
    assert {row["funnel_note"] for row in rows} == {"too_few_teams_to_adjust"}
    assert all(row["lower_2_sd"] == row["unadjusted_lower_2_sd"] for row in rows)
    assert all(row["z"] == row["adjusted_z"] for row in rows)


def test_from_ten_teams_on_limits_allow_for_their_common_spread():
    rows = compare_teams([make_share(met, 40) for met in (4, 36, 8, 30, 12, 25, 20, 5, 33, 18)])
    assert {row["funnel_note"] for row in rows} == {None}
    assert all(row["lower_2_sd"] < row["unadjusted_lower_2_sd"] for row in rows)
    assert any(abs(row["z"]) > 3 for row in rows)
    assert {row["position"] for row in rows} == {"within"}


def test_a_small_team_is_pulled_further_to_the_common_share_than_a_large_one():
    teams = [make_share(10, 10), make_share(200, 200), *(make_share(40 + n, 100) for n in range(8))]
    small, large, *_ = compare_teams(teams)
    assert small["shrunken_value"] < large["shrunken_value"] <= 1
    assert large["shrunken_low"] > small["shrunken_low"]
    assert small["shrunken_low"] < small["shrunken_value"] < small["shrunken_high"] <= 1


def test_alike_teams_have_the_common_share_and_no_order():
    rows = compare_teams([make_share(10, 20, f"t{n}") for n in range(12)])
    assert [row["shrunken_value"] for row in rows] == pytest.approx([0.5] * 12)
    assert {(row["rank_low"], row["rank_high"]) for row in rows} == {(1, 12)}


def test_teams_whose_shares_are_none_or_all_still_have_intervals():
    rows = compare_teams([make_share(0, 30), make_share(30, 30), make_share(15, 30)])
    assert all(row["shrunken_low"] < row["shrunken_high"] for row in rows)


def test_means_weigh_by_one_pooled_spread_and_have_no_funnel():
    teams = [make_mean(1.0, 5, 0.01), make_mean(2.0, 20, 2.0), make_mean(3.0, 20, 2.0)]
    # (4 x .0001 + 19 x 4 + 19 x 4) / 42
    pooled = (4 * 0.0001 + 38 * 4) / 42
    assert estimate_variances(teams) == pytest.approx([pooled / 5, pooled / 20, pooled / 20])
    rows = compare_teams(teams)
    assert {row["funnel_note"] for row in rows} == {"not_a_share"}
    assert all("position" not in row for row in rows)


def test_a_spread_is_read_back_from_a_t_interval():
    low, high = calculate_t_interval(9, 4.0, 1.5)
    team = TeamValue("o", "t", "mean", 4.0, None, 9, low, high, None, True, False, None, "k")
    assert estimate_sd(team) == pytest.approx(1.5)


def test_units_that_do_not_vary_leave_means_without_shrunken_values():
    rows = compare_teams([make_mean(5.0, 6, 0.0), make_mean(5.0, 7, 1e-9)])
    assert all("shrunken_value" not in row for row in rows)


def test_every_compared_team_is_a_row_of_its_source(sample_run):
    lost = sample_run.warehouse.fetch_one(
        """
        select count(*), count(distinct comparison_key),
            count(*) filter (where score.value is distinct from one.value)
        from results.comparison as one
        left join results.indicator_scores as score
            on score.score_key = one.source_key and one.subject = 'indicator'
        where one.subject = 'indicator'
        """
    )
    assert lost[0] == lost[1] > 100
    assert lost[2] == 0


def test_rows_stand_in_the_order_of_names_and_never_of_values(sample_run):
    rows = sample_run.warehouse.fetch_all(
        "select period, subject, measure, organisation_id, team_id from results.comparison"
        " where subject = 'indicator'"
    )
    assert rows == sorted(rows)


def test_an_indicator_whose_rule_an_organisation_changed_is_not_compared(sample_run):
    changed = sample_run.warehouse.fetch_all(
        """
        select distinct indicator_id from results.indicator_scores
        where level = 'team' and status in ('scored', 'no_norm')
            and (indicator_id, indicator_version) not in (
                select (indicator_id, indicator_version) from catalogue.indicator
                where organisation_id = ''
            )
        """
    )
    assert changed
    compared = sample_run.warehouse.fetch_all(
        "select distinct measure, indicator_version from results.comparison"
        " where subject = 'indicator'"
    )
    shipped = sample_run.warehouse.fetch_all(
        "select indicator_id, indicator_version from catalogue.indicator where organisation_id = ''"
    )
    assert set(compared) <= set(shipped)


def test_z_scores_are_those_of_teams_counted_by_hand():
    # pooled .5; z = (asin sqrt p - asin sqrt .5) 2 sqrt n
    rows = compare_teams([make_share(30, 40), make_share(10, 40)])
    assert rows[0]["z"] == pytest.approx((1.0471975512 - 0.7853981634) * 2 * sqrt(40))
    assert rows[1]["z"] == pytest.approx(-rows[0]["z"])
