"""Which record sources yield a record kind, each with the declarations it needs."""

from dataclasses import dataclass

from pipelines.catalogue import Catalogue
from pipelines.catalogue.models.records import RecordKind
from pipelines.catalogue.models.sources import Export, RecordSource, Source


@dataclass(frozen=True)
class Mapping:
    """One record source of one export, with the declarations it needs."""

    source: Source
    export: Export
    record: RecordSource
    number: int  # place of the record source within its export
    kind: RecordKind
    catalogue: Catalogue

    @property
    def name(self) -> str:
        """The id under which its code texts are looked up."""
        return f"{self.source.source}/{self.export.id}/{self.number}"

    @property
    def parent_column(self) -> str:
        """The headers by which the parent is looked up, as one name for findings."""
        return " + ".join(self.record.parent.match.values()) if self.record.parent else ""

    def name_column(self, field: str) -> str:
        """The header that feeds a field, else the field's own name."""
        origin = self.record.fields.get(field)
        if origin is None and self.record.parent and self.record.parent.field == field:
            return self.parent_column
        return (origin.column if origin else None) or field


def list_mappings(catalogue: Catalogue, sources: dict[str, Source], kind: str) -> list[Mapping]:
    """Every record source of any export that yields rows of ``kind``."""
    return [
        Mapping(source, export, record, number, catalogue.records[kind], catalogue)
        for source in sources.values()
        for export in source.exports
        for number, record in enumerate(export.records)
        if record.kind == kind
    ]
