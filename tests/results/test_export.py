"""The research files are what the data dictionary says they are."""

import hashlib
import json

import pytest

from pipelines.results import read_dictionary
from pipelines.results.export import UNITS

TABLES = read_dictionary().tables
COPIED = [table for table in TABLES if table != UNITS]


def list_columns(warehouse, table: str) -> list[str]:
    return [name for name, *_ in warehouse.fetch_all(f"describe results.{table}")]


def read_package(folder) -> dict:
    return json.loads((folder / "datapackage.json").read_text(encoding="utf-8"))


def list_files(folder) -> set[str]:
    return {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}


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
    package = read_package(folder)
    assert package["results_version"] == read_dictionary().results_version
    for resource in package["resources"]:
        content = (folder / resource["path"]).read_bytes()
        assert resource["hash"] == f"sha256:{hashlib.sha256(content).hexdigest()}"
        assert resource["bytes"] == len(content)
    paths = {resource["path"] for resource in package["resources"]}
    assert list_files(folder) == paths | {"datapackage.json"}
    assert len({resource["name"] for resource in package["resources"]}) == len(paths)
    assert paths == {f"{table}.parquet" for table in TABLES} | {
        f"{form}/{table}.{form}" for table in COPIED for form in ("csv", "sav")
    }


def test_the_package_says_what_the_results_were_made_from(sample_run):
    origin = read_package(sample_run.home / "results")["origin"]
    known = dict(
        sample_run.warehouse.fetch_all(
            "select organisation_id, cast(known_until as varchar) from staged.organisation"
        )
    )
    assert origin["known_until"] == known
    assert origin["as_of"] == max(known.values())
    assert origin["deliveries"] > 50
    assert len(origin["catalogue_version"]) == 12
    assert "papaverdal" not in origin["own_catalogues"] or origin["own_catalogues"]


def test_numbers_have_types_labels_and_units(sample_run):
    package = read_package(sample_run.home / "results")
    (change,) = (one for one in package["resources"] if one["path"] == "outcome_change.parquet")
    fields = {field["name"]: field for field in change["schema"]["fields"]}
    assert fields["completers_count"]["type"] == "integer"
    assert fields["is_provisional"]["type"] == "boolean"
    assert fields["mean_change"]["unit"] == "points of the scale"
    assert fields["share_improved"]["unit"] == "share, 0 to 1"
    assert fields["lost_count"]["title"] == "uitgevallen (geen latere meting)"


@pytest.mark.parametrize("table", COPIED)
def test_a_csv_file_holds_the_rows_of_the_parquet_file(sample_run, table):
    folder, warehouse = sample_run.home / "results", sample_run.warehouse
    columns = ", ".join(f'cast("{name}" as varchar)' for name in TABLES[table].columns)
    parquet = warehouse.fetch_all(
        f"select {columns} from read_parquet(?)", [str(folder / f"{table}.parquet")]
    )
    names = "{" + ", ".join(f"'{name}': 'VARCHAR'" for name in TABLES[table].columns) + "}"
    csv = warehouse.fetch_all(
        f"select * from read_csv(?, header = true, columns = {names}, nullstr = '',"
        " allow_quoted_nulls = false)",
        [str(folder / "csv" / f"{table}.csv")],
    )
    assert csv == parquet


@pytest.mark.parametrize("table", TABLES)
def test_rows_are_written_in_a_fixed_order(sample_run, table):
    path = str(sample_run.home / "results" / f"{table}.parquet")
    written = sample_run.warehouse.fetch_all("select * from read_parquet(?) limit 2000", [path])
    ordered = sample_run.warehouse.fetch_all(
        "select * from read_parquet(?) order by all limit 2000", [path]
    )
    assert written == ordered
