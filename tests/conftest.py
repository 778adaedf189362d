"""What is made once and looked at by many tests: a full run on the sample data, and the site of
invented organisations with every status that a page must be able to show.

Everything here is shared by all processes that run tests: to be read, never to be changed.
"""

import fcntl
import shutil
from collections.abc import Callable, Iterator
from contextlib import redirect_stdout
from dataclasses import dataclass
from io import StringIO
from pathlib import Path

import pytest

from assets.command_line import main
from pipelines.catalogue import load_catalogue
from pipelines.run import Run
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
def make_once(tmp_path_factory, worker_id) -> Callable[[str, Callable[[Path], None]], Path]:
    """A function that makes a folder in the first process that asks and gives it to all."""
    root = tmp_path_factory.getbasetemp()
    if worker_id != "master":  # the folder above is shared by the processes that run tests
        root = root.parent

    def make(name: str, build: Callable[[Path], None]) -> Path:
        folder, done = root / name, root / f"{name}.done"
        with (root / f"{name}.lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)  # the first process makes it, the others wait for it
            if not done.exists():
                shutil.rmtree(folder, ignore_errors=True)  # what a failed attempt left
                folder.mkdir()
                build(folder)
                done.touch()
        return folder

    return make


@pytest.fixture(scope="session")
def sample_run(make_once) -> Iterator[SampleRun]:
    def build(folder: Path) -> None:
        (folder / "printed.txt").write_text(run_sample(folder / "home"), encoding="utf-8")

    folder = make_once("sample", build)
    with open_warehouse(folder / "home" / "warehouse.duckdb", is_read_only=True) as warehouse:
        printed = (folder / "printed.txt").read_text(encoding="utf-8")
        yield SampleRun(folder / "home", warehouse, printed)


@pytest.fixture(scope="session")
def synthetic_run(make_once) -> Run:
    """A home with protected tables of the invented organisations, and nothing else."""
    from tests.reports.synthetic import make_protected_home

    home = make_once("synthetic-home", make_protected_home)
    return Run(home / "inbox", home, home / "key", load_catalogue())


@pytest.fixture(scope="session")
def synthetic_site(synthetic_run, make_once) -> Path:
    """The site of the invented organisations, in both languages."""
    from reports import build_site

    return make_once("synthetic-site", lambda folder: build_site(synthetic_run, folder))


@pytest.fixture(scope="session")
def hostile_folder(synthetic_run, make_once) -> Path:
    """What an organisation gets whose name and teams try to break out of pages and files."""
    from tests.reports.hostile_names import publish_hostile_site

    home = make_once("hostile-home", lambda home: publish_hostile_site(synthetic_run, home))
    return (home / "site" / "organisations" / "noordlicht").resolve()
