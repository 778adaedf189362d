"""Every generated check passes on good data, and each one finds the fault that it is about."""

import pytest

from pipelines.catalogue import load_catalogue
from quality_checks import list_checks
from quality_checks.results import write_check_results
from tests.quality_checks.conftest import AS_OF, CREATE_AUDIT_RATING, ROWS

CATALOGUE = load_catalogue()
CHECKS = {check.key: check for check in list_checks(CATALOGUE, AS_OF)}
RECORD_CHECKS = [key for key, check in CHECKS.items() if check.table.startswith("staged.")]

# Row in which the fault of a family is planted: apart, so that faults do not cover each other.
FAULT_ROWS = {
    "required": 2,
    "code": 3,
    "range": 4,
    "date_plausible": 5,
    "reference": 6,
    "rows_after_export": 7,
    "rule": 8,
    "key_unique": 9,
}
BROKEN_RULES = {
    "start_not_after_end": "start_date = date '2025-03-02', end_date = date '2025-03-01'",
    "held_has_date": "status = 'held', held_date = null",
    "present_within_expected": "expected_count = 5, present_count = 6",
    "cancelled_without_date": "status = 'cancelled', held_date = date '2025-03-01'",
    "other_duty_within_contract": "contract_hours = 10, other_duty_hours = 11",
}
NOT_BROKEN_BY_ROW = {"cancelled_without_date": 10}


def find_fault_row(name: str) -> int | None:
    """The row in which the fault of a check is planted; None for a whole file."""
    family, _, detail = name.partition(":")
    return NOT_BROKEN_BY_ROW.get(detail, FAULT_ROWS.get(family))


def plant_fault(warehouse, check) -> None:
    """Plants in noord the fault that ``check`` is about."""
    family, _, detail = check.name.partition(":")
    kind = CATALOGUE.records[check.record_kinds[0]]
    match family:
        case "required":
            change = f'"{detail}" = null'
        case "code":
            change = f"\"{detail}\" = 'no such code'"
        case "range":
            change = f'"{detail}" = {kind.fields[detail].minimum} - 1'
        case "date_plausible":
            change = f"\"{detail}\" = date '1989-12-31'"
        case "reference":
            change = f"\"{detail}\" = 'no such id'"
        case "rows_after_export":
            change = f"\"{kind.date_field}\" = date '{AS_OF}' + 1"
        case "rule":
            change = BROKEN_RULES[detail]
        case "key_unique":
            change = ", ".join(
                f'"{key}" = (select any_value("{key}") from {check.table}'
                f" where organisation_id = 'noord' and row_number = {ROWS})"
                for key in kind.key
            )
        case "one_value":
            change = f'"{detail}" = true'
    row = find_fault_row(check.name)
    where = "organisation_id = 'noord'" + (f" and row_number = {row}" if row else "")
    warehouse.execute(f"update {check.table} set {change} where {where}")


@pytest.fixture(scope="module")
def broken(make_warehouse, validator):
    """A warehouse with every fault in noord, checked; zuid is in order."""
    with make_warehouse() as warehouse:
        # Whole files first: the faults of single rows come on top.
        for key in sorted(RECORD_CHECKS, key=lambda key: find_fault_row(CHECKS[key].name) or 0):
            plant_fault(warehouse, CHECKS[key])
        warehouse.execute(
            "update quality.delivery_report set quarantined = 2, staged = staged - 2,"
            " file_date = file_date - 32 where organisation_id = 'noord'"
        )
        warehouse.execute(
            "insert into quality.warning select organisation_id, delivery, record_kind, 3, 'x', 'y'"
            " from quality.delivery_report where organisation_id = 'noord'"
        )
        warehouse.execute(
            "insert into score.unit_outside_activity"
            " select * from score.unit_candidate where organisation_id = 'noord'"
        )
        warehouse.execute(CREATE_AUDIT_RATING, {"unknown_of": "noord"})
        outcomes = validator.validate(warehouse, list(CHECKS.values()))
        write_check_results(warehouse, list(CHECKS.values()), outcomes)
        yield warehouse


