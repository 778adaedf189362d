"""Which of several rows of one key stands, and what a complete delivery lets vanish."""

import pytest

from pipelines.catalogue.models.sources import Source
from tests.records.world import TEAM, World

JANUARY, FEBRUARY, MARCH = "2024-01-31", "2024-02-29", "2024-03-31"


def read_names(world: World) -> list[tuple]:
    return world.read("select team_id, name from staged.team order by team_id")


def read_counts(world: World, kind: str) -> list[tuple]:
    """(staged, superseded, quarantined, vanished) per delivery, in order of the file date."""
    return world.read(
        "select staged, superseded, quarantined, vanished from quality.delivery_report"
        f" where record_kind = '{kind}' order by file_date, file"
    )


def test_later_delivery_replaces_a_row_and_adds_a_new_one(world: World) -> None:
    world.deliver("team", TEAM | {"name": "old"}, file_date=JANUARY)
    world.deliver(
        "team", TEAM | {"name": "new"}, TEAM | {"team_id": "T2", "name": "b"}, file_date=MARCH
    )
    world.stage()
    assert read_names(world) == [("T1", "new"), ("T2", "b")]
    assert read_counts(world, "team") == [(0, 1, 0, 0), (2, 0, 0, 0)]


def test_row_absent_from_a_later_delivery_stays(world: World) -> None:
    world.deliver("team", TEAM, TEAM | {"team_id": "T2"}, file_date=JANUARY)
    world.deliver("team", TEAM, file_date=MARCH)
    world.stage()
    assert [team for team, _ in read_names(world)] == ["T1", "T2"]


@pytest.mark.parametrize(
    ("earlier", "later"),
    [
        ({"file_date": JANUARY, "modified_at": "2025-01-02", "file": "z"}, {"file_date": MARCH}),
        (
            {"modified_at": "2025-01-01T09:00:00Z", "file": "z"},
            {"modified_at": "2025-01-01T10:00:00Z"},
        ),
        ({"file": "a.csv"}, {"file": "b.csv"}),
    ],
)
def test_order_is_file_date_then_modification_time_then_name(
    world: World, earlier: dict[str, str], later: dict[str, str]
) -> None:
    world.deliver("team", TEAM | {"name": "later"}, **{"file": "m", **later})
    world.deliver("team", TEAM | {"name": "earlier"}, **{"file": "m", **earlier})
    world.stage()
    assert read_names(world) == [("T1", "later")]


def test_within_a_file_the_last_row_of_a_key_wins(world: World) -> None:
    world.deliver("team", TEAM | {"name": "first"}, TEAM | {"name": "second"})
    world.stage()
    assert read_names(world) == [("T1", "second")]
    assert read_counts(world, "team") == [(1, 1, 0, 0)]


def test_faulty_correction_is_quarantined_and_the_earlier_row_stays(world: World) -> None:
    world.deliver("team", TEAM | {"name": "good"}, file_date=JANUARY)
    world.deliver("team", TEAM | {"name": "bad", "start_date": "?"}, file_date=MARCH)
    world.stage()
    assert read_names(world) == [("T1", "good")]
    assert world.read_reasons("team") == [(2, "start_date", "missing_required")]


def test_corrected_delivery_clears_the_quarantine(world: World) -> None:
    world.deliver("team", TEAM | {"start_date": "31-02-2020"}, file_date=JANUARY)
    world.deliver("team", TEAM, file_date=MARCH)
    world.stage()
    assert world.read_reasons("team") == []
    assert read_counts(world, "team") == [(0, 1, 0, 0), (1, 0, 0, 0)]


def test_rows_without_a_key_are_never_superseded(world: World) -> None:
    world.deliver("team", TEAM | {"team_id": ""}, file_date=JANUARY)
    world.deliver("team", TEAM | {"team_id": ""}, TEAM, file_date=MARCH)
    world.stage()
    assert read_counts(world, "team") == [(0, 0, 1, 0), (1, 0, 1, 0)]


def test_organisations_do_not_supersede_each_other(world: World) -> None:
    world.deliver("team", TEAM, organisation_id="a", file_date=JANUARY)
    world.deliver("team", TEAM, organisation_id="b", file_date=MARCH)
    world.stage()
    assert world.read("select organisation_id from staged.team order by 1") == [("a",), ("b",)]


# A source whose teams are always delivered whole.
WHOLE = Source.model_validate(
    {
        "source": "whole",
        "version": 1,
        "label": {"nl": "geheel", "en": "whole"},
        "description": {"nl": "geheel", "en": "whole"},
        "exports": [
            {
                "id": "teams",
                "label": {"nl": "teams", "en": "teams"},
                "records": [
                    {
                        "kind": "team",
                        "complete": True,
                        "fields": {
                            name: {"column": name, "optional": name == "end_date"}
                            for name in ("team_id", "name", "setting", "start_date", "end_date")
                        },
                    }
                ],
            }
        ],
    }
)


