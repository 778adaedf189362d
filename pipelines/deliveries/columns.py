"""Which columns of an export are kept, and under which name they land.

A column lands under its declared header. A column that feeds a personal key lands only hashed, as
``<header>#<domain>`` (twice when it feeds two domains); a birth date lands only as
``<header>#age_band``. Staging asks this module for the names, so that both sides agree.
"""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, field

from pipelines.catalogue.models.records import FieldType, RecordKind
from pipelines.catalogue.models.sources import Export, FieldSource, RecordSource

LANDING_VERSION = 2  # raise it when files must land anew because the door works differently
AGE_BAND = "age_band"
ROW_NUMBER = "row_number"
ROW_FAULT = "#row_fault"  # 'ragged': the row has another number of cells than the header


@dataclass(frozen=True)
class LandedColumn:
    """One column of a landing file."""

    name: str
    header: str  # as declared in the mapping
    domain: str | None = None  # key domain: the cells are keyed hashes
    age_band_at: str | None = None  # header with the date on which the age is taken
    types: frozenset[FieldType] = frozenset()  # of the fields it feeds; empty: only a key part
    is_optional: bool = False
    is_split: bool = False  # a cell may hold several values
    rule: FieldSource = field(default_factory=FieldSource)  # how an id is read before hashing


def name_hashed(header: str, domain: str) -> str:
    """The landing name of ``header`` as a hashed column of ``domain``."""
    return f"{header}#{domain}"


def list_landed_columns(export: Export, records: dict[str, RecordKind]) -> tuple[LandedColumn, ...]:
    """The columns that a file of ``export`` lands with, in the order of their first use.

    Args:
        export: the export, whose record kinds are all in ``records``.
        records: every record kind by name.
    """
    found: dict[str, LandedColumn] = {}
    for use in _iterate_uses(export, records):
        known = found.get(use.name)
        if known is None:
            found[use.name] = use
        else:
            found[use.name] = LandedColumn(
                name=use.name,
                header=known.header,
                domain=use.domain,
                age_band_at=known.age_band_at,
                types=known.types | use.types,
                is_optional=known.is_optional and use.is_optional,
                is_split=known.is_split or use.is_split,
                rule=known.rule if _is_explicit(known.rule) else use.rule,
            )
    return tuple(found.values())


def find_column_faults(export: Export, records: dict[str, RecordKind]) -> list[str]:
    """What would let a personal key through, or hash it in two ways; empty for a good mapping."""
    rules: dict[str, FieldSource] = {}
    faults = []
    for use in _iterate_uses(export, records):
        rule = rules.setdefault(use.name, use.rule)
        if (
            _is_explicit(use.rule)
            and _is_explicit(rule)
            and _read_alike(use.rule) != _read_alike(rule)
        ):
            faults.append(f"{export.id}: column {use.header!r} is read in two ways before hashing")
        if not _is_explicit(rule):
            rules[use.name] = use.rule
    columns = list_landed_columns(export, records)
    closed = {column.header for column in columns if column.name != column.header}
    faults.extend(
        f"{export.id}: column {column.name!r} is personal and also feeds an open field"
        for column in columns
        if column.name in closed
    )
    return faults


def fingerprint_columns(export: Export, records: dict[str, RecordKind]) -> str:
    """Changes when a file of the export would land with other columns or other rows."""
    content = [
        (c.name, c.header, c.domain, c.age_band_at, sorted(c.types), _read_alike(c.rule))
        for c in list_landed_columns(export, records)
    ]
    text = repr((LANDING_VERSION, content, export.total_markers))
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def name_key_column(
    export: Export, records: dict[str, RecordKind], record: RecordSource, header: str
) -> str:
    """The landing name under which ``header`` takes part in the row key of ``record``.

    A column that is a personal key anywhere in the export takes part hashed; a column that feeds
    nothing else is treated as one.
    """
    domains = [
        use.domain
        for use in _iterate_field_uses(export, records)
        if use.header == header and use.domain
    ]
    if domains:
        return name_hashed(header, domains[0])
    is_plain = any(
        use.header == header and not use.age_band_at for use in _iterate_field_uses(export, records)
    )
    domain = records[record.kind].fields[record.row_key.field].pseudonym
    if is_plain or domain is None:
        return header
    return name_hashed(header, domain)


def name_filter_column(export: Export, records: dict[str, RecordKind], header: str) -> str:
    """The landing name under which a row filter finds ``header``; empty stays empty in a hash."""
    names = [column.name for column in list_landed_columns(export, records)]
    return header if header in names else next(n for n in names if n.startswith(f"{header}#"))


def _iterate_uses(export: Export, records: dict[str, RecordKind]) -> Iterator[LandedColumn]:
    yield from _iterate_field_uses(export, records)
    for record in export.records:
        for header in record.row_key.columns if record.row_key else ():
            name = name_key_column(export, records, record, header)
            yield LandedColumn(name, header, domain=name[len(header) + 1 :] or None)


def _iterate_field_uses(export: Export, records: dict[str, RecordKind]) -> Iterator[LandedColumn]:
    """Every use of a column by a field, a parent lookup or a row filter."""
    hashed: set[str] = set()
    for record in export.records:
        kind = records[record.kind]
        for name, origin in record.fields.items():
            if origin.column is None:
                continue
            declared = kind.fields[name]
            types = frozenset({declared.type})
            if origin.age_band_at:
                column = f"{origin.column}#{AGE_BAND}"
                yield LandedColumn(
                    column, origin.column, None, origin.age_band_at, types, origin.optional
                )
                date_type = frozenset({FieldType.DATE})
                yield LandedColumn(
                    origin.age_band_at, origin.age_band_at, None, None, date_type, origin.optional
                )
            elif declared.pseudonym:
                hashed.add(origin.column)
                yield _hashed_use(origin.column, declared.pseudonym, types, origin)
            else:
                yield LandedColumn(
                    origin.column,
                    origin.column,
                    types=types,
                    is_optional=origin.optional,
                    is_split=origin.split is not None,
                )
        if record.parent:
            parent = records[record.parent.kind]
            for name, header in record.parent.match.items():
                declared = parent.fields[name]
                types = frozenset({declared.type})
                if declared.pseudonym:
                    hashed.add(header)
                    yield _hashed_use(header, declared.pseudonym, types, FieldSource(column=header))
                else:
                    yield LandedColumn(header, header, types=types)
    for record in export.records:
        # A filter on a personal key works as well on its hash: empty stays empty.
        if record.only_where and record.only_where.column not in hashed:
            yield LandedColumn(record.only_where.column, record.only_where.column)


def _hashed_use(
    header: str, domain: str, types: frozenset[FieldType], rule: FieldSource
) -> LandedColumn:
    name = name_hashed(header, domain)
    return LandedColumn(name, header, domain, None, types, rule.optional, rule=rule)


def _read_alike(rule: FieldSource) -> tuple:
    """What a mapping says about reading an id; equal for rules that read it in one way."""
    return (tuple(rule.codes.items()), rule.split, rule.take, rule.pad_to, rule.is_name)


def _is_explicit(rule: FieldSource) -> bool:
    return bool(rule.codes or rule.split or rule.pad_to or rule.is_name)
