"""A small inbox with two clients, and what is in the home that a door makes of it."""

from pathlib import Path

from pipelines.catalogue import load_catalogue
from pipelines.forget import Forgotten, forget_client, tend_landing
from pipelines.records.steps import list_steps
from pipelines.warehouse import open_warehouse
from pipelines.warehouse.steps import build_all
from tests.deliveries.conftest import Door

# Ids are numbered anew in every kind, as client-file systems do: 1 is a trajectory, a plan and a
# team review. Client 10000001 has trajectory 1, client 10000002 has trajectory 2.
FILES = {
    "team.csv": "team_id;name;setting;start_date\nt1;Noord;outreach;2020-01-01\n",
    "worker.csv": "worker_id;team_id;start_date;role;fte\nw1;t1;2020-01-01;support_worker;1\n",
    "trajectory.csv": "trajectory_id;client_id;team_id;worker_id;programme;start_date\n"
    "1;10000001;t1;w1;krachtwerk;2025-01-01\n2;10000002;t1;w1;krachtwerk;2025-01-02\n",
    "contact.csv": "contact_id;trajectory_id;contact_date;mode\n"
    "1;1;2025-02-01;phone\n2;2;2025-02-01;phone\n3;1;2025-03-01;phone\n",
    "action_plan.csv": "plan_id;trajectory_id;plan_date;status\n"
    "1;2;2025-02-01;active\n2;1;2025-02-01;active\n",
    "goal.csv": "goal_id;plan_id;start_date;status\n1;1;2025-02-01;open\n2;2;2025-02-01;open\n",
    "action.csv": "action_id;goal_id\n1;2\n2;1\n",
    "team_review.csv": "review_id;team_id;planned_date;held_date;status;expected_count;"
    "present_count\n1;t1;2025-02-01;2025-02-01;held;5;5\n2;t1;2025-02-08;2025-02-08;held;5;5\n",
    "team_review_case.csv": "review_id;trajectory_id;strengths_assessment_present\n"
    "1;1;yes\n1;2;yes\n",
    "quality_rating.csv": "rating_id;subject;subject_id;criterion;score;rater_id;rater_role;"
    "rated_date\n1;action_plan;1;a;3;w1;self;2025-03-01\n2;action_plan;2;a;3;w1;self;2025-03-01\n"
    "3;team_review;2;a;3;w1;self;2025-03-01\n",
}
FIRST, SECOND = "10000001", "10000002"
# Rows of the first client per file, as they are numbered in the file.
ROWS_OF_FIRST = {
    "trajectory.csv": {2},
    "contact.csv": {2, 4},
    "action_plan.csv": {3},
    "goal.csv": {3},
    "action.csv": {2},
    "team_review_case.csv": {2},
    "quality_rating.csv": {3},
}


def deliver(door: Door, files: dict[str, str] = FILES, prefix: str = "") -> None:
    """Puts files in the inbox and takes them in, as a run does."""
    for name, content in files.items():
        door.write(f"{prefix}{name}", content)
    receive(door)


def receive(door: Door):
    """What a run does: work that was cut off, the door, forgotten clients who came back."""
    tend_landing(door.run)
    door.receive()
    tend_landing(door.run)
    return door.receive()


def forget(door: Door, client_id: str = FIRST) -> Forgotten:
    return forget_client(door.run, "org", client_id)


def list_rows(door: Door) -> dict[str, set[int]]:
    """File -> row numbers that are in landing."""
    return {
        delivery.file: {row["row_number"] for row in door.read_landing(delivery)}
        for delivery in door.receive().deliveries
    }


def list_rows_without_first() -> dict[str, set[int]]:
    """What should be left of FILES when the first client is gone."""
    numbers = {name: set(range(2, content.count("\n") + 1)) for name, content in FILES.items()}
    return {name: rows - ROWS_OF_FIRST.get(name, set()) for name, rows in numbers.items()}


def stage(door: Door) -> list[tuple]:
    """Stages what has landed into the warehouse of the home; gives the delivery report."""
    with open_warehouse(door.run.warehouse) as warehouse:
        warehouse.execute("set threads = 1")  # a handful of rows: threads only wait
        build_all(list_steps(load_catalogue()), warehouse, door.run)
        return warehouse.fetch_all(
            "select file, rows_read, staged, superseded, quarantined, not_a_record, forgotten"
            " from quality.delivery_report order by file"
        )


def list_pseudonyms(door: Door, column: str) -> set[str]:
    """The hashes in one landed column over all files."""
    return {
        row[column]
        for delivery in door.receive().deliveries
        for row in door.read_landing(delivery)
        if row.get(column)
    }


def list_pseudonyms_of_row(door: Door, file: str, row_number: int, column: str) -> set[str]:
    """The hash in one cell."""
    return {
        row[column]
        for delivery in door.receive().deliveries
        if delivery.file == file
        for row in door.read_landing(delivery)
        if row["row_number"] == row_number
    }


def copy_landing(door: Door) -> dict[Path, bytes]:
    return {path: path.read_bytes() for path in door.run.landing.iterdir()}
