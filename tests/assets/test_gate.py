"""A blocking check that fails stops publication, and says so; everything else is left in peace."""

import shutil

import dagster as dg
import pytest

from assets.check_assets import CHECK_RESULT
from assets.session import open_session
from assets.settings import read_run
from assets.summary import describe_run
from assets.whole_run import materialize_assets
from pipelines.records.made_from import forget_table
from tests.conftest import SAMPLE_DATA
from tests.pipeline.conftest import read_tree

CHECKS_AND_AFTER = dg.AssetSelection.assets(
    "quality/check_result", "quality/violation"
).downstream()


@pytest.fixture(scope="module")
def blocked(sample_run, tmp_path_factory):
    """The sample home, of which a staged table was spoilt before the checks ran again."""
    home = tmp_path_factory.mktemp("blocked") / "home"
    shutil.copytree(sample_run.home, home, symlinks=True)
    run = read_run(
        {
            "inbox": str(SAMPLE_DATA / "inbox"),
            "home": str(home),
            "key_file": str(SAMPLE_DATA / "example.key"),
        },
        {},
    )
    lines: list[str] = []
    with open_session(run) as session:
        session.warehouse.execute(
            "update staged.team set name = null where organisation_id = 'papaverdal'"
        )
        forget_table(session.warehouse, CHECK_RESULT)  # else there is no news to ask about
        is_published = materialize_assets(session, lines.append, CHECKS_AND_AFTER)
        summary = describe_run(session, is_published)
        yield home, is_published, summary


def test_a_failed_blocking_check_closes_the_gate(blocked):
    _, is_published, _ = blocked
    assert is_published is False


@pytest.mark.parametrize("folder", ["site", "results", "protected"])
def test_behind_the_closed_gate_everything_stays_as_it_was(sample_run, blocked, folder):
    home, _, _ = blocked
    assert read_tree(home / folder) == read_tree(sample_run.home / folder)


def test_the_summary_names_the_check_and_the_organisation(blocked):
    _, _, summary = blocked
    assert "blocking: team, required:name, papaverdal: " in summary
    assert "Published   nothing" in summary
