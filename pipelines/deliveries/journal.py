"""The journal: one line per accepted delivery, refusal, loss and release, written for good.

A line is on disk before the step counts as done. A crash can leave a torn last line; it is
ignored, and cut off before the next line is written. What does not belong here: values of rows.
"""

import json
import os
from collections.abc import Mapping
from dataclasses import dataclass, field, fields, replace
from datetime import date
from pathlib import Path
from typing import Any, BinaryIO

from pipelines.catalogue.refusal_words import RefusalValue
from pipelines.errors import UserError
from pipelines.faults import FaultPoint, pass_point

# What a line can be about. A room that writes another event adds its name here, and nowhere else.
DELIVERY = "delivery"
REFUSED = "refused"
LOST = "lost"  # a delivery whose rows are gone for good; somebody said so
RELEASE = "release"
PROFILE = "profile"  # a landed file in counts
ACCEPTED = "accepted"  # a waiting file that somebody took as it is
KEY_VERSION = "key_version"  # from here on an organisation has another key
TOMBSTONE = "tombstone"  # a client is to be forgotten
# A landing file was written anew: without the rows of forgotten clients, or under another key.
FORGOTTEN = "forgotten"
CARRIED_OVER = "carried_over"
REWRITTEN_FIELDS = ("forgotten", "key_version", "landing_bytes", "landing_sha256")
EVENTS = frozenset(
    {DELIVERY, REFUSED, LOST, RELEASE, PROFILE, ACCEPTED, KEY_VERSION, TOMBSTONE}
    | {FORGOTTEN, CARRIED_OVER}
)


@dataclass(frozen=True)
class DeliveryWarning:
    """Something that was detected or repaired at the door, without any value."""

    warning: str
    column: str | None = None
    row_count: int | None = None


@dataclass(frozen=True)
class Delivery:
    """One accepted file of one organisation."""

    delivery: str  # sha-256 of the bytes; of a further sheet: made from that and its place
    organisation_id: str
    file: str
    source: str
    source_version: int
    export: str
    file_date: date
    file_date_origin: str  # preamble, name, exported_on or modified
    modified_at: str  # ISO 8601, UTC
    rows_read: int  # rows below the header, blank and total rows included
    not_a_record: int
    ragged: int
    landing: str  # file name in <home>/landing
    columns_kept: tuple[str, ...]
    columns_unknown: tuple[str, ...]
    sheets: tuple[str, ...]
    sheet: str | None
    header_row: int
    format: str
    encoding: str | None
    separator: str | None
    mapping: str  # fingerprint of the columns the export lands with
    key_fingerprint: str
    key_version: int
    warnings: tuple[DeliveryWarning, ...] = field(default=())
    # Of the landing file; None in a line of before they were written down.
    landing_bytes: int | None = None
    landing_sha256: str | None = None
    forgotten: int = 0  # rows taken out since, because their client was forgotten
    workbook: str | None = None  # of a further sheet: the delivery of the file that it stands in

    @property
    def content(self) -> str:
        """The sha-256 of the file that it came in."""
        return self.workbook or self.delivery

    @property
    def rank_key(self) -> tuple[date, str, str, str]:
        """Orders the files of an organisation: a later one wins from an earlier one.

        By the date it knows the world to, then the time it was changed, then its name; the hash
        only makes the order complete.
        """
        return self.file_date, self.modified_at, self.file, self.delivery


@dataclass(frozen=True)
class Refusal:
    """One file that was not taken in; nothing else of it is kept."""

    delivery: str
    organisation_id: str
    file: str
    reason: str  # English sentence
    reason_code: str | None = None  # None in a line of before there were codes
    reason_values: dict[str, RefusalValue] | None = None
    mapping: str | None = None  # fingerprint of the whole source; None: is tried again every time


def read_events(path: Path) -> list[dict[str, Any]]:
    """Every line of the journal as a mapping; a torn last line is left out.

    Raises:
        UserError: a line before the last cannot be read.
    """
    if not path.exists():
        return []
    lines = path.read_bytes().split(b"\n")
    events = []
    for number, line in enumerate(lines[:-1], start=1):  # what follows the last newline is torn
        try:
            events.append(parse_line(line))
        except ValueError as error:
            raise UserError(
                what="The journal cannot be read.",
                where=f"{path}, line {number}",
                expected="one JSON object per line",
                to_do="Start `krachtwerk doctor --repair`, or put back the journal from a copy; the"
                " other files of the home may stay.",
            ) from error
    return events


