"""Which landed columns lead from a row to a client: by its own key, or by the row it belongs to.

Everything follows from the declarations. What does not belong here: any row.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from pipelines.catalogue import Catalogue
from pipelines.catalogue.known_texts import list_known_texts
from pipelines.catalogue.models.records import RecordField, RecordKind
from pipelines.catalogue.models.sources import Export, FieldSource, RecordSource
from pipelines.deliveries import name_hashed
from pipelines.records.references import list_parents, order_kinds

CLIENT = "client"  # as a target beside the record kinds


@dataclass(frozen=True)
class Link:
    """A landed column that names a client or the row of a personal kind."""

    column: str
    target: str  # CLIENT or a record kind
    # Only rows in which this column holds one of these texts, in lower case; None: every row.
    only_where: tuple[str, tuple[str, ...]] | None = None


@dataclass(frozen=True)
class PersonalRows:
    """How the rows of one record source are led to a client."""

    kind: str
    key_column: str | None  # landed column with the key by which other rows name this one
    links: tuple[Link, ...]


def list_personal_kinds(records: dict[str, RecordKind]) -> tuple[str, ...]:
    """The record kinds that are about a client, by themselves or by a parent; parents first."""
    found: list[str] = []
    for name in order_kinds(records):
        fields = records[name].fields.values()
        is_about_client = any(declared.pseudonym == CLIENT for declared in fields)
        if is_about_client or set(list_parents(records[name])) & set(found):
            found.append(name)
    return tuple(found)


def list_personal_rows(export: Export, catalogue: Catalogue) -> list[PersonalRows]:
    """The record sources of an export that yield rows about clients."""
    personal = list_personal_kinds(catalogue.records)
    found = []
    for record in export.records:
        if record.kind in personal:
            links = tuple(_list_links(record, catalogue, personal))
            key_column = _find_key_column(record, catalogue.records[record.kind], personal)
            found.append(PersonalRows(record.kind, key_column, links))
    return found


def _list_links(
    record: RecordSource, catalogue: Catalogue, personal: tuple[str, ...]
) -> Iterator[Link]:
    kind = catalogue.records[record.kind]
    for name, origin in record.fields.items():
        declared = kind.fields[name]
        if not (origin.column and declared.pseudonym):
            continue
        column = name_hashed(origin.column, declared.pseudonym)
        if declared.pseudonym == CLIENT:
            yield Link(column, CLIENT)
        if parent := _find_parent(declared, personal):
            yield Link(column, parent)
        if declared.references_by:
            for value, target in declared.references_by.targets.items():
                parent = target.partition(".")[0]
                if parent in personal:
                    subject = declared.references_by.field
                    where = _list_texts(
                        record.fields[subject], kind.fields[subject], value, catalogue
                    )
                    yield Link(column, parent, where)
    if record.parent:
        looked_up = catalogue.records[record.parent.kind]
        for name, header in record.parent.match.items():
            declared = looked_up.fields[name]
            if not declared.pseudonym:
                continue
            column = name_hashed(header, declared.pseudonym)
            if declared.pseudonym == CLIENT:
                yield Link(column, CLIENT)
            elif parent := _find_parent(declared, personal):
                yield Link(column, parent)
            elif name in looked_up.key and looked_up.kind in personal:
                yield Link(column, looked_up.kind)


def _find_parent(declared: RecordField, personal: tuple[str, ...]) -> str | None:
    parent = (declared.references or "").partition(".")[0]
    return parent if parent in personal else None


def _list_texts(
    origin: FieldSource, declared: RecordField, value: str, catalogue: Catalogue
) -> tuple[str, tuple[str, ...]] | None:
    """The condition that a row is about ``value``; None where the mapping says it of every row."""
    if origin.column is None:
        return None if origin.constant == value else ("", ())
    known = list_known_texts(declared, origin, catalogue)
    return origin.column, tuple(text for text, code in known.items() if code == value)


def _find_key_column(
    record: RecordSource, kind: RecordKind, personal: tuple[str, ...]
) -> str | None:
    """The landed column with the row's own key; None when it has none or the key is of another."""
    name = kind.key[0]
    declared, origin = kind.fields[name], record.fields.get(name)
    is_of_another = declared.references and not _find_parent(declared, personal)
    if is_of_another or not declared.pseudonym or origin is None or origin.column is None:
        return None
    return name_hashed(origin.column, declared.pseudonym)
