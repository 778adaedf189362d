"""The research files are what the data dictionary says they are."""

import hashlib
import json

import pytest

from pipelines.results import read_dictionary

TABLES = read_dictionary().tables


def list_columns(warehouse, table: str) -> list[str]:
    return [name for name, *_ in warehouse.fetch_all(f"describe results.{table}")]


def test_every_results_table_is_described(sample_run):
    rows = sample_run.warehouse.fetch_all(
        "select table_name from information_schema.tables where table_schema = 'results'"
    )
    assert {name for (name,) in rows} == set(TABLES)


@pytest.mark.parametrize("table", TABLES)
def test_every_column_is_described_and_written(sample_run, table):
    described = list(TABLES[table].columns)
    assert sorted(list_columns(sample_run.warehouse, table)) == sorted(described)
    path = sample_run.home / "results" / f"{table}.parquet"
    written = sample_run.warehouse.fetch_all(
        "select name from parquet_schema(?) where num_children is null", [str(path)]
    )
    assert [name for (name,) in written] == described


def test_the_package_describes_the_files_that_lie_beside_it(sample_run):
    folder = sample_run.home / "results"
    package = json.loads((folder / "datapackage.json").read_text(encoding="utf-8"))
    assert package["results_version"] == read_dictionary().results_version
    for resource in package["resources"]:
        content = (folder / resource["path"]).read_bytes()
        assert resource["hash"] == f"sha256:{hashlib.sha256(content).hexdigest()}"
        assert resource["bytes"] == len(content)
        (count,) = sample_run.warehouse.fetch_one(
            "select count(*) from read_parquet(?)", [str(folder / resource["path"])]
        )
        assert resource["rows"] == count
    files = {path.name for path in folder.iterdir()}
    assert files == {resource["path"] for resource in package["resources"]} | {"datapackage.json"}


@pytest.mark.parametrize("table", TABLES)
def test_rows_are_written_in_a_fixed_order(sample_run, table):
    path = str(sample_run.home / "results" / f"{table}.parquet")
    written = sample_run.warehouse.fetch_all("select * from read_parquet(?) limit 2000", [path])
    ordered = sample_run.warehouse.fetch_all(
        "select * from read_parquet(?) order by all limit 2000", [path]
    )
    assert written == ordered
