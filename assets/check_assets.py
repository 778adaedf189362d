"""The data-quality checks as Dagster shows them.

``quality.check_result`` asks all checks through Great Expectations, of organisations with news. The
asset checks of a table show, per family, what was found in it. The gate stands before everything
that is published: a blocking check that failed, or could not be done, closes it.
What does not belong here: which checks there are and what they find (``quality_checks``).
"""

from collections.abc import Iterator
from datetime import date

import dagster as dg

from assets.session import SESSION, Session
from assets.table_assets import describe_table, keep_failure, make_key
from pipelines.catalogue import Catalogue
from quality_checks import (
    count_blocking_failures,
    list_checked_tables,
    list_checks,
    run_quality_checks,
)

GROUP = "quality_checks"
CHECK_RESULT = "quality.check_result"
VIOLATION = "quality.violation"
GATED = "results.check_results"
GATE = "publication_allowed"

FAMILY_DESCRIPTIONS = {
    "required": "Fields that must be filled are filled.",
    "code": "Codes are in their list; an unknown code of an open list is a warning.",
    "range": "Numbers lie within their limits.",
    "date_plausible": "Dates lie between 1990 and the tenth year after the last export.",
    "reference": "References lead to a row of the same organisation.",
    "key_unique": "No two rows of an organisation have the same natural key.",
    "rule": "Rules between the fields of a row hold.",
    "one_value": "Yes/no columns do not say the same in every row of a file.",
    "rows_after_export": "No row is dated after the organisation's last export.",
    "kind_behind": "No record kind lags more than 31 days behind the organisation's last export.",
    "quarantined_share": "At most one row in twenty is quarantined.",
    "row_warning": "No row was kept with a warning.",
    "unit_outside_team_activity": "No unit lies outside the activity of its team.",
    "unknown_audit_item": "Every rated item is in the list of its audit instrument.",
}

COUNT_STATUSES = """
select
    table_name,
    split_part("check", ':', 1) as family,
    count(distinct organisation_id) filter (where status in ('failed', 'error')) as organisations,
    count(*) filter (where status = 'error') as raised,
    count(*) filter (where status in ('failed', 'error') and severity = 'blocking') as blocking
from quality.check_result
group by table_name, family
"""


def make_check_result_assets(catalogue: Catalogue) -> dg.AssetsDefinition:
    """The two tables that hold what the checks found."""
    checked = [make_key(table) for table in list_checked_tables(catalogue)]

    @dg.multi_asset(
        name="quality_check_results",
        group_name=GROUP,
        specs=[
            dg.AssetSpec(
                make_key(CHECK_RESULT),
                deps=checked,
                description="Every check of every table: Great Expectations' answer, with counts.",
                kinds={"duckdb", "greatexpectations"},
            ),
            dg.AssetSpec(
                make_key(VIOLATION),
                deps=checked,
                description="The rows in which a check found something: file and row, no value.",
                kinds={"duckdb"},
            ),
        ],
        required_resource_keys={SESSION},
    )
    def quality_check_results(context) -> Iterator[dg.MaterializeResult]:
        session: Session = context.resources.session
        with keep_failure(session), session.measure(GROUP, CHECK_RESULT) as measured:
            run_quality_checks(session.warehouse, session.run, session.start_validator)
            measured.row_count = session.warehouse.count_rows(CHECK_RESULT)
        for table in (CHECK_RESULT, VIOLATION):
            yield dg.MaterializeResult(
                asset_key=make_key(table), metadata=describe_table(session.warehouse, table)
            )

    return quality_check_results


def make_table_checks(catalogue: Catalogue) -> dg.AssetChecksDefinition:
    """A check per table and family of checks: what was found, shown where it was found."""
    families = dict.fromkeys(
        (check.table, check.name.partition(":")[0]) for check in list_checks(catalogue, date.max)
    )

    @dg.multi_asset_check(
        name="great_expectations",
        description="What the Great Expectations suites found in each table.",
        specs=[
            dg.AssetCheckSpec(
                family,
                asset=make_key(table),
                description=FAMILY_DESCRIPTIONS[family],
                additional_deps=[make_key(CHECK_RESULT)],
            )
            for table, family in families
        ],
        required_resource_keys={SESSION},
    )
    def great_expectations(context) -> Iterator[dg.AssetCheckResult]:
        rows = context.resources.session.warehouse.fetch_all(COUNT_STATUSES)
        found = {(table, family): counts for table, family, *counts in rows}
        for table, family in families:
            # Without organisations there is nothing to check and nothing to fail.
            organisations, raised, blocking = found.get((table, family), (0, 0, 0))
            yield dg.AssetCheckResult(
                asset_key=make_key(table),
                check_name=family,
                passed=organisations == 0,
                severity=dg.AssetCheckSeverity.ERROR if blocking else dg.AssetCheckSeverity.WARN,
                metadata={
                    "organisations_with_findings": organisations,
                    "checks_that_raised": raised,
                },
            )

    return great_expectations


def make_gate() -> dg.AssetChecksDefinition:
    """The check that lets a release through, or stops everything that leads to one."""

    @dg.asset_check(
        asset=make_key(GATED),
        name=GATE,
        description="No blocking check failed or raised; else nothing is published.",
        blocking=True,
        required_resource_keys={SESSION},
    )
    def publication_allowed(context) -> dg.AssetCheckResult:
        count = count_blocking_failures(context.resources.session.warehouse)
        return dg.AssetCheckResult(
            passed=count == 0,
            severity=dg.AssetCheckSeverity.ERROR,
            metadata={"blocking_failures": count},
        )

    return publication_allowed
