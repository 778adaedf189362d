"""Proposals for the sample layouts with their mapping removed, made once for all tests."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from pipelines.catalogue import load_catalogue
from pipelines.onboard import Proposal, propose_mapping
from pipelines.warehouse import open_warehouse

SAMPLE_INBOX = Path(__file__).resolve().parents[2] / "sample_data" / "inbox"
# No mapping at all: nothing of what is to be proposed can be looked up.
CATALOGUE = replace(load_catalogue(), sources={})


def list_exports(organisation: str) -> list[Path]:
    folder = SAMPLE_INBOX / organisation
    return [path for path in folder.rglob("*") if path.suffix in (".csv", ".xlsx", ".parquet")]


def look_at(paths: list[Path], work: Path) -> Proposal:
    work.mkdir(parents=True)
    with open_warehouse() as warehouse:
        return propose_mapping(paths, CATALOGUE, warehouse, work)


@pytest.fixture(scope="session")
def zilverhorst(tmp_path_factory) -> Proposal:
    return look_at(list_exports("zilverhorst"), tmp_path_factory.mktemp("look") / "work")


@pytest.fixture(scope="session")
def getij(tmp_path_factory) -> Proposal:
    return look_at(list_exports("getij"), tmp_path_factory.mktemp("look") / "work")


@pytest.fixture
def look(tmp_path) -> Callable[..., Proposal]:
    """Looks at files given as name -> content."""

    def look_at_contents(**contents: str | bytes) -> Proposal:
        paths = []
        for name, content in contents.items():
            path = tmp_path / f"{name}.csv"
            path.write_bytes(content.encode() if isinstance(content, str) else content)
            paths.append(path)
        return look_at(paths, tmp_path / "work")

    return look_at_contents
