"""One run at a time per home; the second one is told so at once."""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from pipelines.errors import RunLockedError


@contextmanager
def hold_lock(home: Path) -> Iterator[None]:
    """Holds ``<home>/.lock`` for the length of a run; the kernel frees it when a process dies.

    Raises:
        RunLockedError: another run holds the lock.
    """
    home.mkdir(parents=True, exist_ok=True)
    path = home / ".lock"
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise RunLockedError(
                what="Another run is working in this home.",
                where=str(path),
                expected="one run at a time",
                to_do="Wait until the other run has ended, then start again.",
            ) from error
        yield
    finally:
        os.close(descriptor)
