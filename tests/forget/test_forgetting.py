"""A forgotten client is gone from every file, does not come back, and nobody else is touched."""

import json

import pytest

from pipelines.deliveries import read_journal
from pipelines.errors import UserError
from tests.forget.small_home import (
    FILES,
    FIRST,
    SECOND,
    copy_landing,
    deliver,
    forget,
    list_pseudonyms,
    list_pseudonyms_of_row,
    list_rows,
    list_rows_without_first,
    receive,
    stage,
)


def test_rows_of_the_client_go_with_everything_that_hangs_on_them_and_no_other_row(door):
    deliver(door)
    forgotten = forget(door)
    assert list_rows(door) == list_rows_without_first()
    assert forgotten.rows_by_kind == {
        "trajectory": 1, "contact": 2, "action_plan": 1, "goal": 1, "action": 1,
        "team_review_case": 1, "quality_rating": 1,
    }  # fmt: skip
    assert (forgotten.landing_files, forgotten.hits) == (7, {})


def test_rows_of_a_forgotten_client_are_counted_and_the_four_counts_still_add_up(door):
    deliver(door)
    forget(door)
    report = {name: counts for name, *counts in stage(door)}
    assert report["contact.csv"] == [3, 1, 0, 0, 2, 2]
    assert report["team.csv"] == [1, 1, 0, 0, 0, 0]
    for rows_read, *counts, forgotten in report.values():
        assert rows_read == sum(counts)
        assert forgotten <= counts[-1]


def test_home_holds_no_pseudonym_and_no_id_of_the_client_afterwards(door):
    deliver(door)
    stage(door)
    (pseudonym,) = list_pseudonyms_of_row(door, "trajectory.csv", 2, "client_id#client")
    assert pseudonym.encode() in door.read_home()
    forgotten = forget(door)
    kept = door.read_home()
    assert pseudonym.encode() not in kept
    assert FIRST.encode() not in kept
    assert forgotten.cleaned.removed == ["warehouse.duckdb"]
    assert forgotten.is_id_searched and forgotten.files_searched == len(door.list_home())


def test_same_files_under_new_names_do_not_bring_the_client_back(door):
    deliver(door)
    forget(door)
    again = {name: content + "\n" for name, content in FILES.items()}
    deliver(door, again, prefix="later-")
    rows = list_rows(door)
    for name, expected in list_rows_without_first().items():
        assert rows[f"later-{name}"] == expected, name
    report = {name: counts for name, *counts in stage(door)}
    assert report["later-contact.csv"] == [4, 1, 0, 0, 3, 2]


def test_child_rows_alone_do_not_come_back_either(door):
    deliver(door)
    forget(door)
    deliver(door, {"later.csv": "action_id;goal_id\n7;2\n8;1\n"})
    assert list_rows(door)["later.csv"] == {3}


def test_new_trajectory_of_a_forgotten_client_goes_with_its_contacts(door):
    deliver(door)
    forget(door)
    deliver(door, {"a.csv": "contact_id;trajectory_id;contact_date;mode\n9;5;2025-09-01;phone\n"})
    assert list_rows(door)["a.csv"] == {2}  # nobody can know yet whose it is
    header = FILES["trajectory.csv"].splitlines()[0]
    deliver(door, {"b.csv": f"{header}\n5;{FIRST};t1;w1;krachtwerk;2025-08-01\n"})
    rows = list_rows(door)
    assert (rows["a.csv"], rows["b.csv"]) == (set(), set())


def test_trajectory_that_a_correction_gave_to_another_client_is_not_forgotten(door):
    header = FILES["trajectory.csv"].splitlines()[0]
    deliver(door)
    deliver(door, {"zz.csv": f"{header}\n1;{SECOND};t1;w1;krachtwerk;2025-01-01\n"})
    forget(door)
    rows = list_rows(door)
    assert rows["trajectory.csv"] == {3}
    assert rows["zz.csv"] == {2}
    assert rows["contact.csv"] == {2, 3, 4}


def test_trajectory_that_a_correction_gave_to_the_client_is_forgotten(door):
    header = FILES["trajectory.csv"].splitlines()[0]
    deliver(door)
    deliver(door, {"zz.csv": f"{header}\n2;{FIRST};t1;w1;krachtwerk;2025-01-02\n"})
    forget(door)
    rows = list_rows(door)
    assert rows["contact.csv"] == rows["trajectory.csv"] == rows["zz.csv"] == set()


def test_another_organisation_with_the_same_ids_keeps_its_client(door):
    door.add_organisation("other")
    for name, content in FILES.items():
        door.write(name, content, "other")
    deliver(door)
    forget(door)
    kept = [d for d in door.receive().deliveries if d.organisation_id == "other"]
    assert sum(len(door.read_landing(d)) for d in kept) == sum(
        content.count("\n") - 1 for content in FILES.values()
    )


