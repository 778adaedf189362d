"""Workbooks as a client-file system exports them: preamble, bold headers, one sheet `Worksheet`.

openpyxl stamps the time of writing into the file; the stamps are replaced, so that the same content
gives the same bytes.
"""

import io
import re
import zipfile
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Font

from sample_data.tables import Table

STAMP = datetime(2026, 7, 1, 8, 0, 0)
ZIP_STAMP = (2026, 7, 1, 8, 0, 0)
DATE_FORMAT = "yyyy-mm-dd"


def write_workbook(folder: Path, table: Table) -> None:
    """Writes one table as the first sheet of a workbook, its legend (if any) as the second."""
    sheets = [
        ("Worksheet", [*table.preamble, [_Bold(name) for name in table.headers], *table.rows])
    ]
    if table.legend:
        sheets.append(("Legenda", table.legend))
    write_sheets(folder / table.file, sheets)


class _Bold(str):
    """A header text."""


def write_sheets(path: Path, sheets: Sequence[tuple[str, Sequence[Sequence[Any]]]]) -> None:
    """Writes sheets of rows; a title longer than 31 characters is cut, as the format demands."""
    book = Workbook(write_only=True)
    for title, rows in sheets:
        sheet = book.create_sheet(title[:31])
        for row in rows:
            sheet.append([_make_cell(sheet, value) for value in row])
    book.properties.creator = "sample_data"
    book.properties.created = STAMP
    buffer = io.BytesIO()
    book.save(buffer)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(_fix_stamps(buffer))


def _make_cell(sheet: Any, value: Any) -> Any:
    if isinstance(value, _Bold):
        cell = WriteOnlyCell(sheet, value=str(value))
        cell.font = Font(bold=True)
        return cell
    return value


def _fix_stamps(buffer: io.BytesIO) -> bytes:
    """The same archive with one fixed time everywhere."""
    stamp = STAMP.strftime("%Y-%m-%dT%H:%M:%SZ").encode()
    fixed = io.BytesIO()
    with (
        zipfile.ZipFile(buffer) as source,
        zipfile.ZipFile(fixed, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as target,
    ):
        for name in source.namelist():
            content = source.read(name)
            if name == "docProps/core.xml":
                content = re.sub(rb"(<dcterms:modified[^>]*>)[^<]*", rb"\g<1>" + stamp, content)
            entry = zipfile.ZipInfo(name, ZIP_STAMP)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.create_system = 3
            target.writestr(entry, content, compresslevel=9)
    return fixed.getvalue()
