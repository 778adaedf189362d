"""The protected tables as files: one sorted Parquet per table under ``<home>/protected``."""

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from pipelines.faults import FaultPoint, pass_point
from pipelines.protection.keeping import KEPT_TABLES
from pipelines.protection.registry import locate_registry
from pipelines.run import Run
from pipelines.warehouse import TableStep, Warehouse

EXPORTED_TABLES = (
    "organisation",
    "team",
    "indicator_scores",
    "indicator_exclusions",
    "record_profile",
    "requirement_results",
    "delivery_report",
    "file_detection",
    "quarantine",
    "quarantine_row",
    "check_results",
    "audit",
    "audit_scores",
    "audit_rating",
    "audit_recommendation",
    "rater_agreement",
    "triangulation",
    "score_reason",
    "profile_lift",
    "change",
    "outcome_flow",
    "outcome_change",
    "goal_attainment",
    "closures",
    "fidelity_outcome_point",
    "fidelity_outcome",
    "monitoring_point",
    "comparison",
)


def protected_folder(run: Run) -> Path:
    """Folder with the protected tables; pages read nothing else."""
    return run.home / "protected"


def write_parquet(warehouse: Warehouse, table: str, folder: Path) -> Path:
    """Writes ``protected.<table>`` sorted by all its columns; the same rows give the same bytes."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{table}.parquet"
    half_written = path.with_suffix(".parquet.part")
    target = str(half_written).replace("'", "''")
    warehouse.execute(
        f"copy (select * from protected.{table} order by all) to '{target}' "
        "(format parquet, compression zstd)"
    )
    pass_point(FaultPoint.PROTECTED_DRAFTED)
    half_written.replace(path)
    return path


def make_step(
    name: str,
    description: str,
    reads: tuple[str, ...],
    parameters: Mapping[str, Any] | None = None,
) -> TableStep:
    """The step that builds ``protected.<name>`` from its SQL file and exports it when asked."""

    def build(warehouse: Warehouse, run: Run) -> None:
        warehouse.run_file("protection", name, dict(parameters) if parameters else None)

    return export_after(TableStep(f"protected.{name}", description, reads, build))


def export_after(step: TableStep) -> TableStep:
    """The same step; an exported table then keeps what stays of before, and becomes a file."""
    name = step.table.partition(".")[2]
    if name not in EXPORTED_TABLES:
        return step
    build: Callable[[Warehouse, Run], None] = step.build

    def build_and_export(warehouse: Warehouse, run: Run) -> None:
        build(warehouse, run)
        if name in KEPT_TABLES:
            before = locate_registry(run)
            earlier = before / f"{name}.parquet" if before else None
            KEPT_TABLES[name].keep_earlier(warehouse, step.table, earlier)
        write_parquet(warehouse, name, protected_folder(run))

    return TableStep(step.table, step.description, step.reads, build_and_export)
