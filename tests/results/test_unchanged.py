"""Files of tables with the rows of last time are taken over; all others are written again."""

import dataclasses
import hashlib
import shutil
from pathlib import Path

import pytest

from pipelines.catalogue import load_catalogue
from pipelines.results import export_results
from pipelines.results.unchanged import NOTES
from pipelines.run import Run
from pipelines.warehouse import Warehouse, open_warehouse

# Written by hand in the place of a file: it stays where the file is taken over.
OTHER = b"something else"
TABLE = "closures"
FILES = (f"csv/{TABLE}.csv", f"sav/{TABLE}.sav")
PARQUET = f"{TABLE}.parquet"


def read_files(folder: Path) -> dict[str, bytes]:
    paths = {path.relative_to(folder).as_posix(): path for path in folder.rglob("*")}
    return {name: path.read_bytes() for name, path in paths.items() if path.is_file()}


@pytest.fixture
def run(sample_run, tmp_path) -> Run:
    home = tmp_path / "home"
    home.mkdir()
    shutil.copy(sample_run.home / "warehouse.duckdb", home)
    for name in ("results", ".results"):
        source = sample_run.home / name
        if source.is_symlink():
            (home / name).symlink_to(source.readlink())
        else:
            shutil.copytree(source, home / name)
    return Run(tmp_path, home, tmp_path / "key", load_catalogue())


def plant(warehouse: Warehouse, run: Run, name: str, content: bytes = OTHER) -> None:
    """Puts other bytes in the place of a file, as if they had come of the same rows."""
    (run.results / name).write_bytes(content)
    digest = f"sha256:{hashlib.sha256(content).hexdigest()}"
    warehouse.execute(f"update {NOTES} set digest = ? where path = ?", [digest, name])


def write_otherwise(warehouse: Warehouse, run: Run, path: Path) -> bytes:
    """The rows of the Parquet file in other bytes: it is still to be read."""
    source = run.results / PARQUET
    warehouse.execute(
        f"copy (from read_parquet('{source}')) to '{path}' (format parquet, compression snappy)"
    )
    return path.read_bytes()


def test_files_of_the_same_rows_are_taken_over(run, tmp_path):
    first = read_files(run.results)
    with open_warehouse(run.warehouse) as warehouse:
        for name in FILES:
            plant(warehouse, run, name)
        parquet = write_otherwise(warehouse, run, tmp_path / PARQUET)
        plant(warehouse, run, PARQUET, parquet)
        export_results(warehouse, run)
    again = read_files(run.results)
    assert [again[name] for name in (PARQUET, *FILES)] == [parquet, OTHER, OTHER]
    others = set(first) - {PARQUET, *FILES, "datapackage.json"}
    assert {name: again[name] for name in others} == {name: first[name] for name in others}


def test_a_file_that_was_touched_is_written_again(run):
    first = read_files(run.results)
    (run.results / PARQUET).write_bytes(OTHER)
    (run.results / FILES[0]).unlink()
    with open_warehouse(run.warehouse) as warehouse:
        export_results(warehouse, run)
    assert read_files(run.results) == first


def test_files_of_other_rows_are_written_again(run):
    first = read_files(run.results)
    with open_warehouse(run.warehouse) as warehouse:
        for name in (*FILES, "csv/outcome_flow.csv"):
            plant(warehouse, run, name)
        warehouse.execute(f"delete from results.{TABLE} where level = 'team'")
        export_results(warehouse, run)
    again = read_files(run.results)
    assert again["csv/outcome_flow.csv"] == OTHER
    for name in (PARQUET, *FILES):
        assert again[name] not in (OTHER, first[name])


def test_spss_files_in_another_language_are_written_again(run):
    first = read_files(run.results)
    with open_warehouse(run.warehouse) as warehouse:
        for name in FILES:
            plant(warehouse, run, name)
        export_results(warehouse, dataclasses.replace(run, research_language="en"))
    again = read_files(run.results)
    csv, sav = FILES
    assert again[csv] == OTHER
    assert again[sav] not in (OTHER, first[sav])
