"""Builds ``staged.<kind>``: candidates, then who wins, then who refers to what, then the rows.

The order of the rules is a decision of its own (``docs/decisions/0004``). Together with the staged
rows a kind writes its part of the ledger, in one transaction.
"""

from pipelines.catalogue.models.records import RecordKind
from pipelines.deliveries.overlays import list_run_sources
from pipelines.records.candidates import fill_candidates
from pipelines.records.ledger import create_ledger, forget_kind
from pipelines.records.reasons import RowWarning
from pipelines.records.references import check_references, list_parent_keys, list_references
from pipelines.records.schema import create_staged_table, list_staged_columns
from pipelines.records.special_rules import apply_special_rules, check_special_rules
from pipelines.records.sql_text import quote_name, quote_text
from pipelines.records.supersession import set_aside_older_rows, set_aside_replaced_rows
from pipelines.run import Run
from pipelines.warehouse import Warehouse


def build_staged_kind(warehouse: Warehouse, run: Run, kind: RecordKind) -> None:
    """Writes ``staged.<kind>`` and its part of the ledger anew."""
    create_ledger(warehouse)
    mappings = fill_candidates(warehouse, run, kind)
    if not mappings:  # nobody delivers this kind
        with warehouse.transaction():
            forget_kind(warehouse, kind.kind)
            create_staged_table(warehouse, kind)
        return
    set_aside_older_rows(warehouse, kind)
    set_aside_replaced_rows(warehouse, kind, mappings)
    check_special_rules(warehouse, kind)
    check_references(warehouse, kind)
    warehouse.execute(
        f"""
        insert into set_aside
        select candidate.rowid, 'quarantined'
        from scratch.{kind.kind} as candidate
        where (
            candidate.faults is not null
            or exists (select 1 from late_fault where late_fault.row_id = candidate.rowid)
        )
        and not exists (select 1 from set_aside where set_aside.row_id = candidate.rowid)
        """
    )
    apply_special_rules(warehouse, kind)
    with warehouse.transaction():
        forget_kind(warehouse, kind.kind)
        create_staged_table(warehouse, kind)
        _insert_rows(warehouse, kind)
        _insert_findings(warehouse, kind)
        _insert_tally(warehouse, kind)
        _insert_quarantined_keys(warehouse, run, kind)
    # Outside: DuckDB writes to one database in a transaction.
    warehouse.execute(f"drop table scratch.{kind.kind}")


def _insert_rows(warehouse: Warehouse, kind: RecordKind) -> None:
    columns = {name: f"candidate.{quote_name(name)}" for name in list_staged_columns(kind)}
    joins = []
    for number, reference in enumerate(list_references(kind)):
        if reference.is_emptied:
            alias = f"emptied_{number}"
            joins.append(
                f"left join emptied as {alias} on {alias}.row_id = candidate.rowid"
                f" and {alias}.field = {quote_text(reference.field)}"
            )
            kept = columns[reference.field]
            columns[reference.field] = f"case when {alias}.row_id is null then {kept} end"
    if kind.kind == "worker":
        joins.append("left join shortened on shortened.row_id = candidate.rowid")
        columns["end_date"] = "coalesce(shortened.end_date, candidate.end_date)"
    warehouse.execute(
        f"""
        insert into staged.{kind.kind}
        select {", ".join(columns.values())}
        from scratch.{kind.kind} as candidate
        {" ".join(joins)}
        where not exists (select 1 from set_aside where set_aside.row_id = candidate.rowid)
        """
    )


def _insert_findings(warehouse: Warehouse, kind: RecordKind) -> None:
    """Every fault of the quarantined rows and every warning of the staged ones."""
    name = quote_text(kind.kind)
    without_client = ""
    if kind.kind == "trajectory":
        without_client = f"""
            union all
            select rowid, 'client_id', {quote_text(RowWarning.TRAJECTORY_WITHOUT_CLIENT)}, false
            from scratch.trajectory
            where client_id is null
        """
    warehouse.execute(
        f"""
        insert into quality.row_finding
        with judged as (
            select candidate.*, candidate.rowid as row_id, coalesce(outcome, 'staged') as outcome
            from scratch.{kind.kind} as candidate
            left join set_aside on set_aside.row_id = candidate.rowid
        ),
        early as (
            select organisation_id, delivery, row_number, unnest(faults) as finding,
                true as is_fault
            from judged
            where outcome = 'quarantined' and faults is not null
            union all
            select organisation_id, delivery, row_number, unnest(warnings),
                case when outcome = 'staged' then false end
            from judged
            where outcome in ('staged', 'quarantined') and warnings is not null
        ),
        late as (
            select row_id, field, code, true as is_fault from late_fault
            union all
            select row_id, field, {quote_text(RowWarning.REFERENCE_EMPTIED)}, false from emptied
            union all
            select row_id, 'end_date', {quote_text(RowWarning.WORKER_OVERLAP)}, false from shortened
            {without_client}
        )
        select organisation_id, delivery, {name}, row_number,
            finding.column_name, finding.code, finding.code_text, is_fault
        from early
        union all
        select judged.organisation_id, judged.delivery, {name}, judged.row_number,
            coalesce(field_column.column_name, late.field), late.code, null, late.is_fault
        from late
        inner join judged on judged.row_id = late.row_id
        left join field_column
            on field_column.mapping = judged.mapping and field_column.field = late.field
        where judged.outcome = case when late.is_fault then 'quarantined' else 'staged' end
        union all
        select organisation_id, delivery, {name}, null,
            unnest(single_value_columns), {quote_text(RowWarning.SINGLE_VALUE_COLUMN)}, null, false
        from read_tally
        """
    )


def _insert_tally(warehouse: Warehouse, kind: RecordKind) -> None:
    """Counts the outcomes; the staged rows are counted where they ended up."""
    name = quote_text(kind.kind)
    warehouse.execute(
        f"""
        insert into quality.row_tally
        select organisation_id, delivery, {name}, 'staged', count(*)
        from staged.{kind.kind}
        group by organisation_id, delivery
        union all
        select candidate.organisation_id, candidate.delivery, {name}, set_aside.outcome, count(*)
        from set_aside
        inner join scratch.{kind.kind} as candidate on candidate.rowid = set_aside.row_id
        group by candidate.organisation_id, candidate.delivery, set_aside.outcome
        union all
        select organisation_id, delivery, {name}, 'not_a_record', sum(filtered_count)
        from read_tally
        group by organisation_id, delivery
        union all
        select organisation_id, delivery, {name}, 'vanished', key_count
        from vanished
        """
    )


def _insert_quarantined_keys(warehouse: Warehouse, run: Run, kind: RecordKind) -> None:
    sources = list_run_sources(run)
    for fields in list_parent_keys(run.catalogue, sources, kind.kind):
        values = [f"cast(candidate.{quote_name(name)} as varchar)" for name in fields]
        filled = " and ".join(f"{value} is not null" for value in values)
        warehouse.execute(
            f"""
            insert into quality.quarantined_key
            select distinct
                candidate.organisation_id,
                {quote_text(kind.kind)},
                {quote_text(", ".join(fields))},
                hash({", ".join(values)})
            from set_aside
            inner join scratch.{kind.kind} as candidate on candidate.rowid = set_aside.row_id
            where set_aside.outcome = 'quarantined' and {filled}
            """
        )
