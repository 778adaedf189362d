"""Is what the journal says was landed still there? By size in a run, by digest for the doctor."""

import os
from collections.abc import Iterable
from pathlib import Path

from pipelines.deliveries.identity import compute_delivery_id
from pipelines.deliveries.journal import Delivery
from pipelines.errors import UserError

MAGIC = b"PAR1"
NAMED_FILES = 5  # a message names this many; the doctor names all


def has_landed(landing: Path, delivery: Delivery) -> bool:
    """True when the landing file is there and as long as it was, or at least not cut off.

    Taking a client out, or another key, writes the file anew; a run that dies before it tells the
    journal leaves a whole file of another length, and the next run writes the line.
    """
    path = landing / delivery.landing
    try:
        return has_length(landing, delivery) or _is_whole(path)
    except OSError:
        return False


def has_length(landing: Path, delivery: Delivery) -> bool:
    """True when the landing file is as long as the journal says; raises an OSError without it."""
    return delivery.landing_bytes in (None, (landing / delivery.landing).stat().st_size)


def _is_whole(path: Path) -> bool:
    """True when the file begins and ends as a Parquet file does."""
    with path.open("rb") as source:
        head = source.read(len(MAGIC))
        source.seek(-len(MAGIC), os.SEEK_END)
        return head == source.read(len(MAGIC)) == MAGIC


def is_intact(landing: Path, delivery: Delivery) -> bool:
    """True when the landing file has the bytes that were written; reads all of it."""
    try:
        if not has_length(landing, delivery):
            return False
    except OSError:
        return False
    found = compute_delivery_id(landing / delivery.landing)
    return delivery.landing_sha256 in (None, found)


def check_landed(landing: Path, deliveries: Iterable[Delivery]) -> None:
    """Raises a UserError when rows that were accepted are no longer there.

    A file that still lies in the inbox was landed anew before this is asked.
    """
    gone = [delivery for delivery in deliveries if not has_landed(landing, delivery)]
    if gone:
        raise explain_loss(landing, gone)


def explain_loss(landing: Path, gone: list[Delivery]) -> UserError:
    """The message about landing files that are missing or damaged."""
    named = [f"{one.organisation_id}, {one.file} ({one.landing})" for one in gone[:NAMED_FILES]]
    if len(gone) > NAMED_FILES:
        named.append(f"and {len(gone) - NAMED_FILES} more")
    return UserError(
        what=f"Of {len(gone)} accepted file(s) the landed rows are missing or damaged.",
        where=f"{landing}: {'; '.join(named)}",
        expected="every accepted file in landing, as it was written",
        to_do="Put the same export files back in the inbox and start again: they are read anew."
        " `krachtwerk doctor` names all of them, and says what to do when they are gone for good.",
    )
