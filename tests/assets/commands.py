"""Gives a command as a user does, and holds what it says against how faults are told."""

from dataclasses import dataclass

import pytest

from assets.command_line import main
from tests.deliveries.conftest import Door


@dataclass
class Desk:
    """A small inbox with its home and key, and the command line to it."""

    door: Door
    capsys: pytest.CaptureFixture

    def give(self, command: str, *options: str) -> tuple[int, str, str]:
        """The exit code of a command on this inbox and home, what it printed and what was wrong."""
        self.capsys.readouterr()
        places = ["--inbox", str(self.door.inbox), "--home", str(self.door.run.home)]
        code = main([command, *places, *options])
        return code, *self.capsys.readouterr()

    def refuse(self, command: str, *options: str) -> str:
        """The first line of the one message with which a command is refused; nothing is changed."""
        before = self.read()
        code, printed, said = self.give(command, *options)
        assert (code, printed) == (2, "")
        check_one_message(said)
        assert self.read() == before
        return said.splitlines()[0]

    def read(self) -> dict[str, bytes]:
        """Every file of the home, without the lock."""
        files = [path for path in self.door.list_home() if path.name != ".lock"]
        return {
            path.relative_to(self.door.run.home).as_posix(): path.read_bytes() for path in files
        }


def check_one_message(said: str) -> None:
    """What, where, what was expected and what to do, once; never a traceback."""
    what, where, expected, to_do = said.rstrip().splitlines()
    assert what.endswith(".")
    assert where.startswith("  where:    ")
    assert expected.startswith("  expected: ")
    assert to_do.startswith("  to do:    ")


def open_desk(door: Door, capsys, monkeypatch) -> Desk:
    """A desk whose key is that of the door."""
    for name in ("ORGANISATION", "CLIENT", "FILE", "DELIVERY"):
        monkeypatch.delenv(f"KRACHTWERK_{name}", raising=False)
    monkeypatch.setenv("KRACHTWERK_KEY_FILE", str(door.run.key_file))
    return Desk(door, capsys)
