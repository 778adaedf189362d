"""Team-level lines and nested models against published and slow calculations."""

import csv
import random

import numpy as np
import pytest

from pipelines.statistics.nested_model import Cell, fit_nested_model
from pipelines.statistics.regression import fit_line
from tests.statistics.conftest import CASES


def test_line_through_five_points_by_hand():
    # x mean 3, Sxx 10, y mean 4, Sxy 6: slope .6, residuals -.8 .6 1 -.6 -.2 (SS 2.4), SE sqrt(.08)
    line = fit_line([1, 2, 3, 4, 5], [2, 4, 5, 4, 5])
    assert line.slope == pytest.approx(0.6)
    assert line.standard_error == pytest.approx(0.08**0.5)
    assert line.ci_high == pytest.approx(0.6 + 3.182446305284263 * 0.08**0.5)
    assert line.p_value == pytest.approx(0.1240, abs=5e-5)


def test_no_line_through_two_points_or_without_spread():
    assert fit_line([1, 2], [1, 2]) is None
    assert fit_line([2, 2, 2, 2], [1, 2, 3, 4]) is None


def test_line_within_groups_by_hand_takes_what_a_group_has_in_common_for_nothing():
    # Minus the mean of their group: x -1 0 1 and -1 0 1, y -2 0 2 and 0 -1 1. Sxx 4, Sxy 5, Syy 10:
    # slope 1.25, residual SS 10 - 25/4 = 3.75 with 6 - 2 - 1 = 3 degrees of freedom.
    line = fit_line([1, 2, 3, 11, 12, 13], [0, 2, 4, 90, 89, 91], list("aaabbb"))
    assert line.slope == pytest.approx(1.25)
    assert line.degrees_of_freedom == 3
    assert line.standard_error == pytest.approx((3.75 / 3 / 4) ** 0.5)
    assert line.correlation == pytest.approx(5 / 40**0.5)


def test_no_line_within_groups_that_do_not_vary_or_are_all_alone():
    assert fit_line([0.1, 0.1, 0.7, 0.7, 0.3, 0.3], [1, 2, 3, 4, 5, 6], list("aabbcc")) is None
    assert fit_line([1, 2, 3], [1, 2, 3], list("abc")) is None


def test_random_intercept_model_equals_lme4_on_the_sleep_deprivation_data(read_case):
    expected = read_case("nested_model")["expected"]
    with (CASES / "sleepstudy.csv").open(encoding="utf-8") as file:
        rows = [
            (row["Subject"], float(row["Days"]), float(row["Reaction"]))
            for row in csv.DictReader(file)
        ]
    cells = [Cell("all", who, (days,), 1, y, y * y) for who, days, y in rows]
    fit = fit_nested_model(cells, has_random_organisation=False)
    assert fit.status == "fitted"
    assert fit.coefficients == pytest.approx((expected["intercept"], expected["days"]), rel=1e-4)
    errors = (expected["se_intercept"], expected["se_days"])
    assert fit.standard_errors == pytest.approx(errors, rel=1e-5)
    assert fit.team_variance == pytest.approx(expected["var_subject"], rel=1e-5)
    assert fit.residual_variance == pytest.approx(expected["var_resid"], rel=1e-6)
    assert fit.log_likelihood == pytest.approx(expected["loglik"], abs=1e-4)


def make_people(seed: int, organisations: int = 7, teams: int = 3):
    """Rows (organisation, team, fidelity, outcome) with real spread at both levels."""
    source = random.Random(seed)
    rows = []
    for o in range(organisations):
        shift = source.gauss(0, 3)
        for t in range(teams):
            fidelity = source.uniform(1, 5)
            own = shift + source.gauss(0, 1)
            for _ in range(source.randint(2, 7)):
                outcome = round(2 + 0.5 * fidelity + own + source.gauss(0, 1), 2)
                rows.append((f"o{o}", f"o{o}t{t}", fidelity, outcome))
    return rows


def sum_cells(rows):
    cells = {}
    for organisation, team, fidelity, y in rows:
        cells.setdefault((organisation, team, fidelity), []).append(y)
    return [
        Cell(organisation, team, (fidelity,), len(ys), sum(ys), sum(y * y for y in ys))
        for (organisation, team, fidelity), ys in cells.items()
    ]


def calculate_dense_likelihood(rows, fit, has_random_organisation):
    """Restricted log-likelihood and estimates from the full covariance matrix, person by person."""
    x = np.array([[1.0, row[2]] for row in rows])
    y = np.array([row[3] for row in rows])
    same_team = np.array([[a[1] == b[1] for b in rows] for a in rows], float)
    same_organisation = np.array([[a[0] == b[0] for b in rows] for a in rows], float)
    v = fit.residual_variance * np.eye(len(rows)) + fit.team_variance * same_team
    if has_random_organisation:
        v += fit.organisation_variance * same_organisation
    precision = np.linalg.inv(v)
    information = x.T @ precision @ x
    beta = np.linalg.solve(information, x.T @ precision @ y)
    residual = y - x @ beta
    log_likelihood = -0.5 * (
        (len(y) - 2) * np.log(2 * np.pi)
        + np.linalg.slogdet(v)[1]
        + np.linalg.slogdet(information)[1]
        + residual @ precision @ residual
    )
    return log_likelihood, beta, np.sqrt(np.diag(np.linalg.inv(information)))


@pytest.mark.parametrize("has_random_organisation", [True, False])
def test_sums_per_team_give_the_same_model_as_every_person_apart(has_random_organisation):
    rows = make_people(seed=3)
    fit = fit_nested_model(sum_cells(rows), has_random_organisation)
    assert fit.status == "fitted"
    likelihood, beta, errors = calculate_dense_likelihood(rows, fit, has_random_organisation)
    assert fit.log_likelihood == pytest.approx(likelihood, abs=1e-8)
    assert fit.coefficients == pytest.approx(beta, abs=1e-8)
    assert fit.standard_errors == pytest.approx(errors, abs=1e-8)
    for name in ("team_variance", "residual_variance"):
        for factor in (0.97, 1.03):
            moved = type(fit)(**{**vars(fit), name: getattr(fit, name) * factor})
            assert calculate_dense_likelihood(rows, moved, has_random_organisation)[0] < likelihood


def test_teams_without_any_spread_of_their_own_give_a_singular_fit_that_says_so():
    rows = [("o", f"t{t}", float(t), y) for t in range(6) for y in (1.0, 2.0, 3.0, 4.0)]
    fit = fit_nested_model(sum_cells(rows), has_random_organisation=False)
    assert fit.status == "singular"
    assert fit.team_variance == 0


def test_equal_predictors_or_equal_outcomes_cannot_be_estimated():
    flat = [("o", f"t{t}", 3.0, float(y)) for t in range(6) for y in (1, 2, 4)]
    assert fit_nested_model(sum_cells(flat), False).status == "not_estimable"
    constant = [("o", f"t{t}", float(t), 2.0) for t in range(6) for _ in range(3)]
    assert fit_nested_model(sum_cells(constant), False).status == "not_estimable"
    assert fit_nested_model([], False).status == "not_estimable"


def test_few_organisations_get_a_fixed_intercept_each():
    fit = fit_nested_model(sum_cells(make_people(seed=4, organisations=3, teams=6)), False, True)
    assert len(fit.coefficients) == 2 + 2
