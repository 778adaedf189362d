"""What a sheet is: columns with a kind, cells with plain values, suppressed cells in words.

Not here: which sheets there are (``sheets``, ``outcome_sheets``) and how a file writes a cell.
"""

from dataclasses import dataclass

from reports.pages.page import PageContext

# text; number: as it is; count: a whole number; day: a date; yes_no: true or false
KINDS = ("text", "number", "count", "day", "yes_no")


@dataclass(frozen=True)
class Column:
    """One column: its name in the table, what its cells are, how a code becomes words."""

    name: str
    kind: str = "text"
    words: str | None = None  # the first part of the key of the words of a code
    hidden_by: str = "is_suppressed"  # the column that says that an empty number is not shown


# Which figure a row is about; scores have their score key.
ROW_KEY = Column("row_key")


@dataclass(frozen=True)
class Sheet:
    """One sheet in the language of the reader; a cell is text, a number, a date, a bool or None."""

    key: str
    title: str
    header: tuple[str, ...]
    kinds: tuple[str, ...]
    rows: tuple[tuple, ...]


def make_sheet(
    context: PageContext, key: str, columns: tuple[Column, ...], rows: list[dict]
) -> Sheet:
    """The sheet: numbers as they are, codes in words, a suppressed number by its word."""
    words = context.words
    return Sheet(
        key=key,
        title=words(f"download.sheet.{key}"),
        header=tuple(words(f"download.column.{column.name}") for column in columns),
        kinds=tuple(column.kind for column in columns),
        rows=tuple(tuple(_say(context, column, row) for column in columns) for row in rows),
    )


def _say(context: PageContext, column: Column, row: dict) -> object:
    value = row[column.name]
    is_number = column.kind in ("number", "count")
    # An empty cell reads as "nothing": a suppressed figure exists and is not shown. Excluded units
    # are always counted: none of them is a 0, and an empty one is too small beside a shown score.
    is_hidden = row.get(column.hidden_by) or column.name == "units_excluded"
    if is_number and value is None and is_hidden:
        return context.words("download.suppressed")
    if column.name == "status" and row.get("is_kept"):
        told = context.words.get(f"{column.words}.{value}", str(value).replace("_", " "))
        return f"{told}, {context.words('kept.quarter')}"
    if column.words is None or value is None:
        return value
    words = context.words.get(f"{column.words}.{value}", str(value).replace("_", " "))
    return words or None
