"""The rows of one file in memory: trimmed text cells of the kept columns, total rows taken out.

The temp table ``incoming`` has ``row_number``, ``kind`` (record or ragged) and one column ``v<at>``
per kept position of the file; an empty cell is NULL.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from pipelines.deliveries.double_encoding import MARKS, repair_text
from pipelines.deliveries.journal import DeliveryWarning
from pipelines.deliveries.layout import Layout
from pipelines.deliveries.readers.grid import Attempt, quote_literal
from pipelines.deliveries.refused import RefusalCode, RefusedFileError, UnsteadyFileError
from pipelines.warehouse import Warehouse, WarehouseError
from pipelines.warehouse.trouble import Trouble, name_trouble

RAGGED = "ragged"
# White space that `trim` must take: also the no-break and zero-width kinds that web pages leave.
BLANKS = " \t\r\n\u00a0\u2007\u202f\u200b\ufeff"


@dataclass(frozen=True)
class RowCounts:
    """The rows of one file below its header."""

    rows_read: int
    not_a_record: int  # blank and total rows
    ragged: int  # more or fewer cells than the header


def name_slot(layout: Layout, header: str) -> str:
    """The column of ``incoming`` with the cells below ``header``."""
    return f"v{layout.positions[header]}"


def load_rows(warehouse: Warehouse, layout: Layout, attempts: Iterator[Attempt]) -> RowCounts:
    """Fills the temp table ``incoming`` with the records of a file; says how many rows are none.

    Args:
        warehouse: an in-memory warehouse.
        layout: which cells are kept.
        attempts: ways to read all rows as cells; the next one is tried when one fails.

    Raises:
        RefusedFileError: no attempt succeeds.
        UnsteadyFileError: the memory is too small for the file.
    """
    filled = ", ".join(f"nullif(c{at}, '')" for at in range(layout.width))
    # Looks at the first letter of most cells only, unlike a comparison of lower-cased texts.
    markers = "|".join(re.escape(marker) for marker in layout.export.total_markers)
    total_row = f"(?i)({markers})[ :]*" if markers else r"\x00"  # no cell has that character
    for attempt in attempts:
        try:
            warehouse.execute(
                f"""
                create or replace temp table incoming as
                with cells as ({attempt.sql}),
                texts as (
                    select row_number, is_ragged, {_make_texts_sql(layout, attempt)} from cells
                ),
                filled as (select *, coalesce({filled}, '') as first_text from texts),
                kinds as (
                    select
                        *,
                        case
                            when first_text = '' then 'blank'
                            when regexp_full_match(first_text, $total_row) then 'total'
                            when is_ragged then '{RAGGED}'
                            else 'record'
                        end as kind
                    from filled
                )
                select row_number, kind, {_make_kept_sql(layout, attempt)} from kinds
                """,
                {"total_row": total_row} | ({} if attempt.has_clean_cells else {"blanks": BLANKS}),
            )
        except WarehouseError as error:
            trouble = name_trouble(error)
            if trouble is Trouble.DISK_FULL:
                raise  # that says nothing about the file
            if trouble is Trouble.MEMORY_FULL:
                raise UnsteadyFileError(RefusalCode.MEMORY_FULL) from error
            continue
        counts = dict(warehouse.fetch_all("select kind, count(*) from incoming group by kind"))
        if attempt.row_count in (None, sum(counts.values())):
            break
    else:
        raise RefusedFileError(RefusalCode.ROWS_UNREADABLE)
    not_a_record = counts.get("blank", 0) + counts.get("total", 0)
    if not_a_record:
        warehouse.execute("delete from incoming where kind in ('blank', 'total')")
    return RowCounts(sum(counts.values()), not_a_record, counts.get(RAGGED, 0))


def _make_texts_sql(layout: Layout, attempt: Attempt) -> str:
    cells = [f"c{at}" for at in range(layout.width)]
    if not attempt.has_clean_cells:
        cells = [f"{_make_trim_sql(cell)} as {cell}" for cell in cells]
    return ", ".join(cells)


def _make_kept_sql(layout: Layout, attempt: Attempt) -> str:
    cells = {f"v{at}": f"c{at}" for at in sorted(set(layout.positions.values()))}
    if not attempt.has_clean_cells:
        cells = {slot: f"nfc_normalize({cell})" for slot, cell in cells.items()}
    return ", ".join(
        f"case when kind = 'record' then nullif({cell}, '') end as {slot}"
        for slot, cell in cells.items()
    )


def _make_trim_sql(cell: str) -> str:
    """The cell without blanks around it; looks first, for trimming costs four times as much."""
    # In ASCII, `!` to `~` are the characters one can see; other letters take the slow way too.
    ends_visibly = " and ".join(
        f"{text} between '!' and '~'" for text in (cell, f"right({cell}, 1)")
    )
    return f"case when {ends_visibly} then {cell} else trim({cell}, $blanks) end"


def repair_cells(warehouse: Warehouse, layout: Layout) -> Iterator[DeliveryWarning]:
    """Repairs double-encoded cells in ``incoming``; tells how many per column."""
    for header, position in layout.positions.items():
        slot = f"v{position}"
        shows_mark = " or ".join(f"contains({slot}, {quote_literal(mark)})" for mark in MARKS)
        found = warehouse.fetch_all(f"select distinct {slot} from incoming where {shows_mark}")
        repaired = {text: repair_text(text) for (text,) in found if repair_text(text) != text}
        if repaired:
            rows = warehouse.fetch_one(
                f"update incoming set {slot} = $after[list_position($before, {slot})]"
                f" where list_contains($before, {slot})",
                {"before": list(repaired), "after": list(repaired.values())},
            )[0]
            yield DeliveryWarning("double_encoding_repaired", header, rows)
