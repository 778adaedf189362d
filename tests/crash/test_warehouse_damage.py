"""The warehouse is a cache: whatever becomes of the file, the next run ends with the same pages."""

import signal
from pathlib import Path

import pytest

from assets.rooms import ROOMS
from pipelines.faults import FaultPoint
from pipelines.records.ledger_gaps import find_ledger_gaps
from pipelines.records.opening import name_set_aside, open_trusted
from pipelines.warehouse import open_warehouse
from tests.crash.bare_run import finish, make_run
from tests.crash.conftest import copy_home, read_home

# How DuckDB lays out a file: three headers, then blocks of one size.
HEADER_BYTES = 3 * 4096
BLOCK_BYTES = 262_144


@pytest.fixture(scope="module")
def staged(place) -> Path:
    """A home whose run died after staging: every commit stands in the write-ahead log alone."""
    home = place.begin("staged")
    (home / "warehouse.duckdb").unlink()
    fault = f"{FaultPoint.TABLE_BUILT}:{len(ROOMS['records'])}"
    assert finish(place.root, "staged", fault) == -signal.SIGKILL
    return home


@pytest.mark.parametrize("share", [0.0, 0.2, 0.4, 0.6])
def test_log_that_was_cut_off_shows_in_the_ledger_and_is_healed_from_landing(place, staged, share):
    home = copy_home(staged, place.root / "cut")
    log = home / "warehouse.duckdb.wal"
    log.write_bytes(log.read_bytes()[: int(share * log.stat().st_size)])
    run = make_run(place.root, "cut")
    looked_at = copy_home(home, place.root / "looked_at")
    with open_warehouse(looked_at / "warehouse.duckdb") as warehouse:
        assert find_ledger_gaps(warehouse, run)

    warehouse, notes = open_trusted(run)
    warehouse.close()
    assert len(notes) == 1
    assert "staged again from landing" in notes[0]
    assert finish(place.root, "cut") == 0
    assert find_gaps(run) == []
    left = read_home(home)
    assert {name: left[name] for name in place.after} == place.after


def find_gaps(run) -> list:
    with open_warehouse(run.warehouse) as warehouse:
        return find_ledger_gaps(warehouse, run)


def damage(path: Path, share: float) -> None:
    content = bytearray(path.read_bytes())
    at = int(share * len(content))
    content[at : at + 20_000] = bytes(byte ^ 0x5A for byte in content[at : at + 20_000])
    path.write_bytes(content)


@pytest.mark.parametrize("what", ["head", "log", "empty", "no_database"])
def test_warehouse_that_cannot_be_opened_is_set_aside_and_built_anew(place, staged, what):
    home = copy_home(staged, place.root / "broken")
    path = home / "warehouse.duckdb"
    if what == "log":
        damage(path.with_name("warehouse.duckdb.wal"), 0.5)
    elif what == "head":
        damage(path, 0.0)
    else:
        path.write_bytes(b"" if what == "empty" else b"x" * 100_000)
    run = make_run(place.root, "broken")

    warehouse, notes = open_trusted(run)
    warehouse.close()

    assert len(notes) == 1
    assert name_set_aside(run.warehouse).exists()
    assert name_set_aside(run.warehouse).name in notes[0]
    assert find_gaps(run)  # it is new and holds nothing yet


def test_damage_that_only_shows_when_it_is_read_is_healed_in_the_same_run(place):
    home = copy_home(place.root / "undisturbed", place.root / "rotten")
    path = home / "warehouse.duckdb"
    with open_warehouse(path, is_read_only=True) as warehouse:
        blocks = warehouse.fetch_all(
            "select distinct block_id from pragma_storage_info('staged.trajectory')"
            " where block_id >= 0"
        )
    assert blocks
    for (block,) in blocks:
        damage(path, (HEADER_BYTES + block * BLOCK_BYTES + 100) / path.stat().st_size)
    open_warehouse(path).close()  # nobody notices yet

    assert finish(place.root, "rotten") == 0
    assert name_set_aside(path).exists()
    left = read_home(home)
    left["names"].remove(name_set_aside(path).name)
    assert left == place.after
