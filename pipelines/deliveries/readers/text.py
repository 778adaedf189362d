"""Which encoding a text file has, and whether its lines are regular; decided before it is parsed.

A file that is not UTF-8 is transcoded by stream into the work folder. (DuckDB's own detection by
reject rows takes minutes and gigabytes on a Windows-1252 file.)
"""

import codecs
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from pipelines.deliveries.double_encoding import MARKS
from pipelines.deliveries.refused import RefusalCode, RefusedFileError

CHUNK_BYTES = 1 << 20
MAX_LINE_BYTES = 1 << 20
CLEAN_STATE = (b"", 0)  # of a decoder that waits for no more bytes of a character
DOUBLE_ENCODED_MARKS = tuple(mark.encode() for mark in MARKS)
BLANK_LINES = (b"\n\n", b"\n\r\n", b"\r\r")
# A blank at the edge of a cell. It begins with the blank, so that the search jumps to blanks.
EDGE_BLANK = re.compile(rb" (?:(?<=[;,|\r\n] )|(?=[;,|\r\n]))")


@dataclass(frozen=True)
class TextFile:
    """A text file that is UTF-8 now."""

    path: Path
    encoding: str  # as delivered
    newline: str | None  # the one kind of line end; None: mixed, old, or with blank lines between
    line_count: int
    has_quotes: bool
    may_be_double_encoded: bool
    # True when no cell needs trimming or composing: plain ASCII without quotes, tabs, or blanks at
    # the edge of a cell.
    has_clean_cells: bool


def prepare_text(path: Path, work: Path) -> TextFile:
    """The file as UTF-8 text, with what its lines look like.

    Args:
        path: the file as delivered.
        work: folder for a transcoded copy.

    Raises:
        RefusedFileError: the bytes are no text, or a line is longer than a row can be.
    """
    encoding = _detect_utf16(path)
    if encoding is None:
        encoding = _detect_eight_bit(path)
    if encoding in ("utf-8", "utf-8-sig"):
        readable = path
    else:
        readable = work / "transcoded.csv"
        _transcode(path, encoding, readable)
    return _scan_lines(readable, encoding)


def _read_chunks(path: Path) -> Iterator[bytes]:
    with path.open("rb") as source:
        while chunk := source.read(CHUNK_BYTES):
            yield chunk


def _detect_utf16(path: Path) -> str | None:
    with path.open("rb") as source:
        head = source.read(4096)
    if head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "utf-16"
    # Without a mark: Latin text in UTF-16 has a zero byte in every pair, always on the same side.
    half = len(head) // 2
    if half >= 4 and head[1::2].count(0) > 0.7 * half and head[::2].count(0) == 0:
        return "utf-16-le"
    if half >= 4 and head[::2].count(0) > 0.7 * half and head[1::2].count(0) == 0:
        return "utf-16-be"
    return None


def _detect_eight_bit(path: Path) -> str:
    decoder = codecs.getincrementaldecoder("utf-8")()
    is_first = True
    encoding = "utf-8"
    try:
        for chunk in _read_chunks(path):
            if is_first and chunk.startswith(codecs.BOM_UTF8):
                encoding = "utf-8-sig"
            is_first = False
            if not (chunk.isascii() and decoder.getstate() == CLEAN_STATE):
                decoder.decode(chunk)
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return "cp1252"
    return encoding


def _transcode(path: Path, encoding: str, target: Path) -> None:
    decoder = codecs.getincrementaldecoder(encoding)()
    try:
        with target.open("wb") as output:
            for chunk in _read_chunks(path):
                output.write(decoder.decode(chunk).encode("utf-8"))
            output.write(decoder.decode(b"", final=True).encode("utf-8"))
    except UnicodeError as error:
        raise RefusedFileError(RefusalCode.NOT_TEXT) from error


def _scan_lines(path: Path, encoding: str) -> TextFile:
    """What the lines of a UTF-8 file look like, in one pass over its bytes."""
    has_blank = has_quotes = may_be_double_encoded = False
    has_clean_cells = True
    newlines = returns = pairs = 0
    line_bytes = 0
    tail = b"\n"  # so that an empty first line counts as one
    for chunk in _read_chunks(path):
        if b"\0" in chunk:
            raise RefusedFileError(RefusalCode.NUL_BYTES)
        line_bytes = _measure_line(chunk, line_bytes)
        newlines += chunk.count(b"\n")
        returns += chunk.count(b"\r")
        pairs += chunk.count(b"\r\n") + (tail.endswith(b"\r") and chunk.startswith(b"\n"))
        has_quotes = has_quotes or b'"' in chunk
        seam = tail + chunk
        has_blank = has_blank or any(blank in seam for blank in BLANK_LINES)
        if not seam.isascii():
            has_clean_cells = False
            may_be_double_encoded = may_be_double_encoded or any(
                mark in seam for mark in DOUBLE_ENCODED_MARKS
            )
        has_clean_cells = (
            has_clean_cells and not has_quotes and b"\t" not in seam and not EDGE_BLANK.search(seam)
        )
        tail = chunk[-4:]
    newline = None
    if not has_blank and returns == 0:
        newline = "\n"
    elif not has_blank and newlines == returns == pairs:
        newline = "\r\n"
    is_ended = tail.endswith((b"\n", b"\r"))
    return TextFile(
        path=path,
        encoding=encoding,
        newline=newline,
        line_count=newlines + (not is_ended),
        has_quotes=has_quotes,
        may_be_double_encoded=may_be_double_encoded,
        has_clean_cells=has_clean_cells and not tail.endswith(b" "),
    )


def _measure_line(chunk: bytes, carried: int) -> int:
    """The bytes of the line that is still open at the end of the chunk."""
    first = min((at for at in (chunk.find(b"\n"), chunk.find(b"\r")) if at >= 0), default=-1)
    longest = carried + (first if first >= 0 else len(chunk))
    if longest > MAX_LINE_BYTES:
        raise RefusedFileError(RefusalCode.LINE_TOO_LONG, bytes=MAX_LINE_BYTES)
    if first < 0:
        return longest
    return len(chunk) - 1 - max(chunk.rfind(b"\n"), chunk.rfind(b"\r"))
