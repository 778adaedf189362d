"""Do the rows refer to something that stands? Parents are staged before their children.

Looks at every candidate that was not superseded, also at one that is faulty already, because a
quarantined row is told all its reasons. Writes ``late_fault`` and ``emptied``.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from pipelines.catalogue import Catalogue
from pipelines.catalogue.models.records import RecordKind
from pipelines.catalogue.models.sources import Source
from pipelines.records.reasons import Reason
from pipelines.records.sql_text import quote_name, quote_text
from pipelines.warehouse import Warehouse


@dataclass(frozen=True)
class Reference:
    """A field that must exist in a field of the parent kind, perhaps only for some rows."""

    field: str
    parent: str
    parent_field: str
    is_emptied: bool = False
    condition: str = "true"


def list_references(kind: RecordKind) -> Iterator[Reference]:
    """Every reference of a record kind; one that depends on another field once per target."""
    for name, declared in kind.fields.items():
        if declared.references:
            parent, _, column = declared.references.partition(".")
            yield Reference(name, parent, column, declared.on_missing_reference == "empty")
        if declared.references_by:
            for value, target in declared.references_by.targets.items():
                parent, _, column = target.partition(".")
                condition = f"{quote_name(declared.references_by.field)} = {quote_text(value)}"
                yield Reference(name, parent, column, condition=condition)


def list_parents(kind: RecordKind) -> tuple[str, ...]:
    """The record kinds that a kind refers to, itself left out."""
    return tuple(sorted({reference.parent for reference in list_references(kind)} - {kind.kind}))


def order_kinds(records: dict[str, RecordKind]) -> tuple[str, ...]:
    """All record kinds, parents before children.

    Raises:
        ValueError: kinds refer to each other in a circle.
    """
    ordered: list[str] = []
    waiting = dict(records)
    while waiting:
        ready = [
            name
            for name, kind in waiting.items()
            if all(parent in ordered for parent in list_parents(kind))
        ]
        if not ready:
            raise ValueError(f"record kinds refer in a circle: {', '.join(sorted(waiting))}")
        ordered += ready
        waiting = {name: kind for name, kind in waiting.items() if name not in ready}
    return tuple(ordered)


def list_parent_keys(
    catalogue: Catalogue, sources: dict[str, Source], kind: str
) -> list[list[str]]:
    """The sets of fields by which children refer to rows of ``kind``."""
    found = {
        (reference.parent_field,)
        for child in catalogue.records.values()
        for reference in list_references(child)
        if reference.parent == kind
    }
    found |= {
        tuple(sorted(record.parent.match))
        for source in sources.values()
        for export in source.exports
        for record in export.records
        if record.parent and record.parent.kind == kind
    }
    return [list(fields) for fields in sorted(found)]


def check_references(warehouse: Warehouse, kind: RecordKind) -> None:
    """Finds the candidates that refer to nothing, or to a row that was quarantined."""
    for reference in list_references(kind):
        field = quote_name(reference.field)
        missing = f"""
            from scratch.{kind.kind} as candidate
            where candidate.{field} is not null
                and {reference.condition}
                and not exists (select 1 from set_aside where set_aside.row_id = candidate.rowid)
                and not exists (
                    select 1
                    from staged.{reference.parent} as parent
                    where parent.organisation_id = candidate.organisation_id
                        and parent.{quote_name(reference.parent_field)} = candidate.{field}
                )
        """
        if reference.is_emptied:
            row = f"candidate.rowid, {quote_text(reference.field)}"
            warehouse.execute(f"insert into emptied select {row} {missing}")
            continue
        warehouse.execute(
            f"""
            insert into late_fault
            select
                missing.row_id,
                {quote_text(reference.field)},
                case when parent.key_hash is null then {quote_text(Reason.UNKNOWN_REFERENCE)}
                    else {quote_text(Reason.PARENT_QUARANTINED)} end
            from (
                select
                    candidate.rowid as row_id,
                    candidate.organisation_id,
                    hash(cast(candidate.{field} as varchar)) as key_hash
                {missing}
            ) as missing
            left join (
                select distinct organisation_id, key_hash
                from quality.quarantined_key
                where record_kind = {quote_text(reference.parent)}
                    and fields = {quote_text(reference.parent_field)}
            ) as parent
                on parent.organisation_id = missing.organisation_id
                and parent.key_hash = missing.key_hash
            """
        )
    warehouse.execute(
        f"""
        insert into late_fault
        select candidate.rowid, looked_up.field, candidate.parent_fault
        from scratch.{kind.kind} as candidate
        inner join looked_up_field as looked_up on looked_up.mapping = candidate.mapping
        where candidate.parent_fault is not null
            and not exists (select 1 from set_aside where set_aside.row_id = candidate.rowid)
        """
    )
