"""A home with an earlier release, and what it must become when a new file is taken in."""

import shutil
import time
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.conftest import SAMPLE_DATA
from tests.crash.bare_run import finish
from tests.pipeline.conftest import read_tree

EARLIER = ("organisation.yaml", "team.csv", "worker.csv")
NEW = "trajectory.csv"
PUBLISHED = ("site", "results")
KEPT = (*PUBLISHED, "protected", "landing", "releases")


@dataclass(frozen=True)
class Place:
    """An inbox with one new file; homes are copied from the one that has the earlier release."""

    root: Path
    seconds: float  # how long an undisturbed run takes
    before: dict[str, object]  # what a home holds before the new file
    after: dict[str, object]  # what every run must end with

    def begin(self, name: str) -> Path:
        """A home with the earlier release."""
        return copy_home(self.root / "before", self.root / name)


def copy_home(source: Path, home: Path) -> Path:
    shutil.rmtree(home, ignore_errors=True)
    return Path(shutil.copytree(source, home, symlinks=True))


def read_home(home: Path) -> dict[str, object]:
    """Everything that a home keeps for people, byte for byte."""
    kept: dict[str, object] = {name: read_tree(home / name) for name in KEPT}
    kept["journal"] = sorted((home / "journal.jsonl").read_text().splitlines())
    kept["names"] = sorted(path.name for path in home.iterdir())
    return kept


@pytest.fixture(scope="session")
def place(tmp_path_factory) -> Place:
    root = tmp_path_factory.mktemp("crash")
    organisation = root / "inbox" / "papaverdal"
    organisation.mkdir(parents=True)
    for name in EARLIER:
        shutil.copy2(SAMPLE_DATA / "inbox" / "papaverdal" / name, organisation / name)
    (root / "key").write_bytes(bytes(range(64)))
    (root / "key").chmod(0o600)
    assert finish(root, "before") == 0
    shutil.copy2(SAMPLE_DATA / "inbox" / "papaverdal" / NEW, organisation / NEW)
    copy_home(root / "before", root / "undisturbed")
    started = time.monotonic()
    assert finish(root, "undisturbed") == 0
    seconds = time.monotonic() - started
    return Place(root, seconds, read_home(root / "before"), read_home(root / "undisturbed"))
