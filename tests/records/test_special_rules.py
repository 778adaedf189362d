"""Trainings that were taken twice and worker rows that overlap."""

import pytest

from tests.records.world import TEAM, WORKER, World

JANUARY, MARCH = "2024-01-31", "2024-03-31"


TRAINING = {"worker_id": "W1", "kind": "basic"}


class TestTraining:
    @pytest.fixture(autouse=True)
    def deliver_worker(self, world: World) -> None:
        world.deliver("team", TEAM)
        world.deliver("worker", WORKER)

    def read(self, world: World) -> list[tuple]:
        return world.read("select completed, cast(completed_date as varchar) from staged.training")

    def test_of_completed_rows_the_earliest_counts_and_an_empty_date_comes_last(
        self, world: World
    ) -> None:
        world.deliver(
            "training",
            TRAINING | {"completed": "ja", "completed_date": "2022-05-01"},
            TRAINING | {"completed": "ja", "completed_date": "2021-05-01"},
            TRAINING | {"completed": "ja", "completed_date": ""},
            TRAINING | {"completed": "nee", "completed_date": "2020-05-01"},
        )
        world.stage()
        assert self.read(world) == [(True, "2021-05-01")]
        assert world.read(
            "select staged, superseded from quality.delivery_report where record_kind = 'training'"
        ) == [(1, 3)]

    def test_later_delivery_replaces_also_with_a_later_date(self, world: World) -> None:
        world.deliver(
            "training",
            TRAINING | {"completed": "ja", "completed_date": "2021-05-01"},
            file_date=JANUARY,
        )
        world.deliver("training", TRAINING | {"completed": "nee"}, file_date=MARCH)
        world.stage()
        assert self.read(world) == [(False, None)]


class TestWorkerOverlap:
    @pytest.fixture(autouse=True)
    def deliver_team(self, world: World) -> None:
        world.deliver("team", TEAM)

    def read(self, world: World) -> list[tuple]:
        return world.read(
            "select cast(start_date as varchar), cast(end_date as varchar), role"
            " from staged.worker order by start_date"
        )

    def test_earlier_row_ends_the_day_before_the_later_one(self, world: World) -> None:
        world.deliver(
            "worker",
            WORKER | {"start_date": "2022-01-01", "role": "coach"},
            WORKER | {"start_date": "2020-01-01", "end_date": "2023-01-01"},
        )
        world.stage()
        assert self.read(world) == [
            ("2020-01-01", "2021-12-31", "support_worker"),
            ("2022-01-01", None, "coach"),
        ]
        assert world.read_warnings("worker") == [(3, "end_date", "worker_overlap")]

    def test_row_that_ends_the_day_before_does_not_overlap(self, world: World) -> None:
        world.deliver(
            "worker",
            WORKER | {"end_date": "2021-12-31"},
            WORKER | {"start_date": "2022-01-01"},
        )
        world.stage()
        assert world.read_warnings("worker") == []

    def test_row_that_ends_on_the_day_does_overlap(self, world: World) -> None:
        world.deliver(
            "worker",
            WORKER | {"end_date": "2022-01-01"},
            WORKER | {"start_date": "2022-01-01"},
        )
        world.stage()
        assert [row[1] for row in self.read(world)] == ["2021-12-31", None]

    def test_same_start_leaves_the_one_delivered_later(self, world: World) -> None:
        world.deliver("worker", WORKER, file_date=JANUARY)
        world.deliver("worker", WORKER | {"role": "coach"}, file_date=MARCH)
        world.stage()
        assert self.read(world) == [("2020-01-01", None, "coach")]

    def test_another_team_is_no_overlap(self, world: World) -> None:
        world.deliver("team", TEAM | {"team_id": "T2"}, file="second")
        world.deliver("worker", WORKER, WORKER | {"team_id": "T2", "start_date": "2021-01-01"})
        world.stage()
        assert world.read_warnings("worker") == []
