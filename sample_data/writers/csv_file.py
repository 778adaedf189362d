"""CSV files in the style of an organisation."""

import csv
import io
from pathlib import Path

from sample_data.tables import Table


def write_csv(folder: Path, table: Table) -> None:
    """Writes one table as a text file."""
    style = table.style
    buffer = io.StringIO()
    writer = csv.writer(
        buffer,
        delimiter=style.separator,
        lineterminator=style.line_end,
        quoting=csv.QUOTE_ALL if style.quotes_all else csv.QUOTE_MINIMAL,
    )
    for row in [*table.preamble, table.headers]:
        writer.writerow([style.write(cell, 0) for cell in row])
    for number, row in enumerate(table.rows):
        writer.writerow([style.write(cell, number + place) for place, cell in enumerate(row)])
    path = folder / table.file
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(buffer.getvalue().encode(style.encoding))
