"""What earlier releases told, and what follows from it for the counts of now.

Somebody can hold two releases side by side. So a closed period is told anew only when its count is
the same or differs enough from every count told before; what was not told stays so by the same
rule. What does not belong here: the choice of further cells (``suppression``), and the rows that
stay (``keeping``).
"""

from pipelines.protection.registry import COUNTS, find_registry
from pipelines.run import Run
from pipelines.warehouse import TableStep, Warehouse, escape_glob, read_sql


def _build_registered_count(warehouse: Warehouse, run: Run) -> None:
    warehouse.run_file("protection", "empty_registered_count")
    before = find_registry(run)
    if before is not None:
        warehouse.execute(
            "insert into protected.registered_count by name select * from read_parquet($path)",
            {"path": escape_glob(before / f"{COUNTS}.parquet")},
        )


REGISTERED_STEP = TableStep(
    "protected.registered_count",
    "Counts that earlier releases told, from the release registry.",
    ("protected.organisation",),
    _build_registered_count,
)


def judge_cells(warehouse: Warehouse, system: str, cells: str) -> None:
    """Makes ``judged_cell``: the cells of a system, judged by what was told of them before."""
    warehouse.execute(f"create or replace temp view cell_now as select * from {cells}")
    warehouse.execute(
        f"create or replace temp table judged_cell as {read_sql('protection', 'judged_cell')}",
        {"system": system},
    )
