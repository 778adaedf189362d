"""What stands behind invented results: units that add up to them, and audits with every state.

Units are not rows of a table: a view makes as many as each score says it counted, so that what
pages tell about them agrees with the figure.
"""

from datetime import date, timedelta
from pathlib import Path

from pipelines.audits import STEPS as AUDIT_STEPS
from pipelines.catalogue import Catalogue
from pipelines.facts.catalogue_tables import CATALOGUE_STEPS
from pipelines.run import Run
from pipelines.warehouse import Warehouse
from pipelines.warehouse.steps import build_all

EVIDENCE_TABLES = """
create schema if not exists audit;
create schema if not exists fact;
create or replace table score.excluded_unit (
    score_key VARCHAR, unit_kind VARCHAR, unit_id VARCHAR, exclusion_reason VARCHAR
);
create or replace view score.result as
select
    s.level, coalesce(s.organisation_id, '') as organisation_id,
    coalesce(s.team_id, '') as team_id, s.indicator_id, s.period, s.indicator_version,
    i.shape, s.status,
    case when i.shape in ('within', 'current', 'recurring', 'share')
        then cast(round(coalesce(s.value, 0) * s.units_counted) as hugeint)
        else cast(round(coalesce(s.value, 0) * 1000) as hugeint) * s.units_counted
    end as numerator,
    cast(s.units_counted as hugeint) as denominator,
    case when i.shape in ('within', 'current', 'recurring', 'share') then 1 else 1000 end
        as numerator_parts,
    1 as denominator_parts, s.score, s.ci_low, s.ci_high,
    s.units_counted as counted_weight, s.units_excluded as excluded_count,
    s.organisations_counted, s.is_provisional, s.score_key, true as is_published, s.value,
    i.is_leading
from results.indicator_scores as s
inner join catalogue.indicator as i
    on i.organisation_id = coalesce(s.organisation_id, '')
    and i.indicator_id = s.indicator_id and i.indicator_version = s.indicator_version;
create or replace view score.indicator_unit as
with counted as (
    select r.*, unnest(range(cast(r.counted_weight as bigint))) as place
    from score.result as r
)
select
    score_key, level, organisation_id, team_id, indicator_id, indicator_version, period,
    case when starts_with(indicator_id, 'ST') or starts_with(indicator_id, 'SV') then 'worker'
        else 'trajectory' end as unit_kind,
    period || '-' || place as unit_id, true as counted,
    case when numerator_parts = 1 then place < numerator end as met,
    cast(null as varchar) as exclusion_reason, 1 as unit_weight,
    case when numerator_parts > 1 then cast(round(value * 1000) as hugeint)
        when place < numerator then 1 else 0 end as numerator,
    cast(1 as hugeint) as denominator, numerator_parts, denominator_parts,
    organisation_id as unit_organisation_id, team_id as unit_team_id,
    period || '-' || place as trajectory_id
from counted
union all
select
    u.score_key, r.level, r.organisation_id, r.team_id, r.indicator_id, r.indicator_version,
    r.period, u.unit_kind,
    u.unit_id, false, null, u.exclusion_reason, 1, null, null, null, null, r.organisation_id,
    r.team_id, u.unit_id
from score.excluded_unit as u
inner join score.result as r
    on r.score_key = u.score_key;
create or replace view score.applicable as
select distinct r.level, r.organisation_id, r.team_id, r.period, r.indicator_id
from score.result as r
inner join catalogue.profile_part as p
    on p.organisation_id = r.organisation_id
    and p.indicator_id = r.indicator_id and p.part = 'total'
where r.status <> 'no_data';
create or replace table fact.worker_row (
    organisation_id VARCHAR, worker_id VARCHAR, team_id VARCHAR, start_date DATE, end_date DATE
);
create or replace table fact.audit (
    organisation_id VARCHAR, team_id VARCHAR, audit_id VARCHAR, audit_date DATE, round VARCHAR,
    instrument VARCHAR, instrument_version VARCHAR, raters BIGINT, has_consensus BOOLEAN
);
create or replace table fact.period (
    organisation_id VARCHAR, period VARCHAR, first_day DATE, last_day DATE, until_day DATE
);
"""
# team -> rounds: (audit, day, round, instrument, rating of both assessors, has consensus)
AUDITS = {
    "nl-haven": (
        ("AU-1", date(2024, 3, 14), "baseline", "sm-kansas-2009", (3, 3), False),
        ("AU-2", date(2024, 9, 12), "m6", "sm-kansas-2009", (3, 4), False),
        ("AU-3", date(2026, 3, 12), "m24", "sm-kansas-2009", (4, 5), False),
    ),
    "nl-akker": (("AU-4", date(2025, 5, 8), "baseline", "smf-nl-10", (2, 3), False),),
    "nl-klein": (("AU-5", date(2025, 5, 8), "baseline", "sm-kansas-2009", (5, 5), False),),
    "nl-vreemd": (("AU-6", date(2025, 6, 5), "baseline", "sm-kansas-2009", (2, 2), True),),
}
ORGANISATION = "noordlicht"
SECRET_ASSESSORS = ("assessor-jansen", "assessor-pietersen")
SECRET_OWNER = "mevrouw De Geheime"


