"""Tables of fidelity beside outcome, for the hypotheses that were declared beforehand."""

from __future__ import annotations

from dataclasses import astuple, dataclass, fields

import pandas as pd

from pipelines.catalogue.models.hypotheses import Hypothesis
from pipelines.outcomes.association import assess_association, average_teams
from pipelines.outcomes.evidence import Association, TeamYear
from pipelines.run import Run
from pipelines.warehouse import Warehouse


@dataclass(frozen=True)
class Point:
    """A team in one year, or over all its years (period empty)."""

    hypothesis_id: str
    hypothesis_version: int
    organisation_id: str
    team_id: str
    period: str | None
    fidelity: float
    mean_improvement: float
    sd_improvement: float | None
    completers_count: int
    clients_count: int


POINT_COLUMNS = {
    "hypothesis_id": "VARCHAR",
    "hypothesis_version": "INTEGER",
    "organisation_id": "VARCHAR",
    "team_id": "VARCHAR",
    "period": "VARCHAR",  # a year of starting; empty: all years of the team together
    "fidelity": "DOUBLE",
    "mean_improvement": "DOUBLE",  # change, turned round where lower is better
    "sd_improvement": "DOUBLE",
    "completers_count": "BIGINT",
    "clients_count": "BIGINT",
}
EVIDENCE_COLUMNS = {
    "level": "VARCHAR",
    "organisation_id": "VARCHAR",
    "hypothesis_id": "VARCHAR",
    "hypothesis_version": "INTEGER",
    "teams_count": "BIGINT",
    "organisations_counted": "BIGINT",
    "completers_count": "BIGINT",
    "fidelity_lowest": "DOUBLE",
    "fidelity_highest": "DOUBLE",
    "fidelity_sd": "DOUBLE",
}
TEXTS = ("model", "term", "method", "status", "reading")
ASSOCIATION_COLUMNS = {
    each.name: "VARCHAR" if each.name in TEXTS else "DOUBLE" for each in fields(Association)
} | {"degrees_of_freedom": "INTEGER", "is_leading": "BOOLEAN"}

CHANGE_SQL = """
    select organisation_id, team_id, period, mean_change, sd_change, completers_count,
        clients_count, is_higher_better
    from results.outcome_change
    where level = 'team' and breakdown = 'total' and length(period) = 4
        and instrument = $instrument and scale = $scale and informant = $informant
        and moments = $moments and instrument_version = $version
        and completers_count >= $minimum and is_higher_better is not null
    order by organisation_id, team_id, period
"""
PROFILE_SQL = """
    select organisation_id, team_id, period, score
    from results.record_profile
    where level = 'team' and part = $part and status = 'shown' and length(period) = 4
"""
# The end of June stands for the clients who began in a year. A team that was audited with two
# versions of the instrument at once has no single score.
AUDIT_SQL = """
    select organisation_id, team_id, left(period, 4) as year, any_value(score) as score
    from results.audit_interpolated
    where instrument = $instrument and right(period, 3) = '-Q2'
    group by organisation_id, team_id, year
    having count(*) = 1
"""


def _write(warehouse: Warehouse, table: str, columns: dict[str, str], rows: list[tuple]) -> None:
    declared = ", ".join(f"{name} {kind}" for name, kind in columns.items())
    warehouse.execute(f"create or replace table {table} ({declared})")
    if rows:
        warehouse.write_frame(table, pd.DataFrame(rows, columns=list(columns), dtype=object))


def _read_fidelity(
    warehouse: Warehouse, hypothesis: Hypothesis
) -> dict[tuple[str, str, str], float]:
    """(organisation, team, year) -> fidelity by the declared measure."""
    measure = hypothesis.fidelity
    if measure.kind == "record_profile":
        rows = warehouse.fetch_all(PROFILE_SQL, {"part": measure.part})
    else:
        rows = warehouse.fetch_all(AUDIT_SQL, {"instrument": measure.instrument})
    return {(organisation, team, year): float(score) for organisation, team, year, score in rows}