def read_statuses(warehouse, organisation: str) -> dict[tuple[str, str], str]:
    rows = warehouse.fetch_all(
        'select record_kind, "check", status from quality.check_result where organisation_id = ?',
        [organisation],
    )
    return {(kind, check): status for kind, check, status in rows}


def test_every_check_passes_on_records_in_order(make_warehouse, validator):
    with make_warehouse() as warehouse:
        outcomes = validator.validate(warehouse, list(CHECKS.values()))
        assert {key for key, outcome in outcomes.items() if outcome != "passed"} == set()
        write_check_results(warehouse, list(CHECKS.values()), outcomes)
        statuses = warehouse.fetch_all("select distinct status from quality.check_result")
        assert statuses == [("passed",)]
        assert warehouse.count_rows("quality.violation") == 0


def test_every_check_fails_for_the_organisation_with_the_fault_only(broken):
    assert set(read_statuses(broken, "noord").values()) == {"failed"}
    assert set(read_statuses(broken, "zuid").values()) == {"passed"}


@pytest.mark.parametrize("key", RECORD_CHECKS)
def test_offenders_name_the_file_and_row_of_the_fault(broken, key):
    check = CHECKS[key]
    offenders = broken.fetch_all(
        "select organisation_id, delivery, row_number from quality.violation"
        ' where table_name = ? and "check" = ?',
        [check.table, check.name],
    )
    assert {organisation for organisation, _, _ in offenders} == {"noord"}
    planted = ("noord", f"file-{check.record_kinds[0]}-noord", find_fault_row(check.name))
    assert planted in offenders


def test_observed_is_the_number_of_offending_rows(broken):
    counted = broken.fetch_all(
        """
        with violation as (
            select "check", record_kind, organisation_id, count(*) as row_count
            from quality.violation
            group by all
        )
        select result."check", result.record_kind, observed, row_count
        from quality.check_result as result
        join violation using ("check", record_kind, organisation_id)
        where result.status = 'failed' and observed <> row_count
        """
    )
    assert counted == []


def test_kind_behind_observes_days_and_quarantined_share_a_share(broken):
    observed = dict(
        broken.fetch_all(
            'select "check", observed from quality.check_result'
            " where organisation_id = 'noord' and record_kind = 'contact'"
            " and \"check\" in ('kind_behind', 'quarantined_share')"
        )
    )
    assert observed == {"kind_behind": 32, "quarantined_share": 2 / ROWS}


def test_blocks_of_the_calendar_are_no_finding(make_warehouse, validator):
    with make_warehouse() as warehouse:
        warehouse.execute(
            "insert into score.unit_outside_activity"
            " values ('noord', 'id-1', '2026-Q1', 'block', '2026-01-05')"
        )
        check = CHECKS["score.unit_outside_activity/unit_outside_team_activity"]
        assert validator.validate(warehouse, [check]) == {check.key: "passed"}


def test_a_kind_that_was_not_delivered_is_not_applicable(make_warehouse, validator):
    with make_warehouse() as warehouse:
        warehouse.execute("delete from staged.ecogram where organisation_id = 'zuid'")
        warehouse.execute(
            "delete from quality.delivery_report"
            " where organisation_id = 'zuid' and record_kind = 'ecogram'"
        )
        warehouse.execute(
            "delete from score.unit_candidate"
            " where organisation_id = 'zuid' and unit_kind = 'ecogram'"
        )
        outcomes = validator.validate(warehouse, list(CHECKS.values()))
        write_check_results(warehouse, list(CHECKS.values()), outcomes)
        statuses = read_statuses(warehouse, "zuid")
    ecogram = {status for (kind, _), status in statuses.items() if kind == "ecogram"}
    others = {status for (kind, _), status in statuses.items() if kind != "ecogram"}
    assert (ecogram, others) == ({"not_applicable"}, {"passed"})


def test_hard_rules_block_and_soft_rules_warn():
    severities = {key: check.severity for key, check in CHECKS.items()}
    assert severities["staged.team_review/rule:held_has_date"] == "blocking"
    assert severities["staged.team_review/rule:present_within_expected"] == "warning"
    assert severities["staged.closure/code:reason_code"] == "warning"  # open list
    assert severities["staged.trajectory/code:programme"] == "blocking"
