"""Notices that a file went away or changed between listing and reading.

Such a file says nothing about its supplier: no line of the journal is written, the run goes on, and
a later run reads the file.
"""

from collections.abc import Iterator
from contextlib import contextmanager

from pipelines.deliveries.identity import compute_delivery_id
from pipelines.deliveries.inbox import InboxFile
from pipelines.deliveries.refused import RefusalCode, RefusedFileError, UnsteadyFileError
from pipelines.warehouse import WarehouseError


@contextmanager
def expect_steady(file: InboxFile) -> Iterator[None]:
    """Raises an UnsteadyFileError when what fails inside may come of a file that did not stay."""
    try:
        yield
    except (OSError, RefusedFileError, WarehouseError):
        check_steady(file)
        raise


def check_steady(file: InboxFile) -> None:
    """Raises an UnsteadyFileError when the file is no longer the one that was listed."""
    try:
        status = file.path.lstat()
    except (FileNotFoundError, NotADirectoryError) as error:
        raise UnsteadyFileError(RefusalCode.FILE_VANISHED) from error
    if (status.st_size, status.st_mtime_ns) != (file.size, file.modified_ns):
        raise UnsteadyFileError(RefusalCode.FILE_CHANGED)


def identify_file(file: InboxFile) -> str:
    """The hash of the file; all of it is read here, so that a fault of the disk shows now.

    Raises:
        UnsteadyFileError: this user may not read the file, or the disk cannot.
    """
    try:
        return compute_delivery_id(file.path)
    except FileNotFoundError:
        raise
    except OSError as error:
        raise UnsteadyFileError(RefusalCode.FILE_UNREADABLE) from error
