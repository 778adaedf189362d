"""Looks at a workbook as a zip of XML before a parser does, and refuses what could do harm.

Refused: macros, bombs (also ones whose directory lies about sizes), DTDs and entities, passwords,
and sheets so sparse that a dense grid of them would fill the memory.
"""

import re
import struct
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

from pipelines.deliveries.refused import RefusalCode, RefusedFileError

MAX_WORKBOOK_BYTES = 200_000_000
MAX_UNPACKED_BYTES = 1_000_000_000
MAX_ENTRIES = 2_000
# Deflate can shrink 1032 times; sheets of real exports shrink 5 to 60 times.
MAX_RATIO = 200
RATIO_FROM_BYTES = 5_000_000
MAX_GRID_CELLS = 30_000_000
CHUNK_BYTES = 1 << 18
LOCAL_HEADER = struct.Struct("<26xHH")  # lengths of name and extra field, at the end of 30 bytes
COLUMN = re.compile(rb'<(?:\w+:)?c r="([A-Z]{1,4})(\d{1,8})"')
FORBIDDEN = (b"<!DOCTYPE", b"<!ENTITY")


def check_workbook(path: Path) -> None:
    """Raises a RefusedFileError when the workbook at ``path`` is not safe to read."""
    if path.stat().st_size > MAX_WORKBOOK_BYTES:
        raise RefusedFileError(
            RefusalCode.WORKBOOK_TOO_LARGE, megabytes=MAX_WORKBOOK_BYTES // 1_000_000
        )
    try:
        with zipfile.ZipFile(path) as archive:
            entries = archive.infolist()
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError) as error:
        raise RefusedFileError(RefusalCode.WORKBOOK_DAMAGED) from error
    _check_directory(entries)
    with path.open("rb") as source:
        for entry in entries:
            if entry.filename.lower().endswith((".xml", ".rels", ".vml")):
                _check_part(source, entry)


def _check_directory(entries: list[zipfile.ZipInfo]) -> None:
    names = [entry.filename.lower() for entry in entries]
    if any("vbaproject" in name or "xl/macrosheets/" in name for name in names):
        raise RefusedFileError(RefusalCode.WORKBOOK_MACROS)
    if "xl/workbook.xml" not in names:
        raise RefusedFileError(RefusalCode.NOT_A_WORKBOOK)
    if len(names) != len(set(names)) or len(names) > MAX_ENTRIES:
        raise RefusedFileError(RefusalCode.WORKBOOK_UNUSUAL)
    if any(entry.flag_bits & 1 for entry in entries):
        raise RefusedFileError(RefusalCode.WORKBOOK_PASSWORD)
    if any(
        entry.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED) for entry in entries
    ):
        raise RefusedFileError(RefusalCode.WORKBOOK_PACKING)
    is_bomb = sum(entry.file_size for entry in entries) > MAX_UNPACKED_BYTES or any(
        entry.file_size > RATIO_FROM_BYTES and entry.file_size > MAX_RATIO * entry.compress_size
        for entry in entries
    )
    if is_bomb:
        raise RefusedFileError(RefusalCode.WORKBOOK_BOMB)


def _check_part(source: BinaryIO, entry: zipfile.ZipInfo) -> None:
    is_sheet = entry.filename.lower().startswith("xl/worksheets/")
    columns: set[bytes] = set()
    last_row = 0
    tail = b""
    for chunk in _inflate(source, entry):
        seam = tail + chunk
        if any(word in seam for word in FORBIDDEN) or b"macroEnabled" in seam:
            raise RefusedFileError(RefusalCode.WORKBOOK_ACTIVE_CONTENT)
        if is_sheet:
            found = COLUMN.findall(seam)
            columns.update(column for column, _ in found)
            # Rows usually ascend, but a hostile file need not keep to it.
            last_row = max(last_row, max((int(row) for _, row in found), default=0))
        tail = seam[-64:]
    width = max((_count_columns(column) for column in columns), default=0)
    if width * last_row > MAX_GRID_CELLS:
        raise RefusedFileError(RefusalCode.SHEET_TOO_SPARSE, rows=last_row, columns=width)


def _inflate(source: BinaryIO, entry: zipfile.ZipInfo) -> Iterator[bytes]:
    """The content of one entry; stops as soon as it is more than the directory says."""
    source.seek(entry.header_offset)
    header = source.read(30)
    if len(header) < 30 or not header.startswith(b"PK\x03\x04"):
        raise RefusedFileError(RefusalCode.WORKBOOK_DAMAGED)
    name_bytes, extra_bytes = LOCAL_HEADER.unpack(header)
    source.seek(entry.header_offset + 30 + name_bytes + extra_bytes)
    is_stored = entry.compress_type == zipfile.ZIP_STORED
    decompressor = zlib.decompressobj(-zlib.MAX_WBITS)
    left = entry.compress_size
    unpacked = 0
    pending = b""
    while left > 0 or pending:
        if not pending:
            pending = source.read(min(CHUNK_BYTES, left))
            left -= len(pending)
            if not pending:
                raise RefusedFileError(RefusalCode.WORKBOOK_DAMAGED)
        try:
            chunk = pending if is_stored else decompressor.decompress(pending, CHUNK_BYTES)
        except zlib.error as error:
            raise RefusedFileError(RefusalCode.WORKBOOK_DAMAGED) from error
        pending = b"" if is_stored else decompressor.unconsumed_tail
        unpacked += len(chunk)
        if unpacked > entry.file_size:
            raise RefusedFileError(RefusalCode.WORKBOOK_BOMB)
        yield chunk


def _count_columns(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number
