"""Is the data fit: Great Expectations suites generated from the record declarations.

:func:`run_quality_checks` asks every check of the staged tables and writes
``quality.check_result`` and ``quality.violation``. What does not belong here: reading, typing or
mending delivered rows (``pipelines``), and Dagster (``assets``).
"""

from collections.abc import Callable
from datetime import date

from pipelines.catalogue import Catalogue
from pipelines.run import Run
from pipelines.warehouse import TableStep, Warehouse
from quality_checks.asking import ask_changed
from quality_checks.checks import Check
from quality_checks.delivery_checks import list_delivery_checks
from quality_checks.record_checks import list_record_checks
from quality_checks.validator import Validator

__all__ = [
    "STEPS",
    "Validator",
    "count_blocking_failures",
    "list_checked_tables",
    "list_checks",
    "run_quality_checks",
]


def list_checks(catalogue: Catalogue, as_of: date) -> list[Check]:
    """Every check, grouped by table; ``as_of`` limits which dates are plausible."""
    checks: list[Check] = []
    for kind in catalogue.records.values():
        checks.extend(list_record_checks(kind, catalogue, as_of))
    checks.extend(list_delivery_checks(tuple(catalogue.records)))
    return checks


def list_checked_tables(catalogue: Catalogue) -> list[str]:
    """The tables that checks are about, in the order of the checks."""
    return list(dict.fromkeys(check.table for check in list_checks(catalogue, date.max)))


def run_quality_checks(
    warehouse: Warehouse, run: Run, start_validator: Callable[[], Validator]
) -> None:
    """Brings ``quality.check_result`` and ``quality.violation`` up to date with the tables."""
    (as_of,) = warehouse.fetch_one("select as_of from staged.run")
    ask_changed(warehouse, run, list_checks(run.catalogue, as_of), start_validator)


def count_blocking_failures(warehouse: Warehouse) -> int:
    """The number of blocking checks (of a table and organisation) that failed or raised."""
    return warehouse.fetch_one(
        "select count(*) from quality.check_result"
        " where severity = 'blocking' and status in ('failed', 'error')"
    )[0]


def _build_check_results(warehouse: Warehouse, run: Run) -> None:
    warehouse.execute(
        """
        create or replace table results.check_results as
        select "check", record_kind, organisation_id, status, observed, threshold, severity
        from quality.check_result
        order by organisation_id, record_kind, "check"
        """
    )


STEPS: tuple[TableStep, ...] = (
    TableStep(
        "results.check_results",
        "Data-quality checks: status, what was observed and the threshold, per organisation.",
        ("quality.check_result",),
        _build_check_results,
    ),
)
