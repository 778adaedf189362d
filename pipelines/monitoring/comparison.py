"""Teams beside each other: a funnel for shares, shrunken values and rank intervals for all.

It says how far teams can be told apart, never which is best: rows stand in the order of their names
and there is no rank without its interval. What does not belong here: hiding small groups, drawing.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from math import asin, pi, sin, sqrt

import pandas as pd

from pipelines.run import Run
from pipelines.statistics.change import find_t_quantile
from pipelines.statistics.funnel import Funnel, build_funnel
from pipelines.statistics.intervals import Z_95
from pipelines.statistics.shrinkage import Shrinkage, shrink_values, simulate_rank_intervals
from pipelines.warehouse import TableStep, Warehouse

MINIMUM_TEAMS = 2
ROWS_AT_ONCE = 20_000  # of a large installation the table is written in parts
MEASURE_COLUMNS = (
    "period",
    "subject",
    "measure",
    "indicator_version",
    "instrument",
    "instrument_version",
    "scale",
    "informant",
    "moments",
)
COLUMNS = {
    **dict.fromkeys(MEASURE_COLUMNS, "VARCHAR"),
    "indicator_version": "INTEGER",
    "organisation_id": "VARCHAR",
    "team_id": "VARCHAR",
    "value_kind": "VARCHAR",
    "value": "DOUBLE",
    "numerator": "BIGINT",
    "denominator": "BIGINT",
    "clients_count": "BIGINT",
    "teams_count": "BIGINT",
    "organisations_counted": "BIGINT",
    "is_higher_better": "BOOLEAN",
    "target": "DOUBLE",
    "funnel_phi": "DOUBLE",
    "funnel_tau2": "DOUBLE",
    "funnel_note": "VARCHAR",
    "z": "DOUBLE",
    "adjusted_z": "DOUBLE",
    "position": "VARCHAR",
    **dict.fromkeys(
        (
            "lower_2_sd",
            "upper_2_sd",
            "lower_3_sd",
            "upper_3_sd",
            "unadjusted_lower_2_sd",
            "unadjusted_upper_2_sd",
            "unadjusted_lower_3_sd",
            "unadjusted_upper_3_sd",
            "shrinkage_tau2",
            "shrunken_value",
            "shrunken_low",
            "shrunken_high",
        ),
        "DOUBLE",
    ),
    "rank_low": "INTEGER",
    "rank_high": "INTEGER",
    "is_provisional": "BOOLEAN",
    "source_key": "VARCHAR",
    "comparison_key": "VARCHAR",
}
SOURCE_SQL = f"""
    select {", ".join(MEASURE_COLUMNS)}, organisation_id, team_id, value_kind, value, numerator,
        denominator, ci_low, ci_high, sd, is_higher_better, is_provisional, clients_count,
        source_key
    from monitoring.compared
    order by {", ".join(f"{name} nulls first" for name in MEASURE_COLUMNS)},
        organisation_id, team_id
"""


@dataclass(frozen=True)
class TeamValue:
    """One team on one measure in one year."""

    organisation_id: str
    team_id: str
    value_kind: str  # share, mean
    value: float
    numerator: int | None
    denominator: int
    ci_low: float | None
    ci_high: float | None
    sd: float | None
    is_higher_better: bool | None
    is_provisional: bool
    clients_count: int | None
    source_key: str


def estimate_sd(team: TeamValue) -> float | None:
    """The standard deviation of a team's units: as told, else from its t interval."""
    if team.sd is not None or team.ci_high is None:
        return team.sd
    half = (team.ci_high - team.ci_low) / 2
    return half * sqrt(team.denominator) / find_t_quantile(team.denominator - 1)


def estimate_variances(teams: Sequence[TeamValue]) -> list[float] | None:
    """The squared standard error of each team's mean, from one pooled spread; empty without spread.

    A small team's own spread is too unsure to weigh it by: five alike clients would weigh most.
    """
    spreads = [(team.denominator - 1, estimate_sd(team)) for team in teams]
    known = [(freedom, sd) for freedom, sd in spreads if sd is not None]
    freedom = sum(one for one, _ in known)
    pooled = sum(one * sd**2 for one, sd in known) / freedom if freedom else 0.0
    # What rounding leaves of no spread at all is no spread.
    if pooled <= 1e-12 * max(team.value**2 for team in teams):
        return None
    return [pooled / team.denominator for team in teams]


