"""What a landed file looks like in counts: rows, filled cells per column, codes per code column.

Counted only where an organisation has two files of one export, and kept in the journal. Texts that
no code list or mapping knows are counted together: no text of a file is written down.
"""

import hashlib
from dataclasses import dataclass
from pathlib import Path

from pipelines.catalogue import Catalogue
from pipelines.catalogue.known_texts import list_known_texts
from pipelines.catalogue.models.records import FieldType
from pipelines.catalogue.models.sources import Export, Source
from pipelines.deliveries.columns import ROW_FAULT, ROW_NUMBER
from pipelines.deliveries.hashing import EMPTY_WORDS
from pipelines.deliveries.journal import PROFILE, Delivery, append_event, read_events
from pipelines.deliveries.organisations import Organisation
from pipelines.deliveries.readers.grid import quote_name
from pipelines.run import Run
from pipelines.warehouse import Warehouse, escape_glob

OTHER_TEXT = "?"  # any text that no code list or mapping knows


@dataclass(frozen=True)
class Profile:
    """One landed file in counts."""

    made_with: str  # fingerprint of the export and code lists by which it was counted
    row_count: int
    filled: dict[str, int]  # landed column -> cells with a value
    codes: dict[str, dict[str, int]]  # landed column -> code or OTHER_TEXT -> cells


@dataclass(frozen=True)
class _CodeColumn:
    """A landed column with codes: the texts that are known, and their list."""

    column: str
    texts: dict[str, str]  # known text in lower case -> code


def record_profiles(
    warehouse: Warehouse,
    run: Run,
    organisations: tuple[Organisation, ...],
    deliveries: tuple[Delivery, ...],
    sources: dict[str, Source],
) -> None:
    """Counts the files of every export that has two or more, and writes new counts down.

    Args:
        warehouse: any warehouse; nothing is made in it.
        run: landing and journal.
        organisations: those whose files are looked at.
        deliveries: every accepted delivery.
        sources: every mapping of the run.
    """
    known = read_profiles(run.journal)
    for organisation in organisations:
        for group in group_by_export(deliveries, organisation.organisation_id):
            source = sources.get(group[0].source)
            exports = {export.id: export for export in source.exports} if source else {}
            export = exports.get(group[0].export)
            if len(group) < 2 or export is None:
                continue
            columns = _list_code_columns(export, organisation.catalogue)
            made_with = _fingerprint(export, columns)
            for delivery in group:
                identity = (delivery.organisation_id, delivery.delivery)
                landed = run.landing / delivery.landing
                if identity in known and known[identity].made_with == made_with:
                    continue
                if landed.is_file():
                    profile = _count(warehouse, landed, columns, made_with)
                    append_event(run.journal, _describe(delivery, profile))


def group_by_export(deliveries: tuple[Delivery, ...], organisation_id: str) -> list[list[Delivery]]:
    """The deliveries of an organisation that can be compared: one export, earliest first.

    A further sheet of a workbook is compared with sheets of that name, never with its neighbours.
    """
    groups: dict[tuple[str, str, str], list[Delivery]] = {}
    for delivery in sorted(deliveries, key=lambda delivery: delivery.rank_key):
        if delivery.organisation_id == organisation_id:
            sheet = delivery.sheet or "" if delivery.workbook else ""
            groups.setdefault((delivery.source, delivery.export, sheet), []).append(delivery)
    return [groups[name] for name in sorted(groups)]


def read_profiles(journal: Path) -> dict[tuple[str, str], Profile]:
    """(organisation_id, delivery) -> the counts that were written down last."""
    return {
        (event["organisation_id"], event["delivery"]): Profile(
            event["made_with"], event["row_count"], event["filled"], event["codes"]
        )
        for event in read_events(journal)
        if event["event"] == PROFILE
    }


def _describe(delivery: Delivery, profile: Profile) -> dict:
    identity = {"organisation_id": delivery.organisation_id, "delivery": delivery.delivery}
    return {"event": PROFILE, **identity, **vars(profile)}


def _list_code_columns(export: Export, catalogue: Catalogue) -> list[_CodeColumn]:
    found: dict[str, _CodeColumn] = {}
    for record in export.records:
        for name, origin in record.fields.items():
            declared = catalogue.records[record.kind].fields[name]
            if declared.type is FieldType.CODE and origin.column and not origin.age_band_at:
                texts = list_known_texts(declared, origin, catalogue)
                found.setdefault(origin.column, _CodeColumn(origin.column, texts))
    return list(found.values())


def _fingerprint(export: Export, columns: list[_CodeColumn]) -> str:
    text = export.model_dump_json() + repr(columns)
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def _count(
    warehouse: Warehouse, landed: Path, columns: list[_CodeColumn], made_with: str
) -> Profile:
    path = {"path": escape_glob(landed)}
    names = [
        name
        for (name, *_) in warehouse.fetch_all("describe from read_parquet($path)", path)
        if name not in (ROW_NUMBER, ROW_FAULT)
    ]
    filled = [
        f"count(*) filter (where not list_contains($empty_words, lower({quote_name(name)})))"
        for name in names
    ]
    total, *counts = warehouse.fetch_one(
        f"select {', '.join(['count(*)', *filled])} from read_parquet($path)",
        {**path, "empty_words": list(EMPTY_WORDS)},
    )
    codes: dict[str, dict[str, int]] = {}
    for column in columns:
        if column.column in names:
            codes[column.column] = _count_codes(warehouse, path, column)
    return Profile(made_with, total, dict(zip(names, counts, strict=True)), codes)


def _count_codes(warehouse: Warehouse, path: dict[str, str], column: _CodeColumn) -> dict[str, int]:
    cell = quote_name(column.column)
    rows = warehouse.fetch_all(
        f"select lower({cell}), count(*) from read_parquet($path) where {cell} is not null"
        " group by 1",
        path,
    )
    counts: dict[str, int] = {}
    for text, count in rows:
        code = column.texts.get(text, OTHER_TEXT) or OTHER_TEXT
        counts[code] = counts.get(code, 0) + count
    return dict(sorted(counts.items()))
