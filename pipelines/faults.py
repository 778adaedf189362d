"""Named places in a run at which a test makes the process die, as a power cut or ``kill -9`` would.

Inert unless ``KRACHTWERK_FAULT`` names a point, with the pass at which to die when it is not the
first (``landing_placed:3``). What does not belong here: anything that heals; a run that starts
again must find everything it needs in the files.
"""

import os
import signal
from collections import Counter
from enum import StrEnum

FAULT_VARIABLE = "KRACHTWERK_FAULT"


class FaultPoint(StrEnum):
    """Where a run can be made to die, in the order in which a run comes past."""

    LANDING_DRAFTED = "landing_drafted"  # the Parquet file is written beside its place
    LANDING_PLACED = "landing_placed"  # it is in its place, the journal does not know of it
    JOURNAL_OPENED = "journal_opened"  # before a line is written
    JOURNAL_WRITTEN = "journal_written"  # the line is on disk
    COMMIT_DUE = "commit_due"  # a transaction of the warehouse is complete
    COMMIT_DONE = "commit_done"
    TABLE_BUILT = "table_built"
    PROTECTED_DRAFTED = "protected_drafted"  # a protected table is written beside its place
    RESULTS_DRAFTED = "results_drafted"  # the research files are complete, not yet shown
    RESULTS_SHOWN = "results_shown"
    PAGE_WRITTEN = "page_written"
    REGISTRY_DRAFTED = "registry_drafted"  # what is published is written beside its place
    RELEASE_BUILT = "release_built"  # all pages are there, in a folder that nobody reads
    RELEASE_PLACED = "release_placed"  # under its own name, the journal does not know of it
    RELEASE_RECORDED = "release_recorded"  # the journal knows of it, readers see the one before
    RELEASE_SHOWN = "release_shown"  # published, what it replaces is still there


_passes: Counter[FaultPoint] = Counter()


def pass_point(point: FaultPoint) -> None:
    """Does nothing, unless the environment says that the process dies here."""
    named, _, number = os.environ.get(FAULT_VARIABLE, "").partition(":")
    if named != point:
        return
    _passes[point] += 1
    if _passes[point] == int(number or 1):
        os.kill(os.getpid(), signal.SIGKILL)
