"""What the cells of a column look like: counts and lengths, no values.

The distinct texts of a column with few of them are kept in memory to look for codes; they are not
shown (:mod:`pipelines.onboard.codes` says which texts may be).
"""

from dataclasses import dataclass, field
from typing import Literal

from pipelines.deliveries.gates import EMAIL, MAXIMUM_BSN_SHARE, make_bsn_sql
from pipelines.onboard.files import FoundTable
from pipelines.warehouse import Warehouse
from pipelines.warehouse.connection import read_sql

MOST_CODES = 60  # a column with more different texts is no code list
_MOST_KEPT = 400  # joined codes make many texts of few
_SHARE = 0.9  # of the filled cells that must agree
# Spreadsheet serials of 2000-01-01 and 2060-01-01: other five-digit numbers are numbers.
_SERIAL_FROM, _SERIAL_TO = 36526, 58440
_FREE_TEXT_LENGTH, _LONG_TEXT = 40, 120  # of the middle text, of the longest one
_DATE_FORMS = ("iso", "day_first", "short_day_first", "serial", "month_name", "compact")

ShapeName = Literal[
    "empty", "yes_no", "date", "whole_number", "number", "codes", "id", "name", "text"
]


@dataclass(frozen=True)
class Shape:
    """The shape of one column."""

    rows: int
    counts: dict[str, float | None]
    bsn_share: float  # of the distinct values
    texts: dict[str, int] = field(default_factory=dict, repr=False)  # text -> rows; never shown

    def share(self, name: str) -> float:
        """The share of the cells that say something for which ``name`` was counted."""
        return self.counts[name] / self.counts["known"] if self.counts["known"] else 0.0

    @property
    def is_empty(self) -> bool:
        """True when no cell says anything."""
        return not self.counts["known"]

    @property
    def is_serial(self) -> bool:
        """True when the cells are five-digit numbers, which may be dates or just numbers."""
        return self.share("serial") > _SHARE

    @property
    def is_date(self) -> bool:
        """True when the cells are dates."""
        if self.share("dates") < _SHARE:
            return False
        if self.is_serial:
            return self.counts["lowest"] >= _SERIAL_FROM and self.counts["highest"] <= _SERIAL_TO
        return True

    @property
    def is_unique(self) -> bool:
        """True when hardly any text stands in two rows."""
        return self.counts["distinct_count"] >= 0.97 * self.counts["filled"]

    @property
    def is_few(self) -> bool:
        """True when the column has few different texts."""
        few = self.counts["distinct_count"] <= MOST_CODES
        return few and (self.counts["distinct_count"] <= 12 or not self.is_unique)

    @property
    def is_name(self) -> bool:
        """True when the cells look like names: two words with capitals, no digits."""
        return self.share("two_capitals") > 0.7 and self.share("with_digit") < 0.1

    @property
    def is_free_text(self) -> bool:
        """True when the cells read as sentences."""
        return not self.is_empty and (
            self.counts["median_length"] > _FREE_TEXT_LENGTH
            or (self.counts["longest"] > _LONG_TEXT and self.share("spaced") > 0.5)
        )

    @property
    def is_bsn(self) -> bool:
        """True when most of several values pass the eleven-test."""
        return self.bsn_share > MAXIMUM_BSN_SHARE and self.counts["distinct_count"] >= 5

    @property
    def date_forms(self) -> tuple[str, ...]:
        """How the dates are written, the commonest first; and whether a time stands behind."""
        found = [(self.counts[form], form) for form in _DATE_FORMS if self.counts[form]]
        forms = [form for _, form in sorted(found, key=lambda one: (-one[0], one[1]))]
        return (*forms, "with_time") if self.counts["with_time"] else tuple(forms)

    @property
    def name(self) -> ShapeName:
        """The shape in one word."""
        if self.is_empty:
            return "empty"
        if self.is_date and not self.is_serial:
            return "date"
        if self.share("yes_no") > _SHARE:
            return "yes_no"
        if self.share("numbers") > _SHARE:
            return "whole_number" if self.share("integers") > _SHARE else "number"
        if self.is_free_text:
            return "text"
        if self.is_few:
            return "codes"
        if self.is_name:
            return "name"
        return "id" if self.share("spaced") < 0.3 else "text"


def measure_shapes(
    warehouse: Warehouse, table: FoundTable, mark: str, known: list[Shape] | None = None
) -> list[Shape]:
    """The shape of every column of a table, in its order.

    Args:
        mark: the decimal mark, which only decides about numbers such as 1.250.
        known: the shapes under the other mark; kept when no such number stands in the table.
    """
    if known is not None and not any(shape.counts["thousands"] for shape in known):
        return known
    _fill_cells(warehouse, table)
    cursor = warehouse.execute(read_sql("onboard", "shape"), {"mark": mark, "email": EMAIL})
    names = [column[0] for column in cursor.description]
    counts = {row[0]: dict(zip(names, row, strict=True)) for row in cursor.fetchall()}
    digits = "regexp_replace(text, '[ .-]', '', 'g')"
    passing = dict(
        warehouse.fetch_all(
            f"select position, count(*) from cell where regexp_full_match({digits}, '[0-9]+')"
            f" and {make_bsn_sql(digits)} group by position"
        )
    )
    texts: dict[int, dict[str, int]] = {}
    for position, text, rows in warehouse.fetch_all(
        f"""
        select position, text, row_count
        from cell
        qualify count(*) over (partition by position) <= {_MOST_KEPT}
        order by position, text
        """
    ):
        texts.setdefault(position, {})[text] = rows
    rows = table.rows_read - table.not_a_record
    return [
        Shape(
            rows,
            counts.get(at) or dict.fromkeys(names, 0),
            passing.get(at, 0) / max(counts[at]["distinct_count"], 1) if at in counts else 0.0,
            texts.get(at, {}),
        )
        for at in range(len(table.headers))
    ]


def _fill_cells(warehouse: Warehouse, table: FoundTable) -> None:
    """Writes the temp table ``cell``: every distinct text of every column, with its rows."""
    columns = " union all ".join(
        f"select {at} as position, v{at} as text, count(*) as row_count"
        f" from {table.rows} where v{at} is not null group by v{at}"
        for at in range(len(table.headers))
    )
    warehouse.execute(f"create or replace temp table cell as {columns}")


def find_decimal_mark(shapes: list[Shape]) -> str:
    """The decimal mark of an export: a comma as soon as there are more of them than points."""
    numeric = [shape for shape in shapes if shape.share("numbers") > _SHARE and not shape.is_date]
    commas = sum(shape.counts["commas"] for shape in numeric)
    points = sum(shape.counts["points"] - shape.counts["thousands"] for shape in numeric)
    return "," if commas > points else "."
