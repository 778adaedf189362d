"""``krachtwerk accept``: a file that waits is named in one of two ways, or nothing happens."""

import os

import pytest

from assets.command_line import main
from pipelines.deliveries import hold_lock
from tests.assets.commands import Desk, check_one_message, open_desk
from tests.deliveries.conftest import open_door

HEADER = "contact_id;trajectory_id;contact_date;mode\n"
NOT_ONE = "This is not one file that waits."


def write_contacts(desk: Desk, name: str, rows: int, second: int) -> None:
    lines = "".join(f"{name}{n};j1;2026-01-02;phone\n" for n in range(rows))
    path = desk.door.write(name, HEADER + lines)
    os.utime(path, (1_000_000_000 + second,) * 2)


@pytest.fixture
def desk(tmp_path, capsys, monkeypatch) -> Desk:
    """A second file waits, because it has a third of the rows."""
    desk = open_desk(open_door(tmp_path), capsys, monkeypatch)
    write_contacts(desk, "een.csv", 100, 1)
    write_contacts(desk, "twee.csv", 30, 2)
    assert [one.delivery.file for one in desk.door.receive().waiting] == ["twee.csv"]
    return desk


def read_waiting(desk: Desk) -> str:
    (waiting,) = desk.door.receive().waiting
    return waiting.delivery.delivery


@pytest.mark.parametrize("length", [8, 64])
def test_file_is_accepted_by_the_start_of_its_hash(desk, length):
    start = read_waiting(desk)[:length]

    code, printed, said = desk.give("accept", "--organisation", "org", "--delivery", start)

    assert (code, said) == (0, "")
    assert printed == "Accepted: org, twee.csv. The next run takes it as it is.\n"
    assert desk.door.receive().waiting == ()


def test_file_is_accepted_by_its_name_from_the_environment(desk, monkeypatch):
    monkeypatch.setenv("KRACHTWERK_ORGANISATION", "org")
    monkeypatch.setenv("KRACHTWERK_FILE", "twee.csv")

    assert desk.give("accept")[0] == 0
    assert desk.door.receive().waiting == ()


def test_file_that_was_accepted_does_not_wait_any_more(desk):
    options = ("--organisation", "org", "--file", "twee.csv")
    assert desk.give("accept", *options)[0] == 0

    assert desk.refuse("accept", *options) == NOT_ONE


@pytest.mark.parametrize(
    "options",
    [
        (),
        ("--organisation", "org"),
        ("--file", "twee.csv"),
        ("--organisation", "andere", "--file", "twee.csv"),
        ("--organisation", "org", "--file", "een.csv"),
        ("--organisation", "org", "--file", "TWEE.csv"),
        ("--organisation", "org", "--delivery", "0" * 64),
        ("--organisation", "org", "--file", "twee.csv", "--delivery", "0" * 64),
    ],
)
def test_anything_but_one_waiting_file_is_refused_and_those_that_wait_are_named(desk, options):
    assert desk.refuse("accept", *options) == NOT_ONE

    said = desk.give("accept", *options)[2]
    assert f"one of the files that wait: org, twee.csv, {read_waiting(desk)[:12]}" in said


def test_start_of_a_hash_that_is_too_short_is_refused(desk):
    start = read_waiting(desk)[:7]
    assert desk.refuse("accept", "--organisation", "org", "--delivery", start) == NOT_ONE


def test_home_without_a_run_is_said_and_not_made(desk, tmp_path, capsys):
    home = tmp_path / "nowhere"

    code = main(["accept", "--inbox", str(desk.door.inbox), "--home", str(home)])

    assert code == 2
    said = capsys.readouterr().err
    check_one_message(said)
    assert said.startswith("There is no such home.")
    assert not home.exists()


@pytest.mark.parametrize("missing", ["inbox", "home"])
def test_missing_folder_is_one_message(desk, missing, capsys):
    given = {"inbox": str(desk.door.inbox), "home": str(desk.door.run.home)}
    del given[missing]
    (name, folder) = given.popitem()

    assert main(["accept", f"--{name}", folder]) == 2
    said = capsys.readouterr().err
    check_one_message(said)
    assert said.startswith(f"No {missing} is given.")


def test_no_file_is_accepted_beside_a_run(desk):
    with hold_lock(desk.door.run.home):
        code, _, said = desk.give("accept", "--organisation", "org", "--file", "twee.csv")

    assert code == 75
    assert said.startswith("Another run is working in this home.")
