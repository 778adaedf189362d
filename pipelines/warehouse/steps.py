"""A table of the warehouse and how it is built: what the orchestrator shows as one asset."""

from collections.abc import Callable
from dataclasses import dataclass

from pipelines.faults import FaultPoint, pass_point
from pipelines.run import Run
from pipelines.warehouse.connection import Warehouse


@dataclass(frozen=True)
class TableStep:
    """Builds one table completely anew; running it twice gives the same table."""

    table: str  # "schema.table"
    description: str
    reads: tuple[str, ...]  # tables that must be built before
    build: Callable[[Warehouse, Run], None]


def sql_step(
    table: str, room: str, name: str, description: str, reads: tuple[str, ...]
) -> TableStep:
    """A table built by one packaged SQL file that starts with ``create or replace table``."""

    def build(warehouse: Warehouse, run: Run) -> None:
        warehouse.run_file(room, name)

    return TableStep(table=table, description=description, reads=reads, build=build)


def build_step(step: TableStep, warehouse: Warehouse, run: Run) -> None:
    """Builds the table of one step."""
    step.build(warehouse, run)
    pass_point(FaultPoint.TABLE_BUILT)


def build_all(steps: tuple[TableStep, ...], warehouse: Warehouse, run: Run) -> None:
    """Builds the tables of ``steps`` in the order given."""
    for step in steps:
        build_step(step, warehouse, run)
