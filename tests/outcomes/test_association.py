"""Fidelity and outcome: refusals, which line leads, and what is told."""

from __future__ import annotations

import random

import pytest

from pipelines.outcomes.association import assess_association
from pipelines.outcomes.evidence import Association
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
    found = assess(simulate_clients(random.Random(4), 6, 4, team_sd=1.0))
    assert found["mixed", "fidelity"].organisation_variance is not None
    assert found["mixed", "fidelity"].degrees_of_freedom == 24 - 6 - 1


def test_every_model_finds_an_association_that_is_there():
    rows = simulate_clients(random.Random(5), 3, 8, slope=1.0)
    found = assess(rows)
    for model in ("team_line_within", "team_line", "mixed"):
        key = model, "fidelity"
        assert found[key].reading == "more_improvement"
        assert found[key].ci_low < 1.0 < found[key].ci_high


def test_differences_between_teams_and_changes_within_a_team_are_told_apart():
    rows = simulate_clients(
        random.Random(6), 7, 6, years=3, slope=1.0, within_slope=-1.0, clients=(20, 40)
    )
    found = assess(rows)
    assert found["mixed", "between"].reading == "more_improvement"
    assert found["mixed", "within"].reading == "less_improvement"
    assert found["mixed", "between"].degrees_of_freedom == 42 - 7 - 1
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


def find_leading(found) -> str:
    (model,) = (one.model for one in found.values() if one.is_leading)
    return model


def test_teams_are_held_beside_teams_of_their_own_organisation():
    # Within both organisations improvement goes down with fidelity; the other way round over all.
    rows = [
        (house, f"{house}{n}", "2025", base + n, [lift - n + (n % 2) / 10, lift - n])
        for house, base, lift in (("a", 1.0, 0.0), ("b", 3.0, 20.0))
        for n in range(5)
    ]
    found = assess(rows)
    assert found["team_line", "fidelity"].estimate > 0
    within = found["team_line_within", "fidelity"]
    assert (within.reading, within.degrees_of_freedom) == ("less_improvement", 10 - 2 - 1)
    assert within.estimate == pytest.approx(-1, abs=0.05)
    assert find_leading(found) == "team_line_within"


def test_of_one_organisation_there_is_one_line_and_it_leads():
    found = assess(simulate_clients(random.Random(8), 1, 9))
    assert ("team_line_within", "fidelity") not in found
    assert find_leading(found) == "team_line"


def test_the_line_through_all_teams_leads_when_hardly_any_share_an_organisation():
    second = ("o0", "second", "2020", 2.5, [0.1, 0.4, 0.2])
    rows = [*simulate_clients(random.Random(9), 9, 1), second]
    found = assess(rows)
    assert found["team_line_within", "fidelity"].status == "too_few_beside"
    assert find_leading(found) == "team_line"


def test_organisations_of_teams_alike_leave_nothing_to_compare_within():
    rows = [(f"o{n // 3}", f"t{n}", "2025", 2.0 + n // 3, [1.0, 2.0, n * 1.0]) for n in range(9)]
    found = assess(rows)
    assert found["team_line", "fidelity"].status == "given"
    assert found["team_line_within", "fidelity"].status == "no_fidelity_spread"
    assert find_leading(found) == "team_line_within"


def test_organisations_of_one_team_each_are_no_level_of_the_mixed_model():
    mixed = assess(simulate_clients(random.Random(10), 16, 1, team_sd=1.0))["mixed", "fidelity"]
    assert (mixed.status, mixed.organisation_variance) == ("given", None)
    assert mixed.degrees_of_freedom == 16 - 2
