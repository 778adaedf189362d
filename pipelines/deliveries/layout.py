"""Recognises an export by its whole header set, wherever the header lies in the file.

The row whose cells match most declared columns of one export is the header; of equals, the one with
the fewest unknown columns. One column name alone never decides, nor does the name of a sheet.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from pipelines.catalogue.models.records import RecordKind
from pipelines.catalogue.models.sources import Export, Source
from pipelines.deliveries.columns import LandedColumn, list_landed_columns
from pipelines.deliveries.double_encoding import repair_text
from pipelines.deliveries.readers.grid import Grid
from pipelines.deliveries.refused import RefusalCode, RefusedFileError

REPORT_WORDS = ("totaal aantal", "total number")


@dataclass(frozen=True)
class Layout:
    """Which export a file is, and where its columns stand."""

    export: Export
    grid: Grid
    header_row: int  # row number of the header; 0 in a Parquet file
    width: int
    columns: tuple[LandedColumn, ...]  # those of the export that the file carries
    positions: dict[str, int]  # declared header -> position of its cells
    unknown: tuple[str, ...]  # headers nobody declared, as delivered
    repeated: tuple[str, ...]  # declared headers that stand more than once; the first is read
    other_sheets: tuple[str, ...]  # sheets that match an export as well and are not read

    @property
    def preamble(self) -> tuple[tuple[str, ...], ...]:
        """The rows above the header."""
        return self.grid.rows[: max(self.header_row - 1, 0)]


@dataclass(frozen=True)
class _Target:
    """What a header row must and may hold to be one export."""

    export: Export
    columns: tuple[LandedColumn, ...]
    declared: frozenset[str]
    required: frozenset[str]
    known: frozenset[str]


@dataclass(frozen=True)
class _Match:
    target: _Target
    grid: Grid
    row: int  # index in grid.rows
    rank: tuple[int, int]


def normalise_header(header: str) -> str:
    """The form in which two headers are compared."""
    text = header if header.isascii() else repair_text(header)
    return " ".join(text.split()).casefold()


def find_layout(grids: list[Grid], source: Source, records: dict[str, RecordKind]) -> Layout:
    """The layout of a file from the top of its sheets.

    Raises:
        RefusedFileError: no header matches, two exports match equally, or the file is a report.
    """
    targets = [_find_target(export, records) for export in source.exports]
    matches = [match for grid in grids for match in _match_grid(grid, targets)]
    if not matches:
        raise _explain_mismatch(grids, source, targets)
    best = max(matches, key=lambda match: match.rank)
    same_row = {
        match.target.export.id
        for match in matches
        if match.rank == best.rank and match.grid is best.grid and match.row == best.row
    }
    if len(same_row) > 1:
        raise RefusedFileError(RefusalCode.HEADER_AMBIGUOUS, exports=sorted(same_row))
    others = {m.grid.sheet for m in matches if m.grid.sheet != best.grid.sheet}
    return _describe(best, tuple(sorted(others)))


# Every file of a run is held against every export of its source: worked out once per export.
_TARGETS: dict[int, tuple[Export, dict[str, RecordKind], _Target]] = {}


def _find_target(export: Export, records: dict[str, RecordKind]) -> _Target:
    known = _TARGETS.get(id(export))
    if known is None or known[0] is not export or known[1] is not records:
        known = export, records, _make_target(export, records)
        _TARGETS[id(export)] = known
    return known[2]


def _make_target(export: Export, records: dict[str, RecordKind]) -> _Target:
    columns = list_landed_columns(export, records)
    optional: dict[str, bool] = {}
    for column in columns:
        header = normalise_header(column.header)
        optional[header] = optional.get(header, True) and column.is_optional
    return _Target(
        export=export,
        columns=columns,
        declared=frozenset(optional),
        required=frozenset(header for header, may_miss in optional.items() if not may_miss),
        known=frozenset(normalise_header(header) for header in export.known_columns),
    )


def _match_grid(grid: Grid, targets: list[_Target]) -> Iterator[_Match]:
    fewest = min((len(target.required) for target in targets), default=0)
    for index, row in enumerate(grid.rows):
        if len(row) < fewest:
            continue  # too few cells to be any header
        headers = {normalise_header(cell) for cell in row} - {""}
        for target in targets:
            if headers and target.required <= headers and target.declared & headers:
                matched = len(headers & target.declared)
                unknown = len(headers - target.declared - target.known)
                yield _Match(target, grid, index, (matched, -unknown))


def _describe(match: _Match, other_sheets: tuple[str, ...]) -> Layout:
    cells = match.grid.rows[match.row]
    positions: dict[str, int] = {}
    repeated = set()
    for index, cell in enumerate(cells):
        header = normalise_header(cell)
        if header in positions:
            repeated.add(header)
        else:
            positions[header] = index
    target = match.target
    carried = tuple(c for c in target.columns if normalise_header(c.header) in positions)
    unknown = dict.fromkeys(
        " ".join(repair_text(cell).split())[:100]
        for cell in cells
        if normalise_header(cell) not in target.declared | target.known | {""}
    )
    return Layout(
        export=target.export,
        grid=match.grid,
        header_row=match.grid.first_row + match.row,
        width=len(cells),
        columns=carried,
        positions={c.header: positions[normalise_header(c.header)] for c in carried},
        unknown=tuple(unknown),
        repeated=tuple(
            sorted({c.header for c in carried if normalise_header(c.header) in repeated})
        ),
        other_sheets=other_sheets,
    )


def _explain_mismatch(
    grids: list[Grid], source: Source, targets: list[_Target]
) -> RefusedFileError:
    if not any(any(any(row) for row in grid.rows) for grid in grids):
        return RefusedFileError(RefusalCode.FILE_EMPTY)
    nearest, missing, matched = None, frozenset(), 0
    for grid in grids:
        for row in grid.rows:
            headers = {normalise_header(cell) for cell in row}
            for target in targets:
                found = len(headers & target.declared)
                if found > matched:
                    nearest, missing, matched = target, target.required - headers, found
    if _is_report(grids, targets) and matched < 3:
        return RefusedFileError(RefusalCode.REPORT_NOT_RECORDS)
    if nearest is not None and matched >= 2:
        names = sorted({c.header for c in nearest.columns if normalise_header(c.header) in missing})
        return RefusedFileError(
            RefusalCode.HEADER_INCOMPLETE,
            source=source.source,
            export=nearest.export.id,
            columns=names,
        )
    return RefusedFileError(RefusalCode.HEADER_UNKNOWN, source=source.source)


def _is_report(grids: list[Grid], targets: list[_Target]) -> bool:
    markers = {
        normalise_header(marker) for target in targets for marker in target.export.total_markers
    }
    for grid in grids:
        for row in grid.rows:
            for cell in row:
                text = normalise_header(cell).rstrip(":")
                if text in markers or text.startswith(REPORT_WORDS):
                    return True
    return False
