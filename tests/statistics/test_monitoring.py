"""XmR charts and p-chart suitability: published series, rule vectors, and pure noise."""

import random

import pytest

from pipelines.statistics.monitoring import (
    NOISE_FLAG_SHARES,
    SpcRule,
    build_xmr_chart,
    calculate_limits,
    expect_false_flags,
    find_runs,
    find_signals,
    find_trends,
)
from pipelines.statistics.p_chart import (
    CHANCE_FLAG_SHARES,
    build_p_chart,
    find_p_limits,
    judge_p_chart,
)


def list_flagged(points, rule):
    return [place for place, point in enumerate(points) if rule in point.rules]


def find_case(read_case, start):
    return next(case for case in read_case("xmr")["cases"] if case["name"].startswith(start))


def test_limits_of_the_plotthedots_vignette_with_and_without_screening(read_case):
    case = find_case(read_case, "NHS")
    for key, is_screened in (("screen_outliers", True), ("no_screen", False)):
        limits = calculate_limits(case["y"], is_screened)
        expected = case["expected"][key]
        assert limits.upper == pytest.approx(expected["upl"], abs=1e-6)
        assert limits.lower == pytest.approx(expected["lpl"], abs=1e-6)
        assert limits.mean_moving_range == pytest.approx(expected["amr"], abs=1e-6)
    chart = build_xmr_chart(case["y"], is_higher_better=False)
    assert list_flagged(chart.points, SpcRule.OUTSIDE) == case["expected"]["outside_index0"]
    assert chart.points[4].reading == "concern"


def test_limits_of_the_nist_flow_rate(read_case):
    case = find_case(read_case, "NIST")
    limits, expected = calculate_limits(case["y"]), case["expected"]
    assert limits.mean == pytest.approx(expected["mean"], abs=1e-9)
    assert limits.upper == pytest.approx(expected["upl_2_66"], abs=1e-6)
    assert limits.lower == pytest.approx(expected["lpl_2_66"], abs=1e-6)


def test_shift_and_trend_equal_the_published_rule_vectors(read_case):
    case = find_case(read_case, "rule vectors")
    for vector in case["shift_on_sign"]:
        assert find_runs(vector["sign"]) == vector["flag_at_7th"]
    for vector in case["trend"]:
        assert find_trends(vector["y"]) == vector["flag"]


def test_two_of_three_flags_only_the_points_near_the_limit(read_case):
    case = find_case(read_case, "two of three")
    limits = calculate_limits(case["y"])
    assert limits.near_upper == pytest.approx(case["expected"]["near_upl"], abs=1e-6)
    signals = find_signals(case["y"], [limits] * len(case["y"]))
    flagged = [place for place, rules in enumerate(signals) if SpcRule.NEAR in rules]
    assert flagged == case["expected"]["flag_index0"]


def test_every_point_of_a_run_of_seven_carries_the_name_of_the_rule():
    chart = build_xmr_chart([1, 2, 1, 2, 1, 2, 1, 2, 1, 2, 1, 2, 1, 9, 9, 9, 9, 9, 9, 9], True, 12)
    assert list_flagged(chart.points, SpcRule.SHIFT) == [13, 14, 15, 16, 17, 18, 19]
    assert chart.points[13].reading == "improvement"
    assert chart.limits.mean == 1.5


def test_a_falling_trend_is_flagged_as_well_as_a_rising_one():
    noise = [10.0, 12.0, 9.0, 11.0, 8.0]
    fall = [14.0, 13.0, 12.0, 11.0, 10.0, 9.0, 8.0]
    chart = build_xmr_chart([*noise, *fall], is_higher_better=None)
    assert list_flagged(chart.points, SpcRule.TREND) == [5, 6, 7, 8, 9, 10, 11]
    assert chart.points[5].reading == "neutral"


def test_eleven_points_are_provisional_and_get_no_limits_and_no_flags():
    chart = build_xmr_chart([1, 2] * 5 + [50])
    assert (chart.status, chart.limits, chart.share_of_noise_charts_flagged) == (
        "provisional",
        None,
        None,
    )
    assert all(point.rules == () for point in chart.points)


def test_a_gap_is_not_bridged_by_a_moving_range_a_run_or_a_trend():
    with_gap = [1.0, 2.0, None, 9.0, 10.0]
    assert calculate_limits(with_gap).mean_moving_range == 1.0
    assert find_runs([1, 1, 1, 1, 0, 1, 1, 1]) == [0] * 8
    assert find_trends([1, 2, 3, 4, None, 6, 7, 8, 9]) == [0] * 9
    assert calculate_limits([1.0, None, 2.0]) is None


