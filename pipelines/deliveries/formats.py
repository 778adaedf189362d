"""Which reader a file needs, decided by its bytes; the name only helps to say what is wrong."""

from pathlib import Path

from pipelines.deliveries.readers.csv_file import CsvReader, open_csv
from pipelines.deliveries.readers.parquet import ParquetReader, open_parquet
from pipelines.deliveries.readers.workbook import WorkbookReader, open_workbook
from pipelines.deliveries.refused import RefusalCode, RefusedFileError
from pipelines.warehouse import Warehouse

MAX_FILE_BYTES = 8_000_000_000
TEXT_SUFFIXES = frozenset({".csv", ".txt", ".tsv", ".tab"})
SUFFIXES = TEXT_SUFFIXES | {".xlsx", ".xlsm", ".parquet"}

Reader = CsvReader | ParquetReader | WorkbookReader


def open_reader(path: Path, work: Path, warehouse: Warehouse) -> tuple[str, Reader]:
    """The format (csv, xlsx, parquet) of a file and its reader.

    Args:
        path: the file as delivered.
        work: folder for temporary files.
        warehouse: reads Parquet headers.

    Raises:
        RefusedFileError: the file is of no known format, empty, too large, unsafe or damaged.
    """
    size = path.stat().st_size
    if size == 0:
        raise RefusedFileError(RefusalCode.FILE_EMPTY)
    if size > MAX_FILE_BYTES:
        raise RefusedFileError(
            RefusalCode.FILE_TOO_LARGE, gigabytes=MAX_FILE_BYTES // 1_000_000_000
        )
    suffix = path.suffix.casefold()
    if suffix not in SUFFIXES:
        raise RefusedFileError(RefusalCode.FORMAT_UNKNOWN)
    with path.open("rb") as source:
        head = source.read(8)
    if head.startswith(b"PAR1"):
        return "parquet", open_parquet(path, work, warehouse)
    if head.startswith(b"PK"):
        return "xlsx", open_workbook(path, work)
    if head.startswith(b"\xd0\xcf\x11\xe0"):
        raise RefusedFileError(RefusalCode.WORKBOOK_OLD_OR_LOCKED)
    if suffix not in TEXT_SUFFIXES:
        raise RefusedFileError(RefusalCode.FORMAT_DIFFERS, suffix=suffix)
    return "csv", open_csv(path, work)
