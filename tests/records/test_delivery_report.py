"""Nothing is lost: every row read is staged, superseded, quarantined or not a record."""

import tempfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pipelines.deliveries.journal import Refusal, append_event, describe_event
from pipelines.records.quality_tables import RowsLostError
from tests.records.world import CONTACT, TEAM, TRAJECTORY, WORKER, World

TABLES = (
    "staged.team",
    "staged.worker",
    "staged.trajectory",
    "staged.contact",
    "staged.organisation",
    "quality.quarantine",
    "quality.warning",
    "quality.unmapped_code",
    "quality.delivery_report",
)

# Few values for every cell, so that keys meet, parents are missing and cells are faulty.
TEAMS = st.fixed_dictionaries(
    {
        "team_id": st.sampled_from(["T1", "T2", ""]),
        "start_date": st.sampled_from(["2020-01-01", "1-2-2020", "x"]),
        "name": st.sampled_from(["a", "b"]),
    }
).map(lambda row: TEAM | row)
WORKERS = st.fixed_dictionaries(
    {
        "worker_id": st.sampled_from(["W1", "W2", None]),
        "team_id": st.sampled_from(["T1", "T2"]),
        "start_date": st.sampled_from(["2020-01-01", "2021-01-01"]),
        "end_date": st.sampled_from(["", "2020-06-30", "2022-06-30"]),
    }
).map(lambda row: WORKER | row)
TRAJECTORIES = st.fixed_dictionaries(
    {
        "trajectory_id": st.sampled_from(["J1", "J2", "J3", None]),
        "client_id": st.sampled_from(["C1", None]),
        "team_id": st.sampled_from(["T1", "T2", "T9"]),
        "worker_id": st.sampled_from(["W1", "W9"]),
        "end_date": st.sampled_from(["", "2019-01-01", "2024-06-01"]),
    }
).map(lambda row: TRAJECTORY | row)
CONTACTS = st.fixed_dictionaries(
    {
        "contact_id": st.sampled_from(["X1", "X2", "X3", None]),
        "trajectory_id": st.sampled_from(["J1", "J2", "J9"]),
        "worker_id": st.sampled_from(["W1", "W2", None]),
        "mode": st.sampled_from(["phone", "fax"]),
    }
).map(lambda row: CONTACT | row)
KINDS = {"team": TEAMS, "worker": WORKERS, "trajectory": TRAJECTORIES, "contact": CONTACTS}
DELIVERY = st.sampled_from(sorted(KINDS)).flatmap(
    lambda kind: st.fixed_dictionaries(
        {
            "export": st.just(kind),
            "rows": st.lists(KINDS[kind], max_size=4),
            "file_date": st.sampled_from(["2024-11-30", "2024-12-31"]),
            "modified_at": st.sampled_from(["2025-01-01T00:00:00Z", "2025-01-02T00:00:00Z"]),
            "organisation_id": st.sampled_from(["a", "b"]),
            "not_a_record": st.integers(0, 2),
        }
    )
)


def stage(deliveries: list[dict]) -> dict[str, list[tuple]]:
    """The tables that come of some deliveries, each in an order of its own."""
    with tempfile.TemporaryDirectory() as folder:
        world = World(Path(folder))
        for delivery in deliveries:
            settings_ = {key: delivery[key] for key in delivery if key not in ("export", "rows")}
            world.deliver(delivery["export"], *delivery["rows"], **settings_)
        world.stage()
        tables = {name: world.read(f"from {name} order by all") for name in TABLES}
        world.warehouse.close()
        return tables


def name_files(deliveries: list[dict]) -> list[dict]:
    return [
        delivery | {"file": f"{number}.csv"} for number, delivery in enumerate(deliveries, start=1)
    ]


@settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(DELIVERY, min_size=1, max_size=6).map(name_files), st.randoms())
def test_rows_add_up_and_order_of_arrival_changes_nothing(deliveries: list[dict], random) -> None:
    tables = stage(deliveries)
    report = {(row[0], row[1]): row[5:11] for row in tables["quality.delivery_report"]}
    assert len(report) == len(deliveries)
    for delivery in deliveries:
        rows_read, staged, superseded, quarantined, not_a_record, _ = report[
            delivery["organisation_id"], delivery["file"]
        ]
        assert rows_read == len(delivery["rows"]) + delivery["not_a_record"]
        assert rows_read == staged + superseded + quarantined + not_a_record
    shuffled = list(deliveries)
    random.shuffle(shuffled)
    assert stage(shuffled) == tables


@settings(max_examples=6, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(DELIVERY, min_size=1, max_size=6).map(name_files))
def test_staged_rows_have_one_row_per_key_and_refer_to_staged_rows(deliveries: list[dict]) -> None:
    tables = stage(deliveries)
    teams = {row[:2] for row in tables["staged.team"]}
    trajectories = {row[:2] for row in tables["staged.trajectory"]}
    assert len(teams) == len(tables["staged.team"])
    assert len(trajectories) == len(tables["staged.trajectory"])
    assert {(row[0], row[3]) for row in tables["staged.trajectory"]} <= teams
    assert {(row[0], row[2]) for row in tables["staged.contact"]} <= trajectories


def test_staging_twice_gives_the_same_tables(world: World) -> None:
    world.deliver_base()
    world.deliver("contact", CONTACT, CONTACT | {"contact_id": "X2", "mode": "fax"})
    world.stage()
    once = {name: world.read(f"from {name} order by all") for name in TABLES}
    world.stage()
    assert {name: world.read(f"from {name} order by all") for name in TABLES} == once


def test_refused_file_is_reported_with_its_reason(world: World) -> None:
    world.deliver("team", TEAM)
    refusal = Refusal(
        "f00", "org", "report.xlsx", "A report.", "report_not_records", {"columns": ["Größe"]}
    )
    append_event(world.run.journal, describe_event(refusal))
    world.stage()
    assert world.read(
        "select file, record_kind, rows_read, refused_reason, refused_code, refused_values"
        " from quality.delivery_report where refused_reason is not null"
    ) == [("report.xlsx", None, None, "A report.", "report_not_records", '{"columns": ["Größe"]}')]


def test_landing_that_lacks_rows_is_found_out(world: World) -> None:
    world.deliver("team", TEAM, lost_rows=1)
    with pytest.raises(RowsLostError, match="team"):
        world.stage()


def test_quarantine_holds_no_value_of_a_row(world: World) -> None:
    world.deliver("team", TEAM)
    world.deliver(
        "trajectory", TRAJECTORY | {"client_id": "secretclient", "start_date": "secretdate"}
    )
    world.stage()
    tables = world.read(
        "select table_schema || '.' || table_name from information_schema.tables"
        " where table_schema in ('quality', 'staged')"
    )
    for (table,) in tables:
        assert "secret" not in str(world.read(f"from {table}")), table