def list_points(warehouse: Warehouse, hypothesis: Hypothesis) -> list[Point]:
    """One point per team and year with fidelity known and enough completers."""
    outcome = hypothesis.outcome
    changes = warehouse.fetch_all(
        CHANGE_SQL,
        {
            "instrument": outcome.instrument,
            "version": outcome.version,
            "scale": outcome.scale,
            "informant": outcome.informant,
            "moments": outcome.moments,
            "minimum": hypothesis.minimum_completers,
        },
    )
    fidelity = _read_fidelity(warehouse, hypothesis)
    points = []
    for organisation, team, year, mean, sd, count, clients, is_higher_better in changes:
        if (organisation, team, year) in fidelity:
            improvement = mean if is_higher_better else -mean
            name = (hypothesis.id, hypothesis.version, organisation, team, year)
            level = fidelity[organisation, team, year]
            points.append(Point(*name, level, improvement, sd, count, clients))
    return points


def sum_points(points: list[Point]) -> list[TeamYear]:
    """The points as sums, the way the models take them."""
    return [
        TeamYear(
            point.organisation_id,
            point.team_id,
            point.period,
            point.fidelity,
            count := point.completers_count,
            count * point.mean_improvement,
            (count - 1) * point.sd_improvement**2 + count * point.mean_improvement**2,
        )
        for point in points
    ]


def _add_team_means(points: list[Point]) -> list[Point]:
    """The points, and after them one per team over all its years."""
    means = []
    for mean in average_teams(sum_points(points)):
        own = [
            point
            for point in points
            if (point.organisation_id, point.team_id) == (mean.organisation, mean.team)
        ]
        # A client may come back in another year: the largest year is surely not too many.
        clients = max(point.clients_count for point in own)
        name = (own[0].hypothesis_id, own[0].hypothesis_version, mean.organisation, mean.team)
        means.append(Point(*name, None, mean.fidelity, mean.improvement, None, mean.count, clients))
    return points + means


def build_points(warehouse: Warehouse, run: Run) -> None:
    """Builds ``results.fidelity_outcome_point``: the teams in the scatter of each hypothesis."""
    rows = [
        astuple(point)
        for hypothesis in run.catalogue.hypotheses.values()
        for point in _add_team_means(list_points(warehouse, hypothesis))
    ]
    _write(warehouse, "results.fidelity_outcome_point", POINT_COLUMNS, rows)


def build_fidelity_outcome(warehouse: Warehouse, run: Run) -> None:
    """Builds ``results.fidelity_outcome``: hypothesis x (all, each organisation) x model x term."""
    rows = []
    names = ", ".join(POINT_COLUMNS)
    for hypothesis in run.catalogue.hypotheses.values():
        found = warehouse.fetch_all(
            f"select {names} from results.fidelity_outcome_point"
            " where hypothesis_id = ? and period is not null"
            " order by organisation_id, team_id, period",
            [hypothesis.id],
        )
        points = [Point(*row) for row in found]
        rows += _list_rows("all", None, hypothesis, points)
        for organisation in sorted({point.organisation_id for point in points}):
            own = [point for point in points if point.organisation_id == organisation]
            rows += _list_rows("organisation", organisation, hypothesis, own)
    columns = EVIDENCE_COLUMNS | ASSOCIATION_COLUMNS | {"outcome_key": "VARCHAR"}
    _write(warehouse, "results.fidelity_outcome", columns, rows)


def _list_rows(
    level: str, organisation: str | None, hypothesis: Hypothesis, points: list[Point]
) -> list[tuple]:
    evidence = assess_association(sum_points(points))
    return [
        (
            level,
            organisation,
            hypothesis.id,
            hypothesis.version,
            evidence.teams_count,
            evidence.organisations_counted,
            evidence.completers_count,
            evidence.fidelity_lowest,
            evidence.fidelity_highest,
            evidence.fidelity_sd,
            *astuple(found),
            "|".join(("fidelity", organisation or "", hypothesis.id, found.model, found.term)),
        )
        for found in evidence.associations
    ]
