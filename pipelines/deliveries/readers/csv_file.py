"""Reads CSV: any of four separators, five encodings, and rows that are not as they should be.

A regular file goes straight through DuckDB's parallel reader. A file with a preamble, blank lines,
mixed line ends or a row of another length is first written anew with row numbers, row by row, and
then read by DuckDB too, so that no row is lost and every row keeps its number.
"""

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from pipelines.deliveries.readers.grid import (
    PEEK_ROWS,
    Attempt,
    Grid,
    check_width,
    make_csv_sql,
    make_tidy_attempt,
    write_tidy_rows,
)
from pipelines.deliveries.readers.text import TextFile, prepare_text
from pipelines.deliveries.refused import RefusalCode, RefusedFileError

SEPARATORS = {";": "semicolon", ",": "comma", "\t": "tab", "|": "pipe"}
PEEK_CHARACTERS = 256_000
END_MARK = "\x02end"  # a line of our own behind the last one; swallowed by a quote left open


@dataclass(frozen=True)
class CsvReader:
    """A CSV file whose encoding is decided."""

    text: TextFile
    work: Path

    @property
    def encoding(self) -> str:
        """The encoding as delivered."""
        return self.text.encoding

    @property
    def may_be_double_encoded(self) -> bool:
        """True when cells may hold text that was encoded twice."""
        return self.text.may_be_double_encoded

    def peek(self) -> list[Grid]:
        """The top of the file, once under every separator."""
        with self.text.path.open(encoding="utf-8-sig", newline="") as source:
            head = source.read(PEEK_CHARACTERS)
        grids = []
        for separator in SEPARATORS:
            rows = []
            try:
                for row in csv.reader(io.StringIO(head, newline=""), delimiter=separator):
                    rows.append(tuple(row))
                    if len(rows) == PEEK_ROWS:
                        break
            except csv.Error:
                pass  # a cell longer than a cell can be; what came before it may hold the header
            grids.append(Grid(tuple(rows), separator=separator))
        return grids

    def read(self, grid: Grid, header_row: int, width: int) -> Iterator[Attempt]:
        """The way to read every row below the header; a second one for when the first fails.

        Raises:
            RefusedFileError: a quote is never closed, or a cell is too long.
        """
        check_width(width)
        is_plain_header = header_row == 1 and not any("\n" in c or "\r" in c for c in grid.rows[0])
        if self.text.newline and is_plain_header:
            yield self._make_direct_attempt(grid.separator, width)
        tidy = self.work / "tidy.csv"
        write_tidy_rows(self._iterate_rows(grid.separator, header_row), width, tidy)
        yield make_tidy_attempt(tidy, width)

    def _make_direct_attempt(self, separator: str, width: int) -> Attempt:
        cells = [f"c{index}" for index in range(width)]
        # The reader treats the characters *, ? and [ in a name as a pattern: read through a link.
        link = self.work / "source.csv"
        link.unlink(missing_ok=True)
        link.symlink_to(self.text.path.absolute())
        source = make_csv_sql(link, cells, separator, self.text.newline == "\n", 1)
        sql = (
            "select row_number() over () + 1 as row_number, false as is_ragged,"
            f" {', '.join(cells)} from {source}"
        )
        row_count = None if self.text.has_quotes else self.text.line_count - 1
        return Attempt(sql, row_count, self.text.has_clean_cells)

    def _iterate_rows(self, separator: str, header_row: int) -> Iterator[tuple[int, list[str]]]:
        with self.text.path.open(encoding="utf-8-sig", newline="") as source:
            reader = csv.reader(_end_with_mark(source), delimiter=separator)
            number = 0
            try:
                for number, row in enumerate(reader, start=1):
                    if row == [END_MARK]:
                        return
                    if number > header_row:
                        yield number, row
            except csv.Error as error:
                raise RefusedFileError(
                    RefusalCode.CELL_TOO_LONG, row=number + 1, characters=csv.field_size_limit()
                ) from error
        raise RefusedFileError(RefusalCode.QUOTE_NOT_CLOSED, row=number)


def open_csv(path: Path, work: Path) -> CsvReader:
    """A reader for the CSV file at ``path``; ``work`` is a folder for temporary files.

    Raises:
        RefusedFileError: the file is no text.
    """
    return CsvReader(prepare_text(path, work), work)


def _end_with_mark(lines: Iterator[str]) -> Iterator[str]:
    yield from lines
    yield END_MARK
