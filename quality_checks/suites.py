"""Runs checks as Great Expectations suites and tells passed, failed and error apart.

Importing Great Expectations takes seconds: only the worker process imports this module. What does
not belong here: which organisation is concerned (``results``).
"""

import logging
import os
from collections.abc import Iterable
from itertools import groupby

os.environ.setdefault("GX_ANALYTICS_ENABLED", "false")

import great_expectations as gx
from great_expectations.expectations.expectation_configuration import ExpectationConfiguration

from quality_checks.checks import Check, Outcome
from quality_checks.dialect import Execute, lend

logging.getLogger("great_expectations").setLevel(logging.CRITICAL)  # outcomes are read below


def run_suites(checks: Iterable[Check], execute: Execute) -> dict[str, Outcome]:
    """Check key -> what Great Expectations found, for whole tables.

    A check that raised, or that got no answer, is an ``error``: never a finding about the data.
    """
    outcomes: dict[str, Outcome] = {}
    with lend(execute) as address:
        context = gx.get_context(mode="ephemeral")
        context.variables.progress_bars = {"globally": False}
        source = context.data_sources.add_sql(
            "warehouse", connection_string=address, create_temp_table=False
        )
        for table, table_checks in groupby(checks, key=lambda check: check.table):
            outcomes.update(_run_suite(source, table, list(table_checks)))
    return outcomes


def _run_suite(source, table: str, checks: list[Check]) -> dict[str, Outcome]:
    schema, name = table.split(".")
    batch = (
        source.add_table_asset(table, table_name=name, schema_name=schema)
        .add_batch_definition_whole_table("whole table")
        .get_batch()
    )
    suite = gx.ExpectationSuite(name=table, expectations=[_make_expectation(c) for c in checks])
    outcomes: dict[str, Outcome] = {check.key: "error" for check in checks}
    # Only yes or no is asked for: no delivered value enters a result.
    for result in batch.validate(suite, result_format="BOOLEAN_ONLY").results:
        # Results come in another order than the suite: the check's key travels along.
        outcomes[result.expectation_config.meta["check"]] = _read_outcome(result)
    return outcomes


def _make_expectation(check: Check):
    return ExpectationConfiguration(
        type=check.expectation, kwargs=check.list_arguments(), meta={"check": check.key}
    ).to_domain_obj()


def _read_outcome(result) -> Outcome:
    if _has_raised(result.exception_info):
        return "error"
    return "passed" if result.success else "failed"


def _has_raised(exception_info) -> bool:
    """``exception_info`` is one entry, or one entry per metric that was computed."""
    entries = [exception_info, *exception_info.values()] if exception_info else []
    return any(isinstance(entry, dict) and entry.get("raised_exception") for entry in entries)