def create_evidence_tables(warehouse: Warehouse, catalogue: Catalogue) -> None:
    """Empty tables of facts and audits, and views on the result tables."""
    run = _make_run(catalogue)
    build_all(CATALOGUE_STEPS, warehouse, run)
    warehouse.execute(EVIDENCE_TABLES)
    build_all(AUDIT_STEPS, warehouse, run)


def _make_run(catalogue: Catalogue) -> Run:
    nowhere = Path("/nonexistent")
    return Run(nowhere, nowhere, nowhere, catalogue)


def fabricate_audits(warehouse: Warehouse, catalogue: Catalogue, workers: dict[str, int]) -> None:
    """Audits of the first organisation; ``workers``: team -> support workers in service."""
    for team, number in workers.items():
        warehouse.connection.executemany(
            "insert into fact.worker_row values (?, ?, ?, ?, null)",
            [(ORGANISATION, f"{team}-{i}", team, date(2023, 1, 1)) for i in range(number)],
        )
    for year in (2024, 2025, 2026):
        last = date(year, 12, 31)
        warehouse.connection.execute(
            "insert into fact.period values (?, ?, ?, ?, ?)",
            [ORGANISATION, str(year), date(year, 1, 1), last, min(last, date(2026, 8, 31))],
        )
    for team, rounds in AUDITS.items():
        for audit in rounds:
            _add_audit(warehouse, catalogue, team, *audit)
    build_all((*CATALOGUE_STEPS, *AUDIT_STEPS), warehouse, _make_run(catalogue))


def _add_audit(warehouse, catalogue, team, audit, day, audit_round, instrument, ratings, agreed):
    warehouse.connection.execute(
        "insert into fact.audit values (?, ?, ?, ?, ?, ?, ?, ?, ?)",
        [ORGANISATION, team, audit, day, audit_round, instrument, "1", 2, agreed],
    )
    items = list(catalogue.audit_instruments[instrument].items) or [f"I{i}" for i in range(1, 11)]
    rows = []
    for place, item in enumerate(items):
        for hand, rating in enumerate(ratings):
            score = min(5, max(1, rating + (place % 3 == hand) - (place % 5 == 4)))
            empty = item == "SM03"
            rows.append((audit, SECRET_ASSESSORS[hand], item, "file" if place % 4 == 0
                         else "overall", False, None if empty else score,
                         "not_applicable" if empty else None))  # fmt: skip
        if agreed:
            rows.append((audit, SECRET_ASSESSORS[0], item, "overall", True, ratings[0], None))
    _insert(warehouse, "audit_rating", ("audit_id", "assessor_id", "item_id", "evidence_source",
                                        "is_consensus", "score", "null_reason"), rows)  # fmt: skip
    statuses = ("open", "in_progress", "done", "dropped")
    owners = ("teamleider", SECRET_OWNER, None, "werkbegeleider")
    due = date(day.year, 12, 1)
    recommendations = [
        (audit, items[5 + i], f"R{i + 1}", 1 + i % 3, owners[i], due, status,
         day + timedelta(90) if status in ("done", "dropped") else None)
        for i, status in enumerate(statuses)
    ]  # fmt: skip
    _insert(warehouse, "audit_recommendation", ("audit_id", "item_id", "recommendation_code",
            "priority", "owner_role", "due_date", "status", "status_date"),
            recommendations)  # fmt: skip


def _insert(warehouse: Warehouse, table: str, columns: tuple, rows: list[tuple]) -> None:
    names = ", ".join(("organisation_id", *columns))
    marks = ", ".join("?" * (len(columns) + 1))
    warehouse.connection.executemany(
        f"insert into staged.{table} ({names}) values ({marks})",
        [(ORGANISATION, *row) for row in rows],
    )
