"""How often worlds without an association give a significant one: a large run of what tests do.

    .venv/bin/python -m benchmarks.false_findings --worlds 20000

Prints, per design, the share of worlds with p < .05 for the answer that leads, for one line through
all teams, for the mixed model, and for the line over clients that this project does not draw; with
the simulation's own standard error. Nominal is .05.
"""

import argparse
import random
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from pipelines.outcomes.association import assess_association, assess_lines, average_teams
from pipelines.statistics.regression import fit_line
from tests.outcomes.simulated_clients import simulate_clients, sum_rows

SEED = 20260101


@dataclass(frozen=True)
class Design:
    """A world without an association; the SD of teams is .87 in fidelity and .5 in improvement."""

    organisations: int
    teams: int  # in each organisation
    fidelity_shift: float = 0.0  # SD of fidelity between organisations
    outcome_shift: float = 0.3  # SD of improvement between organisations
    years: int = 1

    def __str__(self) -> str:
        return (
            f"{self.organisations} x {self.teams} teams, organisations differ by"
            f" {self.fidelity_shift:g} and {self.outcome_shift:g}, years {self.years}"
        )


DESIGNS = (
    Design(1, 8),
    Design(1, 14),
    Design(10, 1, 1.0),
    Design(5, 2, 1.0),
    Design(3, 4),
    Design(3, 4, 1.0),
    Design(3, 4, 1.0, 0.8),
    Design(3, 8),
    Design(3, 8, 1.0),
    Design(3, 8, 1.0, 0.8),
    Design(6, 3, 1.0, 0.8),
    Design(8, 3),
    Design(8, 3, 1.0),
    Design(8, 3, 1.0, 0.8, years=3),
    Design(12, 5),
    Design(12, 5, 1.0),
    Design(12, 5, 1.0, 0.8),
)
MIXED_DESIGNS = tuple(one for one in DESIGNS if one.organisations * one.teams >= 15)
MIXED_SHARE = 20  # one mixed model per so many worlds: it takes that much longer


def make_world(
    rng: random.Random, design: Design
) -> list[tuple[str, str, str, float, list[float]]]:
    """The teams of one world of this design, with the improvement of each client."""
    return simulate_clients(
        rng,
        design.organisations,
        design.teams,
        years=design.years,
        fidelity_shift=design.fidelity_shift,
        outcome_shift=design.outcome_shift,
    )


def count_findings(design: Design, worlds: int) -> dict[str, tuple[int, int]]:
    """Method -> worlds with p < .05, worlds in which the method gave a p value or declined."""
    rng = random.Random(f"{SEED} {design}")
    called, count = Counter(), Counter()

    def add(method: str, p_value: float | None) -> None:
        count[method] += 1
        called[method] += p_value is not None and p_value < 0.05

    for world in range(worlds):
        rows = make_world(rng, design)
        sums = sum_rows(rows)
        for line in assess_lines(average_teams(sums)):
            if line.is_leading:
                add("leading", line.p_value)
            if line.model == "team_line":
                add("line through all teams", line.p_value)
        if design in MIXED_DESIGNS and world % MIXED_SHARE == 0:
            for found in assess_association(sums).associations:
                if found.model == "mixed":
                    add(f"mixed, {found.term}", found.p_value)
        clients = [(x, y) for _, _, _, x, ys in rows for y in ys]
        add("line over clients", fit_line(*zip(*clients, strict=True)).p_value)
    return {method: (called[method], total) for method, total in count.items()}


def main(arguments: Sequence[str] | None = None) -> None:
    """Prints one line per design and method."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--worlds", type=int, default=2000, help="simulated worlds per design")
    worlds = parser.parse_args(arguments).worlds
    for design in DESIGNS:
        print(design)
        for method, (called, count) in count_findings(design, worlds).items():
            share = called / count
            error = (share * (1 - share) / count) ** 0.5
            print(f"    {method:<24}{share:>8.3f}{error:>8.3f}", flush=True)


if __name__ == "__main__":
    main()
