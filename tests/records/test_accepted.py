"""The tables about the run: its date, its organisations and their settings."""

import dataclasses
from datetime import date

import pytest

from pipelines.catalogue import load_catalogue
from pipelines.errors import UserError
from pipelines.records.accepted import build_run
from tests.records.world import TEAM, World


def test_as_of_is_the_latest_file_date(world: World) -> None:
    world.deliver("team", TEAM, file_date="2024-12-31")
    world.deliver("team", TEAM, file_date="2025-02-28", organisation_id="b")
    world.stage()
    assert world.read("from staged.run") == [(date(2025, 2, 28),)]


@pytest.mark.parametrize(
    ("as_of", "known_until"),
    [(None, date(2024, 12, 31)), (date(2024, 6, 30), date(2024, 6, 30))],
)
def test_organisation_is_known_until_its_latest_file_or_the_given_date(
    world: World, as_of: date | None, known_until: date
) -> None:
    world.run = dataclasses.replace(world.run, as_of=as_of)
    world.deliver("team", TEAM, file_date="2024-12-31")
    world.deliver("team", TEAM, file_date="2025-02-28", organisation_id="b")
    world.stage()
    assert world.read(
        "select known_until from staged.organisation where organisation_id = 'org'"
    ) == [(known_until,)]


def test_organisation_brings_its_own_settings(world: World) -> None:
    world.add_organisation(
        "org",
        "method_start: 2023-05-01\ndisclosure_threshold: 12\n"
        "programme_profile: {krachtwerk: {focus_days: 35}}\n",
    )
    world.deliver("team", TEAM)
    world.stage()
    assert world.read(
        "select name, source, method_start, disclosure_threshold from staged.organisation"
    ) == [("The org", "canonical", date(2023, 5, 1), 12)]
    assert world.read(
        "select programme, setting, value from staged.programme_setting"
        " where setting = 'focus_days' and programme in ('krachtwerk', 'houvast') order by 1"
    ) == [("houvast", "focus_days", 42), ("krachtwerk", "focus_days", 35)]


def test_programme_settings_are_a_full_matrix(world: World) -> None:
    world.deliver("team", TEAM, organisation_id="a")
    world.deliver("team", TEAM, organisation_id="b")
    world.stage()
    settings = sum(len(profile.settings) for profile in load_catalogue().profiles.values())
    assert world.read(
        "select organisation_id, count(*) from staged.programme_setting group by 1 order by 1"
    ) == [("a", settings), ("b", settings)]


def test_deliveries_are_ranked_per_organisation(world: World) -> None:
    world.deliver("team", TEAM, file_date="2024-12-31", file="late")
    world.deliver("team", TEAM, file_date="2024-06-30", file="early")
    world.deliver("team", TEAM, file_date="2024-09-30", file="other", organisation_id="b")
    world.stage()
    assert world.read("select file, delivery_rank from staged.delivery order by all") == [
        ("early", 1),
        ("late", 2),
        ("other", 1),
    ]


def test_nothing_accepted_is_told_as_one_message(world: World) -> None:
    world.add_organisation("org")
    with pytest.raises(UserError, match="no file was accepted"):
        build_run(world.warehouse, world.run)


def test_organisation_that_left_the_inbox_is_left_out(world: World) -> None:
    world.deliver("team", TEAM, organisation_id="a")
    world.deliver("team", TEAM, organisation_id="b")
    (world.run.inbox / "b" / "organisation.yaml").unlink()
    (world.run.inbox / "b").rmdir()
    world.stage()
    for table in (
        "staged.delivery",
        "staged.organisation",
        "staged.team",
        "quality.delivery_report",
    ):
        assert world.read(f"select distinct organisation_id from {table}") == [("a",)], table


def test_file_of_an_export_that_is_gone_is_told(world: World) -> None:
    world.deliver("team", TEAM)
    lines = world.run.journal.read_text().replace('"export": "team"', '"export": "gone"')
    world.run.journal.write_text(lines)
    with pytest.raises(UserError, match="'gone', which no mapping has"):
        world.stage()
