"""The protected tables as files: one sorted Parquet per table under ``<home>/protected``."""

from pathlib import Path

from pipelines.run import Run
from pipelines.warehouse import Warehouse

EXPORTED_TABLES = (
    "organisation",
    "team",
    "indicator_scores",
    "indicator_exclusions",
    "record_profile",
    "requirement_results",
    "delivery_report",
    "quarantine",
    "check_results",
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
    half_written.replace(path)
    return path
