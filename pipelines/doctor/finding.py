"""One thing that is wrong in a home: what, where, what to do, and who can do it."""

from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path


class Cure(StrEnum):
    """Who puts it right."""

    REMOVE = "remove"  # the doctor: something that nobody needs
    CUT = "cut"  # the doctor: damaged lines of the journal
    SET_ASIDE = "set_aside"  # the doctor, then a run: a damaged warehouse
    READ_AGAIN = "read_again"  # a run: the export still lies in the inbox
    RUN = "run"  # a run: it is made from what is kept
    DELIVER = "deliver"  # a person: the export must come again, or be given up
    PERSON = "person"


# What a run does once the doctor has cleared the way.
NEEDS_RUN = frozenset({Cure.SET_ASIDE, Cure.READ_AGAIN, Cure.RUN, Cure.CUT})
NEEDS_PERSON = frozenset({Cure.DELIVER, Cure.PERSON})


@dataclass(frozen=True)
class Finding:
    """One thing that is wrong."""

    what: str
    where: str
    to_do: str
    cure: Cure
    path: Path | None = None  # the file or folder that it is about
    # Of the delivery that it is about: organisation_id and sha-256 of the bytes.
    organisation_id: str | None = None
    delivery: str | None = None