class TestCompleteDelivery:
    @pytest.fixture
    def world(self, tmp_path) -> World:
        return World(tmp_path, sources=(WHOLE,))

    def deliver(self, world: World, file_date: str, *rows: dict[str, str]) -> None:
        world.deliver("teams", *rows, source="whole", file_date=file_date)

    def test_keys_that_it_lacks_vanish(self, world: World) -> None:
        self.deliver(world, JANUARY, TEAM, TEAM | {"team_id": "T2"}, TEAM | {"team_id": "T3"})
        self.deliver(world, MARCH, TEAM)
        world.stage()
        assert [team for team, _ in read_names(world)] == ["T1"]
        assert read_counts(world, "team") == [(0, 3, 0, 0), (1, 0, 0, 2)]

    def test_key_vanishes_with_the_first_file_that_lacks_it(self, world: World) -> None:
        self.deliver(world, JANUARY, TEAM, TEAM | {"team_id": "T2"})
        self.deliver(world, FEBRUARY, TEAM)
        self.deliver(world, MARCH, TEAM)
        world.stage()
        assert read_counts(world, "team") == [(0, 2, 0, 0), (0, 1, 0, 1), (1, 0, 0, 0)]

    def test_key_that_comes_back_did_not_vanish(self, world: World) -> None:
        self.deliver(world, JANUARY, TEAM, TEAM | {"team_id": "T2"})
        self.deliver(world, FEBRUARY, TEAM)
        self.deliver(world, MARCH, TEAM, TEAM | {"team_id": "T2"})
        world.stage()
        assert [team for team, _ in read_names(world)] == ["T1", "T2"]
        assert [vanished for *_, vanished in read_counts(world, "team")] == [0, 0, 0]

    def test_sheets_of_one_workbook_replace_together_what_came_before(self, world: World) -> None:
        self.deliver(world, JANUARY, TEAM, TEAM | {"team_id": "T2"}, TEAM | {"team_id": "T3"})
        world.deliver("team", TEAM | {"team_id": "T0"}, file_date=FEBRUARY)
        book = world.deliver("teams", TEAM, source="whole", file="a.xlsx", file_date=MARCH)
        further = {"file_date": MARCH, "workbook": book, "source": "whole"}
        world.deliver("teams", TEAM | {"team_id": "T2"}, file="a.xlsx [Blad2]", **further)
        world.deliver("teams", TEAM | {"team_id": "T4"}, file="a.xlsx [Blad3]", **further)
        world.stage()
        assert [team for team, _ in read_names(world)] == ["T1", "T2", "T4"]
        vanished = "select delivery, vanished from quality.delivery_report where vanished > 0"
        assert world.read(vanished) == [(book, 2)]

    def test_it_replaces_what_another_export_delivered(self, world: World) -> None:
        world.deliver("team", TEAM | {"team_id": "T2"}, file_date=JANUARY)
        self.deliver(world, MARCH, TEAM)
        world.stage()
        assert [team for team, _ in read_names(world)] == ["T1"]

    def test_later_addition_stands(self, world: World) -> None:
        self.deliver(world, JANUARY, TEAM)
        world.deliver("team", TEAM | {"team_id": "T2"}, file_date=MARCH)
        world.stage()
        assert [team for team, _ in read_names(world)] == ["T1", "T2"]

    def test_key_that_is_there_but_faulty_did_not_vanish(self, world: World) -> None:
        self.deliver(world, JANUARY, TEAM | {"name": "good"})
        self.deliver(world, MARCH, TEAM | {"start_date": "?"})
        world.stage()
        assert read_names(world) == [("T1", "good")]
        assert read_counts(world, "team") == [(1, 0, 0, 0), (0, 0, 1, 0)]

    def test_earlier_quarantine_is_cleared(self, world: World) -> None:
        self.deliver(world, JANUARY, TEAM | {"team_id": ""}, TEAM | {"team_id": "T2", "name": ""})
        self.deliver(world, MARCH, TEAM)
        world.stage()
        assert world.read_reasons("team") == []
        assert read_counts(world, "team") == [(0, 2, 0, 0), (1, 0, 0, 0)]

    def test_one_organisation_does_not_empty_another(self, world: World) -> None:
        world.deliver("teams", TEAM, source="whole", organisation_id="a", file_date=JANUARY)
        world.deliver(
            "teams", TEAM | {"team_id": "T9"}, source="whole", organisation_id="b", file_date=MARCH
        )
        world.stage()
        assert [team for team, _ in read_names(world)] == ["T1", "T9"]
