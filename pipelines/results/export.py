"""Writes the results tables as Parquet with a Frictionless data package that describes them.

``<home>/results`` is a link to one of two folders: the new files are written into the other one,
and then shown in one move.
"""

import hashlib
import json
import shutil
from pathlib import Path

from pipelines.faults import FaultPoint, pass_point
from pipelines.results.dictionary import TableEntry, read_dictionary
from pipelines.run import Run
from pipelines.swap import show_folder
from pipelines.warehouse import Warehouse

RESULTS_FOLDER = ".results"
SIDES = ("a", "b")
PACKAGE_FILE = "datapackage.json"
# Above this the unit rows would outweigh everything else; they are then asked for one score key.
FULL_UNITS_LIMIT = 5_000_000
UNITS = "indicator_units"

FRICTIONLESS_TYPES = {
    "BIGINT": "integer",
    "BOOLEAN": "boolean",
    "DATE": "date",
    "DECIMAL": "number",
    "DOUBLE": "number",
    "HUGEINT": "integer",
    "INTEGER": "integer",
    "VARCHAR": "string",
}


def export_results(warehouse: Warehouse, run: Run) -> dict[str, int]:
    """Replaces the files in ``<home>/results``; the same tables give the same bytes.

    Returns:
        Table name -> number of rows written.
    """
    scratch = _find_other_side(run)
    shutil.rmtree(scratch, ignore_errors=True)
    scratch.mkdir(parents=True)
    counts: dict[str, int] = {}
    resources = []
    for table, entry in read_dictionary().tables.items():
        count = warehouse.count_rows(f"results.{table}")
        if table == UNITS and count >= FULL_UNITS_LIMIT:
            continue
        counts[table] = count
        path = scratch / f"{table}.parquet"
        _write_parquet(warehouse, table, entry, path)
        resources.append(_describe_resource(warehouse, table, entry, path, count))
    package = {
        "profile": "data-package",
        "name": "krachtwerk-results",
        "results_version": read_dictionary().results_version,
        "description": "Pseudonymised, not protected: small numbers are shown. Keep inside.",
        "resources": resources,
    }
    text = json.dumps(package, indent=2, ensure_ascii=False) + "\n"
    (scratch / PACKAGE_FILE).write_text(text, encoding="utf-8")
    pass_point(FaultPoint.RESULTS_DRAFTED)
    _show_results(scratch, run)
    return counts


def _write_parquet(warehouse: Warehouse, table: str, entry: TableEntry, path: Path) -> None:
    columns = ", ".join(f'"{name}"' for name in entry.columns)
    target = str(path).replace("'", "''")
    warehouse.execute(
        f"copy (select {columns} from results.{table} order by all) to '{target}'"
        " (format parquet, compression zstd)"
    )


def _describe_resource(
    warehouse: Warehouse, table: str, entry: TableEntry, path: Path, count: int
) -> dict:
    types = dict(
        warehouse.fetch_all(f"select column_name, column_type from (describe results.{table})")
    )
    content = path.read_bytes()
    return {
        "name": table.replace("_", "-"),
        "path": path.name,
        "title": entry.title,
        "description": entry.grain,
        "format": "parquet",
        "mediatype": "application/vnd.apache.parquet",
        "bytes": len(content),
        "hash": f"sha256:{hashlib.sha256(content).hexdigest()}",
        "rows": count,
        "schema": {
            "fields": [
                {
                    "name": name,
                    "type": FRICTIONLESS_TYPES[types[name].partition("(")[0]],
                    "description": meaning,
                }
                for name, meaning in entry.columns.items()
            ]
        },
    }


def _find_other_side(run: Run) -> Path:
    """The folder that nobody reads now."""
    shown = run.results.resolve().name if run.results.is_symlink() else None
    return run.home / RESULTS_FOLDER / next(side for side in SIDES if side != shown)


def _show_results(scratch: Path, run: Run) -> None:
    if run.results.is_dir() and not run.results.is_symlink():
        # A home of before there was a link: for once the files are gone for a moment.
        shutil.rmtree(scratch.parent / "old", ignore_errors=True)
        run.results.rename(scratch.parent / "old")
    show_folder(run.results, scratch)
    pass_point(FaultPoint.RESULTS_SHOWN)
    for folder in scratch.parent.iterdir():
        if folder != scratch:
            shutil.rmtree(folder)
