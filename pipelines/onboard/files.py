"""Finds the tables in files of an unknown layout: format, separator, sheet and header row.

The readers of the door do the reading, with a layout that keeps every column. What does not belong
here: what a column means.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from pipelines.catalogue.models.base import Text
from pipelines.catalogue.models.sources import Export
from pipelines.catalogue.refusal_words import RefusalValue
from pipelines.deliveries.dates import MONTHS
from pipelines.deliveries.double_encoding import repair_text
from pipelines.deliveries.formats import open_reader
from pipelines.deliveries.identity import compute_delivery_id
from pipelines.deliveries.incoming import load_rows, repair_cells
from pipelines.deliveries.layout import Layout, normalise_header
from pipelines.deliveries.readers.csv_file import SEPARATORS
from pipelines.deliveries.readers.grid import Grid
from pipelines.deliveries.refused import RefusalCode, RefusedFileError
from pipelines.errors import UserError
from pipelines.onboard.vocabulary import Vocabulary
from pipelines.warehouse import Warehouse

NO_HEADER = "no_header"  # beside the codes of a refusal: no row reads as a header
NO_ROWS = "no_rows"
SAME_FILE = "same_file"
# Every column is kept while looking; the export has no records and is never used to land a file.
_LOOKING = Export(id="onboard", label=Text(nl="onbekend", en="unknown"), records=())
# A cell that is a value cannot be a header: numbers, dates, addresses, anything with many digits.
_VALUE = re.compile(r"[\d.,:/ +-]+|.*\d{5}.*|.*@.*|\d{1,4}[-/. ]\w+[-/. ]\d{1,4}.*", re.DOTALL)
LONGEST_HEADER = 80
_MAX_VALUE_SHARE = 0.2
_MIN_KNOWN_SHARE = 1 / 3
_TOTALS = frozenset(marker.casefold() for marker in _LOOKING.total_markers)
_MONTH_NAMES = frozenset(name for names in MONTHS.values() for name in names)


class MissingFileError(UserError):
    """A file that was named does not exist."""


@dataclass(frozen=True)
class UnreadFile:
    """A file or sheet in which nothing can be recognised: a code and values, never a sentence."""

    file: str
    code: str
    values: dict[str, RefusalValue]
    sheet: str | None = None


@dataclass(frozen=True)
class FoundTable:
    """One table of a file, its rows loaded as ``rows_<number>`` with columns v0, v1, ..."""

    number: int
    path: Path
    file: str  # name without folders
    format: str
    encoding: str | None
    separator: str | None  # its name
    sheet: str | None
    header_row: int
    headers: tuple[str, ...]  # by position; '' where there is none
    repeated: frozenset[int]  # positions of headers that stood before
    preamble: tuple[tuple[str, ...], ...]
    rows_read: int
    not_a_record: int
    ragged: int
    repaired: int  # double-encoded cells

    @property
    def rows(self) -> str:
        """The table in the warehouse."""
        return f"rows_{self.number}"


def find_tables(
    paths: list[Path], work: Path, warehouse: Warehouse, vocabulary: Vocabulary
) -> tuple[list[FoundTable], list[UnreadFile]]:
    """Every table of the files, and what could not be read.

    Raises:
        MissingFileError: a path is no file.
    """
    for path in paths:
        if not path.is_file():
            raise MissingFileError(
                what="The file to look at does not exist.",
                where=str(path),
                expected="an export file: CSV, XLSX or Parquet",
                to_do="Correct the name.",
            )
    tables: list[FoundTable] = []
    unread: list[UnreadFile] = []
    seen: dict[str, str] = {}
    for at, path in enumerate(paths):
        first = seen.setdefault(compute_delivery_id(path), path.name)
        if first is not path.name:
            unread.append(UnreadFile(path.name, SAME_FILE, {"file": first}))
            continue
        own_work = work / str(at)
        own_work.mkdir()
        try:
            for found in _read_file(path, own_work, warehouse, vocabulary, len(tables)):
                (tables if isinstance(found, FoundTable) else unread).append(found)
        except RefusedFileError as refused:
            unread.append(UnreadFile(path.name, refused.code.value, refused.values))
    return tables, unread


def _read_file(
    path: Path, work: Path, warehouse: Warehouse, vocabulary: Vocabulary, number: int
) -> Iterator[FoundTable | UnreadFile]:
    kind, reader = open_reader(path, work, warehouse)
    places = [(grid, find_header(grid, vocabulary)) for grid in reader.peek()]
    if kind == "csv":  # the same text under four separators
        places = [max(places, key=lambda place: place[1][1] if place[1] else 0)]
    for grid, header in places:
        if header is None:
            if any(any(row) for row in grid.rows):
                code = RefusalCode.REPORT_NOT_RECORDS if is_report(grid) else NO_HEADER
                yield UnreadFile(path.name, str(code), {}, grid.sheet)
            continue
        layout = _make_layout(grid, header[0])
        attempts = reader.read(grid, layout.header_row, layout.width)
        counts = load_rows(warehouse, layout, attempts)
        if counts.rows_read == counts.not_a_record:
            yield UnreadFile(path.name, NO_ROWS, {}, grid.sheet)
            continue
        repaired = 0
        if reader.may_be_double_encoded:
            repaired = sum(found.row_count or 0 for found in repair_cells(warehouse, layout))
        warehouse.execute(f"create or replace table rows_{number} as from incoming")
        cells = grid.rows[header[0]]
        yield FoundTable(
            number=number,
            path=path,
            file=path.name,
            format=kind,
            encoding=reader.encoding,
            separator=SEPARATORS.get(grid.separator),
            sheet=grid.sheet,
            header_row=layout.header_row,
            headers=tuple(show_header(cell) for cell in cells),
            repeated=_find_repeated(cells),
            preamble=layout.preamble,
            rows_read=counts.rows_read,
            not_a_record=counts.not_a_record,
            ragged=counts.ragged,
            repaired=repaired,
        )
        number += 1


def _make_layout(grid: Grid, row: int) -> Layout:
    width = len(grid.rows[row])
    return Layout(
        export=_LOOKING,
        grid=grid,
        header_row=grid.first_row + row,
        width=width,
        columns=(),
        positions={str(at): at for at in range(width)},
        unknown=(),
        repeated=(),
        other_sheets=(),
    )


def find_header(grid: Grid, vocabulary: Vocabulary) -> tuple[int, int] | None:
    """The row (index) that reads best as a header, and how well; None when no row does.

    A row counts only when words of ours stand in it: the first row of a file without a header may
    hold a person, and headers are shown.
    """
    best: tuple[int, int] | None = None
    for index, row in enumerate(grid.rows):
        cells = [cell.strip() for cell in row if cell.strip()]
        values = sum(is_value(cell) for cell in cells)
        if len(cells) < 2 or values > _MAX_VALUE_SHARE * len(cells):
            continue
        known = sum(vocabulary.knows_header(cell) for cell in cells)
        if known < 2 and known < _MIN_KNOWN_SHARE * len(cells):
            continue
        if known < len(cells) * _MIN_KNOWN_SHARE / 2 or not known or _is_months(cells):
            continue
        score = 2 * known + len(set(cells))
        if best is None or score > best[1]:
            best = (index, score)
    return best


def is_value(cell: str) -> bool:
    """True for a cell that is a value (number, date, address) or a sentence, not a header."""
    return bool(_VALUE.fullmatch(cell.strip())) or len(cell) > LONGEST_HEADER


def is_report(grid: Grid) -> bool:
    """True when the columns of a sheet are months or end in a total: figures, not records."""
    return any(_is_months([cell.strip() for cell in row if cell.strip()]) for row in grid.rows)


def _is_months(cells: list[str]) -> bool:
    names = [normalise_header(cell).rstrip(" :") for cell in cells]
    is_total_column = any(name in _TOTALS for name in names[1:])
    return sum(name in _MONTH_NAMES for name in names) >= 3 or (
        is_total_column and not any(is_value(cell) for cell in cells)
    )


def show_header(cell: str) -> str:
    """A header as it may be shown: one line, and nothing that looks like a value."""
    text = " ".join(repair_text(cell).split())
    return "" if is_value(text) else text


def _find_repeated(cells: tuple[str, ...]) -> frozenset[int]:
    seen: set[str] = set()
    repeated = set()
    for at, cell in enumerate(cells):
        name = normalise_header(cell)
        if name and name in seen:
            repeated.add(at)
        seen.add(name)
    return frozenset(repeated)
