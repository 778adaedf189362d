"""Scoring a world in SQL, in one warehouse for all tests of a module."""

from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest

from pipelines.catalogue import load_catalogue
from pipelines.facts import STEPS as FACT_STEPS
from pipelines.run import Run
from pipelines.scoring import STEPS as SCORING_STEPS
from pipelines.warehouse import Warehouse, open_warehouse
from pipelines.warehouse.steps import build_all
from tests.oracle.compare import ScoreWorld
from tests.oracle.load import load_world
from tests.oracle.world import World

STEPS = FACT_STEPS + SCORING_STEPS


@pytest.fixture(scope="module")
def score_in_sql(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ScoreWorld]:
    """Scores a world anew and gives the warehouse that holds the results."""
    folder: Path = tmp_path_factory.mktemp("oracle")
    run = Run(folder / "inbox", folder / "home", folder / "key", load_catalogue())
    with open_warehouse() as warehouse:
        yield partial(_score, warehouse, run)


def _score(warehouse: Warehouse, run: Run, world: World) -> Warehouse:
    load_world(warehouse, run.catalogue, world)
    build_all(STEPS, warehouse, run)
    return warehouse
