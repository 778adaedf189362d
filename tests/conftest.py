"""One full run on the sample data, shared by every test that looks at what comes out."""

import fcntl
from collections.abc import Iterator
from contextlib import redirect_stdout
from dataclasses import dataclass
from io import StringIO
from pathlib import Path

import pytest

from assets.command_line import main
from pipelines.warehouse import Warehouse, open_warehouse

SAMPLE_DATA = Path(__file__).resolve().parents[1] / "sample_data"


@dataclass(frozen=True)
class SampleRun:
    """What ``krachtwerk run`` made of the sample data; to be read, never to be changed."""

    home: Path
    warehouse: Warehouse  # read-only
    summary: str  # what was printed


def run_sample(home: Path) -> str:
    """Runs the whole job on the sample data; returns what was printed."""
    printed = StringIO()
    with pytest.MonkeyPatch.context() as patch, redirect_stdout(printed):
        patch.setenv("KRACHTWERK_KEY_FILE", str(SAMPLE_DATA / "example.key"))
        code = main(["run", "--inbox", str(SAMPLE_DATA / "inbox"), "--home", str(home)])
    assert code == 0, printed.getvalue()
    return printed.getvalue()


@pytest.fixture(scope="session")
def sample_run(tmp_path_factory, worker_id) -> Iterator[SampleRun]:
    root = tmp_path_factory.getbasetemp()
    if worker_id != "master":  # the folder above is shared by the processes that run tests
        root = root.parent
    home, printed = root / "sample" / "home", root / "sample" / "printed.txt"
    home.parent.mkdir(exist_ok=True)
    with (home.parent / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)  # the first process runs it, the others wait for it
        if not printed.exists():
            printed.write_text(run_sample(home), encoding="utf-8")
    with open_warehouse(home / "warehouse.duckdb", is_read_only=True) as warehouse:
        yield SampleRun(home, warehouse, printed.read_text(encoding="utf-8"))
