"""Releases: atomic, two kept, a line in the journal, the old one untouched when building fails."""

import json

import pytest

from pipelines.run import Run
from pipelines.warehouse import open_warehouse
from reports import publish
from reports.release import make_release_id, read_releases
from tests.reports.synthetic import make_protected_home


def change(run: Run, team_name: str) -> None:
    """Other data of the same home: a new release."""
    path = run.home / "protected" / "team.parquet"
    with open_warehouse() as warehouse:
        warehouse.execute(f"create table protected.t as select * from read_parquet('{path}')")
        warehouse.execute("update protected.t set name = ? where team_id = 'nl-kade'", [team_name])
        warehouse.execute(
            f"copy (select * from protected.t order by all) to '{path}' (format parquet)"
        )


def list_releases(run: Run) -> list[str]:
    return [json.loads(line)["release"] for line in run.journal.read_text().splitlines()]


def test_site_is_a_link_to_the_release_and_the_journal_names_it(home):
    summary = publish(home)
    assert home.site.is_symlink()
    assert home.site.resolve() == (home.releases / summary.release_id).resolve()
    assert (home.site / "index.html").is_file()
    assert list_releases(home) == [summary.release_id]
    assert summary.release_id.startswith("2026-08-31-")


def test_publishing_the_same_again_changes_nothing(home):
    first = publish(home)
    inode = (home.site / "index.html").stat().st_ino
    assert publish(home) == first
    assert (home.site / "index.html").stat().st_ino == inode
    assert len(list_releases(home)) == 1


def test_two_releases_are_kept(home):
    names = []
    for name in ("A", "B", "C"):
        change(home, name)
        names.append(publish(home).release_id)
    assert len(set(names)) == 3
    assert {path.name for path in home.releases.iterdir()} == set(names[1:])
    assert home.site.resolve().name == names[2]


def test_failed_build_leaves_the_published_site_as_it_was(home):
    first = publish(home)
    damaged = home.home / "protected" / "check_results.parquet"
    sound = damaged.read_bytes()
    damaged.write_bytes(b"no parquet")
    with pytest.raises(Exception, match="check_results"):
        publish(home)
    assert home.site.resolve().name == first.release_id
    assert (home.site / "index.html").is_file()
    assert list_releases(home) == [first.release_id]

    damaged.write_bytes(sound)
    change(home, "D")
    second = publish(home)
    assert {path.name for path in home.releases.iterdir()} == {first.release_id, second.release_id}


def test_same_results_on_another_machine_give_the_same_release(run, tmp_path):
    other = make_protected_home(tmp_path / "other")
    assert make_release_id(other, read_releases(other)) == make_release_id(run, read_releases(run))
