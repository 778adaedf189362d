"""What is kept of a release, so that a later one can be compared with it unit by unit.

Beside every kept release of the site stands a folder ``<home>/kept/<release>``: scores and units
with exact amounts, pseudonymised and not protected, so never inside the published folder. Units
stand once, at their team; larger places unite those of their teams. What does not belong here:
comparing (room ``explain``).
"""

import shutil
from pathlib import Path

from pipelines.run import Run
from pipelines.warehouse import Warehouse, read_sql

SCORES, UNITS = "indicator_scores.parquet", "indicator_units.parquet"


def keep_release(warehouse: Warehouse, run: Run, release_id: str) -> int:
    """Keeps the scores and units of the release that was just published; forgets older ones.

    The same tables give the same bytes. An installation so large that its units are not written in
    full keeps the scores alone.

    Returns:
        The number of units kept.
    """
    folder = run.kept / release_id
    scratch = run.kept / f"{release_id}.part"
    shutil.rmtree(scratch, ignore_errors=True)
    scratch.mkdir(parents=True)
    _write(warehouse, "kept_score", scratch / SCORES)
    count = 0
    if warehouse.count_rows("results.indicator_units"):
        _write(warehouse, "kept_unit", scratch / UNITS)
        count = warehouse.count_rows("score.unit_row")
    shutil.rmtree(folder, ignore_errors=True)
    scratch.replace(folder)
    for other in list_kept(run.kept):
        if not (run.releases / other).is_dir():
            shutil.rmtree(run.kept / other)
    return count


def list_kept(folder: Path) -> list[str]:
    """The names of the releases that are kept under ``folder``, in order."""
    return sorted(path.name for path in folder.iterdir()) if folder.is_dir() else []


def _write(warehouse: Warehouse, query: str, path: Path) -> None:
    target = str(path).replace("'", "''")
    warehouse.execute(
        f"copy (select * from ({read_sql('results', query)}) order by all) to '{target}'"
        " (format parquet, compression zstd)"
    )
