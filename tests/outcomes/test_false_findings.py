"""How often chance alone is called a finding, in seeded worlds without any association.

The designs are those that ``benchmarks/false_findings.py`` repeats at any size.
"""

from __future__ import annotations

import random
from collections import Counter

import pytest

from benchmarks.false_findings import DESIGNS, Design, make_world
from pipelines.outcomes.association import assess_association, assess_lines, average_teams
from pipelines.statistics.regression import fit_line
from tests.outcomes.simulated_clients import simulate_clients, sum_rows

NOMINAL = 0.05
# A mixed model takes ten times as long as a line: few and many organisations, one year and three.
MIXED_DESIGNS = (
    Design(3, 8, 1.0, 0.8),
    Design(6, 3, 1.0, 0.8),
    Design(8, 3, 1.0, 0.8, years=3),
    Design(12, 5, 1.0),
)


def allow_chance(worlds: int) -> float:
    """Four standard errors of a simulation of this size."""
    return 4 * (NOMINAL * (1 - NOMINAL) / worlds) ** 0.5


@pytest.mark.parametrize("design", DESIGNS, ids=str)
def test_the_leading_answer_calls_chance_a_finding_about_five_times_in_a_hundred(design: Design):
    rng, worlds = random.Random(f"leading {design}"), 600
    called = 0
    for _ in range(worlds):
        teams = average_teams(sum_rows(make_world(rng, design)))
        (leading,) = (line for line in assess_lines(teams) if line.is_leading)
        called += leading.p_value < NOMINAL
    assert called / worlds == pytest.approx(NOMINAL, abs=allow_chance(worlds))


def test_the_simulated_mixed_models_are_among_the_designs_of_the_benchmark():
    assert set(MIXED_DESIGNS) <= set(DESIGNS)


@pytest.mark.parametrize("design", MIXED_DESIGNS, ids=str)
def test_mixed_models_call_chance_a_finding_about_five_times_in_a_hundred(design: Design):
    rng, worlds = random.Random(f"mixed {design}"), 150
    called, told = Counter(), Counter()
    for _ in range(worlds):
        for found in assess_association(sum_rows(make_world(rng, design))).associations:
            if found.model == "mixed":
                told[found.term] += 1
                called[found.term] += found.p_value is not None and found.p_value < NOMINAL
    for term, count in told.items():
        assert called[term] / count <= NOMINAL + allow_chance(count), term
    assert sum(called.values()) > 0


def test_a_line_over_clients_or_over_teams_alike_would_call_chance_a_finding():
    """What this project does not do; the simulation would notice if it did."""
    rng, worlds = random.Random(20260101), 200
    over_clients = over_teams = 0
    for _ in range(worlds):
        rows = simulate_clients(rng, 3, 8, fidelity_shift=1.0, outcome_shift=0.8)
        clients = [(x, y) for _, _, _, x, ys in rows for y in ys]
        over_clients += fit_line(*zip(*clients, strict=True)).p_value < NOMINAL
        teams = [(x, sum(ys) / len(ys)) for _, _, _, x, ys in rows]
        over_teams += fit_line(*zip(*teams, strict=True)).p_value < NOMINAL
    assert over_clients / worlds > 0.4
    assert over_teams / worlds > 0.15
