"""Change of a group and of a person, and goal attainment, against published cases."""

import random
from decimal import Decimal

import pytest

from pipelines.statistics.change import (
    calculate_standardised_difference,
    describe_change,
    sum_pairs,
)
from pipelines.statistics.goal_scaling import calculate_gas_t
from pipelines.statistics.reliable_change import (
    ChangeClass,
    calculate_cut_offs,
    calculate_error_of_difference,
    calculate_rci,
    calculate_threshold,
    classify_change,
)


def test_student_sleep_data_give_the_published_change_and_both_effect_sizes(read_case):
    case = read_case("paired_change")
    change = describe_change(sum_pairs(zip(case["pre"], case["post"], strict=True)))
    expected = case["expected"]
    for name in ("mean_change", "sd_change", "srm", "d_t0_sd"):
        assert getattr(change, name) == pytest.approx(expected[name], abs=1e-9), name
    assert (change.ci_low, change.ci_high) == pytest.approx(
        (expected["ci_low"], expected["ci_high"]), abs=5e-5
    )


def test_neither_effect_size_is_one_of_the_others_that_are_also_called_d(read_case):
    case = read_case("paired_change")
    change = describe_change(sum_pairs(zip(case["pre"], case["post"], strict=True)))
    for other in case["other_effect_sizes"].values():
        assert abs(change.d_t0_sd - other) > 0.01
        assert abs(change.srm - other) > 0.01


def test_the_order_of_the_pairs_does_not_change_a_single_bit():
    source = random.Random(5)
    pairs = [(Decimal(source.randint(100, 500)) / 100, source.randint(1, 5)) for _ in range(200)]
    first = describe_change(sum_pairs(pairs))
    source.shuffle(pairs)
    assert describe_change(sum_pairs(pairs)) == first


def test_too_few_pairs_or_no_spread_leave_the_number_empty_instead_of_zero():
    assert describe_change(sum_pairs([])).mean_change is None
    one = describe_change(sum_pairs([(2, 3)]))
    assert (one.mean_change, one.ci_low, one.d_t0_sd, one.srm) == (1.0, None, None, None)
    equal = describe_change(sum_pairs([(2, 3), (2, 3)]))
    assert (equal.d_t0_sd, equal.srm, equal.ci_low) == (None, None, 1.0)


def test_completers_and_lost_lie_one_standard_deviation_apart():
    assert calculate_standardised_difference(12.0, 2.0, 10.0, 2.0) == 1.0
    assert calculate_standardised_difference(12.0, 0.0, 10.0, 0.0) is None
    assert calculate_standardised_difference(12.0, None, 10.0, 1.0) is None


def test_jacobson_and_truax_example_gives_the_printed_index_and_cut_offs(read_case):
    case = read_case("reliable_change")
    given, expected = case["inputs"], case["expected"]
    error = calculate_error_of_difference(given["sd_pre"], given["rxx"])
    assert error == pytest.approx(expected["Sdiff"], abs=1e-9)
    rci = calculate_rci(given["pre"], given["post"], given["sd_pre"], given["rxx"])
    assert rci == pytest.approx(expected["RCI"], abs=1e-9)
    threshold = calculate_threshold(given["sd_pre"], given["rxx"])
    assert threshold == pytest.approx(expected["MDC95_threshold"], abs=1e-9)
    change = given["post"] - given["pre"]
    assert classify_change(change, threshold, True) == ChangeClass.IMPROVED
    norms = (given["M_dysf"], given["SD_dysf"], given["M_func"])
    cut_offs = calculate_cut_offs(*norms, given["SD_func"])
    assert cut_offs == pytest.approx({k: expected[f"cut_{k}"] for k in "abc"}, abs=1e-9)
    wider = calculate_cut_offs(*norms, 10)
    assert wider["c"] == pytest.approx(case["extra"]["cut_c_if_SD_func_10"], abs=1e-9)


def test_change_classes_follow_the_direction_of_the_instrument():
    assert classify_change(-3, 2.5, is_higher_better=False) == ChangeClass.IMPROVED
    assert classify_change(3, 2.5, is_higher_better=False) == ChangeClass.DETERIORATED
    assert classify_change(2.5, 2.5, is_higher_better=True) == ChangeClass.UNCHANGED
    assert classify_change(9, None, is_higher_better=True) == ChangeClass.NO_NORM
    assert classify_change(9, 2.5, is_higher_better=None) == ChangeClass.NO_NORM


def test_an_impossible_reliability_is_refused():
    with pytest.raises(ValueError, match="impossible"):
        calculate_threshold(1.0, 1.2)


def test_goal_scaling_equals_the_published_cases(read_case):
    case = read_case("goal_scaling")
    for one in case["cases"]:
        assert calculate_gas_t(one["x"], one["w"], case["rho"]) == pytest.approx(one["T"], abs=1e-9)


def test_goal_scaling_is_not_the_widely_copied_formula_without_squares(read_case):
    wrong = read_case("goal_scaling")["negative_test"]
    score = calculate_gas_t(wrong["x"], wrong["w"])
    assert abs(score - wrong["T_with_uncorrected_unsquared_weights"]) > 0.1


def test_goals_without_weight_have_no_score():
    assert calculate_gas_t([], []) is None
    assert calculate_gas_t([1, 2], [0, 0]) is None
