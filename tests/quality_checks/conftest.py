"""A small warehouse in which every record kind of two organisations is in order."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date

import pytest

from pipelines.catalogue import Catalogue, load_catalogue
from pipelines.catalogue.models.records import FieldType, RecordField, RecordKind
from pipelines.records.schema import create_staged_tables
from pipelines.warehouse import Warehouse, open_warehouse
from quality_checks import Validator

AS_OF = date(2026, 6, 30)
ORGANISATIONS = ("noord", "zuid")
ROWS = 24  # more than the smallest number for the one-value check

CREATE_QUALITY = """
create table quality.delivery_report (
    organisation_id VARCHAR, file VARCHAR, delivery VARCHAR, record_kind VARCHAR, file_date DATE,
    rows_read BIGINT, staged BIGINT, superseded BIGINT, quarantined BIGINT, not_a_record BIGINT,
    vanished BIGINT, refused_reason VARCHAR
);
create table quality.warning (
    organisation_id VARCHAR, delivery VARCHAR, record_kind VARCHAR, row_number BIGINT,
    column_name VARCHAR, warning VARCHAR
);
create table score.unit_candidate (
    organisation_id VARCHAR, team_id VARCHAR, period VARCHAR, unit_kind VARCHAR, unit_id VARCHAR
);
create table score.unit_outside_activity as from score.unit_candidate;
"""
CREATE_AUDIT_RATING = """
create or replace table results.audit_rating as
select organisation_id, audit_id, assessor_id, item_id, evidence_source, is_consensus,
    organisation_id <> $unknown_of as is_known_item
from staged.audit_rating
"""
UNIT_KINDS = {"team_review_case": "case", "team_review": "review"}


@pytest.fixture(scope="session")
def make_warehouse():
    """Opens a new warehouse in which everything is in order, as a context manager."""
    return open_good_warehouse


@pytest.fixture(scope="session")
def validator():
    """Great Expectations, loaded once for all tests."""
    with Validator() as started:
        yield started


@contextmanager
def open_good_warehouse() -> Iterator[Warehouse]:
    catalogue = load_catalogue()
    with open_warehouse() as warehouse:
        create_staged_tables(warehouse, catalogue)
        warehouse.execute("insert into staged.run values (?)", [AS_OF])
        warehouse.execute(CREATE_QUALITY)
        for organisation in ORGANISATIONS:
            warehouse.execute(
                "insert into staged.organisation values (?, ?, 'canonical', null, ?, null)",
                [organisation, organisation, AS_OF],
            )
            for kind in catalogue.records.values():
                insert_good_rows(warehouse, catalogue, kind, organisation)
        warehouse.execute(CREATE_AUDIT_RATING, {"unknown_of": ""})
        yield warehouse


def insert_good_rows(
    warehouse: Warehouse, catalogue: Catalogue, kind: RecordKind, organisation: str
) -> None:
    """Rows 1..ROWS of a kind; row n refers to row n of its parents."""
    values: list = []
    for number in range(1, ROWS + 1):
        values += [organisation]
        values += [make_value(catalogue, n, f, number) for n, f in kind.fields.items()]
        values += [f"file-{kind.kind}-{organisation}", 1, number + 1]
    row = f"({', '.join('?' for _ in range(len(values) // ROWS))})"
    warehouse.execute(f"insert into staged.{kind.kind} values {', '.join([row] * ROWS)}", values)
    warehouse.execute(
        "insert into quality.delivery_report values (?, ?, ?, ?, ?, ?, ?, 0, 0, 0, 0, null)",
        [
            organisation,
            f"{kind.kind}.csv",
            f"file-{kind.kind}-{organisation}",
            kind.kind,
            AS_OF,
            ROWS,
            ROWS,
        ],
    )
    warehouse.execute(
        "insert into score.unit_candidate values (?, 'id-1', '2026-Q1', ?, 'id-1')",
        [organisation, UNIT_KINDS.get(kind.kind, kind.kind)],
    )


def make_value(catalogue: Catalogue, name: str, declared: RecordField, number: int):
    """A value that keeps every rule: row ``number`` of a field."""
    if declared.references or declared.references_by:
        return f"id-{number}"
    match declared.type:
        case FieldType.ID:
            return f"id-{number}"
        case FieldType.TEXT:
            return f"text {number}"
        case FieldType.CODE:
            # A held review needs a date and a cancelled one may have none: the first code is held.
            return next(iter(catalogue.codes[declared.codes].codes))
        case FieldType.DATE:
            return date(2025, 3, 1)
        case FieldType.BOOL:
            return number % 2 == 0
        case _:
            return int(declared.minimum or 0)
