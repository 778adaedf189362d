"""Which file this is, and up to which date it knows the world."""

import hashlib
import re
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path

from pipelines.catalogue.models.sources import Export
from pipelines.deliveries.dates import parse_date
from pipelines.deliveries.double_encoding import repair_text
from pipelines.deliveries.layout import normalise_header
from pipelines.warehouse import Warehouse

CHUNK_BYTES = 1 << 20


@dataclass(frozen=True)
class FileDate:
    """The date of a file and how it was found: preamble, name, exported_on or modified."""

    file_date: date
    origin: str


def compute_delivery_id(path: Path) -> str:
    """The sha-256 of the bytes of a file, in hex."""
    digest = hashlib.sha256()
    with path.open("rb") as source:
        while chunk := source.read(CHUNK_BYTES):
            digest.update(chunk)
    return digest.hexdigest()


def describe_modification(modified_ns: int) -> str:
    """A modification time as ISO 8601 in UTC, to the microsecond."""
    seconds, rest = divmod(modified_ns, 1_000_000_000)
    moment = datetime.fromtimestamp(seconds, UTC).replace(microsecond=rest // 1000)
    return moment.isoformat()


def find_file_date(
    warehouse: Warehouse,
    export: Export,
    preamble: tuple[tuple[str, ...], ...],
    file_name: str,
    exported_on: date | None,
    modified_ns: int,
) -> FileDate:
    """The date up to which a file knows the world.

    Args:
        warehouse: reads dates, nothing else.
        export: says which label or name pattern holds the date.
        preamble: the rows above the header.
        file_name: name of the file, without folders.
        exported_on: of the organisation.
        modified_ns: modification time, the last resort.
    """
    found = _find_in_preamble(warehouse, export, preamble)
    if found:
        return FileDate(found, "preamble")
    found = _find_in_name(warehouse, export, file_name)
    if found:
        return FileDate(found, "name")
    if exported_on:
        return FileDate(exported_on, "exported_on")
    modified = datetime.fromtimestamp(modified_ns // 1_000_000_000, UTC).date()
    return FileDate(modified, "modified")


def _find_in_preamble(
    warehouse: Warehouse, export: Export, preamble: tuple[tuple[str, ...], ...]
) -> date | None:
    if not export.file_date_label:
        return None
    label = normalise_header(export.file_date_label).rstrip(" :")
    for row in preamble:
        for index, cell in enumerate(row):
            if normalise_header(cell).rstrip(" :") == label:
                values = [text for text in row[index + 1 :] if text.strip()]
                found = parse_date(warehouse, repair_text(values[0])) if values else None
                if found:
                    return found
    return None


def _find_in_name(warehouse: Warehouse, export: Export, file_name: str) -> date | None:
    if not export.file_date_pattern:
        return None
    match = re.search(export.file_date_pattern, file_name)
    return parse_date(warehouse, match.group(1)) if match else None
