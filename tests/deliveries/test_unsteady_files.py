"""A file that goes away or changes between listing and reading is skipped and read later."""

from collections.abc import Iterator

import pytest

from pipelines.deliveries import Reception
from pipelines.deliveries.door import Door as RealDoor
from pipelines.deliveries.inbox import list_files, walk_files
from pipelines.deliveries.journal import read_events
from pipelines.deliveries.keys import read_key
from pipelines.deliveries.organisations import read_organisations
from pipelines.deliveries.outcomes import SkippedFile
from pipelines.deliveries.reception import record_outcomes
from pipelines.deliveries.steadiness import expect_steady
from pipelines.warehouse import open_warehouse

HEADER = "team_id;name;setting;start_date\n"
ONE_TEAM = HEADER + "t1;Noord;other;2020-01-01\n"
GONE = "The file was gone before it was read. Put it back; the next run reads it."
CHANGED = (
    "The file changed while it was read. Leave it alone once it is complete; the next run reads it."
)


def receive_after(door, disturb) -> list[SkippedFile]:
    """Lists the files, lets ``disturb`` do its work in the inbox, then receives what was listed."""
    run = door.run
    (organisation,) = read_organisations(run.inbox, run.catalogue)
    files = list_files(organisation)
    disturb()
    work = door.root / "work"
    work.mkdir(exist_ok=True)
    with open_warehouse() as warehouse:
        real = RealDoor(warehouse, run, read_key(run.key_file, run.inbox, run.home))
        outcomes = (o for file in files for o in real.receive(organisation, file, work))
        return list(record_outcomes(run, outcomes))


def list_landed(door) -> list[str]:
    return [event["file"] for event in read_events(door.run.journal)]


def test_file_that_went_away_is_skipped_and_read_once_it_is_back(door):
    path = door.write("a.csv", ONE_TEAM)
    door.write("b.csv", ONE_TEAM.replace("t1", "t2"))

    assert receive_after(door, path.unlink) == [SkippedFile("org", "a.csv", GONE)]
    assert list_landed(door) == ["b.csv"]

    door.write("a.csv", ONE_TEAM)
    reception: Reception = door.receive()
    assert sorted(delivery.file for delivery in reception.deliveries) == ["a.csv", "b.csv"]
    assert (reception.refusals, reception.skipped) == ((), ())


@pytest.mark.parametrize("content", [ONE_TEAM + "t2;Zuid;other;2020-01-01\n", "", "Pietersen\n"])
def test_file_that_changed_is_skipped_whatever_is_in_it_and_leaves_nothing(door, content):
    path = door.write("a.csv", ONE_TEAM)
    door.write("b.csv", ONE_TEAM.replace("t1", "t2"))

    skipped = receive_after(door, lambda: path.write_text(content))

    assert skipped == [SkippedFile("org", "a.csv", CHANGED)]
    assert list_landed(door) == ["b.csv"]
    assert len(list(door.run.landing.iterdir())) == 1


def test_earlier_landing_of_a_file_that_changes_under_a_new_mapping_stays(door):
    door.add_organisation(source="eigen")
    fields = {"team_id": {"column": "Code"}}
    door.add_source("eigen", {"id": "teams", "records": [{"kind": "team", "fields": fields}]})
    path = door.write("a.csv", "Code;Naam\nt1;Noord\n")
    delivery = door.receive_one()
    fields["name"] = {"column": "Naam"}
    door.add_source("eigen", {"id": "teams", "records": [{"kind": "team", "fields": fields}]})

    skipped = receive_after(door, lambda: path.touch())

    assert [file.reason for file in skipped] == [CHANGED]
    assert (door.run.landing / delivery.landing).is_file()
    assert door.receive_one().columns_kept == ("Code", "Naam")


def test_file_that_goes_away_while_the_folder_is_listed_is_left_out(door):
    for name in ("a.csv", "b.csv", "c.csv"):
        door.write(name, ONE_TEAM)
    found: Iterator = walk_files(door.inbox / "org", None)
    first = next(found)
    for path in (door.inbox / "org").glob("*.csv"):
        if path != first.path:
            path.unlink()

    assert list(found) == []


def test_fault_of_a_file_that_stayed_is_not_taken_for_another(door):
    door.write("a.csv", ONE_TEAM)
    (organisation,) = read_organisations(door.inbox, door.run.catalogue)
    (file,) = list_files(organisation)

    with pytest.raises(OSError, match="disk full"), expect_steady(file):
        raise OSError("disk full")
