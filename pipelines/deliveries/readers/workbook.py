"""Reads XLSX workbooks: every sheet is looked at, one is read."""

from collections.abc import Iterable, Iterator
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from itertools import islice
from pathlib import Path

import python_calamine

from pipelines.deliveries.readers.grid import (
    PEEK_ROWS,
    Attempt,
    Grid,
    check_width,
    make_tidy_attempt,
    write_tidy_rows,
)
from pipelines.deliveries.readers.workbook_guard import check_workbook
from pipelines.deliveries.refused import RefusalCode, RefusedFileError


class WorkbookReader:
    """An XLSX workbook that passed every safety check."""

    encoding = None
    may_be_double_encoded = True

    def __init__(self, path: Path, work: Path):
        self.work = work
        self.sheets: dict[str, python_calamine.CalamineSheet] = {}
        try:
            workbook = python_calamine.CalamineWorkbook.from_path(path)
            for about in workbook.sheets_metadata:
                if about.typ == python_calamine.SheetTypeEnum.WorkSheet:
                    self.sheets[about.name] = workbook.get_sheet_by_name(about.name)
        except (python_calamine.CalamineError, OSError, ValueError) as error:
            raise RefusedFileError(RefusalCode.WORKBOOK_DAMAGED) from error

    def peek(self) -> list[Grid]:
        """The top of every sheet."""
        return [
            Grid(
                tuple(tuple(row) for _, row in islice(_iterate_rows(sheet), PEEK_ROWS)), sheet=name
            )
            for name, sheet in self.sheets.items()
        ]

    def read(self, grid: Grid, header_row: int, width: int) -> Iterator[Attempt]:
        """The way to read every row of the sheet below the header."""
        check_width(width)
        tidy = self.work / "tidy.csv"
        rows = _iterate_rows(self.sheets[grid.sheet])
        write_tidy_rows(islice(rows, header_row, None), width, tidy)
        yield make_tidy_attempt(tidy, width)


def open_workbook(path: Path, work: Path) -> WorkbookReader:
    """A reader for the workbook at ``path``; ``work`` is a folder for temporary files.

    Raises:
        RefusedFileError: the workbook is unsafe or damaged.
    """
    check_workbook(path)
    return WorkbookReader(path, work)


def read_sheets(path: Path) -> Iterator[list[list]]:
    """The cells of every sheet of a workbook of our own making, as they are."""
    workbook = python_calamine.CalamineWorkbook.from_path(path)
    for name in workbook.sheet_names:
        yield workbook.get_sheet_by_name(name).to_python()


def _iterate_rows(sheet: python_calamine.CalamineSheet) -> Iterable[tuple[int, list[str]]]:
    """Rows as the spreadsheet program numbers them; the columns begin at the first used one."""
    for number, cells in enumerate(sheet.iter_rows(), start=1):
        yield number, [_write_cell(cell) for cell in cells]


def _write_cell(value: object) -> str:
    """A cell as text: plain numbers, ISO dates, true/false."""
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float):
        # 15 digits, as the spreadsheet program shows it; a number is never written as 1e+20.
        return str(int(value)) if value.is_integer() else f"{Decimal(f'{value:.15g}'):f}"
    if isinstance(value, datetime):
        has_time = value.time() != time.min
        return value.isoformat(" ", "seconds") if has_time else value.date().isoformat()
    if isinstance(value, date | time):
        return value.isoformat()
    if isinstance(value, timedelta):
        minutes, seconds = divmod(round(value.total_seconds()), 60)
        return f"{minutes // 60:02d}:{minutes % 60:02d}:{seconds:02d}"
    return "" if value is None else str(value)
