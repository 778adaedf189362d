"""The command as a user gives it, on small inboxes that a test fills."""

import shutil
from dataclasses import dataclass
from pathlib import Path

import pytest

from assets.command_line import main
from tests.conftest import SAMPLE_DATA

SMALL_FILES = ("organisation.yaml", "team.csv", "worker.csv", "trajectory.csv")


@dataclass
class Workplace:
    """An inbox with one small organisation, a home and a key of its own."""

    root: Path
    capsys: pytest.CaptureFixture
    environment: pytest.MonkeyPatch

    @property
    def inbox(self) -> Path:
        return self.root / "inbox"

    @property
    def organisation(self) -> Path:
        return self.inbox / "papaverdal"

    @property
    def home(self) -> Path:
        return self.root / "home"

    @property
    def key_file(self) -> Path:
        return self.root / "key"

    def fill(self) -> None:
        """Puts a few files of an invented organisation in the inbox."""
        self.organisation.mkdir(parents=True)
        for name in SMALL_FILES:
            shutil.copy2(SAMPLE_DATA / "inbox" / "papaverdal" / name, self.organisation / name)

    def run(self) -> tuple[int, str, str]:
        """``krachtwerk run``: exit code, what was printed, what was said to be wrong."""
        self.environment.setenv("KRACHTWERK_KEY_FILE", str(self.key_file))
        self.capsys.readouterr()
        code = main(["run", "--inbox", str(self.inbox), "--home", str(self.home)])
        return code, *self.capsys.readouterr()


@pytest.fixture
def workplace(tmp_path, capsys, monkeypatch) -> Workplace:
    place = Workplace(tmp_path, capsys, monkeypatch)
    place.key_file.write_bytes(bytes(range(32)))
    place.key_file.chmod(0o600)
    return place


def read_tree(folder: Path) -> dict[str, bytes]:
    """Relative name -> content of every file, links followed."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }
