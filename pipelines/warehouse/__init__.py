"""The work store: one DuckDB file, opened here and nowhere else.

The warehouse is a cache: everything in it can be rebuilt from landing. What does not belong here:
any knowledge of records, indicators or pages.
"""

from pipelines.warehouse.connection import (
    Warehouse,
    WarehouseError,
    escape_glob,
    open_warehouse,
    read_sql,
)
from pipelines.warehouse.steps import TableStep, build_step, sql_step

__all__ = [
    "TableStep",
    "Warehouse",
    "WarehouseError",
    "build_step",
    "escape_glob",
    "open_warehouse",
    "read_sql",
    "sql_step",
]
