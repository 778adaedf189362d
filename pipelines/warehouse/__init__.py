"""The work store: one DuckDB file, opened here and nowhere else.

The warehouse is a cache: everything in it can be rebuilt from landing. What does not belong here:
any knowledge of records, indicators or pages.
"""

from pipelines.warehouse.connection import Warehouse, WarehouseError, open_warehouse, read_sql
from pipelines.warehouse.steps import TableStep, sql_step

__all__ = ["TableStep", "Warehouse", "WarehouseError", "open_warehouse", "read_sql", "sql_step"]
