"""A page cannot reach the warehouse: pages are built without it, and no connection opens a file."""

import shutil

import duckdb
import pytest

from pipelines.run import Run
from pipelines.warehouse import WarehouseError
from reports import build_site
from tests.reports.test_site import hash_files


@pytest.fixture
def opened(monkeypatch):
    """Every database that is opened, by name."""
    names = []
    connect = duckdb.connect

    def watch(database=":memory:", *arguments, **settings):
        names.append(str(database))
        return connect(database, *arguments, **settings)

    monkeypatch.setattr(duckdb, "connect", watch)
    return names


@pytest.fixture
def bare_home(run, tmp_path):
    """A home with protected tables and nothing else: what pages may know."""
    home = tmp_path / "home"
    shutil.copytree(run.home / "protected", home / "protected")
    return Run(home / "inbox", home, home / "key", run.catalogue)


def test_site_is_built_from_protected_tables_alone(bare_home, site, tmp_path, opened):
    (bare_home.home / "warehouse.duckdb").write_bytes(b"no page may read this")
    build_site(bare_home, tmp_path / "site")
    assert hash_files(tmp_path / "site") == hash_files(site)
    assert set(opened) == {":memory:"}
    assert {path.name for path in bare_home.home.iterdir()} == {"protected", "warehouse.duckdb"}


def test_every_table_a_page_reads_lies_in_the_protected_folder(bare_home, tmp_path, monkeypatch):
    """Bait beside the tables: had a page looked elsewhere, the build would not fail."""
    for path in (bare_home.home / "protected").iterdir():
        shutil.copy(path, bare_home.home / path.name)
    shutil.rmtree(bare_home.home / "protected")
    with pytest.raises(WarehouseError, match="protected"):
        build_site(bare_home, tmp_path / "site")
