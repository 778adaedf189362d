"""What stands between two steps when a run dies: the doctor shows it, a run makes it good."""

import signal

import pytest

from pipelines.doctor import Cure, examine_home, repair_files
from pipelines.doctor.finding import NEEDS_PERSON
from pipelines.faults import FaultPoint
from tests.crash.bare_run import finish, make_run
from tests.crash.conftest import read_home
from tests.deliveries.conftest import open_door
from tests.deliveries.sheets import fill_two_sheets, name_sheets

# Between the two steps of a swap: the new is in its place without its line in the journal, or the
# journal has the line and the new is not shown.
SWAPS = {
    FaultPoint.LANDING_PLACED: "A landing file is not in the journal: a run was cut off.",
    FaultPoint.RELEASE_PLACED: "A run that was cut off left something behind.",
    FaultPoint.RELEASE_RECORDED: "The site does not show the last release of the journal.",
}


@pytest.mark.parametrize("point", SWAPS)
def test_swap_that_was_cut_off_is_shown_and_repaired(place, point):
    home = place.begin(f"swap_{point}")
    run = make_run(place.root, home.name)
    assert finish(place.root, home.name, str(point)) == -signal.SIGKILL

    found = examine_home(run, has_inbox=True)

    assert SWAPS[point] in {finding.what for finding in found.findings}
    assert {finding.cure for finding in found.findings}.isdisjoint(NEEDS_PERSON)
    repair_files(run, found.findings, is_loss_accepted=False)
    assert finish(place.root, home.name) == 0
    assert examine_home(run, has_inbox=True).findings == ()
    assert read_home(home) == place.after


def test_further_sheet_whose_line_is_missing_is_removed_and_read_again(tmp_path):
    door = open_door(tmp_path)
    name_sheets(door, "*")
    fill_two_sheets(door)
    door.receive()
    files = {path: path.read_bytes() for path in door.run.landing.iterdir()}
    door.run.journal.unlink()

    found = examine_home(door.run, has_inbox=True).findings

    assert {finding.cure for finding in found if finding.path in files} == {Cure.REMOVE}
    repair_files(door.run, found, is_loss_accepted=False)
    assert list(door.run.landing.iterdir()) == []
    door.receive()
    assert {path: path.read_bytes() for path in door.run.landing.iterdir()} == files


def test_lost_rows_of_a_further_sheet_come_from_the_workbook(tmp_path):
    door = open_door(tmp_path)
    name_sheets(door, "*")
    fill_two_sheets(door)
    further = next(one for one in door.receive().deliveries if one.workbook)
    (door.run.landing / further.landing).unlink()

    found = examine_home(door.run, has_inbox=True).findings

    assert [f.cure for f in found if f.delivery == further.delivery] == [Cure.READ_AGAIN]
