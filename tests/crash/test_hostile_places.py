"""Folders with pattern characters, colliding names, and files that this user may not read."""

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from pipelines.errors import UserError
from pipelines.warehouse import open_warehouse
from tests.conftest import SAMPLE_DATA
from tests.crash.bare_run import finish, make_run
from tests.deliveries.conftest import Door
from tests.pipeline.conftest import read_tree

PATTERNS = "[a] *?{x}'%41#"
FILES = ("organisation.yaml", "team.csv", "worker.csv")
RAGGED = "team_id;name;setting;start_date\nT1;Een;other;2020-01-01\nT2;Twee\n\nT3;D;other;x;y;z\n"
NOBODY = 65534


@contextmanager
def as_ordinary_user() -> Iterator[None]:
    """Root may read everything; inside, not even root may."""
    is_root = os.geteuid() == 0
    if is_root:
        os.seteuid(NOBODY)
    try:
        yield
    finally:
        if is_root:
            os.seteuid(0)


@pytest.fixture
def open_door() -> Iterator[Door]:
    """An inbox and a home that an ordinary user may use; the usual folder of tests is root's."""
    root = Path(tempfile.mkdtemp(prefix="krachtwerk-test-"))
    door = Door(root)
    door.run.key_file.parent.mkdir()
    door.run.key_file.write_bytes(bytes(range(7, 71)))
    door.run.key_file.chmod(0o600)
    door.add_organisation()
    yield door
    shutil.rmtree(root)


def load_everything(root: Path) -> None:
    """Imports what the door needs while it can be read: the software may lie in root's folder."""
    door = Door(root)
    door.run.key_file.parent.mkdir(parents=True)
    door.run.key_file.write_bytes(bytes(range(7, 71)))
    door.run.key_file.chmod(0o600)
    door.add_organisation()
    door.write("teams.csv", "team_id;name;setting;start_date\nt1;Noord;other;2020-01-01\n")
    door.write("leeg.csv", "")
    door.receive()


def give_away(root: Path) -> None:
    """Makes all of it the ordinary user's."""
    if os.geteuid() == 0:
        for path in (root, *root.rglob("*")):
            os.chown(path, NOBODY, NOBODY)


def test_whole_run_takes_pattern_characters_in_every_folder_literally(tmp_path):
    plain, odd = tmp_path / "plain", tmp_path / PATTERNS
    for root in (plain, odd):
        folder = root / "inbox" / "papaverdal"
        folder.mkdir(parents=True)
        for name in FILES:
            shutil.copy2(SAMPLE_DATA / "inbox" / "papaverdal" / name, folder / name)
        (folder / "rafels.csv").write_text(RAGGED)
        shutil.copystat(folder / "team.csv", folder / "rafels.csv")
        (root / "key").write_bytes(bytes(range(64)))
        (root / "key").chmod(0o600)
    # What the pattern would find beside itself: the same files once more.
    assert finish(plain, "home") == 0
    shutil.copytree(plain / "inbox", tmp_path / "a XY{x}'%41#" / "inbox")
    shutil.copytree(plain / "home", tmp_path / "a X{x}'%41#", symlinks=True)

    home = str(tmp_path / PATTERNS.replace("?", ""))
    assert finish(odd, home) == 0
    assert finish(odd, home) == 0  # and once more, with what is there

    for name in ("landing", "results", "protected", "site"):
        assert read_tree(Path(home, name)) == read_tree(plain / "home" / name)
    with open_warehouse(make_run(odd, home).warehouse, is_read_only=True) as warehouse:
        rows = warehouse.fetch_all(
            "select rows_read, staged + superseded + quarantined + not_a_record, quarantined"
            " from quality.delivery_report where file = 'rafels.csv'"
        )
    assert rows == [(4, 4, 2)]


def test_home_with_a_question_mark_is_one_message(tmp_path):
    with pytest.raises(UserError, match="question mark"):
        open_warehouse(tmp_path / "wat?" / "warehouse.duckdb")


def test_file_and_folder_without_the_right_to_read_are_told_and_the_rest_lands(open_door):
    row = "team_id;name;setting;start_date\nt{};Noord;other;2020-01-01\n"
    closed = open_door.write("dicht.csv", row.format(1))
    inside = open_door.write("map/binnen.csv", row.format(2))
    unlisted = open_door.write("naam/binnen.csv", row.format(3))
    open_door.write("map.csv/gewoon.csv", row.format(4))
    load_everything(open_door.root / "warm")
    give_away(open_door.root)
    closed.chmod(0)
    inside.parent.chmod(0)
    unlisted.parent.chmod(0o400)  # its names can be seen, the files not be looked at

    with as_ordinary_user():
        reception = open_door.receive()

    assert [delivery.file for delivery in reception.deliveries] == ["map.csv/gewoon.csv"]
    assert reception.refusals == ()
    skipped = sorted(file.file for file in reception.skipped)
    assert skipped == ["dicht.csv", "map", "naam/binnen.csv"]
    assert {file.reason.split(",")[0] for file in reception.skipped} == {
        "This user may not read the file or folder"
    }
    for path in (closed, inside.parent, unlisted.parent):
        path.chmod(0o700)
    with as_ordinary_user():
        assert len(open_door.receive().deliveries) == 4  # nothing was decided about them
