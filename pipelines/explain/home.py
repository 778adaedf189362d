"""Opening what an earlier run left in a home, to be read only."""

from pathlib import Path

from pipelines.errors import UserError
from pipelines.warehouse import Warehouse, WarehouseError, open_warehouse

NEEDED_TABLES = (
    "score.result",
    "score.indicator_unit",
    "staged.delivery",
    "catalogue.own_declaration",
)


def open_home(home: Path) -> Warehouse:
    """The warehouse of a home in which a run was finished.

    Raises:
        UserError: there is no such home, no finished run, or a run is busy in it.
    """
    path = home / "warehouse.duckdb"
    if not path.is_file():
        raise UserError(
            what="There is nothing to explain: no run was done in this home.",
            where=str(home),
            expected="a folder that `krachtwerk run` made",
            to_do="Name the home with --home DIR, or run first.",
        )
    try:
        warehouse = open_warehouse(path, is_read_only=True)
    except WarehouseError as error:
        raise UserError(
            what="The warehouse of this home cannot be opened.",
            where=str(path),
            expected="a warehouse that no run is writing to",
            to_do="Wait until the run is done; if none is busy, remove the file and run again.",
        ) from error
    missing = [table for table in NEEDED_TABLES if not warehouse.has_table(table)]
    if missing:
        warehouse.close()
        raise UserError(
            what="The run in this home was not finished: there are no scores.",
            where=f"{path}, table {missing[0]}",
            expected="the tables of a finished run",
            to_do="Do the run again.",
        )
    return warehouse
