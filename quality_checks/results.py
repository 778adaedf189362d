"""Writes what the checks found, per organisation, and the rows that were found.

``quality.check_result``: one row per check, record kind and organisation. ``quality.violation``:
one row per offending row, led back to its file, never with a value. What does not belong here: how
a check is answered (``suites``).
"""

from itertools import groupby

from pipelines.warehouse import Warehouse
from quality_checks.checks import Check, Outcome, quote_text

CHECK_RESULT = "quality.check_result"
VIOLATION = "quality.violation"
CREATE_TABLES = f"""
create or replace table {CHECK_RESULT} (
    table_name VARCHAR, "check" VARCHAR, record_kind VARCHAR, organisation_id VARCHAR,
    status VARCHAR, observed DOUBLE, threshold DOUBLE, severity VARCHAR
);
create or replace table {VIOLATION} (
    table_name VARCHAR, "check" VARCHAR, organisation_id VARCHAR, record_kind VARCHAR,
    delivery VARCHAR, row_number BIGINT
);
"""
CREATE_SCOPE = """
create or replace temp table check_scope (
    table_name VARCHAR, organisation_id VARCHAR, record_kind VARCHAR
)
"""
CREATE_OBSERVED = """
create or replace temp table check_observed (
    table_name VARCHAR, "check" VARCHAR, organisation_id VARCHAR, record_kind VARCHAR,
    observed DOUBLE
)
"""
CREATE_OUTCOME = """
create or replace temp table check_outcome (
    table_name VARCHAR, "check" VARCHAR, record_kind VARCHAR, outcome VARCHAR, threshold DOUBLE,
    severity VARCHAR
)
"""
# Grain: check, record kind, organisation. A failure that the SQL of the same check cannot confirm
# (or the other way round) means that one of the two is wrong: an error, not a finding.
INSERT_RESULTS = f"""
insert into {CHECK_RESULT}
with confirmed as (
    select
        outcome.table_name,
        outcome."check",
        coalesce(max(observed.observed > outcome.threshold), false) as has_failed
    from check_outcome as outcome
    left join check_observed as observed
        on observed.table_name = outcome.table_name and observed."check" = outcome."check"
    group by outcome.table_name, outcome."check"
)
select
    outcome.table_name,
    outcome."check",
    outcome.record_kind,
    organisation.organisation_id,
    case
        when outcome.outcome = 'error' then 'error'
        when (outcome.outcome = 'failed') <> confirmed.has_failed then 'error'
        when observed.observed > outcome.threshold then 'failed'
        when scope.organisation_id is null then 'not_applicable'
        else 'passed'
    end as status,
    case
        when status in ('passed', 'failed') then coalesce(observed.observed, 0)
    end as observed,
    outcome.threshold,
    outcome.severity
from check_outcome as outcome
cross join staged.organisation as organisation
join confirmed
    on confirmed.table_name = outcome.table_name and confirmed."check" = outcome."check"
left join check_scope as scope
    on scope.table_name = outcome.table_name
    and scope.organisation_id = organisation.organisation_id
    and scope.record_kind = outcome.record_kind
left join check_observed as observed
    on observed.table_name = outcome.table_name
    and observed."check" = outcome."check"
    and observed.organisation_id = organisation.organisation_id
    and observed.record_kind = outcome.record_kind
order by organisation.organisation_id, outcome.record_kind, outcome."check"
"""
TEMPORARY = ("check_scope", "check_observed", "check_outcome")


def write_check_results(
    warehouse: Warehouse, checks: list[Check], outcomes: dict[str, Outcome]
) -> None:
    """Makes ``quality.check_result`` and ``quality.violation`` anew."""
    for statement in (CREATE_TABLES, CREATE_SCOPE, CREATE_OBSERVED, CREATE_OUTCOME):
        warehouse.execute(statement)
    for table, table_checks in groupby(checks, key=lambda check: check.table):
        _write_scope(warehouse, table, next(table_checks))
    warehouse.write_frame("check_outcome", _list_outcomes(checks, outcomes))
    for check in checks:
        outcome = outcomes[check.key]
        if outcome == "failed" or (outcome == "passed" and check.measure is not None):
            _write_observed(warehouse, check)
    warehouse.execute(INSERT_RESULTS)
    for table in TEMPORARY:
        warehouse.execute(f"drop table {table}")


def _write_scope(warehouse: Warehouse, table: str, check: Check) -> None:
    """The scope is the same for all checks of a table: any of them tells it."""
    warehouse.execute(
        f"insert into check_scope select {quote_text(table)}, organisation_id, record_kind"
        f" from ({check.on_table(check.scope)}) as scope"
    )


def _list_outcomes(checks: list[Check], outcomes: dict[str, Outcome]):
    import pandas as pd  # with Great Expectations it is loaded already; not before

    return pd.DataFrame(
        [
            {
                "table_name": check.table,
                "check": check.name,
                "record_kind": kind,
                "outcome": outcomes[check.key],
                "threshold": float(check.threshold),
                "severity": check.severity,
            }
            for check in checks
            for kind in check.record_kinds
        ]
    )


def _write_observed(warehouse: Warehouse, check: Check) -> None:
    place = f"{quote_text(check.table)}, {quote_text(check.name)}"
    warehouse.execute(
        f"insert into check_observed select {place}, organisation_id, record_kind, observed"
        f" from ({check.on_table(check.observed)}) as found"
    )
    if check.offenders is not None:
        warehouse.execute(
            f"insert into {VIOLATION} select {place}, organisation_id, record_kind,"
            " delivery, row_number"
            f" from ({check.on_table(check.offenders)}) as offender order by all"
        )
