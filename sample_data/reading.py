"""What stands in a written sample file, as text: proves that a planted fault is really there."""

import zipfile
from pathlib import Path
from xml.sax.saxutils import unescape

from pipelines.warehouse import open_warehouse

ENCODINGS = ("utf-8-sig", "cp1252")


def read_file_text(path: Path) -> str:
    """All text of a CSV file, workbook or Parquet file; line ends as ``\\n``."""
    if path.suffix == ".parquet":
        return _read_parquet(path)
    if path.suffix == ".xlsx" and zipfile.is_zipfile(path):
        return _read_workbook(path)
    return _decode(path.read_bytes()).replace("\r\n", "\n")


def list_content(path: Path) -> dict[str, bytes]:
    """The parts of a file by name: the members of a workbook unpacked, any other file as it is.

    Two builds of the compression library may pack the same content into other bytes.
    """
    if path.suffix == ".xlsx" and zipfile.is_zipfile(path):
        with zipfile.ZipFile(path) as archive:
            return {name: archive.read(name) for name in archive.namelist()}
    return {"": path.read_bytes()}


def _decode(content: bytes) -> str:
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return content.decode("utf-16")
    for encoding in ENCODINGS:
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    return content.decode("latin-1")


def _read_workbook(path: Path) -> str:
    parts = list_content(path).values()
    return "\n".join(unescape(part.decode("utf-8")) for part in parts)


def _read_parquet(path: Path) -> str:
    with open_warehouse() as warehouse:
        rows = warehouse.fetch_all("select * from read_parquet(?)", [str(path)])
    return "\n".join(";".join(str(cell) for cell in row) for row in rows)
