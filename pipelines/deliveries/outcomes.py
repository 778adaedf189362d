"""What can become of one file at the door, besides a delivery: refused, or skipped this time.

What does not belong here: deciding it (``door``).
"""

import hashlib
from dataclasses import dataclass

from pipelines.deliveries.inbox import InboxFile
from pipelines.deliveries.journal import Delivery, Refusal
from pipelines.deliveries.organisations import Organisation
from pipelines.deliveries.refused import RefusedFileError, UnsteadyFileError


@dataclass(frozen=True)
class SkippedFile:
    """A file that went away or changed under our hands; the journal does not know of it."""

    organisation_id: str
    file: str
    reason: str  # English sentence


Outcome = Delivery | Refusal | SkippedFile


def skip_file(organisation: Organisation, file: InboxFile, error: UnsteadyFileError) -> SkippedFile:
    """The file as skipped, with the reason."""
    return SkippedFile(organisation.organisation_id, file.name, error.reason)


def refuse_file(
    organisation: Organisation,
    file: str,
    delivery: str,
    refused: RefusedFileError,
    mapping: str | None = None,
) -> Refusal:
    """The file (or sheet) as refused.

    Args:
        organisation: whose it is.
        file: its name as it is shown.
        delivery: the hash that stands for it.
        refused: why.
        mapping: fingerprint of the mapping that could not read it; None when no mapping could.
    """
    return Refusal(
        delivery=delivery,
        organisation_id=organisation.organisation_id,
        file=file,
        reason=refused.reason,
        reason_code=refused.code,
        reason_values=refused.values,
        mapping=mapping,
    )


def name_link(name: str) -> str:
    """What stands for the hash of a link, whose target is never read."""
    return hashlib.sha256(f"link\x1f{name}".encode()).hexdigest()
