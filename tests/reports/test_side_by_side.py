"""Folders built in several processes: the same bytes, and a clear message when one is ended."""

from dataclasses import replace

import pytest

from pipelines.errors import UserError
from pipelines.faults import FAULT_VARIABLE, FaultPoint
from reports.release import read_releases
from reports.side_by_side import FEWEST_TEAM_PAGES, build_folders, count_processes, count_processors
from reports.site import list_tasks
from tests.reports.test_site import hash_files


@pytest.fixture
def tasks(run, tmp_path):
    return list_tasks(run, tmp_path, None, read_releases(run))


def test_two_processes_write_what_one_writes(run, site, tasks, tmp_path):
    built = build_folders(run, tasks, processes=2)
    assert hash_files(tmp_path / "organisations") == hash_files(site / "organisations")
    assert [summary.pages > 0 for summary in built] == [True, True]


def test_process_that_is_ended_gives_one_clear_message(run, tasks, monkeypatch):
    monkeypatch.setenv(FAULT_VARIABLE, FaultPoint.PAGE_WRITTEN)
    with pytest.raises(UserError, match="ended from outside") as raised:
        build_folders(run, tasks, processes=2)
    assert "run again" in raised.value.to_do


def test_fault_in_another_process_is_told_as_it_is(run, tasks):
    with pytest.raises(KeyError, match="known_until"):
        rows = [{**task.row} for task in tasks]
        for row in rows:
            del row["known_until"]
        broken = [replace(task, row=row) for task, row in zip(tasks, rows, strict=True)]
        build_folders(run, broken, processes=2)


def test_few_pages_are_built_in_one_process(run, tasks):
    assert sum(task.teams for task in tasks) * 2 < FEWEST_TEAM_PAGES
    assert count_processes(run, tasks) == 1


def test_many_pages_are_built_in_a_process_per_processor_but_no_more_than_folders(run, tasks):
    large = [replace(task, teams=FEWEST_TEAM_PAGES) for task in tasks]
    assert count_processes(run, large) == min(count_processors(), len(large))
    assert count_processes(run, large[:1]) == 1


def test_user_error_comes_whole_out_of_another_process():
    import pickle

    fault = UserError("what", "where", "expected", "to do")
    copy = pickle.loads(pickle.dumps(fault))
    assert (str(copy), copy.to_do) == (str(fault), "to do")
