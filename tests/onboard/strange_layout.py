"""What the invented layouts share: writing their tables, and the truth about their columns.

What does not belong here: the words of a layout (``third_layout`` and those after it).
"""

import csv
from collections.abc import Callable
from pathlib import Path

# By header what a column feeds: (record kind, field) pairs; an empty set is to be left out.
Columns = dict[str, set[tuple[str, str]]]
LEFT_OUT: set[tuple[str, str]] = set()


def feed(kind: str, /, **fields: str) -> Columns:
    """The columns that feed one record kind: field = header."""
    return {header: {(kind, field)} for field, header in fields.items()}


def write_tables(
    folder: Path,
    tables: dict[str, list[list]],
    truth: dict[str, Columns],
    encoding: str,
    find_delimiter: Callable[[str], str],
) -> list[Path]:
    """Writes a file per table, with the headers of ``truth``; always the same bytes."""
    paths = []
    for name, rows in tables.items():
        path = folder / name
        with path.open("w", encoding=encoding, newline="") as target:
            writer = csv.writer(target, delimiter=find_delimiter(name))
            writer.writerows([list(truth[name]), *rows])
        paths.append(path)
    return paths
