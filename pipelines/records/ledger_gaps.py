"""Does the ledger of the warehouse account for every row that the journal says was accepted?

DuckDB opens a warehouse whose write-ahead log was cut off as if the last commits had never been
made. What is missing shows here, and nowhere else. What does not belong here: repairing it.
"""

from collections import Counter
from dataclasses import dataclass

from pipelines.deliveries import Delivery
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
    """One accepted file whose rows the warehouse does not account for."""

    delivery: Delivery
    record_kind: str
    rows_expected: int
    rows_found: int | None  # None: the warehouse does not know the file


def find_ledger_gaps(warehouse: Warehouse, run: Run) -> list[LedgerGap]:
    """What the warehouse lacks, or has too much, of the files in use; empty when all is well.

    Raises:
        UserError: the inbox, an ``organisation.yaml`` or the journal has a fault.
        CatalogueError: an overlay in the inbox has faults.
    """
    found = {}
    if warehouse.has_table(LEDGER):
        found = {tuple(key): rows for *key, rows in warehouse.fetch_all(COUNT_ROWS)}
    kinds = {
        (name, export.id): Counter(record.kind for record in export.records)
        for name, source in list_run_sources(run).items()
        for export in source.exports
    }
    gaps = []
    for one in read_accepted(run).deliveries:
        for kind, times in kinds.get((one.source, one.export), {}).items():
            expected = (one.rows_read - one.not_a_record) * times
            rows = found.get((one.organisation_id, one.delivery, kind))
            if (rows or 0) != expected:
                gaps.append(LedgerGap(one, kind, expected, rows))
    return gaps


def forget_notes(warehouse: Warehouse) -> None:
    """Makes the next staging build every table anew, whatever it was made from."""
    if warehouse.has_table("quality.made_from"):
        warehouse.execute("delete from quality.made_from")
