"""The source ``canonical``: headers are our own field names. Made from the record declarations."""

from pipelines.catalogue.models.base import Text
from pipelines.catalogue.models.records import RecordKind
from pipelines.catalogue.models.sources import Export, FieldSource, RecordSource, Source

CANONICAL = "canonical"


def make_canonical_source(records: dict[str, RecordKind]) -> Source:
    """A source with one export per record kind; a field that may be empty may be absent."""
    return Source(
        source=CANONICAL,
        version=1,
        label=Text(nl="Eigen veldnamen", en="Our own field names"),
        description=Text(
            nl="Eén bestand per soort gegeven; de kolomnamen zijn onze veldnamen.",
            en="One file per record kind; the columns are called as our fields.",
        ),
        exports=tuple(_make_export(kind) for kind in records.values()),
    )


def _make_export(kind: RecordKind) -> Export:
    fields = {
        name: FieldSource(
            column=name, optional=not declared.required or declared.default is not None
        )
        for name, declared in kind.fields.items()
    }
    record = RecordSource(kind=kind.kind, fields=fields)
    return Export(id=kind.kind, label=kind.label, records=(record,))


# Asked for every organisation of an inbox, many times in a run: made once per set of records.
_MADE: dict[int, tuple[dict[str, RecordKind], Source]] = {}


def list_sources(records: dict[str, RecordKind], sources: dict[str, Source]) -> dict[str, Source]:
    """Every source an organisation may name: the mappings, and ``canonical``."""
    made = _MADE.get(id(records))
    if made is None or made[0] is not records:
        made = _MADE[id(records)] = records, make_canonical_source(records)
    return {**sources, CANONICAL: made[1]}
