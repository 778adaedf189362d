"""How often worlds without an association give a significant one: a large run of what tests do.

    .venv/bin/python -m benchmarks.false_findings --worlds 20000

Prints, per design, the share of worlds with p < .05 for one number per team (the default), for the
mixed model, and for the line over clients that this project does not draw; with the simulation's
own standard error. Nominal is .05.
"""

import argparse
import random
from collections.abc import Sequence

from pipelines.outcomes.association import (
    MINIMUM_TEAMS_MIXED,
    assess_association,
)
from pipelines.statistics.regression import fit_line
from tests.outcomes.simulated_clients import simulate_clients, sum_rows

SEED = 20260101
# organisations, teams in each, SD of fidelity between organisations (that of teams is .87)
DESIGNS = (
    (1, 8, 0),
    (1, 14, 0),
    (3, 8, 0),
    (3, 8, 1),
    (8, 3, 0),
    (8, 3, 1),
    (12, 5, 0),
    (12, 5, 1),
)
MIXED_SHARE = 20  # one mixed model per so many worlds: it takes that much longer


def count_findings(
    organisations: int, teams: int, shift: float, worlds: int
) -> dict[str, tuple[int, int]]:
    """Method -> worlds with p < .05, worlds in which the method gave a p value or declined."""
    rng = random.Random(f"{SEED}-{organisations}-{teams}-{shift}")
    found = {"team_line": (0, 0), "mixed": (0, 0), "client_line": (0, 0)}

    def add(method: str, p_value: float | None) -> None:
        called, count = found[method]
        found[method] = called + (p_value is not None and p_value < 0.05), count + 1

    for world in range(worlds):
        rows = simulate_clients(rng, organisations, teams, fidelity_shift=shift)
        is_mixed = organisations * teams >= MINIMUM_TEAMS_MIXED and world % MIXED_SHARE == 0
        if is_mixed:
            told = {one.model: one for one in assess_association(sum_rows(rows)).associations}
            add("mixed", told["mixed"].p_value)
        means = [(x, sum(ys) / len(ys)) for _, _, _, x, ys in rows]
        add("team_line", fit_line(*zip(*means, strict=True)).p_value)
        clients = [(x, y) for _, _, _, x, ys in rows for y in ys]
        add("client_line", fit_line(*zip(*clients, strict=True)).p_value)
    return found


def main(arguments: Sequence[str] | None = None) -> None:
    """Prints one line per design and method."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--worlds", type=int, default=2000, help="simulated worlds per design")
    worlds = parser.parse_args(arguments).worlds
    print("organisations teams shift method       share p<.05     se")
    for organisations, teams, shift in DESIGNS:
        found = count_findings(organisations, teams, shift, worlds)
        for method, (called, count) in found.items():
            if count:
                share = called / count
                error = (share * (1 - share) / count) ** 0.5
                total = organisations * teams
                print(
                    f"{organisations:>13} {total:>5} {shift:>5} {method:<12}"
                    f" {share:>11.3f} {error:>6.3f}"
                )


if __name__ == "__main__":
    main()
