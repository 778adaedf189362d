"""One connection to DuckDB with packaged SQL files, transactions and data frames."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from importlib import resources
from pathlib import Path
from typing import TYPE_CHECKING, Any

import duckdb

from pipelines.errors import UserError
from pipelines.faults import FaultPoint, pass_point

if TYPE_CHECKING:
    import pandas as pd

SCHEMAS = (
    "catalogue",
    "staged",
    "quality",
    "fact",
    "score",
    "audit",
    "outcome",
    "monitoring",
    "results",
    "protected",
)


# What DuckDB raises, for rooms that may not import it.
WarehouseError = duckdb.Error

# Beyond this DuckDB writes to disk what it cannot hold. Thirty million rows pass in it, and beside
# Great Expectations and the lanes at the door a run stays below 6 GB.
MEMORY_BYTES = 3_000_000_000
MEMORY_SHARE = 0.6  # of a small machine


class Warehouse:
    """An open warehouse. Not thread-safe; use it as a context manager."""

    def __init__(self, connection: duckdb.DuckDBPyConnection):
        self.connection = connection

    def __enter__(self) -> Warehouse:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Closes the connection; a file warehouse is checkpointed."""
        self.connection.close()

    def limit_memory(self, limit_bytes: int) -> None:
        """Holds at most so much in memory, and never most of a small machine's."""
        machine_bytes = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
        limit = min(limit_bytes, int(machine_bytes * MEMORY_SHARE))
        self.connection.execute(f"set memory_limit = '{limit}B'")

    def execute(self, sql: str, parameters: object = None) -> duckdb.DuckDBPyConnection:
        """Runs one statement; ``parameters`` is a list (``?``) or a dict (``$name``)."""
        return self.connection.execute(sql, parameters)

    def run_file(self, room: str, name: str, parameters: dict[str, Any] | None = None) -> None:
        """Runs the statements of a packaged SQL file, e.g. ``run_file("scoring", "within")``."""
        self.connection.execute(read_sql(room, name), parameters)

    def fetch_all(self, sql: str, parameters: object = None) -> list[tuple]:
        """All rows of a query as tuples."""
        return self.connection.execute(sql, parameters).fetchall()

    def fetch_one(self, sql: str, parameters: object = None) -> tuple | None:
        """The first row of a query, or None."""
        # DuckDB 2.0 refuses to register a frame while a result is only partly fetched.
        return next(iter(self.fetch_all(sql, parameters)), None)

    def fetch_frame(self, sql: str, parameters: object = None) -> pd.DataFrame:
        """All rows of a query as a pandas data frame."""
        return self.connection.execute(sql, parameters).df()

    def write_frame(self, table: str, frame: pd.DataFrame) -> None:
        """Appends a data frame to an existing table, matching columns by name."""
        self.connection.register("incoming_frame", frame)
        try:
            self.connection.execute(f"insert into {table} by name select * from incoming_frame")
        finally:
            self.connection.unregister("incoming_frame")

    def count_rows(self, table: str) -> int:
        """The number of rows of a table."""
        return self.fetch_one(f"select count(*) from {table}")[0]

    def list_tables(self) -> dict[str, tuple[str, ...]]:
        """``schema.name`` of every table and view of the database in use -> its columns."""
        rows = self.fetch_all(
            """
            select schema_name || '.' || table_name, list(column_name order by column_index)
            from duckdb_columns()
            where database_name = current_database() and not internal
            group by all
            order by all
            """
        )
        return {name: tuple(columns) for name, columns in rows}

    def has_table(self, table: str) -> bool:
        """True when ``schema.table`` exists, as a table or a view."""
        schema, name = table.split(".")
        return (
            self.fetch_one(
                "select 1 from information_schema.tables where table_catalog = current_database()"
                " and table_schema = ? and table_name = ?",
                [schema, name],
            )
            is not None
        )

    def is_view(self, name: str) -> bool:
        """True when ``schema.name`` exists and is a view."""
        schema, view = name.split(".")
        return (
            self.fetch_one(
                "select 1 from duckdb_views() where database_name = current_database()"
                " and schema_name = ? and view_name = ?",
                [schema, view],
            )
            is not None
        )

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """All statements inside succeed together or leave nothing behind."""
        self.connection.execute("begin transaction")
        try:
            yield
        except BaseException:
            self.connection.execute("rollback")
            raise
        pass_point(FaultPoint.COMMIT_DUE)
        self.connection.execute("commit")
        pass_point(FaultPoint.COMMIT_DONE)


def escape_glob(path: Path | str) -> str:
    """A path for DuckDB's readers, which take ``*``, ``?`` and ``[`` in a name for a pattern."""
    return "".join(f"[{character}]" if character in "*?[" else character for character in str(path))


def read_sql(room: str, name: str) -> str:
    """The text of ``pipelines/<room>/<name>.sql``."""
    return (resources.files("pipelines") / room / f"{name}.sql").read_text(encoding="utf-8")


def open_warehouse(path: Path | str = ":memory:", is_read_only: bool = False) -> Warehouse:
    """Opens a warehouse; unless it is only to be read, it and its schemas are made when missing.

    Raises:
        duckdb.IOException: the file is held by another process or is not a DuckDB file.
        UserError: the path holds a question mark.
    """
    if "?" in str(path):
        # DuckDB 2.0 takes the rest for the options of an address, and its log for another file.
        raise UserError(
            what="The name of a folder holds a question mark, with which the database cannot work.",
            where=str(path),
            expected="a home without ? in its name or in that of a folder above it",
            to_do="Name another home, or rename the folder.",
        )
    warehouse = Warehouse(duckdb.connect(str(path), read_only=is_read_only))
    # It would write between the lines of the run.
    warehouse.execute("set enable_progress_bar = false")
    warehouse.limit_memory(MEMORY_BYTES)
    if not is_read_only:
        for schema in SCHEMAS:
            warehouse.execute(f"create schema if not exists {schema}")
    return warehouse
