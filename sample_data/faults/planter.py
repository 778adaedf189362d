"""Plants faults in the tables of one organisation and keeps the list of them."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from copy import deepcopy
from dataclasses import dataclass, field
from typing import Any

from sample_data.tables import Style, Table
from sample_data.world import Organisation, World

Entry = dict[str, Any]


@dataclass
class Planter:
    """The tables of one organisation, extra files, and what was planted in them."""

    organisation: Organisation
    world: World
    tables: dict[str, Table]
    copies: dict[str, str] = field(default_factory=dict)  # file -> file with the same bytes
    blobs: dict[str, bytes] = field(default_factory=dict)  # file -> content that is no table
    sheets: dict[str, list] = field(default_factory=dict)  # file -> sheets of a report
    entries: list[Entry] = field(default_factory=list)

    def note(
        self, name: str, quirk: str, table: Table | str, surfaces: list[Entry], in_file: str = ""
    ) -> None:
        """Adds one fault or quirk to the list.

        Args:
            name: its short name within the organisation.
            quirk: what kind of fault this is.
            table: the table, or the name of the file.
            surfaces: what must be seen after a run.
            in_file: a text that stands in the file and proves that the fault is there.
        """
        file = table if isinstance(table, str) else table.file
        self.entries.append(
            {
                "id": f"{self.organisation.organisation_id}-{name}",
                "quirk": quirk,
                "organisation_id": self.organisation.organisation_id,
                "file": file,
                "in_file": in_file,
                "surfaces": surfaces,
            }
        )

    def style(self, export: str, **changes: Any) -> Table:
        """Changes how a text file is written."""
        table = self.tables[export]
        table.style = Style(**{**vars(table.style), **changes})
        return table

    def spoil(
        self, export: str, rows: Iterable[int], name: str, text: Any, reason: str, label: str
    ) -> list[int]:
        """Overwrites a cell in ``rows``, each of which must be quarantined with ``reason``."""
        table = self.tables[export]
        chosen = list(rows)
        for row in chosen:
            table.set(row, name, text)
        column = table.fields.get(name, name)
        surfaces = [quarantined(table, chosen, reason, column)]
        self.note(label, reason, table, surfaces, table.style.write(text, 0))
        return chosen

    def add_row(self, export: str, after: int | None = None, **cells: Any) -> int:
        """Appends a row with the cells given by field name, the rest copied or empty."""
        table = self.tables[export]
        row = deepcopy(table.rows[after]) if after is not None else [None] * len(table.headers)
        table.rows.append(row)
        for name, value in cells.items():
            table.set(len(table.rows) - 1, name, value)
        return len(table.rows) - 1


def rows_of(table: Table, rows: Iterable[int]) -> list[int]:
    """Row numbers as a spreadsheet program counts them."""
    return sorted(table.row_number(row) for row in rows)


def quarantined(
    table: Table, rows: Iterable[int], reason: str, column: str | None = None, kind: str = ""
) -> Entry:
    """Expectation: exactly these rows of the file have ``reason`` in ``column``."""
    return {
        "in": "quarantine",
        "file": table.file,
        "record_kind": kind or table.kind,
        "reason": reason,
        "column": column,
        "row_numbers": rows_of(table, rows),
    }


def warned(table: Table, rows: Iterable[int], warning: str) -> Entry:
    """Expectation: these rows of the file have ``warning`` and are staged all the same."""
    return {
        "in": "warning",
        "file": table.file,
        "record_kind": table.kind,
        "warning": warning,
        "row_numbers": rows_of(table, rows),
    }


def staged(kind: str, where: str, rows: int, fallen: int = 0) -> Entry:
    """Expectation: so many staged rows of the organisation satisfy a SQL condition.

    At most ``fallen`` fewer are right too: rows that other faults take out with their parents.
    """
    return {"in": "staged", "record_kind": kind, "where": where, "rows": rows, "fallen": fallen}


def journalled(key: str, value: Any) -> Entry:
    """Expectation: the journal says this of the file (a list must contain it)."""
    return {"in": "journal", "key": key, "value": value}


def reported(kind: str, column: str, value: int) -> Entry:
    """Expectation: the delivery report has this number for the file."""
    return {"in": "delivery_report", "record_kind": kind, "column": column, "value": value}


def checked(check: str, kind: str, status: str = "failed") -> Entry:
    """Expectation: a data-quality check of the organisation has this outcome."""
    return {"in": "check", "check": check, "record_kind": kind, "status": status}


def unmapped(kind: str, code_text: str, rows: int) -> Entry:
    """Expectation: a code that no list knows is listed with its number of rows."""
    return {
        "in": "unmapped_code",
        "record_kind": kind,
        "code_text": code_text,
        "row_count": rows,
    }


def found_nowhere(*texts: str) -> Entry:
    """Expectation: these texts are in nothing that a run writes."""
    return {"in": "nowhere", "texts": list(texts)}


def refused(words: str) -> Entry:
    """Expectation: the file is refused and the reason holds these words."""
    return {"in": "refused", "words": words}


def pick_rows(table: Table, count: int, accept: Callable[..., bool], skip: int = 0) -> list[int]:
    """The first rows after ``skip`` fitting rows that ``accept``, spread over the file."""
    found = list(table.find(accept))[skip:]
    step = max(1, len(found) // (count + 1))
    return found[step - 1 :: step][:count]
