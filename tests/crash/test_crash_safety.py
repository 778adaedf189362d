"""Wherever a run dies: nothing is lost, nothing is doubled, nobody ever reads a half release."""

import os
import random
import signal
from itertools import accumulate

import pytest

from assets.rooms import ROOMS
from pipelines.faults import FaultPoint
from tests.crash.bare_run import finish, start
from tests.crash.conftest import PUBLISHED, read_home
from tests.pipeline.conftest import read_tree

# The pass at which to die, where the first one would only show the beginning of something.
PASSES = {FaultPoint.COMMIT_DUE: 3, FaultPoint.COMMIT_DONE: 3, FaultPoint.PAGE_WRITTEN: 5}
KILLS = int(os.environ.get("KRACHTWERK_TEST_KILLS", "4"))


def check_published(place, home) -> None:
    """What people read is the earlier release or the new one, whole."""
    for name in PUBLISHED:
        assert read_tree(home / name) in (place.before[name], place.after[name])


@pytest.mark.parametrize("point", FaultPoint)
def test_run_that_dies_at_a_point_is_made_good_by_the_next_one(place, point):
    home = place.begin(point)

    assert finish(place.root, point, f"{point}:{PASSES.get(point, 1)}") == -signal.SIGKILL
    check_published(place, home)

    assert finish(place.root, point) == 0
    assert read_home(home) == place.after


def test_runs_that_die_after_each_room_are_made_good_by_the_last_one(place):
    home = place.begin("rooms")
    for tables in accumulate(len(steps) for steps in ROOMS.values()):
        fault = f"{FaultPoint.TABLE_BUILT}:{tables}"
        assert finish(place.root, "rooms", fault) == -signal.SIGKILL
        check_published(place, home)

    assert finish(place.root, "rooms") == 0
    assert read_home(home) == place.after


def test_runs_killed_at_any_moment_are_made_good_by_the_last_one(place):
    """More than a handful on request: KRACHTWERK_TEST_KILLS=100."""
    home = place.begin("killed")
    chance = random.Random(20261122)
    for _ in range(KILLS):
        process = start(place.root, "killed")
        process.join(chance.uniform(0, place.seconds))
        process.kill()
        process.join()
        check_published(place, home)

    assert finish(place.root, "killed") == 0
    assert read_home(home) == place.after
