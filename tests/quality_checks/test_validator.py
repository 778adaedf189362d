"""A check that raises is an error, and so is one on which the two answers differ."""

from dataclasses import replace

import pytest

from pipelines.catalogue import load_catalogue
from quality_checks import list_checks
from quality_checks.results import write_check_results
from quality_checks.validator import Validator, ValidatorError
from tests.quality_checks.conftest import AS_OF

TEAM_CHECKS = [c for c in list_checks(load_catalogue(), AS_OF) if c.table == "staged.team"]
REQUIRED = next(check for check in TEAM_CHECKS if check.name == "required:name")


def test_a_check_that_raised_is_an_error_and_not_a_finding(make_warehouse, validator):
    unsupported = replace(
        REQUIRED,
        expectation="expect_column_values_to_match_regex",  # raises on DuckDB
        arguments={"column": "name", "regex": "^x"},
    )
    bad_sql = replace(
        REQUIRED,
        name="bad",
        expectation="unexpected_rows_expectation",
        offenders="select no_such_column from {batch}",
    )
    with make_warehouse() as warehouse:
        outcomes = validator.validate(warehouse, [unsupported, bad_sql])
        write_check_results(warehouse, [unsupported, bad_sql], outcomes)
        rows = warehouse.fetch_all("select distinct status, observed from quality.check_result")
    assert set(outcomes.values()) == {"error"}
    assert rows == [("error", None)]


def test_a_column_that_is_gone_is_an_error_for_its_checks_only(make_warehouse, validator):
    with make_warehouse() as warehouse:
        warehouse.execute("alter table staged.team drop column name")
        outcomes = validator.validate(warehouse, TEAM_CHECKS)
    assert {key for key, outcome in outcomes.items() if outcome == "error"} == {REQUIRED.key}


def test_a_failure_that_sql_cannot_confirm_is_an_error(make_warehouse):
    with make_warehouse() as warehouse:
        write_check_results(warehouse, [REQUIRED], {REQUIRED.key: "failed"})
        statuses = warehouse.fetch_all("select distinct status from quality.check_result")
    assert statuses == [("error",)]


def test_a_process_that_died_is_a_fault_and_not_an_answer(make_warehouse):
    with make_warehouse() as warehouse, Validator() as validator:
        validator.stop()
        with pytest.raises(ValidatorError):
            validator.validate(warehouse, TEAM_CHECKS)


def test_two_runs_write_the_same_results(make_warehouse, validator):
    with make_warehouse() as warehouse:
        warehouse.execute("update staged.team set name = null")
        written = []
        for _ in range(2):
            write_check_results(warehouse, TEAM_CHECKS, validator.validate(warehouse, TEAM_CHECKS))
            written.append(warehouse.fetch_all("select * from quality.check_result"))
    assert written[0] == written[1]
