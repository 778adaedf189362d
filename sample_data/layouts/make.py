"""Record kinds -> tables with the headers and words of a source mapping.

The words in cells are taken from the mapping too, the other way round: a phrase of the export where
the mapping lists one, else the Dutch label of the code.
"""

from typing import Any

from pipelines.catalogue import Catalogue
from pipelines.catalogue.models.records import FieldType
from pipelines.catalogue.models.sources import Export, RecordSource
from sample_data.layouts import clientdossier
from sample_data.tables import Table
from sample_data.world import Organisation, World
from sample_data.world.records import Record


def make_tables(catalogue: Catalogue, organisation: Organisation, world: World) -> dict[str, Table]:
    """The tables of an organisation by export id, each with all its rows in order."""
    if organisation.source == "canonical":
        return {kind: _make_canonical(catalogue, kind, world[kind]) for kind in catalogue.records}
    source = catalogue.sources[organisation.source]
    if organisation.source == "clientdossier":
        world = clientdossier.join_records(world)
    return {
        export.id: _make_mapped(catalogue, organisation, export, world) for export in source.exports
    }


def _make_canonical(catalogue: Catalogue, kind: str, records: list[Record]) -> Table:
    fields = list(catalogue.records[kind].fields)
    rows = [[record.get(name) for name in fields] for record in records]
    return Table(kind, kind, fields, rows, fields={name: name for name in fields})


def _make_mapped(
    catalogue: Catalogue, organisation: Organisation, export: Export, world: World
) -> Table:
    main = export.records[0]
    records = world[main.kind]
    columns: dict[str, list[Any]] = {}
    fields: dict[str, str] = {}
    for record_source in export.records:
        for name, header, words in _list_columns(catalogue, record_source):
            if header not in columns:
                columns[header] = [words(record.get(name)) for record in records]
                fields.setdefault(name, header)
    if organisation.source == "clientdossier":
        records, columns = clientdossier.complete(export, records, columns)
    rows = [list(row) for row in zip(*columns.values(), strict=True)]
    return Table(export.id, main.kind, list(columns), rows, fields=fields)


def _list_columns(catalogue: Catalogue, source: RecordSource):
    """(our field, header, how a value is worded) of every column a record source reads."""
    kind = catalogue.records[source.kind]
    parent = catalogue.records[source.parent.kind] if source.parent else None
    if parent:
        for name, header in source.parent.match.items():
            yield f"{source.parent.kind}.{name}", header, lambda value: value
    for name, origin in source.fields.items():
        if origin.column is None:
            continue
        phrases = {code: text for text, code in reversed(origin.codes.items())}
        declared = kind.fields[name]
        labels: dict[str, str] = {}
        if declared.type == FieldType.CODE and not declared.is_open_list:
            codes = catalogue.codes[declared.codes].codes
            labels = {code: entry.label.nl for code, entry in codes.items()}
        yield name, origin.column, lambda value, p=phrases, w=labels: _word(value, p, w)


def _word(value: Any, phrases: dict[str, str], labels: dict[str, str]) -> Any:
    if value is None:
        return None
    key = str(value).lower() if isinstance(value, bool) else value
    if isinstance(key, str) and key in phrases:
        return phrases[key]
    return labels.get(value, value) if isinstance(value, str) else value
