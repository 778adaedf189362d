"""How a row gets its key and its parent when the export has no column for them."""

from collections.abc import Iterator

from pipelines.catalogue.models.records import FieldType
from pipelines.deliveries.columns import name_hashed, name_key_column
from pipelines.records.mapping import Mapping
from pipelines.records.reasons import Reason
from pipelines.records.sql_text import CellReader, quote_name, quote_text


def compose_row_key(mapping: Mapping, read_cell: CellReader) -> str:
    """A key from declared columns plus a counter, so that equal rows stay as many as they are."""
    record, export, records = mapping.record, mapping.export, mapping.catalogue.records
    cells = [
        read_cell(name_key_column(export, records, record, header))
        for header in record.row_key.columns
    ]
    parts = ", ".join(f"coalesce({cell}, '')" for cell in cells)
    equal = ", ".join(["delivery.organisation_id", "delivery.delivery", *cells])
    counter = f"row_number() over (partition by {equal} order by landed.row_number)"
    # Twenty characters, as long as the keyed hashes beside it; the parts are hashed at the door.
    key = f"left(md5(concat_ws(chr(31), {parts}, {counter})), 20)"
    return f"case when coalesce({', '.join(cells)}) is not null then {key} end"


def list_match_cells(mapping: Mapping, read_cell: CellReader) -> Iterator[str]:
    """The values of this row by which its parent is found, read as the parent's fields are."""
    parent = mapping.catalogue.records[mapping.record.parent.kind]
    for name, header in mapping.record.parent.match.items():
        declared = parent.fields[name]
        cell = read_cell(name_hashed(header, declared.pseudonym) if declared.pseudonym else header)
        # The parent's date may have been written otherwise.
        value = f"{'read_date' if declared.type is FieldType.DATE else 'read_text'}({cell})"
        yield f"{value} as {quote_name(f'match on {name}')}"


def compose_parent_join(mapping: Mapping) -> str:
    """Joins the parents by the declared columns: how many there are, and the key of one."""
    lookup = mapping.record.parent
    parent = mapping.catalogue.records[lookup.kind]
    names = [quote_name(name) for name in lookup.match]
    reference = mapping.kind.fields[lookup.field].references
    key = quote_name(reference.partition(".")[2]) if reference else quote_name(parent.key[0])
    on = " and ".join(
        f"parent.{quote_name(name)} = delivered.{quote_name(f'match on {name}')}"
        for name in lookup.match
    )
    return f"""
    left join (
        select
            organisation_id,
            {", ".join(names)},
            count(*) as match_count,
            min({key}) as parent_key
        from staged.{lookup.kind}
        group by organisation_id, {", ".join(names)}
    ) as parent on parent.organisation_id = delivered.organisation_id and {on}"""


def compose_parent_fault(mapping: Mapping) -> str:
    """Why no single parent was found; NULL when there is one."""
    lookup = mapping.record.parent
    fields = sorted(lookup.match)
    values = ", ".join(f"cast({quote_name(f'match on {name}')} as varchar)" for name in fields)
    return f"""
        case
            when match_count = 1 then null
            when match_count > 1 then {quote_text(Reason.PARENT_AMBIGUOUS)}
            when (organisation_id, hash({values})) in (
                select (organisation_id, key_hash)
                from quality.quarantined_key
                where record_kind = {quote_text(lookup.kind)}
                    and fields = {quote_text(", ".join(fields))}
            ) then {quote_text(Reason.PARENT_QUARANTINED)}
            else {quote_text(Reason.PARENT_NOT_FOUND)}
        end"""
