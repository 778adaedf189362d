"""The warehouse runs packaged SQL, keeps transactions whole and gives data frames."""

import pandas as pd
import pytest

from pipelines.catalogue import load_catalogue
from pipelines.records.schema import create_staged_tables, list_staged_columns
from pipelines.warehouse import open_warehouse


def test_a_failed_transaction_leaves_nothing_behind(tmp_path):
    with open_warehouse(tmp_path / "w.duckdb") as warehouse:
        warehouse.execute("create table fact.t (n INTEGER)")
        with pytest.raises(RuntimeError), warehouse.transaction():
            warehouse.execute("insert into fact.t values (1)")
            raise RuntimeError
        assert warehouse.count_rows("fact.t") == 0


def test_a_frame_is_appended_by_column_name():
    with open_warehouse() as warehouse:
        warehouse.execute("create table fact.t (a INTEGER, b VARCHAR)")
        warehouse.write_frame("fact.t", pd.DataFrame({"b": ["x"], "a": [1]}))
        assert warehouse.fetch_all("select a, b from fact.t") == [(1, "x")]


def test_every_record_kind_has_a_staged_table_with_exact_decimals_and_its_origin():
    catalogue = load_catalogue()
    with open_warehouse() as warehouse:
        create_staged_tables(warehouse, catalogue)
        for kind in catalogue.records.values():
            described = {
                row[0]: row[1] for row in warehouse.fetch_all(f"describe staged.{kind.kind}")
            }
            assert described == list_staged_columns(kind)
            assert "DOUBLE" not in described.values()


def test_more_rows_than_the_memory_holds_go_to_disk(tmp_path):
    with open_warehouse(tmp_path / "w.duckdb") as warehouse:
        warehouse.limit_memory(60_000_000)
        warehouse.execute("attach ':memory:' as scratch")
        warehouse.execute(
            "create table scratch.t as select range as n, sha256(range::varchar) as text"
            " from range(1_000_000)"
        )
        assert (tmp_path / "w.duckdb.tmp").is_dir()
        assert warehouse.fetch_one("select count(distinct text), max(n) from scratch.t") == (
            1_000_000,
            999_999,
        )
    assert not (tmp_path / "w.duckdb.tmp").exists()
