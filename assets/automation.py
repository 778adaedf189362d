"""When a refresh starts: by hand, every night, or when the inbox has changed.

Schedule and sensor are off until somebody turns them on.
"""

import hashlib
import os
from pathlib import Path

import dagster as dg

from assets.settings import PREFIX

REFRESH_JOB = dg.define_asset_job(
    "refresh",
    selection=dg.AssetSelection.all(),
    description="The whole job: from the inbox to the published dashboards.",
)

DAILY_SCHEDULE = dg.ScheduleDefinition(
    name="every_night",
    job=REFRESH_JOB,
    cron_schedule="0 3 * * *",
    execution_timezone="Europe/Amsterdam",
    default_status=dg.DefaultScheduleStatus.STOPPED,
)


def describe_inbox(inbox: Path) -> str:
    """A short text that changes when a file in the inbox is added, removed or changed."""
    digest = hashlib.sha256()
    for path in sorted(path for path in inbox.rglob("*") if path.is_file()):
        status = path.stat()
        digest.update(f"{path.relative_to(inbox)}|{status.st_size}|{status.st_mtime_ns}\n".encode())
    return digest.hexdigest()


@dg.sensor(
    job=REFRESH_JOB,
    minimum_interval_seconds=60,
    default_status=dg.DefaultSensorStatus.STOPPED,
    description="Starts a refresh when the inbox has changed and stayed the same for one interval.",
)
def inbox_changed(context: dg.SensorEvaluationContext) -> dg.SensorResult | dg.SkipReason:
    """A file that is still being copied changes between two looks: then it waits."""
    folder = os.environ.get(PREFIX + "INBOX")
    if not folder or not Path(folder).is_dir():
        return dg.SkipReason(f"{PREFIX}INBOX names no folder.")
    now = describe_inbox(Path(folder))
    seen, _, done = (context.cursor or "|").partition("|")
    if now == done:
        return dg.SkipReason("Nothing changed in the inbox.")
    if now != seen:
        return dg.SensorResult(
            skip_reason="The inbox is changing; looking again.", cursor=f"{now}|{done}"
        )
    return dg.SensorResult(run_requests=[dg.RunRequest(run_key=now)], cursor=f"{now}|{now}")
