"""One accepted file becomes one landing file: declared columns as text, keys hashed, rows numbered.

All rows of the file pass through the temp table ``incoming`` of an in-memory warehouse; what is
written to disk holds no personal key as delivered.
"""

import hashlib
import os
from collections.abc import Callable, Iterator
from pathlib import Path

from pipelines.catalogue.models.records import FieldType
from pipelines.deliveries.age_band import count_unknown_ages, make_age_bands
from pipelines.deliveries.columns import ROW_FAULT, ROW_NUMBER, LandedColumn
from pipelines.deliveries.gates import BSN_HEADER, check_id_columns, hold_back_columns
from pipelines.deliveries.hashing import make_hash_table, rehash_table
from pipelines.deliveries.incoming import RAGGED, RowCounts, load_rows, name_slot, repair_cells
from pipelines.deliveries.journal import DeliveryWarning
from pipelines.deliveries.layout import Layout
from pipelines.deliveries.readers.grid import Attempt, quote_literal, quote_name
from pipelines.deliveries.refused import RefusalCode, RefusedFileError
from pipelines.faults import FaultPoint, pass_point
from pipelines.warehouse import Warehouse

# In the metadata of a landing file.
KEY_VERSION_NAME = "key_version"
FORGOTTEN_NAME = "forgotten"


def name_landing_file(organisation_id: str, delivery: str) -> str:
    """The file name in the landing folder; the same bytes from two organisations are two files."""
    identity = f"{organisation_id}\x1f{delivery}".encode()
    return f"{hashlib.sha256(identity).hexdigest()[:32]}.parquet"


def land_rows(
    warehouse: Warehouse,
    layout: Layout,
    attempts: Iterator[Attempt],
    may_be_double_encoded: bool,
    keys: tuple[bytes, ...],
    target: Path,
    confirm: Callable[[], None],
) -> tuple[RowCounts, tuple[DeliveryWarning, ...]]:
    """Writes the landing file of one delivery; says how many rows it held and what was noticed.

    Args:
        warehouse: an in-memory warehouse; its temp tables are replaced.
        layout: the columns of the file.
        attempts: ways to read all rows as cells; the next one is tried when one fails.
        may_be_double_encoded: cells may need repair.
        keys: the keys of the organisation, the first version first.
        target: the landing file, replaced when it exists.
        confirm: called once all rows are in memory; raises when they may not count.

    Raises:
        RefusedFileError: the rows cannot be read, or a kept column holds BSNs.
    """
    for column in layout.columns:
        if BSN_HEADER.search(column.header):
            raise RefusedFileError(RefusalCode.COLUMN_NAMED_BSN, column=column.header)
    counts = load_rows(warehouse, layout, attempts)
    confirm()
    warnings = [DeliveryWarning("column_repeated", header) for header in layout.repeated]
    if counts.ragged:
        warnings.append(DeliveryWarning("ragged_rows", row_count=counts.ragged))
    if may_be_double_encoded:
        warnings.extend(repair_cells(warehouse, layout))
    ids = {
        name_slot(layout, column.header): column
        for column in layout.columns
        if column.domain or column.types == {FieldType.ID}
    }
    check_id_columns(warehouse, ids)
    # Hashes are made of the cells as delivered, before anything in them is held back.
    hashed = [column for column in layout.columns if column.domain]
    for index, column in enumerate(hashed):
        slot = name_slot(layout, column.header)
        make_hash_table(warehouse, f"hash_{index}", slot, column.domain, column.rule, keys[0])
        for key in keys[1:]:
            rehash_table(warehouse, f"hash_{index}", key)
    plain = {
        name_slot(layout, column.header): column
        for column in layout.columns
        if not column.domain and not column.age_band_at
    }
    ages = make_age_bands(layout)
    warnings.extend(count_unknown_ages(warehouse, layout, ages))
    warnings.extend(hold_back_columns(warehouse, plain))
    write_landing(warehouse, _make_landing_sql(layout, hashed, ages), target, len(keys))
    return counts, tuple(warnings)


def _make_landing_sql(layout: Layout, hashed: list[LandedColumn], ages: dict[str, str]) -> str:
    columns = []
    for column in layout.columns:
        if column.domain:
            value = f"hash_{hashed.index(column)}.hash"
        elif column.age_band_at:
            value = ages.get(column.name, "cast(null as varchar)")
        else:
            value = f"i.{name_slot(layout, column.header)}"
        columns.append(f"{value} as {quote_name(column.name)}")
    joins = "".join(
        f" left join hash_{index} on hash_{index}.cell = i.{name_slot(layout, column.header)}"
        for index, column in enumerate(hashed)
    )
    return (
        f"select i.row_number as {quote_name(ROW_NUMBER)},"
        f" case when i.kind = '{RAGGED}' then '{RAGGED}' end as {quote_name(ROW_FAULT)},"
        f" {', '.join(columns)} from incoming as i{joins}"
    )


def write_landing(
    warehouse: Warehouse, sql: str, target: Path, key_version: int, forgotten: int = 0
) -> None:
    """Writes the Parquet file beside its place, waits for the disk, then puts it in place.

    The file itself says under which key version its hashes are and how many rows were taken out of
    it since it landed, so that nothing is done or counted twice when somebody pulls the plug.
    """
    target.parent.mkdir(parents=True, exist_ok=True)
    draft = target.with_suffix(".draft")
    draft.unlink(missing_ok=True)
    warehouse.execute(
        f"copy ({sql}) to {quote_literal(str(draft))}"
        " (format parquet, compression zstd, compression_level 1,"
        f" kv_metadata {{{KEY_VERSION_NAME}: '{key_version}', {FORGOTTEN_NAME}: '{forgotten}'}})"
    )
    descriptor = os.open(draft, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
    draft.chmod(0o440)
    pass_point(FaultPoint.LANDING_DRAFTED)
    draft.replace(target)
    folder = os.open(target.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)
    pass_point(FaultPoint.LANDING_PLACED)