def turn_back(angle: float) -> float:
    """The share that belongs to an arcsine-transformed one."""
    return sin(min(pi / 2, max(0.0, angle))) ** 2


def compare_teams(teams: Sequence[TeamValue]) -> list[dict]:
    """The columns of the comparison that follow from all teams together, in the order given."""
    is_share = teams[0].value_kind == "share"
    if is_share:
        # On the arcsine scale the noise of a share depends on the number of units alone.
        values = [asin(sqrt(team.numerator / team.denominator)) for team in teams]
        variances = [1 / (4 * team.denominator) for team in teams]
    else:
        values = [team.value for team in teams]
        variances = estimate_variances(teams)
    rows = [
        {
            "teams_count": len(teams),
            "organisations_counted": len({team.organisation_id for team in teams}),
            "funnel_note": None if is_share else "not_a_share",
        }
        for _ in teams
    ]
    if variances is not None:
        shrinkage = shrink_values(values, variances)
        ranks = simulate_rank_intervals(values, variances)
        for row, own in zip(rows, _tell_shrunken(shrinkage, is_share), strict=True):
            row.update(own)
        for row, (low, high) in zip(rows, ranks, strict=True):
            row.update(rank_low=low, rank_high=high)
    if is_share:
        funnel = build_funnel([t.numerator for t in teams], [t.denominator for t in teams])
        for place, (row, team) in enumerate(zip(rows, teams, strict=True)):
            row.update(_tell_funnel(funnel, place, team.denominator))
    return rows


def _tell_shrunken(shrinkage: Shrinkage, is_share: bool) -> Iterator[dict]:
    show = turn_back if is_share else float
    for value, error in zip(shrinkage.values, shrinkage.errors, strict=True):
        yield {
            "target": show(shrinkage.mu),
            "shrinkage_tau2": shrinkage.tau2,
            "shrunken_value": show(value),
            "shrunken_low": show(value - Z_95 * error),
            "shrunken_high": show(value + Z_95 * error),
        }


def _tell_funnel(funnel: Funnel, place: int, denominator: int) -> dict:
    point = funnel.points[place]
    told = {
        "target": funnel.target,
        "funnel_phi": funnel.phi,
        "funnel_tau2": funnel.tau2,
        "funnel_note": funnel.note,
        "z": point.z,
        "adjusted_z": point.adjusted_z,
        "position": point.position,
    }
    for sd_count in (2, 3):
        for start, is_adjusted in (("", True), ("unadjusted_", False)):
            low, high = funnel.find_limits(denominator, sd_count, is_adjusted)
            told[f"{start}lower_{sd_count}_sd"] = low
            told[f"{start}upper_{sd_count}_sd"] = high
    return told


def build_comparison(warehouse: Warehouse, run: Run) -> None:
    """Builds ``results.comparison``: year x measure x team, of two teams or more."""
    declared = ", ".join(f"{name} {kind}" for name, kind in COLUMNS.items())
    warehouse.execute(f"create or replace table results.comparison ({declared})")
    width, rows = len(MEASURE_COLUMNS), []
    for measure, found in groupby(warehouse.fetch_all(SOURCE_SQL), key=lambda row: row[:width]):
        teams = [TeamValue(*row[width:]) for row in found]
        if len(teams) >= MINIMUM_TEAMS:
            named = dict(zip(MEASURE_COLUMNS, measure, strict=True))
            rows += [
                tuple(map((named | _tell_team(team, measure) | told).get, COLUMNS))
                for team, told in zip(teams, compare_teams(teams), strict=True)
            ]
        if len(rows) >= ROWS_AT_ONCE:
            _append(warehouse, rows)
            rows = []
    if rows:
        _append(warehouse, rows)


def _append(warehouse: Warehouse, rows: list[tuple]) -> None:
    # dtype object: an empty cell stays empty instead of turning whole numbers into floats
    frame = pd.DataFrame(rows, columns=list(COLUMNS), dtype=object)
    warehouse.write_frame("results.comparison", frame)


def _tell_team(team: TeamValue, measure: tuple) -> dict:
    told = {name: getattr(team, name) for name in COLUMNS if name in TeamValue.__annotations__}
    names = ("" if name is None else str(name) for name in measure)
    return told | {
        "comparison_key": "|".join(("comparison", team.organisation_id, team.team_id, *names))
    }


COMPARISON_STEP = TableStep(
    "results.comparison",
    "Teams beside each other: funnel, shrunken values, rank intervals; never a league table",
    ("monitoring.compared",),
    build_comparison,
)
