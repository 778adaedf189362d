"""The sheets of a workbook that are read: the one that fits best, and those the mapping names.

Each lands by itself, as a delivery that says to which workbook it belongs. The name only says that
a sheet is read; what it holds is recognised by its own header set, as in any other file.
"""

import hashlib
from dataclasses import dataclass, replace

from pipelines.catalogue.models.records import RecordKind
from pipelines.catalogue.models.sources import EVERY_SHEET, Source
from pipelines.deliveries.layout import Layout, find_layout, normalise_header
from pipelines.deliveries.names import mask_personal
from pipelines.deliveries.readers.grid import Grid
from pipelines.deliveries.refused import RefusalCode, RefusedFileError

MOST_SHEETS = 100  # sheets further on are not read, whatever the mapping names
LONGEST_TITLE = 31  # spreadsheet programs cut the name of a sheet here
NOT_RECOGNISED = frozenset(
    {
        RefusalCode.FILE_EMPTY,
        RefusalCode.HEADER_UNKNOWN,
        RefusalCode.HEADER_INCOMPLETE,
        RefusalCode.REPORT_NOT_RECORDS,
    }
)


@dataclass(frozen=True)
class Part:
    """What lands as one delivery: a file, or one more sheet of a workbook."""

    delivery: str
    file: str  # as it is shown; of a further sheet with the name of the sheet
    layout: Layout
    workbook: str | None = None  # the delivery of the file, for a further sheet
    missed: tuple[str, ...] = ()  # sheets that the mapping names and no export fits


def name_sheet(workbook: str, position: int) -> str:
    """The delivery of a further sheet: the same bytes and the same place give the same."""
    return hashlib.sha256(f"{workbook}\x1fsheet {position}".encode()).hexdigest()


def list_parts(
    delivery: str, file: str, grids: list[Grid], source: Source, records: dict[str, RecordKind]
) -> list[Part]:
    """What is read of a file; the first part is the file itself, by its best sheet.

    Raises:
        RefusedFileError: no header matches, or two exports match a header equally.
    """
    main = find_layout(grids, source, records)
    named = {_normalise_title(name) for name in source.sheets}
    further, missed = [], []
    for position, grid in enumerate(grids[:MOST_SHEETS]):
        if grid.sheet is None or grid is main.grid:
            continue
        is_named = _normalise_title(grid.sheet) in named
        if not is_named and EVERY_SHEET not in named:
            continue
        title = mask_personal(grid.sheet)
        try:
            layout = find_layout([grid], source, records)
        except RefusedFileError as error:
            if error.code not in NOT_RECOGNISED:
                raise
            if is_named:
                missed.append(title)
            continue
        sheet = name_sheet(delivery, position)
        further.append(Part(sheet, f"{file} [{title}]", layout, workbook=delivery))
    read = {part.layout.grid.sheet for part in further}
    unread = tuple(sheet for sheet in main.other_sheets if sheet not in read)
    return [
        Part(delivery, file, replace(main, other_sheets=unread), missed=tuple(missed)),
        *further,
    ]


def _normalise_title(name: str) -> str:
    return normalise_header(name)[:LONGEST_TITLE].rstrip()
