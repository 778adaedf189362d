"""What is worth a look in rows that were kept."""

import pytest

from tests.records.world import CONTACT, TEAM, TRAJECTORY, World

OUTSIDE = "event_outside_trajectory"


@pytest.mark.parametrize(
    ("contact_date", "warnings"),
    [
        ("2023-12-01", []),  # 31 days before the start
        ("2023-11-30", [(2, "contact_date", OUTSIDE)]),
        ("2024-07-31", []),  # 31 days after the end
        ("2024-08-01", [(2, "contact_date", OUTSIDE)]),
    ],
)
def test_event_may_lie_31_days_outside_its_trajectory(
    world: World, contact_date: str, warnings: list[tuple]
) -> None:
    world.deliver("team", TEAM)
    world.deliver("trajectory", TRAJECTORY | {"worker_id": None, "end_date": "2024-06-30"})
    world.deliver("contact", CONTACT | {"worker_id": None, "contact_date": contact_date})
    world.stage()
    assert world.read_warnings("contact") == warnings
    assert len(world.read("select * from staged.contact")) == 1


@pytest.mark.parametrize(("reason", "count"), [("19", 1), ("20", 0), (None, 1)])
def test_closure_ends_a_trajectory_without_end_unless_it_is_no_end(
    world: World, reason: str | None, count: int
) -> None:
    world.deliver("team", TEAM)
    world.deliver("trajectory", TRAJECTORY | {"worker_id": None})
    world.deliver("contact", CONTACT | {"worker_id": None, "contact_date": "2024-12-01"})
    world.deliver(
        "closure", {"trajectory_id": "J1", "closure_date": "2024-06-01", "reason_code": reason}
    )
    world.stage()
    assert len(world.read_warnings("contact")) == count


@pytest.mark.parametrize(("closure_date", "count"), [("2024-07-31", 0), ("2024-08-01", 1)])
def test_closure_far_from_the_end(world: World, closure_date: str, count: int) -> None:
    world.deliver("team", TEAM)
    world.deliver("trajectory", TRAJECTORY | {"worker_id": None, "end_date": "2024-06-30"})
    world.deliver("closure", {"trajectory_id": "J1", "closure_date": closure_date})
    world.stage()
    found = [warning for *_, warning in world.read_warnings("closure")]
    assert found.count("closure_far_from_end") == count


@pytest.mark.parametrize(
    ("change", "count"),
    [
        ({}, 2),
        ({"end_date": "2024-06-30"}, 0),
        ({"programme": "houvast"}, 0),
        ({"client_id": "C2"}, 0),
        ({"team_id": "T2"}, 0),
    ],
)
def test_two_open_trajectories_of_one_client_in_one_team_and_programme(
    world: World, change: dict[str, str], count: int
) -> None:
    world.deliver("team", TEAM, TEAM | {"team_id": "T2"})
    first = TRAJECTORY | {"worker_id": None}
    world.deliver("trajectory", first, first | {"trajectory_id": "J2"} | change)
    world.stage()
    found = [warning for *_, warning in world.read_warnings("trajectory")]
    assert found.count("two_open_trajectories") == count


def test_trajectory_without_client_is_kept(world: World) -> None:
    world.deliver("team", TEAM)
    rows = [{"trajectory_id": name, "client_id": None, "worker_id": None} for name in ("J1", "J2")]
    world.deliver("trajectory", *(TRAJECTORY | row for row in rows))
    world.stage()
    assert world.read_warnings("trajectory") == [
        (2, "client_id", "trajectory_without_client"),
        (3, "client_id", "trajectory_without_client"),
    ]
    assert len(world.read("select * from staged.trajectory")) == 2


@pytest.mark.parametrize(("last", "count"), [("nee", 1), ("ja", 0), ("", 1)])
def test_yes_no_column_with_one_value_in_the_whole_file(
    world: World, last: str, count: int
) -> None:
    world.deliver_base()
    rows = [CONTACT | {"contact_id": f"X{number}", "no_show": "nee"} for number in range(10)]
    world.deliver("contact", *rows, CONTACT | {"contact_id": "X99", "no_show": last})
    world.stage()
    assert world.read_warnings("contact") == [(None, "no_show", "single_value_column")] * count


def test_warning_of_a_row_that_is_not_kept_is_not_told(world: World) -> None:
    world.deliver_base()
    world.deliver("contact", CONTACT | {"worker_id": "W9", "contact_date": "x"})
    world.stage()
    assert world.read_warnings("contact") == []
