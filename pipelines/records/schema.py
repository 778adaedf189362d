"""The staged tables: one per record kind, made from its declaration."""

from pipelines.catalogue import Catalogue
from pipelines.catalogue.models.records import RecordKind
from pipelines.warehouse import Warehouse

# Where a staged row came from; (organisation_id, delivery, row_number) leads back to the file.
ORIGIN_COLUMNS = {
    "delivery": "VARCHAR",  # sha-256 of the file
    "delivery_rank": "INTEGER",  # order of the file within its organisation, 1 = earliest
    "row_number": "BIGINT",  # row in the file as a spreadsheet program counts it
}


def list_staged_columns(kind: RecordKind) -> dict[str, str]:
    """Column name -> DuckDB type of ``staged.<kind>``, in order."""
    fields = {name: declared.type.sql_type for name, declared in kind.fields.items()}
    return {"organisation_id": "VARCHAR", **fields, **ORIGIN_COLUMNS}


def create_staged_table(warehouse: Warehouse, kind: RecordKind) -> None:
    """Makes an empty ``staged.<kind>``."""
    columns = ", ".join(f'"{name}" {sql}' for name, sql in list_staged_columns(kind).items())
    warehouse.execute(f"create or replace table staged.{kind.kind} ({columns})")


# Tables about the run and its organisations: name -> columns.
# ``run`` has one row. ``organisation`` has one row per organisation with an accepted delivery;
# ``known_until`` is the smaller of as_of and the latest file date. ``programme_setting`` has a
# value for every organisation x programme x setting.
ORGANISATION_TABLES = {
    "run": "as_of DATE",
    "organisation": (
        "organisation_id VARCHAR, name VARCHAR, source VARCHAR, method_start DATE,"
        " known_until DATE, disclosure_threshold INTEGER"
    ),
    "programme_setting": (
        "organisation_id VARCHAR, programme VARCHAR, setting VARCHAR, value INTEGER"
    ),
}


def create_organisation_table(warehouse: Warehouse, name: str) -> None:
    """Makes one of the tables about the run and its organisations, empty."""
    warehouse.execute(f"create or replace table staged.{name} ({ORGANISATION_TABLES[name]})")


def create_organisation_tables(warehouse: Warehouse) -> None:
    """Makes the tables about the run and its organisations, empty."""
    for name in ORGANISATION_TABLES:
        create_organisation_table(warehouse, name)


def create_staged_tables(warehouse: Warehouse, catalogue: Catalogue) -> None:
    """Makes every staged table, empty."""
    create_organisation_tables(warehouse)
    for kind in catalogue.records.values():
        create_staged_table(warehouse, kind)
