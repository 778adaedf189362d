"""One organisation sends one more file: only its rows are made again, and every table is right.

Compared with a warehouse that is built from the same landing in full.
"""

import shutil
from pathlib import Path

import pytest

from pipelines import audits, facts, monitoring, outcomes, scoring
from pipelines.catalogue import load_catalogue
from pipelines.deliveries import receive_deliveries
from pipelines.records import steps as records
from pipelines.run import Run
from pipelines.warehouse import Warehouse, open_warehouse

ROOT = Path(__file__).resolve().parents[2]
ROOMS = (records, facts, scoring, audits, outcomes, monitoring)
STEPS = tuple(step for room in ROOMS for step in room.STEPS)
MARK = "made before: "


@pytest.fixture(scope="module")
def run(tmp_path_factory) -> Run:
    root = tmp_path_factory.mktemp("one_new_file")
    shutil.copytree(ROOT / "sample_data" / "inbox", root / "inbox")
    shutil.copy(ROOT / "sample_data" / "example.key", root / "key")
    key = root / "key"
    key.write_bytes(bytes(range(64)))
    key.chmod(0o600)
    return Run(root / "inbox", root / "home", key, load_catalogue())


def build(run: Run, path: Path) -> None:
    receive_deliveries(run)
    with open_warehouse(path) as warehouse:
        for step in STEPS:
            step.build(warehouse, run)


def list_differences(warehouse: Warehouse) -> list[str]:
    """The tables of ``one`` and ``full`` that do not hold the same rows."""
    tables = warehouse.fetch_all(
        "select schema_name || '.' || table_name from duckdb_tables()"
        " where database_name = 'whole' and schema_name <> 'quality'"
        " union all select 'quality.' || unnest(['row_finding', 'row_tally', 'quarantined_key',"
        " 'quarantine', 'warning', 'unmapped_code', 'delivery_report'])"
    )
    return [
        name
        for (name,) in tables
        if warehouse.fetch_one(
            f"select count(*) from ((from one.{name} except all from whole.{name}) union all"
            f" (from whole.{name} except all from one.{name}))"
        )
        != (0,)
    ]


def test_a_new_file_of_one_organisation_gives_the_tables_of_a_full_build(run, tmp_path):
    build(run, run.warehouse)
    with open_warehouse(run.warehouse) as warehouse:
        contacts = warehouse.count_rows("staged.contact")
        # Rows that are not made again keep what is written into them by hand.
        warehouse.execute("update staged.team set name = ? || name", [MARK])
    new = run.inbox / "papaverdal" / "contact_extra.csv"
    new.write_text(
        "contact_id,trajectory_id,worker_id,contact_date,duration_minutes,contact_count,mode,place,"
        "counterpart,basic_task,no_show\n"
        "pd-c-new,pd-t0001,pd-w001,2024-02-13,30,1,face_to_face,home,client,BT2,false\n"
        "pd-c-bad,no-such-trajectory,pd-w001,2024-02-13,30,1,face_to_face,home,client,BT2,false\n",
        encoding="utf-8",
    )

    build(run, run.warehouse)

    with open_warehouse(run.warehouse) as warehouse:
        assert warehouse.count_rows("staged.contact") == contacts + 1
        marked = warehouse.fetch_all(
            "select distinct organisation_id from staged.team where starts_with(name, ?)"
            " order by all",
            [MARK],
        )
        assert marked == [("getij",), ("zilverhorst",)]
        warehouse.execute("update staged.team set name = replace(name, ?, '')", [MARK])
    build(run, tmp_path / "whole.duckdb")
    with open_warehouse() as both:
        both.execute(f"attach '{run.warehouse}' as one (read_only)")
        both.execute(f"attach '{tmp_path / 'whole.duckdb'}' as whole (read_only)")
        assert list_differences(both) == []


def test_without_news_no_table_is_made_again(run):
    build(run, run.warehouse)
    with open_warehouse(run.warehouse) as warehouse:
        for column in ("audit_scores.part", "outcome_flow.breakdown", "comparison.measure"):
            table, _, name = column.partition(".")
            warehouse.execute(f"update results.{table} set {name} = ?", [MARK])
    build(run, run.warehouse)
    with open_warehouse(run.warehouse) as warehouse:
        for column in ("audit_scores.part", "outcome_flow.breakdown", "comparison.measure"):
            table, _, name = column.partition(".")
            found = warehouse.fetch_all(f"select distinct {name} from results.{table}")
            assert found == [(MARK,)], column
