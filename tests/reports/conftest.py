"""The home and the site of the invented organisations, under the names that these tests use."""

import pytest


@pytest.fixture(scope="session")
def run(synthetic_run):
    return synthetic_run


@pytest.fixture(scope="session")
def site(synthetic_site):
    return synthetic_site
