"""A new release beside the one before: what is written again, what it says is new."""

import json
import re
from types import SimpleNamespace

import pandas as pd

from pipelines.run import Run
from pipelines.warehouse import open_warehouse
from reports import publish
from reports.folder_writer import FolderWriter
from reports.released_figures import compare

CLOSED = "2025-Q1"


def change_scores(run: Run, condition: str, change: str) -> None:
    path = run.home / "protected" / "indicator_scores.parquet"
    with open_warehouse() as warehouse:
        warehouse.execute(f"create table protected.t as select * from read_parquet('{path}')")
        warehouse.execute(f"update protected.t set {change} where {condition}")
        warehouse.execute(
            f"copy (select * from protected.t order by all) to '{path}' (format parquet)"
        )


def correct_one_figure(run: Run) -> str:
    condition = (
        "organisation_id = 'noordlicht' and team_id = 'nl-haven' and indicator_id = 'KI-1'"
        f" and period = '{CLOSED}'"
    )
    change_scores(run, condition, "value = 0.4321")
    return f"KI-1|noordlicht|nl-haven|{CLOSED}|v1"


def list_inodes(folder) -> dict[str, int]:
    return {
        str(path.relative_to(folder)): path.stat().st_ino
        for path in folder.rglob("*")
        if path.is_file()
    }


def test_an_organisation_without_changes_keeps_every_file(home):
    publish(home)
    before = list_inodes((home.site / "organisations" / "zuiderlicht").resolve())
    first = home.site.resolve()
    correct_one_figure(home)
    publish(home)
    assert home.site.resolve() != first
    assert list_inodes((home.site / "organisations" / "zuiderlicht").resolve()) == before


def test_shared_files_of_a_changed_organisation_are_not_written_again(home):
    publish(home)
    before = list_inodes((home.site / "organisations" / "noordlicht").resolve())
    correct_one_figure(home)
    publish(home)
    after = list_inodes((home.site / "organisations" / "noordlicht").resolve())
    same = {name for name in after if before.get(name) == after[name]}
    assert {name for name in after if name.startswith("static/")} <= same
    assert "nl/downloads/team-nl-kade-profile.csv" in same
    assert "nl/team-nl-haven.html" not in same


def test_the_release_page_names_the_corrected_figure(home):
    publish(home)
    first = home.site.resolve().name
    correct_one_figure(home)
    publish(home)
    folder = home.site / "organisations" / "noordlicht"
    html = (folder / "nl" / "releases.html").read_text(encoding="utf-8")
    assert first[:10] in html
    assert "Haven" in html
    assert "43,2%" in html
    assert "gecorrigeerd, periode was om" in html
    release = json.loads((folder / "release.json").read_text())
    assert release["figures"][f"KI-1|noordlicht|nl-haven|{CLOSED}|v1"][0] == 0.4321


def test_a_first_release_has_nothing_to_compare_with(home):
    publish(home)
    html = (home.site / "organisations" / "noordlicht" / "nl" / "releases.html").read_text()
    assert "eerste uitgave" in html


def test_going_back_to_earlier_data_compares_with_what_was_published_last(home):
    protected = home.home / "protected" / "indicator_scores.parquet"
    original = protected.read_bytes()
    first = publish(home).release_id
    correct_one_figure(home)
    publish(home)
    protected.write_bytes(original)
    assert publish(home).release_id == first
    html = (home.site / "organisations" / "noordlicht" / "nl" / "releases.html").read_text()
    assert "43,2%" in html


def test_figures_are_counted_by_what_became_of_them():
    scores = pd.DataFrame(
        [
            ("same", 0.5, 3.0, "scored", False),
            ("corrected", 0.6, 3.0, "scored", False),
            ("provisional", 0.6, 3.0, "scored", True),
            ("added", 0.1, 1.0, "scored", True),
        ],
        columns=["score_key", "value", "score", "status", "is_provisional"],
    )
    before = {
        "release": "r1",
        "deliveries": ["a"],
        "versions": {"KI-1": 1, "EV-2": 1},
        "figures": {
            "same": [0.5, 3.0, "scored", False],
            "corrected": [0.5, 3.0, "scored", False],
            "provisional": [0.5, 3.0, "scored", True],
            "gone": [0.5, 3.0, "scored", False],
        },
    }
    deliveries = [{"delivery": "b", "file": "nieuw.csv"}, {"delivery": "a", "file": "oud.csv"}]
    data = SimpleNamespace(itself=SimpleNamespace(scores=scores), teams=[], deliveries=deliveries)
    changes = compare(data, {"KI-1": 2, "EV-2": 1}, before)
    assert changes.figures == dict.fromkeys(
        ("same", "corrected", "provisional", "added", "gone"), 1
    )
    assert [one.score_key for one in changes.corrected] == ["corrected"]
    assert changes.new_files == ("nieuw.csv",)
    assert changes.new_versions == (("KI-1", 1, 2),)


def test_a_file_with_other_content_is_written_anew(tmp_path):
    old = FolderWriter(tmp_path / "old")
    old.write("a/b.txt", b"one")
    old.write("c.txt", b"same")
    new = FolderWriter(tmp_path / "new", tmp_path / "old")
    new.write("a/b.txt", b"two")
    new.write("c.txt", b"same")
    assert (new.written, new.kept) == (1, 1)
    assert (tmp_path / "old" / "a" / "b.txt").read_bytes() == b"one"
    assert (tmp_path / "new" / "c.txt").stat().st_nlink == 2


def test_figure_that_stays_as_published_is_counted_on_every_page_and_named_on_one(home):
    publish(home)
    key = correct_one_figure(home)
    change_scores(home, f"score_key = '{key}'", "is_kept = true")
    publish(home)
    folder = home.site / "organisations" / "noordlicht" / "nl"
    for page in folder.glob("*.html"):
        assert "Van 1 cijfer blijft staan wat eerder" in page.read_text(encoding="utf-8"), page.name
    html = (folder / "releases.html").read_text(encoding="utf-8")
    (kept,) = re.findall(r"(?s)<h2 id=\"kept\">.*?<ul[^>]*>(.*?)</ul>", html)
    assert re.sub("<[^>]*>", "", kept).endswith("Haven, eerste kwartaal 2025")
    others = home.site / "organisations" / "zuiderlicht" / "nl" / "index.html"
    assert "blijft staan" not in others.read_text(encoding="utf-8")
