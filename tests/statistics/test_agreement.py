"""Agreement of raters against published cases, and the cases that have no answer."""

import pytest

from pipelines.statistics.agreement import (
    calculate_gwet_ac,
    calculate_kappa_of_table,
    calculate_krippendorff_alpha,
    calculate_weighted_kappa,
    find_gwet_shares,
    make_weights,
    share_within,
    withhold_if_few,
)
from pipelines.statistics.intraclass import (
    calculate_icc_2_1,
    calculate_icc_2_1_interval,
    calculate_mean_squares,
)

SCALE = (1, 2, 3, 4, 5)
KIND = {"unweighted": "identity", "linear": "linear", "quadratic": "quadratic"}


def transpose(rows):
    return [list(column) for column in zip(*rows, strict=True)]


def test_kappa_of_published_tables(read_case):
    tables = [case for case in read_case("weighted_kappa")["cases"] if "table" in case]
    assert len(tables) == 2
    for case in tables:
        size = range(1, len(case["table"]) + 1)
        for name, expected in case["expected"].items():
            found = calculate_kappa_of_table(case["table"], make_weights(KIND[name], size))
            assert found.value == pytest.approx(expected, abs=1e-8), (case["name"], name)


def test_kappa_with_cohens_own_disagreement_weights(read_case):
    case = next(c for c in read_case("weighted_kappa")["cases"] if "proportions" in c)
    worst = max(map(max, case["disagreement_weights"]))
    weights = [[1 - d / worst for d in row] for row in case["disagreement_weights"]]
    found = calculate_kappa_of_table(case["proportions"], weights)
    assert found.value == pytest.approx(case["expected"]["weighted"], abs=1e-8)
    plain = calculate_kappa_of_table(case["proportions"], make_weights("identity", (1, 2, 3)))
    assert plain.value == pytest.approx(case["expected"]["unweighted"], abs=1e-8)


def test_kappa_uses_the_whole_scale_and_not_only_the_categories_that_occur(read_case):
    case = next(c for c in read_case("weighted_kappa")["cases"] if c["name"].startswith("unused"))
    pairs = list(zip(case["rater_a"], case["rater_b"], strict=True))
    found = calculate_weighted_kappa(pairs, SCALE)
    assert found.value == pytest.approx(case["expected"]["quadratic_full_scale_1_to_5"], abs=1e-8)
    assert found.count == 10


def test_a_rating_outside_the_scale_is_refused():
    with pytest.raises(ValueError, match="outside the scale"):
        calculate_weighted_kappa([(1, 6)], SCALE)


@pytest.mark.parametrize("ratings", [[(3, 3)] * 12, [(3, 4)] * 12])
def test_kappa_of_two_constant_raters_is_undefined_with_its_reason(ratings):
    found = calculate_weighted_kappa(ratings, SCALE)
    assert (found.value, found.status, found.reason) == (None, "undefined", "both_raters_constant")


def test_kappa_without_pairs_is_undefined():
    assert calculate_weighted_kappa([], SCALE).reason == "no_pairs"


def test_gwet_coefficients_of_the_handbook_data(read_case):
    case = read_case("gwet")
    units = transpose(read_case("krippendorff")["data_observers_by_units"])
    for kind, expected in case["expected"].items():
        found = calculate_gwet_ac(units, case["categories"], kind)
        assert found.value == pytest.approx(expected["coef"], abs=1e-9), kind
        rated = [[unit.count(c) for c in case["categories"]] for unit in units]
        shares = find_gwet_shares(rated, make_weights(kind, case["categories"]))
        assert shares == pytest.approx((expected["pa"], expected["pe"]), abs=1e-9), kind
    assert found.count == 11


def test_krippendorff_alpha_of_the_published_example(read_case):
    case = read_case("krippendorff")
    units = transpose(case["data_observers_by_units"])
    for metric in ("nominal", "ordinal", "interval", "ratio"):
        found = calculate_krippendorff_alpha(units, metric)
        assert found.value == pytest.approx(case["expected"][metric], abs=1e-9), metric
    assert found.count == 11


@pytest.mark.parametrize("calculate", [calculate_krippendorff_alpha, calculate_gwet_ac])
def test_equal_or_single_ratings_leave_the_coefficient_undefined(calculate):
    scale = () if calculate is calculate_krippendorff_alpha else (SCALE,)
    assert calculate([[4, 4]] * 12, *scale).reason == "all_ratings_equal"
    assert calculate([[4, None], [2, None]], *scale).reason == "no_pairs"


def test_intraclass_correlation_of_shrout_and_fleiss(read_case):
    case = read_case("intraclass")
    table = case["data_targets_by_judges"]
    squares = calculate_mean_squares(table)
    assert squares.targets == pytest.approx(case["mean_squares"]["BMS"])
    assert squares.judges == pytest.approx(case["mean_squares"]["JMS"])
    assert squares.error == pytest.approx(case["mean_squares"]["EMS"])
    found = calculate_icc_2_1(table)
    assert found.value == pytest.approx(case["expected"]["ICC2_1"], abs=1e-9)
    assert calculate_icc_2_1_interval(table) == pytest.approx(
        case["expected_ci95_ICC2_1"], abs=1e-6
    )


def test_intraclass_correlation_without_variation_is_undefined():
    assert calculate_icc_2_1([[3, 3], [3, 3]]).reason == "all_ratings_equal"
    assert calculate_icc_2_1([[3, 4]]).reason == "fewer_than_two_targets_or_judges"
    assert calculate_icc_2_1_interval([[3, 3], [3, 3]]) is None


def test_shares_of_equal_and_nearly_equal_ratings():
    pairs = [(1, 1), (2, 3), (5, 3), (4, 4)]
    assert share_within(pairs).value == 0.5
    assert share_within(pairs, 1).value == 0.75
    assert share_within([]).reason == "no_pairs"


def test_a_coefficient_on_nine_pairs_is_withheld_and_on_ten_is_given():
    pairs = [(1, 1), (2, 3), (5, 3), (4, 4), (2, 2), (3, 3), (1, 2), (5, 5), (4, 5)]
    held = withhold_if_few(calculate_weighted_kappa(pairs, SCALE))
    assert (held.value, held.status, held.count) == (None, "too_few", 9)
    given = withhold_if_few(calculate_weighted_kappa([*pairs, (1, 1)], SCALE))
    assert given.status == "given" and 0 < given.value < 1
