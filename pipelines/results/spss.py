"""Research tables as SPSS files (.sav) with labels, the same bytes whenever they are written.

What does not belong here: which tables are written and where.
"""

from __future__ import annotations

from datetime import date
from pathlib import Path

from pipelines.results.labels import Labels, list_value_labels
from pipelines.warehouse import Warehouse, escape_glob

# The header record of a system file: type 4, product 60, five numbers 20, bias 8; then the day in
# 9 and the time in 8 characters (GNU PSPP, System File Format, 1.2 File Header Record).
CREATED_AT = slice(92, 109)
MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
LONGEST_LABEL = 255  # bytes of a variable label that SPSS shows
LONGEST_VALUE_LABEL = 120
NUMBER_TYPES = ("BIGINT", "BOOLEAN", "DECIMAL", "DOUBLE", "HUGEINT", "INTEGER")
WHOLE_TYPES = ("BIGINT", "BOOLEAN", "HUGEINT", "INTEGER")


def write_sav(
    warehouse: Warehouse, parquet: Path, path: Path, labels: Labels, title: str, day: date
) -> None:
    """Writes one Parquet file of the results as ``path``.

    Numbers and yes/no become numeric (0 and 1 with labels), text stays text with the labels of the
    values that occur; an empty text stands for "not filled in".

    Args:
        day: the day the data know the world up to; it stands in the header as the day of creation.
    """
    import pyreadstat

    source = escape_glob(parquet)
    types = dict(
        warehouse.fetch_all(
            "select column_name, column_type from (describe select * from read_parquet(?))",
            [source],
        )
    )
    kinds = {name: kind.partition("(")[0] for name, kind in types.items()}
    columns = ", ".join(_read_column(name, kind) for name, kind in kinds.items())
    frame = warehouse.fetch_frame(f"select {columns} from read_parquet(?)", [source])
    texts = [name for name, kind in kinds.items() if kind == "VARCHAR"]
    for name in texts:
        # The writer asks for one value at a time; pandas' own texts take three times as long.
        frame[name] = frame[name].astype(object)
    for name, kind in kinds.items():
        if kind == "DATE":
            days = frame[name].dt.date.astype(object)
            frame[name] = days.where(frame[name].notna(), None)
    valued: dict[str, dict] = {
        column: {value: _cut(label, LONGEST_VALUE_LABEL) for value, label in own.items()}
        for column, own in list_value_labels(
            labels, {name: frame[name].unique() for name in texts}
        ).items()
    }
    valued |= {name: labels.find_booleans() for name, kind in kinds.items() if kind == "BOOLEAN"}
    pyreadstat.write_sav(
        frame,
        path,
        file_label=title,
        column_labels={name: _cut(labels.find_column(name), LONGEST_LABEL) for name in kinds},
        variable_value_labels=valued,
        variable_measure={
            name: "scale" if kind in NUMBER_TYPES and kind != "BOOLEAN" else "nominal"
            for name, kind in kinds.items()
        },
        variable_format={
            name: "F10.0" if kind in WHOLE_TYPES else "F12.4"
            for name, kind in kinds.items()
            if kind in NUMBER_TYPES
        },
        row_compress=True,
    )
    set_creation_day(path, day)


def _read_column(name: str, kind: str) -> str:
    if kind in NUMBER_TYPES:
        return f'cast("{name}" as double) as "{name}"'
    return f"""coalesce("{name}", '') as "{name}\"""" if kind == "VARCHAR" else f'"{name}"'


def _cut(text: str, size: int) -> str:
    """As many whole characters as fit in ``size`` bytes."""
    return text.encode()[:size].decode(errors="ignore")


def set_creation_day(path: Path, day: date) -> None:
    """Replaces the moment of writing in the header by midnight of a day the data decide.

    The writer puts its clock there, which nobody who opens the file can use and which would make
    the same results different files.

    Raises:
        ValueError: the file does not begin as a system file does.
    """
    stamp = f"{day.day:02} {MONTHS[day.month - 1]} {day.year % 100:02}00:00:00".encode()
    with path.open("r+b") as file:
        header = file.read(CREATED_AT.stop)
        if header[:4] not in (b"$FL2", b"$FL3") or header[CREATED_AT][11:12] != b":":
            raise ValueError(f"{path.name} has no header of an SPSS system file")
        file.seek(CREATED_AT.start)
        file.write(stamp)
