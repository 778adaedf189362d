"""Names and texts inside composed SQL: always quoted, never pasted."""

from collections.abc import Callable, Iterable

NO_TEXT = "cast(null as varchar)"

# Landing name of a column -> SQL of its cell.
CellReader = Callable[[str], str]


def quote_name(name: str) -> str:
    """``name`` as an SQL identifier, whatever characters a header holds."""
    return '"' + name.replace('"', '""') + '"'


def quote_text(text: str) -> str:
    """``text`` as an SQL string."""
    return "'" + text.replace("'", "''") + "'"


def quote_value(value: str | int | bool | None) -> str:
    """A constant of a declaration as an SQL literal."""
    if value is None:
        return "null"
    if isinstance(value, bool):
        return "true" if value else "false"
    return str(value) if isinstance(value, int) else quote_text(value)


def quote_list(texts: Iterable[str]) -> str:
    """A list of strings as an SQL list of type VARCHAR[]."""
    return "cast([" + ", ".join(quote_text(text) for text in texts) + "] as varchar[])"


def join_lines(parts: Iterable[str], separator: str = ",\n    ") -> str:
    """Column expressions one under the other."""
    return separator.join(parts)


def make_cell_reader(landed: set[str]) -> CellReader:
    """Reads a landed column, or NULL when no file of the mapping has it."""

    def read(name: str) -> str:
        return f"landed.{quote_name(name)}" if name in landed else NO_TEXT

    return read
