"""``krachtwerk forget`` and ``rotate-key``: what they say, and what they refuse."""

import io
import sys

import pytest

from assets.command_line import main
from pipelines.deliveries import hold_lock
from tests.assets.commands import Desk, check_one_message, open_desk
from tests.deliveries.conftest import open_door
from tests.forget.small_home import FILES, FIRST, SECOND, deliver

ORGANISATION = ("--organisation", "org")


@pytest.fixture
def desk(tmp_path, capsys, monkeypatch) -> Desk:
    """Two clients with a trajectory and a contact each."""
    desk = open_desk(open_door(tmp_path), capsys, monkeypatch)
    wanted = ("team.csv", "worker.csv", "trajectory.csv", "contact.csv")
    deliver(desk.door, {name: FILES[name] for name in wanted})
    return desk


def test_forgetting_says_what_was_done_and_proves_it_without_the_id(desk):
    code, printed, said = desk.give("forget", *ORGANISATION, "--client", FIRST)

    assert (code, said) == (0, "")
    assert "Forgotten   one client of org" in printed
    assert "contact 2, trajectory 1" in printed
    assert ": 0 hits" in printed
    assert "Next        `krachtwerk run`" in printed
    assert FIRST not in printed


def test_id_can_be_typed_so_that_it_stands_in_no_history(desk, monkeypatch):
    monkeypatch.setattr(sys, "stdin", io.StringIO(f"{FIRST}\n"))

    code, printed, _ = desk.give("forget", *ORGANISATION, "--client", "-")

    assert code == 0
    assert FIRST not in printed


def test_options_have_environment_twins(desk, monkeypatch):
    monkeypatch.setenv("KRACHTWERK_ORGANISATION", "org")
    monkeypatch.setenv("KRACHTWERK_CLIENT", FIRST)

    assert desk.give("forget")[0] == 0
    monkeypatch.delenv("KRACHTWERK_CLIENT")
    assert desk.give("rotate-key")[0] == 0


def test_client_that_is_still_found_is_no_success(desk):
    page = desk.door.run.releases / "r1" / "page.html"
    page.parent.mkdir(parents=True)
    page.write_text(f"<p>{FIRST}</p>")

    code, printed, said = desk.give("forget", *ORGANISATION, "--client", FIRST)

    assert code == 2
    assert "1 hits" in printed
    check_one_message(said)
    assert said.startswith("The client is still found.")
    assert "releases/r1/page.html (1)" in said
    assert FIRST not in said


NO_ROW = "No delivered row is about this client."
NEVER = "Nothing was ever accepted of this organisation."
NO_CHANGE = "The key of this organisation cannot be changed here."


@pytest.mark.parametrize(
    ("command", "options", "what"),
    [
        ("forget", (), "No organisation is given."),
        ("forget", ORGANISATION, "No client is given."),
        ("forget", ("--client", FIRST), "No organisation is given."),
        ("forget", (*ORGANISATION, "--client", "10000009"), NO_ROW),
        ("forget", (*ORGANISATION, "--client", f" {SECOND} 1"), NO_ROW),
        ("forget", ("--organisation", "ORG", "--client", FIRST), NEVER),
        ("forget", ("--organisation", "../org", "--client", FIRST), NEVER),
        ("rotate-key", (), "No organisation is given."),
        ("rotate-key", ("--organisation", "andere"), NO_CHANGE),
    ],
)
def test_wrong_use_is_one_message_and_changes_nothing(desk, command, options, what):
    assert desk.refuse(command, *options) == what


@pytest.mark.parametrize("typed", ["", "\n", "  \n"])
def test_nothing_typed_is_no_client(desk, monkeypatch, typed):
    monkeypatch.setattr(sys, "stdin", io.StringIO(typed))

    assert desk.refuse("forget", *ORGANISATION, "--client", "-") == "No client is given."


@pytest.mark.parametrize("command", ["forget", "rotate-key"])
def test_another_or_no_key_is_one_message_and_changes_nothing(desk, command, monkeypatch):
    options = (*ORGANISATION, "--client", FIRST) if command == "forget" else ORGANISATION
    other = desk.door.root / "secret" / "other"
    other.write_bytes(bytes(range(64)))
    other.chmod(0o600)
    for key_file in (str(other), str(other) + ".gone"):
        monkeypatch.setenv("KRACHTWERK_KEY_FILE", key_file)
        assert "key" in desk.refuse(command, *options)
    monkeypatch.delenv("KRACHTWERK_KEY_FILE")

    assert desk.refuse(command, *options).startswith("No key file is given")


@pytest.mark.parametrize("command", ["forget", "rotate-key"])
def test_home_without_a_run_is_said_and_not_made(desk, tmp_path, capsys, command):
    home = tmp_path / "nowhere"
    places = ["--inbox", str(desk.door.inbox), "--home", str(home)]
    options = ["--client", FIRST] if command == "forget" else []

    assert main([command, *places, *ORGANISATION, *options]) == 2

    check_one_message(capsys.readouterr().err)
    assert not home.exists()


@pytest.mark.parametrize("command", ["forget", "rotate-key"])
def test_neither_works_beside_a_run(desk, command):
    options = ("--client", FIRST) if command == "forget" else ()
    before = desk.read()
    with hold_lock(desk.door.run.home):
        code, printed, said = desk.give(command, *ORGANISATION, *options)

    assert (code, printed) == (75, "")
    assert said.startswith("Another run is working in this home.")
    assert desk.read() == before


def test_rotating_says_the_version_and_the_next_step(desk):
    code, printed, said = desk.give("rotate-key", *ORGANISATION)

    assert (code, said) == (0, "")
    assert "org has key version 2; 4 files carried over" in printed
    assert "Next        `krachtwerk run`" in printed
    assert "key version 3" in desk.give("rotate-key", *ORGANISATION)[1]
