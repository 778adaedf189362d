"""The release registry: what was published, kept so that a later release cannot be held against it.

A snapshot is a folder named by the hash of what it holds: the counts behind published figures, and
the published rows. It lies in the home and outlives the warehouse; the journal names it in the line
of its release. No person and no pseudonym stands in it. What does not belong here: what follows
from it for the next release (``registered``, ``keeping``), and how it is written (``snapshot``).
"""

from pathlib import Path

from pipelines.deliveries.journal import RELEASE, read_events
from pipelines.errors import PublicationRefusedError
from pipelines.run import Run
from pipelines.swap import digest_folder

COUNTS = "counts"  # the file with the counts; the others have the name of a table


def registry_folder(run: Run) -> Path:
    """Where the snapshots are."""
    return run.home / "registry"


def name_registry(events: list[dict]) -> str | None:
    """The snapshot of the last release, by its hash; None before the first one."""
    names = [event.get("registry") for event in events if event["event"] == RELEASE]
    return names[-1] if names else None


def locate_registry(run: Run) -> Path | None:
    """Where the snapshot of the last release should be; None before the first one."""
    name = name_registry(read_events(run.journal))
    return registry_folder(run) / name if name else None


def find_registry(run: Run) -> Path | None:
    """The folder of the snapshot of the last release; None before the first one.

    Raises:
        PublicationRefusedError: it is gone, or is not as it was written.
    """
    folder = locate_registry(run)
    if folder is None or is_whole(folder):
        return folder
    state = "is damaged" if folder.is_dir() else "is missing"
    raise PublicationRefusedError(
        what=f"The register of what was published before {state}; nothing was published.",
        where=str(folder),
        expected="the folder as the last release left it: new figures are held against it, so that"
        " a small difference gives nobody away",
        to_do="Put the folder back from a copy of the home. Without a copy only a new home can"
        " publish; do not hand out its pages beside the earlier ones.",
    )


def is_whole(folder: Path) -> bool:
    """True when a snapshot is there as it was written."""
    return folder.is_dir() and digest_folder(folder) == folder.name


def list_registries(events: list[dict]) -> list[str]:
    """The snapshots that releases name, the last one first, each once."""
    names = [event.get("registry") for event in events if event["event"] == RELEASE]
    return [name for name in dict.fromkeys(reversed(names)) if name]
