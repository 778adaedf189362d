"""Sheets as an Excel workbook: values only, no formulas, links or macros.

The same sheets give the same bytes. Not here: what stands in a sheet.
"""

import io
from datetime import date, datetime

from reports.downloads.formula_like import is_formula_like
from reports.downloads.sheet import Sheet

WIDEST = 48  # characters; a longer name wraps
NARROWEST = 9
FORMATS = {"number": "General", "count": "0", "day": "dd-mm-yyyy"}
# Excel wants a date of making; a fixed one keeps the bytes the same when nothing is known.
NO_DAY = date(2000, 1, 1)


def write_workbook(
    sheets: list[Sheet], about: list[tuple[str, str]], title: str, day: date | None
) -> bytes:
    """The workbook.

    Args:
        sheets: the sheets, in order.
        about: the first sheet, two columns of text: what this is and how to read it.
        title: the name of the document and of the first sheet is made from ``about``.
        day: the date written into the document's properties.
    """
    import xlsxwriter

    target = io.BytesIO()
    options = {
        "constant_memory": True,
        "strings_to_formulas": False,
        "strings_to_numbers": False,
        "strings_to_urls": False,
    }
    book = xlsxwriter.Workbook(target, options)
    made = day or NO_DAY
    book.set_properties({"title": title, "created": datetime(made.year, made.month, made.day)})
    styles = {kind: book.add_format({"num_format": code}) for kind, code in FORMATS.items()}
    styles["header"] = book.add_format({"bold": True, "text_wrap": True, "valign": "top"})
    styles["wrapped"] = book.add_format({"text_wrap": True, "valign": "top"})
    styles["bold"] = book.add_format({"bold": True, "valign": "top"})
    styles["quoted"] = book.add_format({"quote_prefix": True})
    _write_about(book, about, styles)
    for sheet in sheets:
        _write_sheet(book, sheet, styles)
    book.close()
    return target.getvalue()


def _write_about(book, about: list[tuple[str, str]], styles: dict) -> None:
    page = book.add_worksheet(about[0][0])
    page.set_column(0, 0, 26)
    page.set_column(1, 1, 90)
    page.hide_gridlines(2)
    for number, (label, text) in enumerate(about):
        page.write_string(number, 0, label, styles["bold"])
        is_hostile = is_formula_like(text)
        page.write_string(number, 1, text, styles["quoted" if is_hostile else "wrapped"])


def _write_sheet(book, sheet: Sheet, styles: dict) -> None:
    page = book.add_worksheet(sheet.title)
    page.freeze_panes(1, 0)
    page.autofilter(0, 0, len(sheet.rows), len(sheet.header) - 1)
    for place, name in enumerate(sheet.header):
        page.write_string(0, place, name, styles["header"])
        page.set_column(place, place, _choose_width(sheet, place))
    for number, row in enumerate(sheet.rows, start=1):
        for place, cell in enumerate(row):
            _write_cell(page, number, place, cell, sheet.kinds[place], styles)


def _choose_width(sheet: Sheet, place: int) -> int:
    if sheet.kinds[place] != "text":
        return NARROWEST + 3
    longest = max((len(str(row[place] or "")) for row in sheet.rows), default=0)
    return max(NARROWEST, min(longest + 1, WIDEST))


def _write_cell(page, number: int, place: int, cell: object, kind: str, styles: dict) -> None:
    if cell is None:
        return
    if isinstance(cell, bool):
        page.write_boolean(number, place, cell)
    elif isinstance(cell, (int, float)):
        page.write_number(number, place, cell, styles[kind])
    elif isinstance(cell, date):
        page.write_datetime(number, place, cell, styles["day"])
    else:
        text = str(cell)
        page.write_string(number, place, text, styles["quoted"] if is_formula_like(text) else None)
