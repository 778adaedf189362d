"""A file before it is written: typed cells, and the way an organisation writes them.

A cell that is text is written as it is; a date, number or yes/no in the style of the file.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

MONTHS = (
    "januari", "februari", "maart", "april", "mei", "juni", "juli", "augustus", "september",
    "oktober", "november", "december",
)  # fmt: skip


def dutch_date(day: date) -> str:
    """dd-mm-jjjj."""
    return day.strftime("%d-%m-%Y")


def short_date(day: date) -> str:
    """d-m-jjjj, without leading zeros."""
    return f"{day.day}-{day.month}-{day.year}"


def spoken_date(day: date) -> str:
    """3 maart 2024."""
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"


def serial_date(day: date) -> str:
    """The number by which a spreadsheet stores the day."""
    return str((day - date(1899, 12, 30)).days)


@dataclass
class Style:
    """How a text file is written."""

    encoding: str = "utf-8"
    separator: str = ";"
    date: Callable[[date], str] = dutch_date
    yes: str = "Ja"
    no: str = "Nee"
    empties: tuple[str, ...] = ("",)
    decimal_mark: str = ","
    line_end: str = "\r\n"
    quotes_all: bool = False

    def write(self, value: Any, turn: int) -> str:
        """The text of one cell; ``turn`` chooses between several markers for "empty"."""
        if value is None:
            return self.empties[turn % len(self.empties)]
        if isinstance(value, bool):
            return self.yes if value else self.no
        if isinstance(value, date):
            return self.date(value)
        if isinstance(value, Decimal):
            return f"{value.normalize():f}".replace(".", self.decimal_mark)
        return str(value)


@dataclass
class Table:
    """One file to be: header, rows of typed cells, and what stands above the header."""

    file: str
    kind: str  # the record kind it mainly holds
    headers: list[str]
    rows: list[list[Any]]
    preamble: list[list[Any]] = field(default_factory=list)
    style: Style = field(default_factory=Style)
    fields: dict[str, str] = field(default_factory=dict)  # our field -> header
    legend: list[list[Any]] = field(default_factory=list)  # a second sheet of a workbook

    def header_of(self, name: str) -> int:
        """Position of a column, by header or by our field name."""
        return self.headers.index(self.fields.get(name, name))

    def get(self, row: int, name: str) -> Any:
        """The cell of a row, by header or by our field name."""
        return self.rows[row][self.header_of(name)]

    def set(self, row: int, name: str, value: Any) -> None:
        """Overwrites one cell."""
        self.rows[row][self.header_of(name)] = value

    def find(self, accept: Callable[[Callable[[str], Any]], bool]) -> Iterator[int]:
        """Positions of the rows that ``accept``, which asks for cells by name."""
        for index in range(len(self.rows)):
            if accept(lambda name, index=index: self.get(index, name)):
                yield index

    def row_number(self, row: int) -> int:
        """The row as a spreadsheet program counts it."""
        return len(self.preamble) + 1 + row + 1

    def add_column(self, header: str, values: Callable[[int], Any], position: int = -1) -> None:
        """Adds a column; ``position`` counts from the left, -1 puts it last."""
        place = len(self.headers) if position < 0 else position
        self.headers.insert(place, header)
        for index, row in enumerate(self.rows):
            row.insert(place, values(index))
