"""Does the ledger of the warehouse account for every row that the journal says was accepted?

DuckDB opens a warehouse whose write-ahead log was cut off as if the last commits had never been
made. What is missing shows here, and nowhere else. What does not belong here: repairing it.
"""

from collections import Counter
from dataclasses import dataclass

from pipelines.deliveries.overlays import list_run_sources
from pipelines.records.accepted import read_accepted
from pipelines.run import Run
from pipelines.warehouse import Warehouse

LEDGER = "quality.row_tally"
COUNT_ROWS = f"""
select organisation_id, delivery, record_kind, sum(row_count)
from {LEDGER}
where outcome <> 'vanished'
group by organisation_id, delivery, record_kind
"""


@dataclass(frozen=True)
class LedgerGap:
    """One file of which the warehouse accounts for other rows than were accepted."""

    organisation_id: str
    delivery: str
    file: str | None  # None: not a file in use
    record_kind: str
    rows_expected: int
    rows_found: int


def find_ledger_gaps(warehouse: Warehouse, run: Run) -> list[LedgerGap]:
    """What the warehouse lacks, or has too much, of the files in use; empty when all is well.

    Raises:
        UserError: the inbox, an ``organisation.yaml`` or the journal has a fault.
        CatalogueError: an overlay in the inbox has faults.
    """
    found: dict[tuple[str, str, str], int] = {}
    if warehouse.has_table(LEDGER):
        found = {tuple(key): int(rows) for *key, rows in warehouse.fetch_all(COUNT_ROWS)}
    kinds = {
        (name, export.id): Counter(record.kind for record in export.records)
        for name, source in list_run_sources(run).items()
        for export in source.exports
    }
    gaps = []
    for one in read_accepted(run).deliveries:
        for kind, times in kinds.get((one.source, one.export), {}).items():
            expected = (one.rows_read - one.not_a_record - one.forgotten) * times
            rows = found.pop((one.organisation_id, one.delivery, kind), 0)
            if rows != expected:
                gaps.append(
                    LedgerGap(one.organisation_id, one.delivery, one.file, kind, expected, rows)
                )
    gaps.extend(LedgerGap(*key[:2], None, key[2], 0, rows) for key, rows in found.items() if rows)
    return gaps


def forget_notes(warehouse: Warehouse) -> None:
    """Makes the next staging build every table anew, whatever it was made from."""
    if warehouse.has_table("quality.made_from"):
        warehouse.execute("delete from quality.made_from")
