"""The search that proves a forgetting: it finds a client in any file, and only that client."""

import json
import zipfile

from pipelines.forget.search import count_hits, make_wanted
from pipelines.warehouse import open_warehouse
from tests.forget.small_home import (
    FIRST,
    deliver,
    forget,
    list_pseudonyms,
    list_pseudonyms_of_row,
)


def test_files_nobody_thought_of_are_found_whatever_they_are_packed_in(door):
    deliver(door)
    both = list_pseudonyms(door, "client_id#client")
    home = door.run.home
    with zipfile.ZipFile(home / "book.xlsx", "w", zipfile.ZIP_DEFLATED) as book:
        book.writestr("sheet.xml", f"<c>{both}</c>")
    (home / "utf16.csv").write_bytes(f"a;{both}".encode("utf-16"))
    (home / ".hidden").write_text(f"unit|{'|'.join(both)}|x")
    (home / "broken.parquet").write_bytes(b"PAR1 is all that is left")
    (home / "innocent.txt").write_text("nothing here: " + "0123456789" * 6)
    with open_warehouse() as warehouse:
        warehouse.execute("create table t as select unnest(?) as unit_id", [sorted(both)])
        warehouse.execute(f"copy t to '{home}/units.parquet' (format parquet)")
        package = {"resources": [{"path": "units.parquet", "rows": 2, "bytes": 1, "hash": "x"}]}
        (home / "datapackage.json").write_text(json.dumps(package))
    with open_warehouse(home / "warehouse.duckdb.set-aside") as warehouse:
        warehouse.execute("create table t (i integer)")

    cleaned = forget(door).cleaned

    assert sorted(cleaned.removed) == [
        ".hidden", "book.xlsx", "broken.parquet", "utf16.csv", "warehouse.duckdb.set-aside",
    ]  # fmt: skip
    assert cleaned.rows_taken_out == {"units.parquet": 1}
    assert (home / "innocent.txt").exists()
    (resource,) = json.loads((home / "datapackage.json").read_text())["resources"]
    assert resource["rows"] == 1 and resource["bytes"] == (home / "units.parquet").stat().st_size


def test_units_of_others_with_the_same_number_stay(door):
    deliver(door)
    (trajectory,) = list_pseudonyms_of_row(door, "trajectory.csv", 2, "trajectory_id#record")
    units = [
        ("trajectory", trajectory),  # of the first client
        ("case", f"00000000000000000000|{trajectory}"),
        ("action_plan", trajectory),  # plan 1 has the same number and is of the second client
        ("review", trajectory),
    ]
    path = door.run.home / "kept" / "r1" / "indicator_units.parquet"
    path.parent.mkdir(parents=True)
    with open_warehouse() as warehouse:
        warehouse.execute("create table t (unit_kind varchar, unit_id varchar)")
        for unit in units:
            warehouse.execute("insert into t values (?, ?)", list(unit))
        warehouse.execute(f"copy t to '{path}' (format parquet)")
        forgotten = forget(door)
        left = warehouse.fetch_all("select unit_kind from read_parquet(?)", [str(path)])
    assert left == [("action_plan",), ("review",)]
    assert forgotten.hits == {} and forgotten.shared_count > 0


def test_hit_that_may_not_be_removed_is_told(door):
    deliver(door)
    page = door.run.releases / "r1" / "page.html"
    page.parent.mkdir(parents=True)
    page.write_text(f"<p>{list_pseudonyms(door, 'client_id#client')} {FIRST}</p>")
    assert forget(door).hits == {"releases/r1/page.html": 2}


def test_short_id_is_not_searched_for_because_it_stands_in_any_number(tmp_path):
    path = tmp_path / "counts.txt"
    path.write_text("rows 1234567, rows 12345678")
    with open_warehouse() as warehouse:
        assert count_hits(warehouse, path, make_wanted({}, set(), "1234567", {})) == 0
        assert count_hits(warehouse, path, make_wanted({}, set(), "12345678", {})) == 1
