"""A home with protected tables of invented organisations, and its site, once per session."""

import pytest

from reports import build_site
from tests.reports.synthetic import make_protected_home


@pytest.fixture(scope="session")
def run(tmp_path_factory):
    return make_protected_home(tmp_path_factory.mktemp("home"))


@pytest.fixture(scope="session")
def site(run, tmp_path_factory):
    folder = tmp_path_factory.mktemp("site") / "site"
    build_site(run, folder)
    return folder
