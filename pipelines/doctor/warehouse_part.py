"""Looks at the warehouse: every block can be read, and its ledger accounts for every row."""

from collections.abc import Iterator

from pipelines.doctor.finding import Cure, Finding
from pipelines.errors import UserError
from pipelines.records.ledger_gaps import find_ledger_gaps
from pipelines.records.opening import is_damaged
from pipelines.run import Run
from pipelines.warehouse import Warehouse, WarehouseError, open_warehouse

LIST_TABLES = "select schema_name, table_name from duckdb_tables() where not temporary order by all"


def examine_warehouse(run: Run, has_deliveries: bool, has_inbox: bool) -> Iterator[Finding]:
    """What is wrong with the warehouse.

    Raises:
        UserError: another program holds the file, or the inbox has a fault.
    """
    if not run.warehouse.exists():
        if has_deliveries:
            yield Finding(
                "There is no warehouse.",
                str(run.warehouse),
                "A run builds it from landing.",
                Cure.RUN,
            )
        return
    try:
        with open_warehouse(run.warehouse) as warehouse:
            _read_everything(warehouse)
            if has_inbox:
                yield from _examine_ledger(warehouse, run)
    except WarehouseError as error:
        if not is_damaged(error):
            raise UserError(
                what="The warehouse cannot be opened.",
                where=str(run.warehouse),
                expected="a file that no other program holds and that this user may write",
                to_do="Close the other program, or give this user the right to write.",
            ) from error
        yield Finding(
            "The warehouse is damaged.",
            str(run.warehouse),
            "It is set aside; a run builds it anew from landing.",
            Cure.SET_ASIDE,
            run.warehouse,
        )


def _read_everything(warehouse: Warehouse) -> None:
    """Reads every block of every table: DuckDB checks their sums while it reads."""
    for schema, table in warehouse.fetch_all(LIST_TABLES):
        warehouse.fetch_one(f'select sum(hash(content)) from "{schema}"."{table}" as content')


def _examine_ledger(warehouse: Warehouse, run: Run) -> Iterator[Finding]:
    for gap in find_ledger_gaps(warehouse, run):
        yield Finding(
            f"The warehouse accounts for {gap.rows_found} rows where {gap.rows_expected} were"
            " accepted: a run was cut off, or its log was damaged.",
            f"{run.warehouse}: {gap.organisation_id}, {gap.file or gap.delivery},"
            f" {gap.record_kind}",
            "A run stages everything again from landing.",
            Cure.RUN,
        )
