"""Funnel, shrinkage and rounding against published cases."""

from math import asin, sqrt

import pytest

from pipelines.statistics.funnel import build_funnel, find_quantile
from pipelines.statistics.rounding import redact_and_round, redact_small_count, round_to_midpoint
from pipelines.statistics.shrinkage import shrink_values, simulate_rank_intervals


def test_funnel_equals_the_published_method_step_by_step(read_case):
    case = read_case("funnel")
    expected = case["expected"]
    funnel = build_funnel(case["numerator"], case["denominator"])
    assert [p.z for p in funnel.points] == pytest.approx(expected["z"], abs=1e-8)
    ordered = sorted(p.z for p in funnel.points)
    assert find_quantile(ordered, 0.1) == pytest.approx(expected["q10"], abs=1e-8)
    assert find_quantile(ordered, 0.9) == pytest.approx(expected["q90"], abs=1e-8)
    assert funnel.phi == pytest.approx(expected["phi"], abs=1e-8)
    assert funnel.tau2 == pytest.approx(expected["tau2"], abs=1e-10)
    adjusted = [p.adjusted_z for p in funnel.points]
    assert adjusted == pytest.approx(expected["adjusted_z"], abs=5e-5)
    assert sum(abs(p.z) > 1.96 for p in funnel.points) == expected["unadjusted_beyond_1_96"]
    assert {p.position for p in funnel.points} == {"within"}


def test_fewer_than_ten_teams_are_not_adjusted_and_the_note_says_so(read_case):
    case = read_case("funnel")
    funnel = build_funnel(case["numerator"][:9], case["denominator"][:9])
    assert (funnel.phi, funnel.tau2, funnel.note) == (None, None, "too_few_teams_to_adjust")
    assert all(p.z == p.adjusted_z for p in funnel.points)
    assert build_funnel([], []).note == "no_data"


def test_teams_as_alike_as_chance_allows_get_no_extra_spread():
    funnel = build_funnel([10, 11, 9, 10, 12, 8, 10, 11, 9, 10], [20] * 10)
    assert funnel.tau2 == 0
    assert funnel.phi < 1


def test_limits_are_wider_for_small_teams_and_hold_the_target(read_case):
    case = read_case("funnel")
    funnel = build_funnel(case["numerator"], case["denominator"])
    small, large = funnel.find_limits(20, 2), funnel.find_limits(200, 2)
    assert 0 <= small[0] < large[0] < funnel.target < large[1] < small[1] <= 1
    outer = funnel.find_limits(20, 3)
    assert outer[0] < small[0] and small[1] < outer[1]


def test_a_team_far_out_is_beyond_three_and_is_given_no_other_name():
    funnel = build_funnel([5, 1, 10], [100, 100, 11])
    assert funnel.points[2].position == "beyond_3_sd"


def test_shrinkage_of_the_vaccine_trials_equals_the_published_estimates(read_case):
    case = read_case("shrinkage")["cases"][0]
    expected = case["expected"]
    found = shrink_values(case["yi"], case["vi"])
    assert found.q == pytest.approx(expected["Q"], abs=1e-8)
    assert found.tau2 == pytest.approx(expected["tau2"], abs=1e-8)
    assert found.mu == pytest.approx(expected["mu"], abs=1e-8)
    assert found.se_mu == pytest.approx(expected["se_mu"], abs=1e-8)
    assert found.values == pytest.approx(expected["eb"], abs=1e-8)


def test_eight_schools_are_pooled_completely_and_no_rank_can_be_told(read_case):
    case = read_case("shrinkage")["cases"][1]
    variances = [error**2 for error in case["se"]]
    found = shrink_values(case["yi"], variances)
    assert found.tau2 == 0
    assert found.values == pytest.approx([case["expected"]["mu"]] * 8, abs=1e-8)
    assert found.se_mu == pytest.approx(case["expected"]["se_mu"], abs=1e-8)
    assert simulate_rank_intervals(case["yi"], variances) == ((1, 8),) * 8


def test_rank_intervals_hold_the_true_order_and_come_back_the_same():
    values, sure = [1.0, 2.0, 3.0, 4.0], [0.001] * 4
    assert simulate_rank_intervals(values, sure) == ((1, 1), (2, 2), (3, 3), (4, 4))
    unsure = [0.5] * 4
    wide = simulate_rank_intervals(values, unsure)
    assert wide == simulate_rank_intervals(values, unsure)
    assert all(high > low for low, high in wide)
    assert wide[0][0] == 1 and wide[3][1] == 4


def test_shrunken_values_of_many_teams_have_rank_intervals_too():
    values = [float(place % 7) for place in range(300)]
    intervals = simulate_rank_intervals(values, [0.5] * 300)
    assert all(1 <= low <= high <= 300 for low, high in intervals)
    assert intervals[0][1] < intervals[6][0]  # a 0 lies below a 6


def test_errors_of_shrunken_values_hold_noise_and_the_common_mean(read_case):
    case = read_case("shrinkage")["cases"][1]
    pooled = shrink_values(case["yi"], [error**2 for error in case["se"]])
    assert pooled.errors == pytest.approx([pooled.se_mu] * 8)
    # two teams, v = 1, y = -3 and 3: Q = 18, tau2 = 17, B = 17/18, se_mu^2 = 18/2
    apart = shrink_values([-3.0, 3.0], [1.0, 1.0])
    assert apart.errors[0] ** 2 == pytest.approx(17 / 18 + 9 / 18**2)


def test_unadjusted_limits_allow_for_chance_alone(read_case):
    case = read_case("funnel")
    funnel = build_funnel(case["numerator"], case["denominator"])
    inner, outer = funnel.find_limits(50, 2, is_adjusted=False), funnel.find_limits(50, 2)
    assert outer[0] < inner[0] < funnel.target < inner[1] < outer[1]
    # 1/(2 sqrt 50) on the arcsine scale, twice
    assert asin(sqrt(inner[1])) - asin(sqrt(funnel.target)) == pytest.approx(1 / sqrt(50))


def test_shrinkage_of_one_result_or_without_error_is_refused():
    with pytest.raises(ValueError, match="two or more"):
        shrink_values([1.0], [0.1])
    with pytest.raises(ValueError, match="positive"):
        shrink_values([1.0, 2.0], [0.1, 0.0])


def test_rounding_equals_the_published_table_and_totals_come_from_shown_counts(read_case):
    case = read_case("rounding")
    for column, total in (("heart_disease", "heart_total"), ("population", "population_total")):
        shown = [redact_and_round(count) for count in case["table"][column]]
        assert shown == case["expected"][column]
        assert sum(count for count in shown if count is not None) == case["expected"][total]
    for one in case["midpoint6"]:
        assert round_to_midpoint(one["x"]) == one["y"]
    for count, shown in case["nhs_hes"]["cases"]:
        assert redact_small_count(count) == (None if shown == "*" else shown)
