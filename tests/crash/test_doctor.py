"""The doctor finds every kind of damage, names file and remedy, and leaves a home that is well."""

import json
from pathlib import Path

import pytest

from assets.command_line import main
from pipelines.deliveries import hold_lock, read_journal
from pipelines.deliveries.journal import append_event
from pipelines.doctor import Cure, Examination, examine_home, repair_files
from pipelines.doctor.finding import NEEDS_PERSON, NEEDS_RUN
from tests.crash.bare_run import finish, make_run
from tests.crash.conftest import copy_home, read_home
from tests.crash.damages import DAMAGES, find_landing, flip


@pytest.fixture(scope="module")
def run(place):
    return make_run(place.root, "patient")


@pytest.fixture
def home(place, run) -> Path:
    """A home in which all is well."""
    return copy_home(place.root / "undisturbed", run.home)


def examine(run) -> Examination:
    return examine_home(run, has_inbox=True)


def test_home_in_order_has_no_findings(home, run):
    found = examine(run)

    assert (found.findings, found.deliveries, found.is_whole) == ((), 3, True)


@pytest.mark.parametrize("name", DAMAGES)
def test_damage_is_found_with_its_place_and_only_a_run_is_left_to_do(home, run, name):
    spoil, what, cure = DAMAGES[name]
    spoil(home)

    found = examine(run)

    finding = next(finding for finding in found.findings if what in finding.what)
    assert finding.cure is cure
    assert str(home) in finding.where
    assert finding.to_do
    repair_files(run, found.findings, is_loss_accepted=False)
    left = examine(run)
    assert left.is_whole
    if cure is Cure.REMOVE:
        assert left.findings == ()
    if cure is Cure.CUT:
        repair_files(run, left.findings, is_loss_accepted=False)
    assert {finding.cure for finding in examine(run).findings} <= NEEDS_RUN


def test_everything_at_once_is_well_again_after_the_doctor_and_a_run(place, home, run):
    for spoil, _, _ in reversed(DAMAGES.values()):  # the journal last: the others read it
        try:
            spoil(home)
        except (OSError, StopIteration):
            continue  # what it would spoil is gone already
    for _ in range(2):
        repair_files(run, examine(run).findings, is_loss_accepted=False)

    assert finish(place.root, run.home.name) == 0

    assert examine(run).findings == ()
    left = read_home(home)
    assert {name: left[name] for name in ("landing", "results", "protected", "site")} == {
        name: place.after[name] for name in ("landing", "results", "protected", "site")
    }


def test_event_of_another_version_is_left_to_a_person(home, run):
    append_event(run.journal, {"event": "blessing"})

    (finding,) = examine(run).findings

    assert "'blessing'" in finding.what
    assert finding.cure in NEEDS_PERSON
    before = run.journal.read_bytes()
    repair_files(run, [finding], is_loss_accepted=True)
    assert run.journal.read_bytes() == before


@pytest.fixture
def emptied(place, home, run):
    """The landing file of one export is gone, and so is the export."""
    find_landing(home, "trajectory.csv").unlink()
    export = run.inbox / "papaverdal" / "trajectory.csv"
    aside = place.root / "aside.csv"
    export.rename(aside)
    yield home
    aside.rename(export)


def test_loss_is_named_and_needs_a_person_who_accepts_it(emptied, run, place, capsys):
    options = ["doctor", "--home", str(run.home)]
    assert main(options) == 1
    said = capsys.readouterr().out
    assert "trajectory.csv" in said
    assert "--accept-loss" in said
    assert finish(place.root, run.home.name) != 0  # no scores without what was accepted

    assert main([*options, "--repair"]) == 1
    assert main([*options, "--repair", "--accept-loss"]) == 0
    assert json.loads(run.journal.read_text().splitlines()[-1])["event"] == "lost"

    assert finish(place.root, run.home.name) == 0
    assert [one.file for one in read_journal(run.journal)[0]] == ["team.csv", "worker.csv"]


def test_landing_file_without_a_line_is_kept_until_somebody_decides(emptied, run):
    lines = run.journal.read_text().splitlines(keepends=True)
    run.journal.write_text("".join(line for line in lines if "trajectory.csv" not in line))
    orphan = run.landing / "0123456789abcdef0123456789abcdef.parquet"
    orphan.write_bytes(b"PAR1")

    found = [one for one in examine(run).findings if one.path == orphan]

    assert [one.cure for one in found] == [Cure.DELIVER]
    repair_files(run, found, is_loss_accepted=False)
    assert orphan.exists()
    repair_files(run, found, is_loss_accepted=True)
    assert not orphan.exists()


def test_command_repairs_with_a_run_and_ends_well(place, home, run, capsys, monkeypatch):
    monkeypatch.setenv("KRACHTWERK_KEY_FILE", str(run.key_file))
    (home / "warehouse.duckdb").write_bytes(b"x" * 50_000)
    find_landing(home, "team.csv").unlink()
    options = ["doctor", "--home", str(home), "--inbox", str(run.inbox)]

    assert main(options) == 1
    said = capsys.readouterr().out
    assert "1. The landed rows of an accepted file are missing." in said
    assert "2. The warehouse is damaged." in said
    assert main([*options, "--repair"]) == 0
    assert "All is well: 3 accepted file(s)" in capsys.readouterr().out


def test_doctor_does_not_work_beside_a_run(home, run, capsys):
    with hold_lock(run.home):
        assert main(["doctor", "--home", str(home)]) == 75


def test_home_that_is_not_there_is_said(tmp_path, capsys):
    assert main(["doctor", "--home", str(tmp_path / "no")]) == 2
    assert "There is no such home." in capsys.readouterr().err
    assert not (tmp_path / "no").exists()


def test_damaged_register_of_what_was_published_is_left_to_a_person(home, run):
    (folder,) = (path for path in (home / "registry").iterdir() if path.name == shown(home))
    flip(folder / "counts.parquet")

    (finding,) = examine(run).findings

    assert "The register of what was published before" in finding.what
    assert str(folder) in finding.where
    assert finding.cure in NEEDS_PERSON


def shown(home: Path) -> str:
    """The register that the last release names."""
    return json.loads((home / "journal.jsonl").read_text().splitlines()[-1])["registry"]