def test_limits_stay_frozen_after_the_baseline():
    calm = [5, 6] * 10
    chart = build_xmr_chart([*calm, 30, 31, 30, 31])
    assert chart.baseline_count == 20
    assert chart.limits == calculate_limits(calm)
    with pytest.raises(ValueError, match="12 to 20"):
        build_xmr_chart(calm, baseline_count=24)


@pytest.mark.parametrize("value", [4.0, 0.333333, 0.7])
def test_a_constant_series_has_no_flags(value):
    chart = build_xmr_chart([value] * 15, is_higher_better=True)
    assert all(point.rules == () for point in chart.points)


@pytest.mark.parametrize("length", [12, 24, 36])
def test_the_stated_share_of_false_flags_is_what_pure_noise_gives(length):
    source = random.Random(length)
    charts = 1500
    flagged = 0
    for _ in range(charts):
        chart = build_xmr_chart([source.gauss(0, 1) for _ in range(length)])
        flagged += any(point.rules for point in chart.points)
    assert flagged / charts == pytest.approx(NOISE_FLAG_SHARES[length], abs=0.04)


def test_false_flags_are_told_for_the_nearest_simulated_length():
    assert expect_false_flags(25) == NOISE_FLAG_SHARES[24]
    assert expect_false_flags(500) == NOISE_FLAG_SHARES[max(NOISE_FLAG_SHARES)]


def make_shares(spread):
    source = random.Random(1)
    numerators = []
    for _ in range(24):
        share = min(0.95, max(0.05, 0.5 + source.gauss(0, spread)))
        numerators.append(sum(source.random() < share for _ in range(40)))
    return numerators, [40] * 24


def test_a_p_chart_suits_independent_counts_and_not_counts_with_a_spread_of_their_own():
    assert judge_p_chart(*make_shares(0.0)).reason == "suits"
    assert judge_p_chart(*make_shares(0.25)).reason == "more_spread_than_chance"
    assert judge_p_chart([20] * 24, [40] * 24).reason == "less_spread_than_chance"


@pytest.mark.parametrize(
    ("numerators", "denominators", "is_stock", "reason"),
    [
        ([20] * 24, [40] * 24, True, "same_units_again"),
        ([20] * 11, [40] * 11, False, "too_few_points"),
        ([40] * 24, [40] * 24, False, "no_variation"),
        ([1] * 24, [40] * 24, False, "small_counts"),
    ],
)
def test_a_p_chart_that_does_not_suit_says_why(numerators, denominators, is_stock, reason):
    judged = judge_p_chart(numerators, denominators, is_stock)
    assert (judged.is_suitable, judged.reason) == (False, reason)


def test_p_charts_flag_with_the_rules_of_xmr_charts_and_limits_of_each_period():
    counts = [50] * 12 + [50, 5, 50]
    chart = build_p_chart([25] * 12 + [45, 5, 5], counts, is_higher_better=True)
    assert (chart.share, chart.baseline_count) == (pytest.approx(355 / 705), 15)
    flagged = list_flagged(chart.points, SpcRule.OUTSIDE)
    assert flagged == [12, 14]  # five of five is nothing special in so small a group
    assert [chart.points[at].reading for at in flagged] == ["improvement", "concern"]
    with pytest.raises(ValueError, match="12 or more"):
        build_p_chart([1] * 11, [2] * 11)


@pytest.mark.parametrize("length", [12, 24, 36])
def test_the_stated_share_of_false_flags_holds_for_p_charts(length):
    source, flagged, charts = random.Random(length), 0, 0
    while charts < 600:
        share = source.uniform(0.3, 0.7)
        counts = [source.randint(25, 80) for _ in range(length)]
        met = [sum(source.random() < share for _ in range(count)) for count in counts]
        if judge_p_chart(met[:20], counts[:20]).is_suitable:
            charts += 1
            flagged += any(point.rules for point in build_p_chart(met, counts).points)
    assert flagged / charts == pytest.approx(CHANCE_FLAG_SHARES[length], abs=0.05)


def test_p_limits_stay_between_zero_and_one():
    assert find_p_limits(0.5, 36) == pytest.approx((0.25, 0.75))
    assert find_p_limits(0.02, 10)[0] == 0.0
