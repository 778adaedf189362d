"""What an error of the database means for the run: no room, a damaged file, or a file in use.

DuckDB tells most of these apart in its messages only. What does not belong here: what is done
about it.
"""

import errno
import os
from enum import StrEnum

import duckdb

FULL = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)
# As DuckDB 2.0 words them.
DAMAGE_WORDS = (
    "Corrupt database file",
    "Corrupt WAL file",
    "Failure while replaying WAL",
    "not a valid DuckDB database file",
    "Could not read enough bytes",
    "Could not deserialize",
    "Serialization Error",
    "trying to read a database file with version number",
)
# After these DuckDB answers nothing any more; they come of blocks that make no sense.
FATAL = (duckdb.FatalException, duckdb.InternalException)


class Trouble(StrEnum):
    """Why the warehouse cannot be used."""

    DISK_FULL = "disk_full"
    MEMORY_FULL = "memory_full"
    IN_USE = "in_use"
    DAMAGED = "damaged"
    OTHER = "other"


def name_trouble(error: BaseException) -> Trouble:
    """What an exception, or one that it came of, says about disk, memory and warehouse."""
    return find_trouble(error)[0]


def find_trouble(error: BaseException) -> tuple[Trouble, BaseException]:
    """The trouble, and the exception of the chain that tells of it."""
    seen: set[int] = set()
    cause: BaseException | None = error
    while cause is not None and id(cause) not in seen:
        seen.add(id(cause))
        trouble = _name_one(cause)
        if trouble is not Trouble.OTHER:
            return trouble, cause
        cause = cause.__cause__ or cause.__context__
    return Trouble.OTHER, error


def _name_one(error: BaseException) -> Trouble:
    if isinstance(error, OSError):
        return Trouble.DISK_FULL if error.errno in FULL else Trouble.OTHER
    if isinstance(error, MemoryError | duckdb.OutOfMemoryException):
        return Trouble.MEMORY_FULL
    if not isinstance(error, duckdb.Error):
        return Trouble.OTHER
    text = str(error)
    if any(os.strerror(number) in text for number in FULL):
        return Trouble.DISK_FULL
    if "Could not set lock on file" in text:
        return Trouble.IN_USE
    if isinstance(error, FATAL):
        return Trouble.DAMAGED
    is_another_file = ".parquet" in text
    is_damage = not is_another_file and any(word in text for word in DAMAGE_WORDS)
    return Trouble.DAMAGED if is_damage else Trouble.OTHER
