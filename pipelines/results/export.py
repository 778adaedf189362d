"""Writes the results tables for research: Parquet, and from it CSV and SPSS, with a data package.

``<home>/results`` is a link to one of two folders: the new files are written into the other one,
and then shown in one move. What does not belong here: how a table is described (``package``) or
labelled (``labels``).
"""

import json
import shutil
from datetime import date
from pathlib import Path

from pipelines.catalogue import Catalogue
from pipelines.errors import UserError
from pipelines.faults import FaultPoint, pass_point
from pipelines.results.dictionary import read_dictionary
from pipelines.results.labels import Labels
from pipelines.results.package import (
    PACKAGE_FILE,
    describe_fields,
    describe_origin,
    describe_resource,
    list_tables,
    make_package,
    write_package,
)
from pipelines.results.spss import write_sav
from pipelines.run import Run
from pipelines.swap import show_folder
from pipelines.warehouse import Warehouse, escape_glob, open_warehouse

RESULTS_FOLDER = ".results"
SIDES = ("a", "b")
# Above this the unit rows would outweigh everything else; they are then asked for one score key.
FULL_UNITS_LIMIT = 5_000_000
UNITS = "indicator_units"
# A run writes SPSS files of tables up to this size: SPSS is written value by value, and a run that
# does not need them must not wait. ``krachtwerk export`` writes every table.
SPSS_LIMIT = 50_000
NO_DATA_DAY = date(1970, 1, 1)


def export_results(warehouse: Warehouse, run: Run) -> dict[str, int]:
    """Replaces the files in ``<home>/results``; the same tables give the same bytes.

    The rows behind every score are there as Parquet only: they are looked up, not analysed. The
    files of a table with the rows of last time are taken over.

    Returns:
        Table name -> number of rows written.
    """
    # It loads pandas, and an explanation of one score waits for this module.
    from pipelines.results.unchanged import LastFiles

    scratch = _find_other_side(run)
    shutil.rmtree(scratch, ignore_errors=True)
    scratch.mkdir(parents=True)
    origin = describe_origin(warehouse, run)
    last = LastFiles(warehouse, run, origin)
    counts: dict[str, int] = {}
    for table, entry in read_dictionary().tables.items():
        count = warehouse.count_rows(f"results.{table}")
        if table == UNITS and count >= FULL_UNITS_LIMIT:
            continue
        counts[table] = count
        last.take_over(table, scratch)
        parquet = scratch / f"{table}.parquet"
        if not parquet.exists():
            _write_parquet(warehouse, table, list(entry.columns), parquet)
    copied = {
        table: ("csv", "sav") if count <= SPSS_LIMIT else ("csv",)
        for table, count in counts.items()
        if table != UNITS
    }
    language = run.research_language
    resources = _write_copies(warehouse, scratch, counts, copied, origin, run.catalogue, language)
    write_package(scratch, make_package(origin, language, resources))
    pass_point(FaultPoint.RESULTS_DRAFTED)
    _show_results(scratch, run)
    last.note(resources)
    return counts


def export_package(results: Path, target: Path, catalogue: Catalogue, language: str) -> list[str]:
    """Writes a folder of its own with every table of ``<home>/results`` in every format.

    Reads the Parquet files and their description only; no key, inbox or warehouse is needed.

    Returns:
        The tables, in the order of the package.

    Raises:
        UserError: there are no results, or the target already holds something else.
    """
    described = results / PACKAGE_FILE
    if not described.is_file():
        raise UserError(
            what="There are no results to export.",
            where=str(results),
            expected=f"the files of a run, described in {PACKAGE_FILE}",
            to_do="Run `krachtwerk run` with this home first.",
        )
    if target.is_dir() and any(target.iterdir()) and not (target / PACKAGE_FILE).is_file():
        raise UserError(
            what="The target folder holds other files.",
            where=str(target),
            expected="an empty or new folder, or an earlier export",
            to_do="Name another folder with --to.",
        )
    package = json.loads(described.read_text(encoding="utf-8"))
    counts = dict(list_tables(package))
    scratch = target.parent / f"{target.name}.part"
    shutil.rmtree(scratch, ignore_errors=True)
    scratch.mkdir(parents=True)
    for table in counts:
        shutil.copyfile(results / f"{table}.parquet", scratch / f"{table}.parquet")
    copied = dict.fromkeys(counts, ("csv", "sav"))
    with open_warehouse() as warehouse:
        origin = package["origin"]
        resources = _write_copies(warehouse, scratch, counts, copied, origin, catalogue, language)
    write_package(scratch, make_package(origin, language, resources))
    _replace_files(scratch, target)
    return list(counts)


def _write_parquet(warehouse: Warehouse, table: str, names: list[str], path: Path) -> None:
    columns = ", ".join(f'"{name}"' for name in names)
    target = str(path).replace("'", "''")
    warehouse.execute(
        f"copy (select {columns} from results.{table} order by all) to '{target}'"
        " (format parquet, compression zstd)"
    )


def _write_copies(
    warehouse: Warehouse,
    folder: Path,
    counts: dict[str, int],
    copied: dict[str, tuple[str, ...]],
    origin: dict,
    catalogue: Catalogue,
    language: str,
) -> list[dict]:
    """Writes CSV and SPSS beside the Parquet files, where they do not stand already.

    Returns:
        The description of every file.
    """
    labels = Labels(catalogue, language)
    day = date.fromisoformat(origin["as_of"]) if origin["as_of"] else NO_DATA_DAY
    resources = []
    for form in ("csv", "sav"):
        (folder / form).mkdir(exist_ok=True)
    for table, count in counts.items():
        parquet = folder / f"{table}.parquet"
        paths = [parquet]
        for form in copied.get(table, ()):
            path = folder / form / f"{table}.{form}"
            paths.append(path)
            if path.exists():
                continue
            if form == "csv":
                _write_csv(warehouse, parquet, path)
            else:
                write_sav(warehouse, parquet, path, labels, f"Krachtwerk {table}", day)
        types = dict(
            warehouse.fetch_all(
                "select column_name, column_type from (describe select * from read_parquet(?))",
                [escape_glob(parquet)],
            )
        )
        entry = read_dictionary().tables[table]
        fields = describe_fields(table, entry, types, labels)
        resources += [describe_resource(folder, path, entry, count, fields) for path in paths]
    return resources


def _write_csv(warehouse: Warehouse, parquet: Path, path: Path) -> None:
    """UTF-8, comma, decimal point, ISO dates; an empty cell is "not filled in"."""
    source, target = (each.replace("'", "''") for each in (escape_glob(parquet), str(path)))
    warehouse.execute(
        f"copy (select * from read_parquet('{source}')) to '{target}' (format csv, header)"
    )


def _replace_files(scratch: Path, target: Path) -> None:
    """Every file is replaced in one move; the description comes last."""
    names = [path.relative_to(scratch) for path in scratch.rglob("*") if path.is_file()]
    for name in sorted(names, key=lambda name: (name.name == PACKAGE_FILE, name)):
        (target / name).parent.mkdir(parents=True, exist_ok=True)
        (scratch / name).replace(target / name)
    for path in sorted(target.rglob("*"), reverse=True):
        if path.is_file() and path.relative_to(target) not in names:
            path.unlink()
        elif path.is_dir() and not any(path.iterdir()):
            path.rmdir()
    shutil.rmtree(scratch)


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
