"""What readers and layout recognition share: the top of a sheet, and tidy rows on disk."""

import csv
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from pipelines.deliveries.refused import RefusalCode, RefusedFileError
from pipelines.warehouse import escape_glob

PEEK_ROWS = 60  # a header lies within these rows
MAX_COLUMNS = 2_000
NULL_MARK = "\x01"  # no cell is this text, so that an empty cell is read as '' and not as NULL
MAX_ROW_BYTES = 8_000_000


@dataclass(frozen=True)
class Attempt:
    """One way to read all rows of a file."""

    sql: str  # gives row_number, is_ragged, c0, c1, ...
    row_count: int | None = None  # known beforehand; another number means that the way failed
    has_clean_cells: bool = False  # the cells need no trimming and no composing of characters


@dataclass(frozen=True)
class Grid:
    """The first rows of one sheet (or of a text file under one separator)."""

    rows: tuple[tuple[str, ...], ...]
    sheet: str | None = None
    separator: str | None = None
    first_row: int = 1  # row number of rows[0]; a Parquet file has its names in row 0


def quote_literal(text: str) -> str:
    """``text`` as a SQL string literal."""
    return "'" + text.replace("'", "''") + "'"


def quote_name(name: str) -> str:
    """``name`` as a SQL identifier."""
    return '"' + name.replace('"', '""') + '"'


def quote_path(path: Path) -> str:
    """A path as a literal for a DuckDB reader."""
    return quote_literal(escape_glob(path))


def make_csv_sql(path: Path, columns: list[str], separator: str, is_unix: bool, skip: int) -> str:
    """A ``read_csv`` call with explicit text columns that stops at the first irregular row."""
    # Named as '\r\n', DuckDB 2.0.0 silently reads no row below a skipped one; it detects it well.
    newline = "new_line = '\\n', " if is_unix else ""
    declared = ", ".join(f"{quote_literal(name)}: 'VARCHAR'" for name in columns)
    return (
        f"read_csv({quote_path(path)}, columns = {{{declared}}}, auto_detect = false,"
        f" header = false, skip = {skip}, delim = {quote_literal(separator)}, quote = '\"',"
        f" escape = '\"', {newline}nullstr = '{NULL_MARK}', strict_mode = true,"
        f" max_line_size = {MAX_ROW_BYTES})"
    )


def write_tidy_rows(rows: Iterable[tuple[int, list[str]]], width: int, path: Path) -> None:
    """Writes rows as a regular CSV file: row number, is_ragged, then exactly ``width`` cells.

    A row with too few cells is filled up, one with too many is cut; both are marked. Empty cells
    beyond the header are no fault: programs write a separator after the last column.
    """
    with path.open("w", encoding="utf-8", newline="") as target:
        writer = csv.writer(target, quoting=csv.QUOTE_ALL, lineterminator="\n")
        write = writer.writerow
        for number, cells in rows:
            surplus = len(cells) - width
            if surplus == 0:
                write([number, "false", *cells])
            elif surplus < 0:
                write([number, "true", *cells, *[""] * -surplus])
            else:
                is_ragged = any(cell.strip() for cell in cells[width:])
                write([number, "true" if is_ragged else "false", *cells[:width]])


def make_tidy_attempt(path: Path, width: int) -> Attempt:
    """The way to read a file of :func:`write_tidy_rows`."""
    cells = [f"c{index}" for index in range(width)]
    source = make_csv_sql(path, ["row_number", "is_ragged", *cells], ",", is_unix=True, skip=0)
    return Attempt(
        "select cast(row_number as bigint) as row_number, cast(is_ragged as boolean) as is_ragged,"
        f" {', '.join(cells)} from {source}"
    )


def check_width(width: int) -> None:
    """Raises a RefusedFileError for a header with too many columns."""
    if width > MAX_COLUMNS:
        raise RefusedFileError(RefusalCode.TOO_MANY_COLUMNS, columns=width, limit=MAX_COLUMNS)
