"""One run at a time per home."""

import subprocess
import sys

import pytest

from pipelines.deliveries import hold_lock
from pipelines.errors import RunLockedError

HOLD = """
import sys
from pathlib import Path
from pipelines.deliveries.lock import hold_lock
with hold_lock(Path(sys.argv[1])):
    print("held", flush=True)
    sys.stdin.read()
"""


def test_second_run_is_told_at_once_with_exit_code_75(tmp_path):
    with hold_lock(tmp_path / "home"):
        with pytest.raises(RunLockedError) as raised, hold_lock(tmp_path / "home"):
            pass
        assert raised.value.exit_code == 75
        assert ".lock" in str(raised.value)


def test_lock_is_free_again_after_an_error(tmp_path):
    with pytest.raises(ZeroDivisionError), hold_lock(tmp_path):
        _ = 1 / 0

    with hold_lock(tmp_path):
        pass


def test_homes_do_not_lock_each_other(tmp_path):
    with hold_lock(tmp_path / "a"), hold_lock(tmp_path / "b"):
        pass


def test_lock_of_a_killed_process_is_free_again(tmp_path):
    with subprocess.Popen(
        [sys.executable, "-c", HOLD, str(tmp_path)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as process:
        assert process.stdout.readline() == "held\n"
        with pytest.raises(RunLockedError), hold_lock(tmp_path):
            pass
        process.kill()
        process.wait()

    with hold_lock(tmp_path):
        pass
