"""Parquet files with typed columns."""

from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pandas as pd

from pipelines.warehouse import open_warehouse
from sample_data.tables import Table


def write_parquet(folder: Path, table: Table) -> None:
    """Writes one table with real dates, numbers and booleans."""
    path = folder / table.file
    path.parent.mkdir(parents=True, exist_ok=True)
    types = [_find_type([row[place] for row in table.rows]) for place in range(len(table.headers))]
    texts = {
        header: pd.Series([_make_text(row[place]) for row in table.rows], dtype="str")
        for place, header in enumerate(table.headers)
    }
    columns = ", ".join(
        f'cast("{header}" as {kind}) as "{header}"'
        for header, kind in zip(table.headers, types, strict=True)
    )
    with open_warehouse() as warehouse:
        warehouse.execute("set threads = 1")  # more of them may write the rows in another order
        declared = ", ".join(f'"{header}" varchar' for header in table.headers)
        warehouse.execute(f"create table sheet ({declared})")
        warehouse.write_frame("sheet", pd.DataFrame(texts))
        warehouse.execute(
            f"copy (select {columns} from sheet) to '{path}' (format parquet, compression zstd)"
        )


def _find_type(values: list[Any]) -> str:
    kinds = {type(value) for value in values if value is not None}
    for kind, name in ((bool, "boolean"), (date, "date"), (int, "bigint")):
        if kinds == {kind}:
            return name
    return "decimal(9, 2)" if kinds == {Decimal} else "varchar"


def _make_text(value: Any) -> str | None:
    return None if value is None else str(value).lower() if isinstance(value, bool) else str(value)
