"""Looks at the journal line by line, and takes damaged lines out."""

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

from pipelines.deliveries.journal import EVENTS, parse_line
from pipelines.doctor.finding import Cure, Finding

COPY_NAME = "journal.damaged.jsonl"


def examine_journal(path: Path) -> Iterator[Finding]:
    """What is wrong with the journal."""
    if not path.exists():
        return
    *lines, torn = path.read_bytes().split(b"\n")
    for number, line in enumerate(lines, start=1):
        place = f"{path}, line {number}"
        try:
            event = parse_line(line)
        except ValueError:
            yield Finding(
                "A line of the journal cannot be read.",
                place,
                f"The line is taken out; {COPY_NAME} keeps it. A file it told of is read again when"
                " it still lies in the inbox.",
                Cure.CUT,
                path,
            )
            continue
        if event["event"] not in EVENTS:
            yield Finding(
                f"The journal tells of {event['event']!r}, which this version does not know.",
                place,
                "Install the version that worked in this home last.",
                Cure.PERSON,
            )
    if torn:
        yield Finding(
            "The last line of the journal is torn: a run was cut off while it wrote.",
            f"{path}, line {len(lines) + 1}",
            "The line is cut off; what it told of is done again.",
            Cure.CUT,
            path,
        )


def cut_journal(path: Path) -> None:
    """Writes the journal anew without its damaged lines; the damaged one stays beside it."""
    shutil.copy2(path, path.with_name(COPY_NAME))
    draft = path.with_name(path.name + ".new")
    with draft.open("wb") as target:
        for line in path.read_bytes().split(b"\n")[:-1]:
            try:
                parse_line(line)
            except ValueError:
                continue
            target.write(line + b"\n")
        target.flush()
        os.fsync(target.fileno())
    draft.replace(path)
