"""The same files give the same tables, in whatever order and over however many runs they come."""

import os
import tempfile
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pipelines.deliveries.jumps import record_acceptance
from pipelines.records.steps import list_steps
from pipelines.warehouse import open_warehouse
from pipelines.warehouse.steps import build_all
from tests.deliveries.conftest import Door

TABLES = (
    "staged.delivery",
    "staged.organisation",
    "staged.team",
    "staged.trajectory",
    "staged.contact",
    "quality.quarantine",
    "quality.warning",
    "quality.delivery_report",
)
MODIFIED = 1_767_225_600  # every copy of a file keeps its modification time
HEADERS = {
    "team": "team_id;name;setting;start_date",
    "trajectory": "trajectory_id;client_id;team_id;programme;start_date",
    "contact": "contact_id;trajectory_id;contact_date;mode",
}
# Names and dates that meet, miss their parent or are faulty.
TEAM_ROWS = st.lists(
    st.sampled_from(["t1;Noord;outreach;2020-01-01", "t1;Zuid;other;2020-01-01", "t2;Oost;x;?"]),
    min_size=1, max_size=3,
)  # fmt: skip
TRAJECTORY_ROWS = st.lists(
    st.sampled_from(["j1;c1;t1;krachtwerk;2025-01-01", "j1;c2;t1;krachtwerk;2025-02-01",
                     "j2;c2;t9;krachtwerk;2025-01-01"]),
    min_size=1, max_size=3,
)  # fmt: skip
# Halved, doubled and whole: enough rows to be judged.
CONTACT_ROWS = st.tuples(st.sampled_from([25, 60, 130]), st.sampled_from(["phone", "fax"])).map(
    lambda found: [f"x{n};j1;2025-03-01;{found[1]}" for n in range(found[0])]
)
ROWS = {"team": TEAM_ROWS, "trajectory": TRAJECTORY_ROWS, "contact": CONTACT_ROWS}


@st.composite
def draw_files(draw) -> list[tuple[str, str, bool]]:
    """(name, content, whether somebody accepts it when it waits); every content is another."""
    files = []
    for day, kind in enumerate(["team", "trajectory", "contact", "contact", "contact"], start=1):
        rows = draw(ROWS[kind])
        # A blank line more each day: two files of the same rows are two deliveries.
        content = "\n".join([HEADERS[kind], *rows]) + "\n" * day
        files.append((f"{kind}_2026-01-{day:02}.csv", content, draw(st.booleans())))
    return files


def make_door(folder: Path) -> Door:
    door = Door(folder)
    door.run.key_file.parent.mkdir()
    door.run.key_file.write_bytes(bytes(range(7, 71)))
    door.run.key_file.chmod(0o600)
    door.add_source(
        "dated",
        *(
            {
                "id": kind,
                "file_date_pattern": r"(\d{4}-\d{2}-\d{2})",
                "records": [
                    {"kind": kind, "fields": {name: {"column": name} for name in text.split(";")}}
                ],
            }
            for kind, text in HEADERS.items()
        ),
    )
    door.add_organisation("org", source="dated")
    return door


def bring(runs: list[list[tuple[str, str, bool]]]) -> tuple[dict[str, list], list]:
    """The tables, and the files that wait, after files came in over several runs."""
    with tempfile.TemporaryDirectory() as folder:
        door = make_door(Path(folder))
        accepted = {name for files in runs for name, _, is_accepted in files if is_accepted}
        for files in runs:
            for name, content, _ in files:
                os.utime(door.write(name, content), (MODIFIED, MODIFIED))
            waiting = door.receive().waiting
            while found := [one for one in waiting if one.delivery.file in accepted]:
                record_acceptance(door.run.journal, found[0])
                waiting = door.receive().waiting
        with open_warehouse() as warehouse:
            build_all(list_steps(door.run.catalogue), warehouse, door.run)
            tables = {name: warehouse.fetch_all(f"from {name} order by all") for name in TABLES}
        return tables, [(one.delivery.file, one.reason) for one in waiting]


@settings(max_examples=6, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(draw_files(), st.randoms(use_true_random=False))
def test_order_of_arrival_over_several_runs_changes_nothing(files, random) -> None:
    at_once = bring([files])
    shuffled = list(files)
    random.shuffle(shuffled)
    cut = random.randint(1, len(files) - 1)
    assert bring([shuffled[:cut], shuffled[cut:]]) == at_once
    assert bring([[file] for file in reversed(shuffled)]) == at_once
