"""A staged table is made again only when files, settings, declarations or code changed."""

import dataclasses

import pytest

from tests.records.world import TEAM, TRAJECTORY, WORKER, World


@pytest.fixture
def world(tmp_path):
    made = World(tmp_path)
    made.add_organisation("org")
    made.deliver("team", TEAM)
    made.deliver("worker", WORKER)
    made.deliver("trajectory", TRAJECTORY)
    made.stage()
    return made


def mark(world: World) -> None:
    """Leaves a trace that only a table that is made anew loses."""
    world.warehouse.execute("update staged.team set name = 'marked'")


def was_made_again(world: World) -> bool:
    world.stage()
    return world.read("select distinct name from staged.team") != [("marked",)]


def test_nothing_is_made_again_when_nothing_changed(world):
    report = world.read("select * from quality.delivery_report")
    mark(world)
    assert not was_made_again(world)
    assert world.read("select * from quality.delivery_report") == report


def test_a_new_file_makes_every_table_again(world):
    mark(world)
    world.deliver("trajectory", TRAJECTORY | {"trajectory_id": "J2"}, file_date="2025-01-31")
    assert was_made_again(world)
    assert world.read("select count(*) from staged.trajectory") == [(2,)]


def test_a_changed_setting_makes_every_table_again(world):
    mark(world)
    world.add_organisation("org", extra="method_start: 2024-03-01\n")
    assert was_made_again(world)


def test_a_changed_declaration_makes_every_table_again(world):
    mark(world)
    kind = world.catalogue.records["team"]
    records = world.catalogue.records | {"team": kind.model_copy(update={"rules": ()})}
    world.run = dataclasses.replace(
        world.run, catalogue=dataclasses.replace(world.catalogue, records=records)
    )
    assert was_made_again(world)


def test_a_table_that_was_cut_off_is_made_again(world):
    mark(world)
    world.warehouse.execute("delete from quality.made_from where table_name = 'staged.team'")
    assert was_made_again(world)


def test_a_table_that_is_gone_is_made_again(world):
    world.warehouse.execute("drop table staged.trajectory")
    world.stage()
    assert world.read("select count(*) from staged.trajectory") == [(1,)]
