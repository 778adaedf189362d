"""Fidelity and outcome: refusals, what is told, and how often chance alone is called a finding."""

from __future__ import annotations

import random

import pytest

from pipelines.outcomes.association import Association, assess_association
from pipelines.statistics.regression import fit_line
from tests.outcomes.simulated_clients import simulate_clients, sum_rows

CAUSAL_WORDS = ("cause", "effect", "impact", "leads")


def assess(rows) -> dict[tuple[str, str], Association]:
    evidence = assess_association(sum_rows(rows))
    return {(found.model, found.term): found for found in evidence.associations}


def test_fewer_than_eight_teams_are_shown_and_nothing_is_inferred():
    rows = simulate_clients(random.Random(1), 1, 7, slope=2.0)
    found = assess(rows)
    line = found["team_line", "fidelity"]
    assert (line.status, line.reading) == ("scatter_only", "no_inference")
    assert (line.estimate, line.p_value, line.ci_low) == (None, None, None)
    assert (
        assess(simulate_clients(random.Random(1), 1, 8, slope=2.0))["team_line", "fidelity"].status
        == "given"
    )


def test_the_line_counts_teams_and_not_clients():
    rows = [
        ("o", f"t{n}", "2025", float(n), [n * 0.5 + (n % 2), n * 0.5 - (n % 2)]) for n in range(8)
    ]
    line = assess(rows)["team_line", "fidelity"]
    assert line.estimate == pytest.approx(0.5)
    assert line.degrees_of_freedom == 6
    assert line.reading == "more_improvement"


def test_numbers_of_teams_and_spread_of_fidelity_are_told_with_every_estimate():
    evidence = assess_association(sum_rows(simulate_clients(random.Random(2), 2, 5)))
    assert (evidence.teams_count, evidence.organisations_counted) == (10, 2)
    assert evidence.completers_count == sum(
        len(row[4]) for row in simulate_clients(random.Random(2), 2, 5)
    )
    assert evidence.fidelity_lowest < evidence.fidelity_highest
    assert evidence.fidelity_sd > 0


def test_teams_of_equal_fidelity_leave_nothing_to_compare():
    rows = [("o", f"t{n}", "2025", 3.0, [1.0, 2.0, n * 1.0]) for n in range(16)]
    found = assess(rows)
    assert found["team_line", "fidelity"].status == "no_fidelity_spread"
    assert found["mixed", "fidelity"].status == "not_estimable"


def test_without_teams_everything_is_empty():
    evidence = assess_association([])
    assert (evidence.teams_count, evidence.fidelity_lowest) == (0, None)
    assert [found.status for found in evidence.associations] == ["scatter_only", "too_few_teams"]


def test_a_mixed_model_is_fitted_from_fifteen_teams_on():
    few = assess(simulate_clients(random.Random(3), 2, 7))
    assert few["mixed", "fidelity"].status == "too_few_teams"
    many = assess(simulate_clients(random.Random(3), 3, 5, team_sd=1.0))
    mixed = many["mixed", "fidelity"]
    assert mixed.status == "given"
    assert mixed.organisation_variance is None  # three organisations: a fixed intercept each
    assert mixed.degrees_of_freedom == 15 - 2 - 2


def test_from_six_organisations_on_they_are_a_sample_of_organisations():
    found = assess(simulate_clients(random.Random(4), 6, 4, team_sd=1.0))["mixed", "fidelity"]
    assert found.organisation_variance is not None
    assert found.degrees_of_freedom == 24 - 2


def test_both_models_find_an_association_that_is_there():
    rows = simulate_clients(random.Random(5), 3, 8, slope=1.0)
    found = assess(rows)
    for key in (("team_line", "fidelity"), ("mixed", "fidelity")):
        assert found[key].reading == "more_improvement"
        assert found[key].ci_low < 1.0 < found[key].ci_high


def test_differences_between_teams_and_changes_within_a_team_are_told_apart():
    rows = simulate_clients(
        random.Random(6), 7, 6, years=3, slope=1.0, within_slope=-1.0, clients=(20, 40)
    )
    found = assess(rows)
    assert found["mixed", "between"].reading == "more_improvement"
    assert found["mixed", "within"].reading == "less_improvement"
    assert found["mixed", "within"].degrees_of_freedom == 7 * 6 * 3 - 42 - 1


def test_a_singular_fit_says_so_and_infers_nothing():
    rows = [("o", f"t{n}", "2025", float(n % 5), [1.0, 2.0, 3.0]) for n in range(16)]
    mixed = assess(rows)["mixed", "fidelity"]
    assert (mixed.status, mixed.reading) == ("singular", "no_inference")
    assert (mixed.p_value, mixed.ci_low) == (None, None)
    assert mixed.estimate == pytest.approx(0.0)


def test_nothing_that_may_be_said_names_a_cause():
    rows = simulate_clients(random.Random(7), 3, 6)
    for found in assess(rows).values():
        told = " ".join((found.model, found.term, found.method, found.status, found.reading))
        assert not any(word in told for word in CAUSAL_WORDS)


def is_called(found: Association) -> bool:
    return found.p_value is not None and found.p_value < 0.05


def test_team_lines_call_chance_a_finding_about_five_times_in_a_hundred():
    rng, worlds = random.Random(20260101), 1500
    team_lines = naive_lines = 0
    for _ in range(worlds):
        rows = simulate_clients(rng, 1, rng.randint(8, 14), clients=(5, 15))
        team_lines += is_called(assess(rows)["team_line", "fidelity"])
        clients = [(x, y) for _, _, _, x, ys in rows for y in ys]
        naive = fit_line([x for x, _ in clients], [y for _, y in clients])
        naive_lines += naive.p_value < 0.05
    # 5 % with four standard errors of a simulation of this size
    assert team_lines / worlds == pytest.approx(0.05, abs=4 * (0.05 * 0.95 / worlds) ** 0.5)
    # What this project does not do: clients as if they were unrelated.
    assert naive_lines / worlds > 0.2


@pytest.mark.parametrize("organisations", [3, 8])
def test_mixed_models_call_chance_a_finding_about_five_times_in_a_hundred(organisations):
    rng, worlds = random.Random(20260102), 150
    called = sum(
        is_called(
            assess(simulate_clients(rng, organisations, 24 // organisations))["mixed", "fidelity"]
        )
        for _ in range(worlds)
    )
    assert called / worlds <= 0.05 + 4 * (0.05 * 0.95 / worlds) ** 0.5
    assert called > 0
