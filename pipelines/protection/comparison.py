"""Teams beside each other as each organisation may see it: its own teams, and of others a spread.

From five organisations on, limits and common means are those of all teams. With fewer an
organisation could work out another one: then its own shown teams are held beside each other and
nothing else. What does not belong here: the formulas (room ``monitoring``).
"""

from collections.abc import Iterator, Sequence
from itertools import groupby

from pipelines.monitoring.comparison import COLUMNS as COMPARED_COLUMNS
from pipelines.monitoring.comparison import (
    MEASURE_COLUMNS,
    MINIMUM_TEAMS,
    TeamValue,
    compare_teams,
)
from pipelines.protection.limits import MINIMUM_ORGANISATIONS
from pipelines.statistics.funnel import find_quantile
from pipelines.warehouse import Warehouse

MINIMUM_SPREAD_TEAMS = 10  # others: fewer, and a quantile is nearly one team
SPREAD = {"others_low": 0.1, "others_middle": 0.5, "others_high": 0.9}
# Not told: keys, and counts of clients that a reader needs no more than the units.
LEFT_OUT = {"clients_count", "source_key", "comparison_key", "z", "unadjusted_lower_2_sd",
            "unadjusted_upper_2_sd", "unadjusted_lower_3_sd", "unadjusted_upper_3_sd"}  # fmt: skip
COLUMNS = {
    **{name: kind for name, kind in COMPARED_COLUMNS.items() if name not in LEFT_OUT},
    "scope": "VARCHAR",
    "others_count": "BIGINT",
    **dict.fromkeys(SPREAD, "DOUBLE"),
}
TEAM_SQL = f"""
    select {", ".join(MEASURE_COLUMNS)}, organisation_id, team_id, value_kind, value, numerator,
        denominator, ci_low, ci_high, sd, is_higher_better, is_provisional, clients_count,
        source_key
    from protected.compared_team
    order by {", ".join(f"{name} nulls first" for name in MEASURE_COLUMNS)},
        organisation_id, team_id
"""


def list_comparisons(warehouse: Warehouse) -> list[dict]:
    """The rows of every organisation: one per year, measure and own team that may be shown."""
    names = ", ".join(COMPARED_COLUMNS)
    everyone = {
        row[-1]: dict(zip(COMPARED_COLUMNS, row[:-1], strict=True))
        for row in warehouse.fetch_all(
            f"select {names}, source_key || '|' || measure from results.comparison"
        )
    }
    width = len(MEASURE_COLUMNS)
    rows: list[dict] = []
    for measure, found in groupby(warehouse.fetch_all(TEAM_SQL), key=lambda row: row[:width]):
        named = dict(zip(MEASURE_COLUMNS, measure, strict=True))
        teams = [TeamValue(*row[width:]) for row in found]
        rows += _tell_measure(named, teams, everyone)
    return rows


def _tell_measure(
    named: dict, teams: Sequence[TeamValue], everyone: dict[str, dict]
) -> Iterator[dict]:
    for organisation in sorted({team.organisation_id for team in teams}):
        own = [team for team in teams if team.organisation_id == organisation]
        told = [everyone.get(f"{team.source_key}|{named['measure']}") for team in own]
        if told[0] and told[0]["organisations_counted"] >= MINIMUM_ORGANISATIONS:
            others = [team for team in teams if team.organisation_id != organisation]
            spread = _tell_spread(others, named["measure"])
            for team, row in zip(own, told, strict=True):
                yield _keep(named | _describe(team) | row | spread | {"scope": "all"})
        elif len(own) >= MINIMUM_TEAMS:
            for team, row in zip(own, compare_teams(own), strict=True):
                yield _keep(named | _describe(team) | row | {"scope": "organisation"})


def _tell_spread(others: Sequence[TeamValue], measure: str) -> dict:
    """Where eight in ten of the shown teams of other organisations lie, rounded."""
    enough = len({team.organisation_id for team in others}) >= MINIMUM_ORGANISATIONS - 1
    told: dict = {"others_count": len(others)}
    if enough and len(others) >= MINIMUM_SPREAD_TEAMS:
        values = sorted(team.value for team in others)
        told |= {name: round(find_quantile(values, at), 2) for name, at in SPREAD.items()}
    return told


def _describe(team: TeamValue) -> dict:
    return {name: getattr(team, name) for name in TeamValue.__annotations__}


def _keep(row: dict) -> dict:
    return {name: row.get(name) for name in COLUMNS}