def parse_line(line: bytes) -> dict[str, Any]:
    """One line of the journal as a mapping.

    Raises:
        ValueError: the line is no JSON object with an event, or lacks what its event must tell.
    """
    event = json.loads(line)
    if not isinstance(event, dict) or not isinstance(event.get("event"), str):
        raise ValueError("no event")
    if event["event"] in (DELIVERY, REFUSED):
        entry = _read_entry(event)
        if not (entry.delivery and entry.organisation_id and entry.file):
            raise ValueError("an entry without a file")
    return event


def append_event(path: Path, event: Mapping[str, Any]) -> None:
    """Adds one line and waits until it is on disk."""
    path.parent.mkdir(parents=True, exist_ok=True)
    line = json.dumps(event, ensure_ascii=False, default=str).encode("utf-8") + b"\n"
    with path.open("a+b") as journal:
        _cut_torn_line(journal)
        pass_point(FaultPoint.JOURNAL_OPENED)
        journal.write(line)
        journal.flush()
        os.fsync(journal.fileno())
    pass_point(FaultPoint.JOURNAL_WRITTEN)


def _cut_torn_line(journal: BinaryIO) -> None:
    size = journal.seek(0, os.SEEK_END)
    if size == 0:
        return
    journal.seek(size - 1)
    if journal.read(1) != b"\n":
        journal.seek(0)
        journal.truncate(journal.read().rfind(b"\n") + 1)


def describe_event(entry: Delivery | Refusal) -> dict[str, Any]:
    """The journal line of a delivery or refusal."""
    content = {
        item.name: getattr(entry, item.name)
        for item in fields(entry)
        if getattr(entry, item.name) is not None
    }
    if isinstance(entry, Refusal):
        return {"event": REFUSED, **content}
    del content["forgotten"]  # has lines of its own
    content["file_date"] = entry.file_date.isoformat()
    content["warnings"] = [
        {key: value for key, value in vars(warning).items() if value is not None}
        for warning in entry.warnings
    ]
    return {"event": DELIVERY, **content}


def read_key_versions(path: Path) -> dict[str, int]:
    """organisation_id -> the version of its key, where that was ever changed."""
    return {
        event["organisation_id"]: event["key_version"]
        for event in read_events(path)
        if event["event"] == KEY_VERSION
    }


def read_journal(path: Path) -> tuple[tuple[Delivery, ...], tuple[Refusal, ...]]:
    """The deliveries and refusals that stand, each in a stable order.

    The last line about a file of an organisation counts: a file that was refused and is accepted
    under a corrected mapping is a delivery.
    """
    last: dict[tuple[str, str], Delivery | Refusal] = {}
    for event in read_events(path):
        if event["event"] in (DELIVERY, REFUSED):
            entry = _read_entry(event)
            last[(entry.organisation_id, entry.delivery)] = entry
        elif event["event"] == LOST:
            last.pop((event["organisation_id"], event["delivery"]), None)
        elif event["event"] in (FORGOTTEN, CARRIED_OVER):
            identity = (event["organisation_id"], event["delivery"])
            known = {item.name for item in fields(Delivery)}
            changed = {k: event[k] for k in REWRITTEN_FIELDS if k in event and k in known}
            last[identity] = replace(last[identity], **changed)
    entries = [last[identity] for identity in sorted(last)]
    return (
        tuple(entry for entry in entries if isinstance(entry, Delivery)),
        tuple(entry for entry in entries if isinstance(entry, Refusal)),
    )


def _read_entry(event: dict[str, Any]) -> Delivery | Refusal:
    try:
        return _make_entry(event)
    except (KeyError, TypeError) as error:
        raise ValueError("an entry that lacks something") from error


def _make_entry(event: dict[str, Any]) -> Delivery | Refusal:
    model = Delivery if event["event"] == DELIVERY else Refusal
    content: dict[str, Any] = {item.name: event.get(item.name) for item in fields(model)}
    if model is Refusal:
        return Refusal(**content)
    content["forgotten"] = 0
    content["file_date"] = date.fromisoformat(content["file_date"])
    content["warnings"] = tuple(DeliveryWarning(**warning) for warning in content["warnings"])
    for name in ("columns_kept", "columns_unknown", "sheets"):
        content[name] = tuple(content[name])
    return Delivery(**content)