def test_rows_that_find_their_trajectory_by_client_and_date_go_too(door):
    columns = {"trajectory_id": "Nr", "client_id": "Dossier", "start_date": "Start"}
    constants = {"team_id": {"constant": "t1"}, "programme": {"constant": "krachtwerk"}}
    trajectory = {name: {"column": header} for name, header in columns.items()} | constants
    contact = {
        "kind": "contact",
        "row_key": {"field": "contact_id", "columns": ["Dossier", "Start", "Datum"]},
        "parent": {
            "field": "trajectory_id",
            "kind": "trajectory",
            "match": {"client_id": "Dossier", "start_date": "Start"},
        },
        "fields": {"contact_date": {"column": "Datum"}, "mode": {"constant": "phone"}},
    }
    door.add_source(
        "dossier",
        {"id": "t", "records": [{"kind": "trajectory", "fields": trajectory}]},
        {"id": "c", "records": [contact]},
    )
    door.add_organisation("org", source="dossier")
    deliver(
        door,
        {
            "t.csv": "Nr;Dossier;Start\n1;77;2025-01-01\n2;78;2025-01-01\n",
            "c.csv": "Dossier;Start;Datum\n77;2025-01-01;2025-02-01\n78;2025-01-01;2025-02-01\n",
        },
    )
    forget(door, "77")
    assert list_rows(door) == {"t.csv": {3}, "c.csv": {3}}


def test_id_that_the_mapping_pads_is_found_as_it_stands_in_the_file(door):
    fields = {
        "trajectory_id": {"column": "Nr"},
        "client_id": {"column": "Dossier", "pad_to": 8},
        "start_date": {"column": "Start"},
        "team_id": {"constant": "t1"},
        "programme": {"constant": "krachtwerk"},
    }
    door.add_source("pad", {"id": "t", "records": [{"kind": "trajectory", "fields": fields}]})
    door.add_organisation("org", source="pad")
    deliver(door, {"t.csv": "Nr;Dossier;Start\n1;77;2025-01-01\n2;78;2025-01-01\n"})
    forget(door, "77")
    assert list_rows(door) == {"t.csv": {3}}


def test_journal_has_a_sealed_tombstone_and_new_digests_and_nothing_of_the_client(door):
    deliver(door)
    hashes = list_pseudonyms(door, "client_id#client")
    forget(door)
    journal = door.run.journal.read_text()
    assert FIRST not in journal
    assert not any(pseudonym in journal for pseudonym in hashes)
    events = [json.loads(line) for line in journal.splitlines()]
    (tombstone,) = [event for event in events if event["event"] == "tombstone"]
    assert set(tombstone) == {"event", "organisation_id", "tombstones"}
    assert {len(one) for ones in tombstone["tombstones"].values() for one in ones} == {40}
    forgotten = [event for event in events if event["event"] == "forgotten"]
    assert len(forgotten) == 7
    assert {"landing_bytes", "landing_sha256", "forgotten"} < set(forgotten[0])


def test_landing_files_stay_read_only(door):
    deliver(door)
    forget(door)
    assert {path.stat().st_mode & 0o777 for path in door.run.landing.iterdir()} == {0o440}


@pytest.mark.parametrize("done", range(8))
def test_forgetting_that_was_cut_off_is_finished_by_asking_again(door, done):
    deliver(door)
    before = copy_landing(door)
    delivered = door.run.journal.read_text()
    forget(door)
    after, lines = copy_landing(door), door.run.journal.read_text().splitlines(keepends=True)
    finished = list_rows(door)

    # The tombstone and `done` lines are written; one file more than those was put in place.
    start = delivered.count("\n") + 1
    door.run.journal.write_text("".join(lines[: start + done]))
    written = [json.loads(line)["delivery"] for line in lines[start : start + done + 1]]
    deliveries, _ = read_journal(door.run.journal)
    names = {delivery.landing for delivery in deliveries if delivery.delivery in written}
    for path, content in before.items():
        path.unlink()
        path.write_bytes(after[path] if path.name in names else content)
    assert forget(door).hits == {}

    assert list_rows(door) == finished
    assert {n: c for n, *c in stage(door)}["contact.csv"] == [3, 1, 0, 0, 2, 2]


def test_forgetting_twice_changes_nothing(door):
    deliver(door)
    forget(door)
    journal, landing = door.run.journal.read_bytes(), copy_landing(door)
    again = forget(door)
    assert (again.rows_by_kind, again.landing_files, again.hits) == ({}, 0, {})
    assert (door.run.journal.read_bytes(), copy_landing(door)) == (journal, landing)


def test_unknown_client_and_unknown_organisation_change_nothing(door):
    deliver(door)
    journal = door.run.journal.read_bytes()
    with pytest.raises(UserError, match="No delivered row is about this client"):
        forget(door, "10000009")
    door.add_organisation("other")
    with pytest.raises(UserError, match="Nothing was ever accepted"):
        from pipelines.forget import forget_client

        forget_client(door.run, "elsewhere", FIRST)
    assert door.run.journal.read_bytes() == journal


def test_another_key_is_refused_because_nobody_could_be_recognised(door):
    deliver(door)
    door.run.key_file.write_bytes(bytes(range(100, 180)))
    with pytest.raises(UserError, match="not the one with which the deliveries were hashed"):
        forget(door)


def test_next_run_finishes_what_was_cut_off_after_the_tombstone(door):
    deliver(door)
    before = copy_landing(door)
    delivered = door.run.journal.read_text()
    forget(door)
    lines = door.run.journal.read_text().splitlines(keepends=True)
    door.run.journal.write_text("".join(lines[: delivered.count("\n") + 1]))
    for path, content in before.items():
        path.unlink()
        path.write_bytes(content)
    receive(door)
    assert list_rows(door) == list_rows_without_first()
