"""The same input gives the same bytes, also when the warehouse was deleted in between."""

import shutil

import pytest

from pipelines.warehouse import open_warehouse
from tests.conftest import run_sample
from tests.pipeline.conftest import read_tree


@pytest.fixture(scope="module")
def second_home(sample_run, tmp_path_factory):
    """The home of the sample run at another place, run again without its warehouse."""
    home = tmp_path_factory.mktemp("second") / "home"
    shutil.copytree(sample_run.home, home, symlinks=True)
    (home / "warehouse.duckdb").unlink()
    run_sample(home)
    return home


def list_tables(warehouse) -> list[str]:
    rows = warehouse.fetch_all(
        "select table_schema || '.' || table_name from information_schema.tables"
        " where table_catalog <> 'temp' order by all"  # what a reader made for itself is not kept
    )
    return [table for (table,) in rows]


# What releases before told: the first run had none before it.
REGISTER = "protected.registered_count"


def test_a_deleted_warehouse_comes_back_identical(sample_run, second_home):
    with open_warehouse(second_home / "warehouse.duckdb", is_read_only=True) as again:
        tables = list_tables(again)
        assert tables == list_tables(sample_run.warehouse)
        assert sample_run.warehouse.count_rows(REGISTER) == 0 < again.count_rows(REGISTER)
        for table in set(tables) - {REGISTER}:
            ask = f"select * from {table} order by all"
            # Not compared inside the assertion: telling a million rows apart takes pytest hours.
            is_same = again.fetch_all(ask) == sample_run.warehouse.fetch_all(ask)
            assert is_same, table


@pytest.mark.parametrize("folder", ["site", "results", "protected", "landing"])
def test_a_second_run_writes_the_same_bytes(sample_run, second_home, folder):
    first = read_tree(sample_run.home / folder)
    assert first
    assert read_tree(second_home / folder) == first


def test_a_second_run_adds_nothing_to_the_journal(sample_run, second_home):
    first = (sample_run.home / "journal.jsonl").read_bytes()
    assert (second_home / "journal.jsonl").read_bytes() == first
