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
# A reader fills the whole grid up to the last cell, in memory. Half-empty is how people work.
MAX_GRID_CELLS = 30_000_000
SMALL_GRID_CELLS = 1_000_000
MAX_CELLS_PER_FILLED = 50
# Of cells that are only formatted, as a million rows of four; a parser needs over a second for it.
MAX_BLANK_BYTES = 120_000_000
CHUNK_BYTES = 1 << 18
LOCAL_HEADER = struct.Struct("<26xHH")  # lengths of name and extra field, at the end of 30 bytes
# All white space as a space and one kind of quotes, so that the patterns can be plain and quick.
PLAIN = bytes.maketrans(b"\t\n\r'", b'   "')
# The place of a cell, in whatever order its attributes stand. Cells that are only formatted are
# left out: readers skip them, and people format whole columns.
PLACE = re.compile(rb' r *= *" *([A-Za-z]{1,3})([0-9]{1,8}) *"(?!(?: s="[0-9]+")? */>)')
# A cell that does not say where it is stands in the row that is open.
UNPLACED = re.compile(rb"<(?:\w+:)?c(?: +(?! |r *=)| */?>)")
ROW = re.compile(rb' r *= *" *([0-9]{1,8}) *"')
LONGEST_TAG = 1 << 16
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
        # Any part may be the sheet that the workbook leads to, whatever it is called.
        for entry in entries:
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
    sizes = [(entry.file_size, entry.compress_size) for entry in entries]
    total = sum(unpacked for unpacked, _ in sizes), sum(packed for _, packed in sizes)
    is_bomb = total[0] > MAX_UNPACKED_BYTES or any(
        unpacked > RATIO_FROM_BYTES and unpacked > MAX_RATIO * packed
        for unpacked, packed in (*sizes, total)
    )
    if is_bomb:
        raise RefusedFileError(RefusalCode.WORKBOOK_BOMB)


def _check_part(source: BinaryIO, entry: zipfile.ZipInfo, has_unplaced: bool = False) -> None:
    is_contents = entry.filename.lower() == "[content_types].xml"
    columns: set[bytes] = set()
    last_row = filled = blank_bytes = 0
    for piece in _iterate_tags(_inflate(source, entry)):
        text = _leave_out_blank_cells(piece)
        blank_bytes += len(piece) - len(text)
        if blank_bytes > MAX_BLANK_BYTES:
            raise RefusedFileError(
                RefusalCode.SHEET_MOSTLY_BLANK, megabytes=MAX_BLANK_BYTES // 1_000_000
            )
        if (b"<!" in text and any(word in text for word in FORBIDDEN)) or (
            is_contents and b"macroEnabled" in text
        ):
            raise RefusedFileError(RefusalCode.WORKBOOK_ACTIVE_CONTENT)
        found = PLACE.findall(text)
        if found:
            filled += len(found)
            columns.update({column for column, _ in found})
            # Rows usually ascend, but a hostile file need not keep to it.
            last_row = max(last_row, max(map(int, {row for _, row in found})))
        if has_unplaced:
            filled += len(UNPLACED.findall(text))
            last_row = max(last_row, max(map(int, ROW.findall(piece)), default=0))
        elif _may_hold_unplaced(text) and UNPLACED.search(text):
            return _check_part(source, entry, has_unplaced=True)
    width = max((_count_columns(column.upper()) for column in columns), default=int(has_unplaced))
    return _check_grid(last_row, width, filled)


def _leave_out_blank_cells(text: bytes) -> bytes:
    """From the last cell on, when no cell ends here that holds anything; else all of it.

    A million rows that are only formatted are a hundred megabytes that no pattern need look at. A
    cell with content has an end tag, and only the last one that begins here can end further on.
    """
    if b"</c" in text or b":c" in text or b"<!" in text or b"macroEnabled" in text:
        return text
    return text[max(text.rfind(b"<c "), text.rfind(b"<c>"), 0) :]


def _may_hold_unplaced(text: bytes) -> bool:
    """False when every cell says where it is in the usual way; counting costs less than looking."""
    cells = text.count(b"<c ") + text.count(b"<c>") + text.count(b"<c/")
    return cells != text.count(b"<c r=") or b":c" in text


def _iterate_tags(chunks: Iterator[bytes]) -> Iterator[bytes]:
    """The content in pieces that end with a tag, in plain white space and quotes."""
    left = b""
    for chunk in chunks:
        text = left + chunk.translate(PLAIN)
        end = text.rfind(b">") + 1
        if len(text) - end > LONGEST_TAG:
            end = len(text)
        yield text[:end]
        left = text[end:] or text[-64:]
    yield left


def _check_grid(rows: int, columns: int, filled: int) -> None:
    cells = rows * columns
    is_sparse = cells > SMALL_GRID_CELLS and cells > MAX_CELLS_PER_FILLED * filled
    if is_sparse or cells > MAX_GRID_CELLS:
        raise RefusedFileError(RefusalCode.SHEET_TOO_SPARSE, rows=rows, columns=columns)


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
