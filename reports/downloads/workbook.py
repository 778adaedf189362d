"""Sheets as an Excel workbook: values only, no formulas, links or macros.

The same sheets give the same bytes. Cells are written as text here: a library that can write every
kind of workbook spends half the time of building all pages on them. Not here: what stands in a
sheet, and the parts that every workbook has (``package``).
"""

import re
from datetime import date
from string import ascii_uppercase

from reports.downloads.formula_like import is_formula_like
from reports.downloads.package import (
    BOLD,
    COUNT,
    DAY,
    HEAD,
    HEADER,
    MAIN,
    PLAIN,
    QUOTED,
    WRAPPED,
    write_package,
)
from reports.downloads.sheet import Sheet

WIDEST = 48  # characters; a longer name wraps
NARROWEST = 9
STYLES = {"number": PLAIN, "count": COUNT, "yes_no": PLAIN, "day": DAY, "text": PLAIN}
# Excel wants a date of making; a fixed one keeps the bytes the same when nothing is known.
NO_DAY = date(2000, 1, 1)
DAY_ZERO = date(1899, 12, 30)  # of the serial numbers that Excel keeps for dates
# What XML cannot hold at all, and what Excel would read as the code of a character.
IMPOSSIBLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
CODE = re.compile("_(?=x[0-9A-Fa-f]{4}_)")
LETTERS = [*ascii_uppercase, *(f"A{letter}" for letter in ascii_uppercase)]  # of columns


def write_workbook(
    sheets: list[Sheet], about: list[tuple[str, str]], title: str, day: date | None
) -> bytes:
    """The workbook.

    Args:
        sheets: the sheets, in order.
        about: the first sheet, two columns of text: what this is and how to read it. Its name is
            the first label.
        title: the title of the document.
        day: the date written into the document's properties.
    """
    told: dict[tuple[str, int], str] = {}  # most texts are in many cells
    parts = [(_escape(about[0][0]), _write_about(about, told))]
    parts += [(_escape(sheet.title), _write_sheet(sheet, told)) for sheet in sheets]
    filters = [
        (place, f"'{name.replace(chr(39), chr(39) * 2)}'!$A$1:${_name_column(sheet)}$"
                f"{len(sheet.rows) + 1}")
        for place, ((name, _), sheet) in enumerate(zip(parts[1:], sheets, strict=True), start=1)
    ]  # fmt: skip
    return write_package(parts, filters, _escape(title), day or NO_DAY)


def _write_about(about: list[tuple[str, str]], told: dict) -> str:
    rows = [
        _write_row(number, [_tell(label, BOLD, told), _tell(text, WRAPPED, told)])
        for number, (label, text) in enumerate(about, start=1)
    ]
    view = '<sheetView showGridLines="0" tabSelected="1" workbookViewId="0"/>'
    return _write_part(view, [26, 90], rows, "")


def _write_sheet(sheet: Sheet, told: dict) -> str:
    rows = [_write_row(1, [_tell(name, HEADER, told) for name in sheet.header])]
    rows += [
        _write_row(
            number,
            [_write_cell(cell, kind, told) for cell, kind in zip(row, sheet.kinds, strict=True)],
        )
        for number, row in enumerate(sheet.rows, start=2)
    ]
    view = (
        '<sheetView workbookViewId="0"><pane ySplit="1" topLeftCell="A2" activePane="bottomLeft"'
        ' state="frozen"/></sheetView>'
    )
    widths = [_choose_width(sheet, place) for place in range(len(sheet.header))]
    cells = f"A1:{_name_column(sheet)}{len(sheet.rows) + 1}"
    return _write_part(view, widths, rows, f'<autoFilter ref="{cells}"/>')


def _write_part(view: str, widths: list[int], rows: list[str], end: str) -> str:
    columns = "".join(
        f'<col min="{place}" max="{place}" width="{width}" customWidth="1"/>'
        for place, width in enumerate(widths, start=1)
    )
    return (
        f'{HEAD}<worksheet xmlns="{MAIN}"><sheetViews>{view}</sheetViews>'
        f'<sheetFormatPr defaultRowHeight="15"/><cols>{columns}</cols>'
        f"<sheetData>{''.join(rows)}</sheetData>{end}</worksheet>"
    )


def _name_column(sheet: Sheet) -> str:
    """The letters of the last column."""
    return LETTERS[len(sheet.header) - 1]


def _choose_width(sheet: Sheet, place: int) -> int:
    """Wide enough for the texts of a column and for the longest word of its head, which wraps."""
    word = max(len(word) for word in sheet.header[place].split()) + 3  # and the arrow of the filter
    if sheet.kinds[place] != "text":
        return max(NARROWEST + 3, word)
    longest = max((len(str(row[place] or "")) for row in sheet.rows), default=0)
    return max(NARROWEST, word, min(longest + 1, WIDEST))


def _write_row(number: int, cells: list[str]) -> str:
    """One row; a cell without content is left out, so every cell says where it is."""
    return f'<row r="{number}">' + "".join(
        [f'<c r="{LETTERS[place]}{number}"{cell}</c>' for place, cell in enumerate(cells) if cell]
    ) + "</row>"  # fmt: skip


def _write_cell(cell: object, kind: str, told: dict) -> str:
    """A cell from behind its place up to its end; empty for an empty one."""
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return f' t="b"><v>{int(cell)}</v>'
    if isinstance(cell, (int, float)):
        return f' s="{STYLES[kind]}"><v>{cell!r}</v>'
    if isinstance(cell, date):
        return f' s="{DAY}"><v>{(cell - DAY_ZERO).days}</v>'
    return _tell(str(cell), PLAIN, told)


def _tell(text: str, style: int, told: dict) -> str:
    """A cell of text; one that looks like a formula carries Excel's own mark for text."""
    known = told.get((text, style))
    if known is None:
        shown = QUOTED if is_formula_like(text) else style
        known = f' s="{shown}" t="inlineStr"><is><t xml:space="preserve">{_escape(text)}</t></is>'
        told[text, style] = known
    return known


def _escape(text: str) -> str:
    clean = CODE.sub("_x005F_", IMPOSSIBLE.sub("", text))
    for character, entity in (("&", "&amp;"), ("<", "&lt;"), (">", "&gt;"), ('"', "&quot;")):
        clean = clean.replace(character, entity)
    return clean
