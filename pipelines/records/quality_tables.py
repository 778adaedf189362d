"""The tables about quality that people read, made from the ledger of staging and the journal.

What does not belong here: checks on staged records (room ``quality_checks``).
"""

import json

import pandas as pd

from pipelines.deliveries.overlays import list_run_sources
from pipelines.records.accepted import read_accepted
from pipelines.records.cross_warnings import insert_cross_warnings
from pipelines.records.mapping import list_mappings
from pipelines.run import Run
from pipelines.warehouse import Warehouse


class RowsLostError(Exception):
    """Rows of a delivery are neither staged nor accounted for: a fault of this software."""


def build_quarantine(warehouse: Warehouse, run: Run) -> None:
    """Writes ``quality.quarantine``: one row per reason of every quarantined row."""
    warehouse.execute(
        """
        create or replace table quality.quarantine as
        select organisation_id, delivery, record_kind, row_number, column_name, code as reason
        from quality.row_finding
        where is_fault
        order by all
        """
    )


def build_warning(warehouse: Warehouse, run: Run) -> None:
    """Writes ``quality.warning``: warnings of rows, of columns (no row) and of files (no kind)."""
    warehouse.execute(
        """
        create or replace table quality.warning as
        select organisation_id, delivery, record_kind, row_number, column_name, code as warning
        from quality.row_finding
        where not is_fault
        """
    )
    insert_cross_warnings(warehouse, run.catalogue, list_run_sources(run))
    _insert_file_warnings(warehouse, run)
    warehouse.execute(
        "create or replace table quality.warning as select * from quality.warning order by all"
    )


def _insert_file_warnings(warehouse: Warehouse, run: Run) -> None:
    """Warnings about columns and whole files, of the organisations whose files are shown."""
    shown = set(warehouse.fetch_all("select organisation_id, delivery from staged.delivery"))
    rows = [
        (entry.organisation_id, entry.delivery, found.column, found.warning)
        for entry in read_accepted(run).deliveries
        if (entry.organisation_id, entry.delivery) in shown
        for found in entry.warnings
    ]
    columns = ["organisation_id", "delivery", "column_name", "warning"]
    warehouse.write_frame("quality.warning", pd.DataFrame(rows, columns=columns, dtype="string"))


def build_unmapped_code(warehouse: Warehouse, run: Run) -> None:
    """Writes ``quality.unmapped_code``: texts that no code list or mapping knows, with counts.

    ``code_text`` is empty for a text that may be a sentence or a number of a person.
    """
    warehouse.execute(
        """
        create or replace table quality.unmapped_code as
        select organisation_id, delivery, record_kind, column_name, code_text, count(*) as row_count
        from quality.row_finding
        where code in ('unknown_code', 'unmapped_code', 'unmapped_name')
        group by organisation_id, delivery, record_kind, column_name, code_text
        order by all
        """
    )


def build_delivery_report(warehouse: Warehouse, run: Run) -> None:
    """Writes ``quality.delivery_report``: per file and record kind what became of its rows.

    An export that yields several kinds shows its rows under each; one that reads a row several
    times for one kind counts it as often. A file that was refused or waits has one row without a
    record kind.

    Raises:
        RowsLostError: the counts of a file do not add up to the rows that were read.
    """
    _write_yields(warehouse, run)
    warehouse.run_file("records", "delivery_report")
    _insert_refusals(warehouse, run)
    _insert_waiting(warehouse, run)
    lost = warehouse.fetch_all(
        """
        select file, record_kind, rows_read, staged, superseded, quarantined, not_a_record
        from quality.delivery_report
        where record_kind is not null
            and rows_read <> staged + superseded + quarantined + not_a_record
        """
    )
    if lost:
        raise RowsLostError(
            "rows read are not staged + superseded + quarantined + not a record: "
            + "; ".join(", ".join(str(part) for part in row) for row in lost)
        )


def _write_yields(warehouse: Warehouse, run: Run) -> None:
    """How often an export reads a row for each record kind."""
    sources = list_run_sources(run)
    rows = [
        (mapping.source.source, mapping.export.id, kind)
        for kind in run.catalogue.records
        for mapping in list_mappings(run.catalogue, sources, kind)
    ]
    warehouse.execute(
        "create or replace temp table export_yield"
        " (source varchar, export varchar, record_kind varchar, record_source_count bigint)"
    )
    frame = pd.DataFrame(rows, columns=["source", "export", "record_kind"])
    counted = frame.groupby(list(frame.columns), as_index=False).size()
    warehouse.write_frame("export_yield", counted.rename(columns={"size": "record_source_count"}))


def _insert_refusals(warehouse: Warehouse, run: Run) -> None:
    for entry in read_accepted(run).refusals:
        warehouse.execute(
            """
            insert into quality.delivery_report
                (organisation_id, file, delivery, refused_reason, refused_code, refused_values)
            values (?, ?, ?, ?, ?, ?)
            """,
            [
                entry.organisation_id,
                entry.file,
                entry.delivery,
                entry.reason,
                entry.reason_code,
                json.dumps(entry.reason_values or {}, ensure_ascii=False),
            ],
        )


def _insert_waiting(warehouse: Warehouse, run: Run) -> None:
    for entry in read_accepted(run).waiting:
        jumps = [{"code": jump.code, "values": jump.values} for jump in entry.jumps]
        warehouse.execute(
            """
            insert into quality.delivery_report
                (organisation_id, file, delivery, file_date, rows_read, waiting_reason,
                    waiting_jumps)
            values (?, ?, ?, ?, ?, ?, ?)
            """,
            [
                entry.delivery.organisation_id,
                entry.delivery.file,
                entry.delivery.delivery,
                entry.delivery.file_date,
                entry.delivery.rows_read,
                entry.reason,
                json.dumps(jumps, ensure_ascii=False),
            ],
        )
