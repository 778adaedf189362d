"""Which of several deliveries of one key stands: the latest valid row, and complete deliveries.

Works on ``scratch.<kind>`` after every row was judged by itself; writes ``set_aside`` and
``vanished``. Rows without a readable key belong to no key and are left alone.
"""

from pipelines.catalogue.models.records import RecordKind
from pipelines.records.mapping import Mapping
from pipelines.records.sql_text import quote_name
from pipelines.warehouse import Warehouse

# Where a row was delivered: later is larger.
POSITION = "delivery_rank, row_number, mapping"

# Which valid row of one key is preferred within one delivery, before its place in the file. A
# training that was taken twice counts from the first time it was completed.
PREFERENCES = {
    "training": (
        "completed desc",
        "case when completed then completed_date end asc nulls last",
    ),
}


def set_aside_older_rows(warehouse: Warehouse, kind: RecordKind) -> None:
    """Of every key the latest valid row stays; what is older, valid or not, is superseded.

    A faulty row that is newer than the valid one is left to be quarantined; the valid one stays.
    """
    key = ["organisation_id", *(quote_name(name) for name in kind.key)]
    names = ", ".join(key)
    has_key = " and ".join(f"{name} is not null" for name in key)
    order = ", ".join(
        [
            "is_valid desc",
            "delivery_rank desc",
            *PREFERENCES.get(kind.kind, ()),
            "row_number desc",
            "mapping desc",
        ]
    )
    # Most keys come once: a hash finds the few that do not without carrying the rows along. Two
    # keys that share a hash only make the second step look at a row more.
    warehouse.execute(
        f"""
        insert into set_aside
        with repeated as (
            select hash({names}) as key_hash
            from scratch.{kind.kind}
            where {has_key}
            group by key_hash
            having count(*) > 1
        ),
        contenders as (
            select *, rowid as row_id, faults is null as is_valid
            from scratch.{kind.kind}
            where {has_key} and hash({names}) in (select key_hash from repeated)
        ),
        ranked as (
            select
                row_id,
                is_valid,
                row({POSITION}) as position,
                row_number() over key_order as place,
                first_value(is_valid) over key_order as has_winner,
                first_value(row({POSITION})) over key_order as winner_position
            from contenders
            window key_order as (partition by {names} order by {order})
        )
        select row_id, 'superseded'
        from ranked
        where has_winner and place > 1 and (is_valid or position < winner_position)
        """
    )


def set_aside_replaced_rows(
    warehouse: Warehouse, kind: RecordKind, mappings: list[Mapping]
) -> None:
    """A complete delivery replaces everything before it: keys that it lacks have vanished.

    A valid row whose key is in the complete delivery, but only in faulty rows, stays.
    """
    complete = [mapping for mapping in mappings if mapping.record.complete]
    if not complete:
        return
    for mapping in complete:
        warehouse.execute(
            """
            insert into complete_delivery
            select organisation_id, delivery_rank, delivery
            from staged.delivery
            where source = ? and export = ?
            """,
            [mapping.source.source, mapping.export.id],
        )
    key = [quote_name(name) for name in kind.key]
    has_key = " and ".join(f"candidate.{name} is not null" for name in key)
    same_key = " and ".join(f"later.{name} = candidate.{name}" for name in key)
    warehouse.execute(
        f"""
        create or replace temp table replaced as
        with latest as (
            select organisation_id, max(delivery_rank) as delivery_rank
            from complete_delivery
            group by organisation_id
        ),
        later as (
            select candidate.organisation_id, {", ".join(f"candidate.{name}" for name in key)}
            from scratch.{kind.kind} as candidate
            inner join latest on latest.organisation_id = candidate.organisation_id
            where candidate.delivery_rank >= latest.delivery_rank
        )
        select
            candidate.rowid as row_id,
            candidate.organisation_id,
            candidate.delivery_rank,
            candidate.faults is null as is_valid
        from scratch.{kind.kind} as candidate
        inner join latest on latest.organisation_id = candidate.organisation_id
        where candidate.delivery_rank < latest.delivery_rank
            and not exists (select 1 from set_aside where set_aside.row_id = candidate.rowid)
            and (
                candidate.faults is not null
                or not ({has_key})
                or not exists (
                    select 1
                    from later
                    where later.organisation_id = candidate.organisation_id and {same_key}
                )
            )
        """
    )
    warehouse.execute("insert into set_aside select row_id, 'superseded' from replaced")
    # A key vanished by the first complete delivery after the one that last had it.
    warehouse.execute(
        """
        insert into vanished
        with vanishing as (
            select replaced.row_id, replaced.organisation_id, min(complete.delivery_rank) as rank
            from replaced
            inner join complete_delivery as complete
                on complete.organisation_id = replaced.organisation_id
                and complete.delivery_rank > replaced.delivery_rank
            where replaced.is_valid
            group by replaced.row_id, replaced.organisation_id
        )
        select vanishing.organisation_id, complete.delivery, count(*)
        from vanishing
        inner join (select distinct * from complete_delivery) as complete
            on complete.organisation_id = vanishing.organisation_id
            and complete.delivery_rank = vanishing.rank
        group by vanishing.organisation_id, complete.delivery
        """
    )
