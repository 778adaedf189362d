"""Reads Parquet: typed columns become the text a spreadsheet would show."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from pipelines.deliveries.readers.grid import (
    MAX_COLUMNS,
    Attempt,
    Grid,
    check_width,
    quote_name,
    quote_path,
)
from pipelines.deliveries.refused import RefusalCode, RefusedFileError
from pipelines.warehouse import Warehouse, WarehouseError

# A few kilobytes of repeated values can claim any number of rows, and of long texts. Rows with a
# key of their own take more than a byte each; texts of real exports shrink 5 to 30 times.
MAX_ROWS = 200_000_000
FEW_ROWS = 200_000
MAX_ROWS_PER_BYTE = 20
SMALL_BYTES = 50_000_000
MAX_RATIO = 200


@dataclass(frozen=True)
class ParquetReader:
    """A Parquet file whose columns are known."""

    source: str  # SQL
    types: dict[str, str]  # column -> DuckDB type
    encoding = None
    may_be_double_encoded = True

    def peek(self) -> list[Grid]:
        """The column names, as row 0."""
        return [Grid((tuple(self.types),), first_row=0)]

    def read(self, grid: Grid, header_row: int, width: int) -> Iterator[Attempt]:
        """The way to read every row."""
        check_width(width)
        cells = [
            f"coalesce({_make_text_sql(quote_name(name), kind)}, '') as c{index}"
            for index, (name, kind) in enumerate(self.types.items())
        ]
        yield Attempt(
            f"select file_row_number + 1 as row_number, false as is_ragged, {', '.join(cells)}"
            f" from {self.source}"
        )


def open_parquet(path: Path, work: Path, warehouse: Warehouse) -> ParquetReader:
    """A reader for the Parquet file at ``path``.

    Raises:
        RefusedFileError: the file is damaged or claims too many rows.
    """
    # The reader treats the characters *, ? and [ in a name as a pattern: read through a link.
    link = work / "source.parquet"
    link.unlink(missing_ok=True)
    link.symlink_to(path.absolute())
    literal = quote_path(link)
    source = f"read_parquet({literal}, file_row_number = true)"
    size = path.stat().st_size
    try:
        rows = warehouse.fetch_one(f"select sum(num_rows) from parquet_file_metadata({literal})")[0]
        unpacked = warehouse.fetch_one(
            f"select sum(total_uncompressed_size) from parquet_metadata({literal})"
        )[0]
        described = warehouse.fetch_all(f"describe select * from {source}")
        types = {name: kind for name, kind, *_ in described if name != "file_row_number"}
        limit = min(MAX_ROWS, max(FEW_ROWS, MAX_ROWS_PER_BYTE * size))
        if rows > limit:
            raise RefusedFileError(RefusalCode.TOO_MANY_ROWS, limit=limit)
        most = max(SMALL_BYTES, MAX_RATIO * size)
        if (unpacked or 0) > most or _measure_texts(warehouse, source, types) > most:
            raise RefusedFileError(RefusalCode.PARQUET_BOMB)
    except WarehouseError as error:
        raise RefusedFileError(RefusalCode.PARQUET_DAMAGED) from error
    return ParquetReader(source, types)


def _measure_texts(warehouse: Warehouse, source: str, types: dict[str, str]) -> int:
    """The bytes of all texts together; one text that a thousand rows share counts as a thousand."""
    texts = [name for name, kind in types.items() if kind == "VARCHAR"][:MAX_COLUMNS]
    if not texts:
        return 0
    lengths = " + ".join(f"coalesce(sum(strlen({quote_name(name)})), 0)" for name in texts)
    return warehouse.fetch_one(f"select {lengths} from {source}")[0]


def _make_text_sql(name: str, kind: str) -> str:
    if kind in ("DOUBLE", "FLOAT"):
        # Whole numbers without a fraction: an id column with gaps arrives as floating point.
        return (
            f"case when {name} = trunc({name}) and abs({name}) < 1e15"
            f" then cast(cast({name} as bigint) as varchar) else cast({name} as varchar) end"
        )
    if kind.startswith("TIMESTAMP"):
        return (
            f"case when cast({name} as time) = time '00:00:00' then strftime({name}, '%Y-%m-%d')"
            f" else strftime({name}, '%Y-%m-%d %H:%M:%S') end"
        )
    if kind.endswith("]") or kind.startswith(("STRUCT", "MAP", "UNION", "BLOB")):
        return "'#nested'"  # no list, structure or bytes is a cell; staging cannot type this text
    return f"cast({name} as varchar)"
