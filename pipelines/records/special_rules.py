"""The rules of single record kinds that look at several rows together.

A rule of one row is declared in the record kind itself; only what compares rows stands here.
"""

from pipelines.catalogue.models.records import RecordKind
from pipelines.records.reasons import Reason
from pipelines.records.sql_text import quote_text
from pipelines.warehouse import Warehouse


def check_special_rules(warehouse: Warehouse, kind: RecordKind) -> None:
    """Faults that only show among the rows of a kind, before it is known which rows are staged."""
    if kind.kind == "audit_rating":
        _find_double_consensus(warehouse)


def apply_special_rules(warehouse: Warehouse, kind: RecordKind) -> None:
    """Corrections among the rows that will be staged."""
    if kind.kind == "worker":
        _shorten_overlaps(warehouse)


def _find_double_consensus(warehouse: Warehouse) -> None:
    """Two consensus scores for one item of an audit: nobody can say which one was agreed."""
    warehouse.execute(
        f"""
        insert into late_fault
        with consensus as (
            select
                rowid as row_id,
                count(*) over (partition by organisation_id, audit_id, item_id) as row_count
            from scratch.audit_rating as candidate
            where is_consensus
                and faults is null
                and not exists (select 1 from set_aside where set_aside.row_id = candidate.rowid)
        )
        select row_id, 'is_consensus', {quote_text(Reason.TWO_CONSENSUS_ROWS)}
        from consensus
        where row_count > 1
        """
    )


def _shorten_overlaps(warehouse: Warehouse) -> None:
    """Of two rows of a worker in a team, the earlier ends the day before the later starts.

    Rows with the same start have the same key, so that of those only the last delivered is left.
    """
    warehouse.execute(
        """
        insert into shortened
        with following as (
            select
                rowid as row_id,
                end_date,
                lead(start_date) over (
                    partition by organisation_id, worker_id, team_id order by start_date
                ) as next_start_date
            from scratch.worker as candidate
            where not exists (select 1 from set_aside where set_aside.row_id = candidate.rowid)
        )
        select row_id, next_start_date - 1
        from following
        where next_start_date <= coalesce(end_date, next_start_date)
        """
    )
