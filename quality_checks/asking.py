"""Asks the checks again about the organisations that changed, and keeps the answers about others.

Great Expectations takes seconds to load and reads every row it is asked about: a run without news
asks nothing. What does not belong here: how a question is answered (``suites``) and how answers are
written down (``results``).
"""

from collections.abc import Callable
from functools import partial
from hashlib import sha256

from pipelines.records.increments import Beside, by_organisation
from pipelines.records.made_from import forget_table
from pipelines.run import Run
from pipelines.warehouse import TableStep, Warehouse
from quality_checks.checks import Check
from quality_checks.results import CHECK_RESULT, VIOLATION, write_check_results
from quality_checks.validator import Validator

# What was asked when the results were written: one row.
ASKED = "quality.checks_asked"
# What the checks read beside the staged tables.
READS = (
    "quality.delivery_report",
    "quality.warning",
    "score.unit_candidate",
    "score.unit_outside_activity",
    "results.audit_rating",
)


def ask_changed(
    warehouse: Warehouse, run: Run, checks: list[Check], start_validator: Callable[[], Validator]
) -> None:
    """Brings ``quality.check_result`` and ``quality.violation`` up to date.

    All is asked again when the checks themselves changed, or when one raised the last time: that
    says nothing about the data, and may be mended by now.

    Args:
        warehouse: with every table that the checks read.
        run: the settings.
        checks: every check, grouped by table.
        start_validator: Great Expectations, only when there is something to ask.
    """
    digest = sha256(repr(checks).encode()).hexdigest()
    if warehouse.has_table(CHECK_RESULT) and not _may_stand(warehouse, digest):
        forget_table(warehouse, CHECK_RESULT)
    warehouse.execute(f"create or replace table {ASKED} (digest VARCHAR)")
    ask = partial(_ask, checks=checks, start_validator=start_validator)
    step = TableStep(CHECK_RESULT, "What the checks found.", READS, ask)
    by_organisation(step, Beside(VIOLATION, "true")).build(warehouse, run)
    warehouse.execute(f"insert into {ASKED} values (?)", [digest])


def _may_stand(warehouse: Warehouse, digest: str) -> bool:
    """True when the results answer these very checks, and every check gave an answer."""
    if not warehouse.has_table(ASKED):
        return False
    asked = warehouse.fetch_one(f"select digest from {ASKED}")
    raised = warehouse.fetch_one(f"select 1 from {CHECK_RESULT} where status = 'error'")
    return asked == (digest,) and raised is None


def _ask(
    warehouse: Warehouse, run: Run, checks: list[Check], start_validator: Callable[[], Validator]
) -> None:
    write_check_results(warehouse, checks, start_validator().validate(warehouse, checks))
