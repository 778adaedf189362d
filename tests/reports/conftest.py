"""The home and the site of the invented organisations, under the names that these tests use."""

import shutil
from pathlib import Path

import pytest

from pipelines.run import Run
from pipelines.warehouse import open_warehouse

TEAMS = ("nl-haven", "nl-kade", "zl-1")


@pytest.fixture(scope="session")
def run(synthetic_run):
    return synthetic_run


@pytest.fixture(scope="session")
def site(synthetic_site):
    return synthetic_site


def copy_home(run: Run, target: Path) -> Run:
    """A home of its own with what publishing needs; some of the teams, in Dutch: fewer pages."""
    for folder in ("protected", "attacker"):
        shutil.copytree(run.home / folder, target / folder)
    path = target / "protected" / "team.parquet"
    with open_warehouse() as warehouse:
        warehouse.execute(f"create table protected.t as select * from read_parquet('{path}')")
        warehouse.execute("delete from protected.t where not list_contains(?, team_id)", [[*TEAMS]])
        warehouse.execute(f"copy protected.t to '{path}' (format parquet)")
    return Run(target / "inbox", target, target / "key", run.catalogue, languages=("nl",))


@pytest.fixture
def home(run, tmp_path):
    return copy_home(run, tmp_path)
