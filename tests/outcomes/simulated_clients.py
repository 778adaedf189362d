"""Simulated clients in teams in organisations, with or without an association to be found."""

from __future__ import annotations

import random

from pipelines.outcomes.evidence import TeamYear


def simulate_clients(
    rng: random.Random,
    organisations: int,
    teams: int,
    *,
    slope: float = 0.0,
    team_sd: float = 0.5,
    years: int = 1,
    within_slope: float = 0.0,
    clients: tuple[int, int] = (5, 30),
    fidelity_shift: float = 0.0,
    outcome_shift: float = 0.3,
) -> list[tuple[str, str, str, float, list[float]]]:
    """(organisation, team, year, fidelity, improvement of each client); SD of clients is 1.

    ``fidelity_shift`` and ``outcome_shift`` are the SDs of fidelity and of improvement between
    organisations: teams of one are then alike.
    """
    rows = []
    for o in range(organisations):
        shift = rng.gauss(0, outcome_shift)
        house = rng.gauss(0, fidelity_shift) if fidelity_shift else 0.0
        for t in range(teams):
            usual, own = house + rng.uniform(1.5, 4.5), shift + rng.gauss(0, team_sd)
            for year in range(years):
                moved = rng.gauss(0, 0.4) if years > 1 else 0.0
                mean = own + slope * usual + within_slope * moved
                found = [mean + rng.gauss(0, 1) for _ in range(rng.randint(*clients))]
                rows.append((f"o{o}", f"o{o}t{t}", str(2020 + year), usual + moved, found))
    return rows


def sum_rows(rows) -> list[TeamYear]:
    return [
        TeamYear(o, t, year, x, len(ys), sum(ys), sum(y * y for y in ys))
        for o, t, year, x, ys in rows
    ]
