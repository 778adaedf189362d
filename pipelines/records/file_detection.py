"""What the door saw of each file, as a table that people read: nothing is guessed silently.

What does not belong here: what became of the rows (``quality_tables``).
"""

from collections.abc import Iterator

import pandas as pd

from pipelines.deliveries import Delivery
from pipelines.records.accepted import read_accepted
from pipelines.run import Run
from pipelines.warehouse import Warehouse

COLUMNS = ("organisation_id", "file", "delivery", "detected", "value", "column_name", "row_count")


def build_file_detection(warehouse: Warehouse, run: Run) -> None:
    """Writes ``quality.file_detection``: one row per thing that was detected in an accepted file.

    ``detected`` is the name of a fact (``value`` says which) or the code of a warning of the file
    (with its column and rows, where it has them).
    """
    warehouse.execute(
        """
        create or replace table quality.file_detection (
            organisation_id VARCHAR, file VARCHAR, delivery VARCHAR, detected VARCHAR,
            value VARCHAR, column_name VARCHAR, row_count BIGINT
        )
        """
    )
    rows = [
        (entry.organisation_id, entry.file, entry.delivery, *found)
        for entry in read_accepted(run).deliveries
        for found in _list_detected(entry)
    ]
    if rows:
        frame = pd.DataFrame(rows, columns=list(COLUMNS)).astype({"row_count": "Int64"})
        warehouse.write_frame("quality.file_detection", frame)


def _list_detected(
    entry: Delivery,
) -> Iterator[tuple[str, str | None, str | None, int | None]]:
    facts = {
        "format": entry.format,
        "encoding": entry.encoding,
        "separator": entry.separator,
        "sheet": entry.sheet,
        # A Parquet file has its column names beside its rows, not in one of them.
        "header_row": str(entry.header_row) if entry.header_row else None,
        "file_date_origin": entry.file_date_origin,
        "export": entry.export,
    }
    for name, value in facts.items():
        if value is not None:
            yield name, value, None, None
    for header in entry.columns_unknown:
        yield "unknown_column", None, header, None
    for warning in entry.warnings:
        yield warning.warning, None, warning.column, warning.row_count
