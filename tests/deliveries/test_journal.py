"""The journal survives a crash in the middle of a line, and the last line about a file counts."""

from datetime import date

import pytest

from pipelines.deliveries.journal import (
    Delivery,
    DeliveryWarning,
    Refusal,
    append_event,
    describe_event,
    read_events,
    read_journal,
)
from pipelines.errors import UserError

DELIVERY = Delivery(
    delivery="a1",
    organisation_id="org",
    file="map/teams.csv",
    source="canonical",
    source_version=1,
    export="team",
    file_date=date(2026, 1, 15),
    file_date_origin="modified",
    modified_at="2026-01-15T00:00:00+00:00",
    rows_read=3,
    not_a_record=1,
    ragged=0,
    landing="x.parquet",
    columns_kept=("team_id", "client_id#client"),
    columns_unknown=("Größe",),
    sheets=(),
    sheet=None,
    header_row=1,
    format="csv",
    encoding="cp1252",
    separator="semicolon",
    mapping="ff",
    key_fingerprint="ee",
    key_version=1,
    warnings=(DeliveryWarning("ragged_rows", row_count=2), DeliveryWarning("x", "Naam")),
)
REFUSAL = Refusal(
    "b2", "org", "oud.csv", "No.", "header_incomplete", {"columns": ["Größe"], "rows": 3}, "aa"
)


def test_entries_come_back_as_they_were_written(tmp_path):
    path = tmp_path / "home" / "journal.jsonl"
    append_event(path, describe_event(DELIVERY))
    append_event(path, {"event": "release", "release": "r1"})
    append_event(path, describe_event(REFUSAL))

    assert read_journal(path) == ((DELIVERY,), (REFUSAL,))
    assert [event["event"] for event in read_events(path)] == ["delivery", "release", "refused"]


def test_missing_journal_is_an_empty_one(tmp_path):
    assert read_journal(tmp_path / "journal.jsonl") == ((), ())


@pytest.mark.parametrize("torn", [b'{"event":"deli', b'{"event":"x"}', b"\xff\xfe"])
def test_torn_last_line_is_ignored_and_cut_off_by_the_next_one(tmp_path, torn):
    path = tmp_path / "journal.jsonl"
    append_event(path, describe_event(DELIVERY))
    whole = path.read_bytes()
    path.write_bytes(whole + torn)

    assert read_journal(path) == ((DELIVERY,), ())
    append_event(path, describe_event(REFUSAL))

    assert read_journal(path) == ((DELIVERY,), (REFUSAL,))
    assert path.read_bytes().startswith(whole)
    assert torn not in path.read_bytes()


def test_torn_only_line_leaves_an_empty_journal(tmp_path):
    path = tmp_path / "journal.jsonl"
    path.write_bytes(b'{"event"')

    assert read_events(path) == []
    append_event(path, {"event": "release"})
    assert read_events(path) == [{"event": "release"}]


def test_damage_before_the_last_line_is_told_with_its_place(tmp_path):
    path = tmp_path / "journal.jsonl"
    path.write_bytes(b'{"event":"release"}\nxx\n{"event":"release"}\n')

    with pytest.raises(UserError, match="line 2"):
        read_events(path)


def test_last_line_about_a_file_counts(tmp_path):
    path = tmp_path / "journal.jsonl"
    refusal = Refusal(DELIVERY.delivery, "org", DELIVERY.file, "No header row matches.")
    append_event(path, describe_event(refusal))
    append_event(path, describe_event(DELIVERY))
    assert read_journal(path) == ((DELIVERY,), ())

    append_event(path, describe_event(refusal))
    assert read_journal(path) == ((), (refusal,))


def test_refusal_of_before_there_were_codes_is_read(tmp_path):
    path = tmp_path / "journal.jsonl"
    line = {"event": "refused", "delivery": "b2", "organisation_id": "org", "file": "oud.csv"}
    append_event(path, {**line, "reason": "No.", "mapping": "aa"})

    assert read_journal(path) == ((), (Refusal("b2", "org", "oud.csv", "No.", mapping="aa"),))
