"""A sheet as a CSV file that Dutch Excel opens right on a double click.

Semicolons, decimal comma, ``dd-mm-yyyy``, UTF-8 with its mark. Not here: what stands in a sheet.
"""

import csv
import io
from datetime import date

from reports.downloads.formula_like import is_formula_like
from reports.downloads.sheet import Sheet


def write_dutch_csv(sheet: Sheet, yes: str, no: str) -> bytes:
    """The file, with one header row. Numbers keep up to ten digits after the comma."""
    text = io.StringIO()
    writer = csv.writer(text, delimiter=";", lineterminator="\r\n", quoting=csv.QUOTE_MINIMAL)
    writer.writerow(sheet.header)
    for row in sheet.rows:
        writer.writerow([_write_cell(cell, yes, no) for cell in row])
    return text.getvalue().encode("utf-8-sig")


def _write_cell(cell: object, yes: str, no: str) -> str:
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return yes if cell else no
    if isinstance(cell, int):
        return str(cell)
    if isinstance(cell, float):
        return f"{cell:.10f}".rstrip("0").rstrip(".").replace(".", ",")
    if isinstance(cell, date):
        return cell.strftime("%d-%m-%Y")
    text = str(cell)
    # The apostrophe is what Excel itself shows before text that must stay text.
    return f"'{text}" if is_formula_like(text) else text
