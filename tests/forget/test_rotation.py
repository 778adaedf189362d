"""Another key for an organisation: everything carried over, nothing joined to what was before."""

import pytest

from pipelines.deliveries import read_journal
from pipelines.deliveries.keys import PseudonymKey
from pipelines.errors import UserError
from pipelines.forget import rotate_key
from pipelines.forget.tombstones import seal, unseal
from tests.forget.small_home import (
    FILES,
    FIRST,
    copy_landing,
    deliver,
    forget,
    list_pseudonyms,
    list_rows,
    list_rows_without_first,
    receive,
    stage,
)

COLUMNS = ("client_id#client", "trajectory_id#record", "worker_id#worker")


def test_no_hash_of_before_is_left_and_as_many_people_are_told_apart(door):
    deliver(door)
    before = {column: list_pseudonyms(door, column) for column in COLUMNS}
    report = stage(door)
    version, files = rotate_key(door.run, "org")
    assert (version, files) == (2, len(FILES))
    for column, old in before.items():
        new = list_pseudonyms(door, column)
        assert len(new) == len(old) and not new & old
    assert stage(door) == report


def test_files_that_come_after_the_change_meet_those_of_before(door):
    deliver(door)
    rotate_key(door.run, "org")
    old = {column: list_pseudonyms(door, column) for column in COLUMNS}
    deliver(door, {name: content + "\n" for name, content in FILES.items()}, prefix="later-")
    assert {column: list_pseudonyms(door, column) for column in COLUMNS} == old
    versions = {delivery.file: delivery.key_version for delivery in door.receive().deliveries}
    assert set(versions.values()) == {2}


def test_key_can_be_changed_again_and_again(door):
    deliver(door)
    assert [rotate_key(door.run, "org")[0] for _ in range(3)] == [2, 3, 4]
    old = list_pseudonyms(door, "client_id#client")
    deliver(door, {"later.csv": FILES["trajectory.csv"] + "\n"})
    assert list_pseudonyms(door, "client_id#client") == old


def test_other_organisation_keeps_its_key(door):
    door.add_organisation("other")
    door.write("trajectory.csv", FILES["trajectory.csv"], "other")
    deliver(door)
    names = {d.landing for d in door.receive().deliveries if d.organisation_id == "other"}
    before = copy_landing(door)
    rotate_key(door.run, "org")
    for path, content in copy_landing(door).items():
        assert (path.name in names) == (before[path] == content)


def test_forgotten_client_does_not_come_back_under_the_new_key(door):
    deliver(door)
    forget(door)
    rotate_key(door.run, "org")
    deliver(door, {name: content + "\n" for name, content in FILES.items()}, prefix="later-")
    rows = list_rows(door)
    for name, expected in list_rows_without_first().items():
        assert rows[name] == rows[f"later-{name}"] == expected, name
    assert forget(door).hits == {}


def test_client_can_be_forgotten_after_the_change(door):
    deliver(door)
    rotate_key(door.run, "org")
    assert forget(door, FIRST).hits == {}
    assert list_rows(door) == list_rows_without_first()


@pytest.mark.parametrize("done", [0, 1, 5, 9])
def test_change_that_was_cut_off_is_finished_by_the_next_run(door, done):
    deliver(door)
    before = copy_landing(door)
    lines_before = door.run.journal.read_text().count("\n")
    rotate_key(door.run, "org")
    after = copy_landing(door)
    lines = door.run.journal.read_text().splitlines(keepends=True)
    # The new version and `done` lines about files are written; the other files are the old ones.
    door.run.journal.write_text("".join(lines[: lines_before + 1 + done]))
    deliveries, _ = read_journal(door.run.journal)
    changed = {delivery.landing for delivery in deliveries if delivery.key_version == 2}
    changed |= {sorted({path.name for path in before} - changed)[0]}  # its line was never written
    for path, content in before.items():
        path.unlink()
        path.write_bytes(after[path] if path.name in changed else content)
    receive(door)
    assert copy_landing(door) == after


def test_nothing_changes_for_an_unknown_organisation_or_another_key(door):
    deliver(door)
    journal = door.run.journal.read_bytes()
    with pytest.raises(UserError, match="cannot be changed here"):
        rotate_key(door.run, "elsewhere")
    door.run.key_file.write_bytes(bytes(range(100, 180)))
    with pytest.raises(UserError, match="cannot be changed here"):
        rotate_key(door.run, "org")
    assert door.run.journal.read_bytes() == journal


def test_tombstone_opens_under_its_own_key_and_kind_only():
    key = PseudonymKey(bytes(range(40)))
    own, other = (key.derive_tombstone_key(name, 1) for name in ("org", "other"))
    tombstone = seal(own, "client", "0123456789abcdef0123")
    assert unseal(own, "client", tombstone) == "0123456789abcdef0123"
    assert unseal(own, "trajectory", tombstone) is None
    assert unseal(other, "client", tombstone) is None
    assert unseal(key.derive_tombstone_key("org", 2), "client", tombstone) is None
    assert "0123456789abcdef0123" not in tombstone
    assert seal(own, "trajectory", "0123456789abcdef0123") != tombstone


def test_units_of_earlier_releases_go_with_the_old_key(door):
    deliver(door)
    folder = door.run.kept / "2026-06-30-aaaaaaaa"
    folder.mkdir(parents=True)
    (folder / "indicator_units.parquet").write_bytes(b"units under the old pseudonyms")
    rotate_key(door.run, "org")
    assert not door.run.kept.exists()
