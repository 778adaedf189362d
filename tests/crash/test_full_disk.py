"""A full disk stops the run with one message; with room again, nothing is lost and nothing doubled.

The disk is full for one file: the kernel lets no file grow beyond a limit, for root and for anybody
else, and the write fails as it fails on a full disk.
"""

import pytest

from pipelines.records.opening import SET_ASIDE_MARK
from tests.crash.bare_run import finish, run_command
from tests.crash.conftest import PUBLISHED, read_home
from tests.pipeline.conftest import read_tree
from tests.pipeline.test_bad_input import check_message

# What does not fit: the landing file, the line of the journal, the warehouse at two moments.
LIMITS = {"landing": 400, "journal": None, "warehouse": 300_000, "warehouse_later": 3_000_000}


@pytest.mark.parametrize("what", LIMITS)
def test_full_disk_is_one_message_and_the_next_run_makes_it_good(place, what):
    home = place.begin(what)
    (home / "warehouse.duckdb").unlink()
    limit = LIMITS[what] or (home / "journal.jsonl").stat().st_size + 100
    said = place.root / "said.txt"

    assert run_command(place.root, what, limit, said) == 2
    error = said.read_text()
    check_message(error, "The disk is full", "Make room")
    assert {name: read_tree(home / name) for name in PUBLISHED} == {
        name: place.before[name] for name in PUBLISHED
    }

    assert finish(place.root, what) == 0
    left = read_home(home)
    # A warehouse that was cut off at its beginning is set aside.
    left["names"] = [name for name in left["names"] if SET_ASIDE_MARK not in name]
    assert left == place.after
