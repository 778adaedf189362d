"""Lets Great Expectations ask the warehouse that is already open: no second connection.

Great Expectations knows DuckDB only through SQLAlchemy, and reads rows after it has closed the
connection they came from; DuckDB drops a result at that moment (great_expectations issues #10738
and #11579). A second connection to the file would be refused as well. This dialect therefore hands
every statement to a function that knows the warehouse, and buffers the rows that come back. It may
go when Great Expectations supports DuckDB itself (pull request #12084). It leans on
``duckdb_engine.Dialect`` for its SQL; ``tests/quality_checks/test_dialect.py`` fails when that
stops working.

What does not belong here: what is checked, and where the warehouse is.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

import duckdb_engine
from sqlalchemy import BigInteger, Boolean, Date, Double, Integer, Numeric, String
from sqlalchemy.dialects import registry
from sqlalchemy.engine.default import DefaultExecutionContext
from sqlalchemy.pool import NullPool

# Runs a statement with its parameters; returns the names of the columns and all rows.
Execute = Callable[[str, tuple | None], tuple[list[str], list[tuple]]]

COLUMN_TYPES = {
    "BIGINT": BigInteger,
    "BOOLEAN": Boolean,
    "DATE": Date,
    "DECIMAL": Numeric,
    "DOUBLE": Double,
    "INTEGER": Integer,
}
ADDRESS = "duckdb+warehouse:///{name}"
_lent: dict[str, Execute] = {}


class BufferedCursor:
    """A DB-API cursor that holds the rows of its last statement itself."""

    def __init__(self, execute: Execute):
        self._execute = execute
        self._rows: list[tuple] = []
        self.description: list[tuple] | None = None
        self.rowcount = -1
        self.arraysize = 1

    def execute(self, statement, parameters=None, context=None):
        """Runs a statement and fetches all its rows at once."""
        names, rows = self._execute(statement, parameters)
        self.description = [(name, *[None] * 6) for name in names]
        self._rows = rows[::-1]

    def fetchone(self):
        """The next row, or None."""
        return self._rows.pop() if self._rows else None

    def fetchmany(self, size=None):
        """The next ``size`` rows."""
        return [self._rows.pop() for _ in range(min(size or self.arraysize, len(self._rows)))]

    def fetchall(self):
        """The rows that are left."""
        rows, self._rows = self._rows[::-1], []
        return rows

    def close(self):
        """Leaves the rows readable, which is the point of this class."""


class LentConnection:
    """A DB-API connection that owns nothing: there is nothing to commit and nothing to close."""

    def __init__(self, execute: Execute):
        self._execute = execute

    def cursor(self) -> BufferedCursor:
        """A cursor that buffers."""
        return BufferedCursor(self._execute)

    def commit(self) -> None:
        """Checks only read."""

    def rollback(self) -> None:
        """Checks only read."""

    def close(self) -> None:
        """The warehouse stays open."""


class WarehouseDialect(duckdb_engine.Dialect):
    """DuckDB as duckdb-engine speaks it, over a lent connection."""

    driver = "warehouse"
    supports_statement_cache = False
    execution_ctx_cls = DefaultExecutionContext  # the PostgreSQL one asks for server notices

    def connect(self, database, **_):
        """A connection to what was lent under this name."""
        return LentConnection(_lent[database])

    def do_begin(self, connection) -> None:
        """Every statement stands alone."""

    def get_columns(self, connection, table_name, schema=None, **_):
        """Columns and types of a table, asked in one plain query (40 ms less per table)."""
        found = connection.exec_driver_sql(
            "select column_name, data_type from duckdb_columns()"
            " where database_name = current_database()"
            " and schema_name = $1 and table_name = $2 order by column_index",
            (schema, table_name),
        )
        return [
            {
                "name": name,
                "type": COLUMN_TYPES.get(data_type.partition("(")[0], String)(),
                "nullable": True,
                "default": None,
            }
            for name, data_type in found
        ]

    def get_pk_constraint(self, connection, table_name, schema=None, **_):
        """No primary keys: the warehouse has none."""
        return {"constrained_columns": [], "name": None}

    @classmethod
    def get_pool_class(cls, url):
        """No pool: a lent connection costs nothing."""
        return NullPool


registry.register("duckdb.warehouse", __name__, WarehouseDialect.__name__)


@contextmanager
def lend(execute: Execute) -> Iterator[str]:
    """Yields the SQLAlchemy address under which ``execute`` can be asked."""
    name = f"lent-{id(execute)}"
    _lent[name] = execute
    try:
        yield ADDRESS.format(name=name)
    finally:
        del _lent[name]
