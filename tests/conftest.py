"""One full run on the sample data, shared by every test that looks at what comes out."""

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
def sample_run(tmp_path_factory) -> Iterator[SampleRun]:
    home = tmp_path_factory.mktemp("sample") / "home"
    summary = run_sample(home)
    with open_warehouse(home / "warehouse.duckdb", is_read_only=True) as warehouse:
        yield SampleRun(home, warehouse, summary)
