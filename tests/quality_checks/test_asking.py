"""Only organisations with news are asked about, and the results are those of asking all."""

import pytest

from pipelines.catalogue import load_catalogue
from quality_checks import list_checks
from quality_checks.asking import ask_changed
from tests.quality_checks.conftest import AS_OF

CHECKS = list_checks(load_catalogue(), AS_OF)


def sign(warehouse, **fingerprints: str) -> None:
    warehouse.execute(
        "create or replace table staged.fingerprint (organisation_id VARCHAR, fingerprint VARCHAR)"
    )
    for pair in fingerprints.items():
        warehouse.execute("insert into staged.fingerprint values (?, ?)", pair)


def read(warehouse, table: str) -> list[tuple]:
    return warehouse.fetch_all(f"from {table} order by all")


def refuse():
    raise AssertionError("Great Expectations was started")


@pytest.fixture
def asked(make_warehouse, validator):
    """A warehouse about which every check was asked; and the way to ask."""
    with make_warehouse() as warehouse:
        sign(warehouse, noord="1", zuid="1")
        ask_changed(warehouse, None, CHECKS, lambda: validator)
        yield warehouse


def test_nothing_is_asked_of_a_warehouse_without_news(asked):
    before = read(asked, "quality.check_result")
    ask_changed(asked, None, CHECKS, refuse)
    assert read(asked, "quality.check_result") == before != []


def test_news_of_one_organisation_gives_what_asking_about_all_gives(asked, validator):
    asked.execute("update staged.contact set duration_minutes = -1 where organisation_id = 'noord'")
    # An organisation without news keeps its answers, whatever happened behind its back.
    asked.execute("update staged.goal set goal_id = 'one' where organisation_id = 'zuid'")
    sign(asked, noord="2", zuid="1")
    ask_changed(asked, None, CHECKS, lambda: validator)
    failed = "from quality.check_result where status <> 'passed' and status <> 'not_applicable'"
    assert asked.fetch_all(f'select distinct organisation_id, "check", status {failed}') == [
        ("noord", "range:duration_minutes", "failed")
    ]
    asked.execute("delete from staged.goal where organisation_id = 'zuid'")
    sign(asked, noord="2", zuid="2")
    ask_changed(asked, None, CHECKS, lambda: validator)
    part = {name: read(asked, name) for name in ("quality.check_result", "quality.violation")}
    asked.execute("drop table quality.checks_asked")
    ask_changed(asked, None, CHECKS, lambda: validator)
    assert part == {name: read(asked, name) for name in part}


def test_an_organisation_that_is_gone_has_no_results(asked, validator):
    asked.execute("delete from staged.organisation where organisation_id = 'zuid'")
    sign(asked, noord="1")
    ask_changed(asked, None, CHECKS, lambda: validator)
    assert {row[3] for row in read(asked, "quality.check_result")} == {"noord"}


def test_other_checks_are_asked_of_everybody(asked):
    with pytest.raises(AssertionError, match="was started"):
        ask_changed(asked, None, CHECKS[:-1], refuse)


def test_a_check_that_raised_is_asked_again(asked, validator):
    asked.execute(
        "update quality.check_result set status = 'error' where organisation_id = 'noord'"
    )
    with pytest.raises(AssertionError, match="was started"):
        ask_changed(asked, None, CHECKS, refuse)
    ask_changed(asked, None, CHECKS, lambda: validator)
    assert asked.fetch_all("from quality.check_result where status = 'error'") == []
