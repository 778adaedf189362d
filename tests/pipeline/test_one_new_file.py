"""One organisation sends more files: only its rows are made again, and every table is right.

Compared with a warehouse that is built from the same landing in full. The tests follow each other.
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


# What others send does not change these rows; nothing further is made from the marked column.
MARKED = {
    "staged.team": "name",
    "results.requirement_results": "reason",
    "results.goal_attainment": "method",
    "results.closures": "method",
    "results.monitoring_point": "chart_reason",
}
OTHERS = {"getij", "zilverhorst"}


def mark(warehouse: Warehouse, table: str, column: str) -> None:
    """Rows that are not made again keep what is written into them by hand."""
    warehouse.execute(f"update {table} set {column} = ? || {column}", [MARK])


def find_marked(warehouse: Warehouse, table: str, column: str, found: str) -> set:
    """What stands in column ``found`` of the marked rows; the marks are taken away."""
    rows = warehouse.fetch_all(
        f"select distinct {found} from {table} where starts_with({column}, ?)", [MARK]
    )
    warehouse.execute(f"update {table} set {column} = replace({column}, ?, '')", [MARK])
    return {value for (value,) in rows}


def deliver(run: Run, kind: str, *lines: str) -> None:
    path = run.inbox / "papaverdal" / f"{kind}_extra.csv"
    path.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")


def check_against_full_build(run: Run, path: Path) -> None:
    build(run, path)
    with open_warehouse() as both:
        both.execute(f"attach '{run.warehouse}' as one (read_only)")
        both.execute(f"attach '{path}' as whole (read_only)")
        assert list_differences(both) == []


def test_a_new_file_of_one_organisation_gives_the_tables_of_a_full_build(run, tmp_path):
    build(run, run.warehouse)
    with open_warehouse(run.warehouse) as warehouse:
        contacts = warehouse.count_rows("staged.contact")
        for table, column in MARKED.items():
            mark(warehouse, table, column)
        mark(warehouse, "results.rater_agreement", "status")
    deliver(
        run,
        "contact",
        "contact_id,trajectory_id,worker_id,contact_date,duration_minutes,contact_count,mode,place,"
        "counterpart,basic_task,no_show",
        "pd-c-new,pd-t0001,pd-w001,2024-02-13,30,1,face_to_face,home,client,BT2,false",
        "pd-c-bad,no-such-trajectory,pd-w001,2024-02-13,30,1,face_to_face,home,client,BT2,false",
    )

    build(run, run.warehouse)

    with open_warehouse(run.warehouse) as warehouse:
        assert warehouse.count_rows("staged.contact") == contacts + 1
        for table, column in MARKED.items():
            assert find_marked(warehouse, table, column, "organisation_id") == OTHERS, table
        assert find_marked(warehouse, "results.rater_agreement", "status", "true") == {True}
    check_against_full_build(run, tmp_path / "whole.duckdb")


def test_news_of_what_all_organisations_share_reaches_the_others(run, tmp_path):
    with open_warehouse(run.warehouse) as warehouse:
        norm = warehouse.fetch_all("select * from outcome.norm order by all")
        goals = warehouse.count_rows("outcome.goal_unit")
        agreement = warehouse.fetch_all("select * from results.rater_agreement order by all")
        mark(warehouse, "results.comparison", "comparison_key")
    deliver(
        run,
        "outcome_measurement",
        "measurement_id,trajectory_id,instrument,instrument_version,moment,measured_date,informant,"
        "scale,score,missing_item_count",
        "pd-m00001,pd-t0001,I.ROC,NL,T0,2024-01-19,client,totaal,12,0",
    )
    deliver(
        run,
        "audit_rating",
        "audit_id,assessor_id,item_id,evidence_source,is_consensus,score,null_reason",
        "AU-pd-centrum-baseline,pd-beoordelaar A,SM01,overall,false,1,",
    )
    deliver(
        run,
        "goal",
        "goal_id,plan_id,life_domain,term,recovery_form,from_strengths,own_words,start_date,"
        "target_date,status,closed_date,gas_score,weight",
        "pd-g-new,pd-p00001,L01,short,personal,true,true,2024-02-13,,attained,2024-05-13,1,",
    )
    deliver(
        run,
        "closure",
        "trajectory_id,closure_date,reason_code,planned,without_contact,exit_interview,safety_plan,"
        "final_evaluation,network_meeting,final_report,housing_after",
        "pd-t0001,2024-10-28,21,,true,,,,,,ergens anders",
    )

    build(run, run.warehouse)

    with open_warehouse(run.warehouse) as warehouse:
        assert warehouse.fetch_all("select * from outcome.norm order by all") != norm
        again = warehouse.fetch_all("select * from results.rater_agreement order by all")
        assert again != agreement
        assert warehouse.count_rows("outcome.goal_unit") == goals + 1
        measure = "measure || ' ' || period"
        kept = find_marked(warehouse, "results.comparison", "comparison_key", measure)
        assert "planned 2025" in kept
        assert "planned 2024" not in kept  # the year of the corrected closure
    check_against_full_build(run, tmp_path / "whole.duckdb")


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
