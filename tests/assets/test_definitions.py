"""What Dagster loads: one process, a job for everything, nothing that starts by itself."""

import subprocess
import sys
from pathlib import Path

import dagster as dg
import pytest

from assets.automation import DAILY_SCHEDULE, REFRESH_JOB, inbox_changed
from assets.definitions import defs

ROOT = Path(__file__).resolve().parents[2]


def test_the_job_refreshes_every_asset_in_one_process():
    job = defs.resolve_job_def(REFRESH_JOB.name)
    assert job.executor_def == dg.in_process_executor
    assert set(job.asset_layer.executable_asset_keys) == set(
        defs.resolve_asset_graph().get_all_asset_keys()
    )


def test_schedule_and_sensor_wait_until_somebody_starts_them():
    assert DAILY_SCHEDULE.default_status == dg.DefaultScheduleStatus.STOPPED
    assert inbox_changed.default_status == dg.DefaultSensorStatus.STOPPED


@pytest.fixture
def inbox(tmp_path, monkeypatch):
    monkeypatch.setenv("KRACHTWERK_INBOX", str(tmp_path))
    return tmp_path


def look(cursor: str | None) -> dg.SensorResult | dg.SkipReason:
    return inbox_changed(dg.build_sensor_context(cursor=cursor))


def test_the_sensor_starts_one_run_when_the_inbox_has_come_to_rest(inbox):
    (inbox / "a.csv").write_text("1")
    first = look(None)
    assert not first.run_requests  # new: perhaps still being copied
    second = look(first.cursor)
    assert len(second.run_requests) == 1
    assert isinstance(look(second.cursor), dg.SkipReason)


def test_the_sensor_waits_while_files_change(inbox):
    (inbox / "a.csv").write_text("1")
    first = look(None)
    (inbox / "b.csv").write_text("1")
    second = look(first.cursor)
    assert not second.run_requests
    assert len(look(second.cursor).run_requests) == 1


def test_the_sensor_says_when_no_inbox_is_named(monkeypatch):
    monkeypatch.delenv("KRACHTWERK_INBOX", raising=False)
    assert "KRACHTWERK_INBOX" in look(None).skip_message


def test_dagster_finds_the_definitions_valid():
    command = ["dagster", "definitions", "validate", "--workspace", "workspace.yaml"]
    done = subprocess.run(
        [sys.executable, "-m", *command], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    assert "All code locations passed validation" in done.stdout + done.stderr
