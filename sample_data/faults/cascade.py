"""Which rows fall with a quarantined parent row: children, their children, and so on."""

from collections.abc import Iterator
from typing import Any

from pipelines.catalogue import Catalogue, load_catalogue
from sample_data.faults.planter import Entry, Planter, quarantined
from sample_data.tables import Table


def list_fallen(planter: Planter, kind: str, keys: set[Any], depth: int = 0) -> list[Entry]:
    """Expectations that every descendant of the records ``keys`` is `parent_quarantined`.

    Args:
        planter: the tables to look in.
        kind: record kind of the quarantined rows.
        keys: their ids as they stand in the files.
        depth: how far down we are; a cycle of references would never end.
    """
    catalogue = load_catalogue()
    found: list[Entry] = []
    pairs = _list_pairs(planter, keys) if kind == "trajectory" else set()
    for table in planter.tables.values():
        rows = sorted({*_list_children(catalogue, table, kind, keys), *_list_matched(table, pairs)})
        if not rows or depth > 5:
            continue
        found.append(quarantined(table, rows, "parent_quarantined"))
        own_key = catalogue.records[table.kind].key
        if len(own_key) == 1 and own_key[0] in table.fields:
            children = {table.get(row, own_key[0]) for row in rows}
            found += list_fallen(planter, table.kind, children, depth + 1)
    return _merge(found)


def _list_children(catalogue: Catalogue, table: Table, kind: str, keys: set[Any]) -> Iterator[int]:
    for name, declared in catalogue.records[table.kind].fields.items():
        if name not in table.fields or declared.on_missing_reference == "empty":
            continue
        if (declared.references or "").split(".")[0] == kind:
            yield from table.find(lambda cell, name=name: cell(name) in keys)
        if declared.references_by and kind in declared.references_by.targets:
            word = catalogue.codes["rating_subject"].codes[kind].label.nl
            yield from table.find(
                lambda cell, name=name, word=word: (
                    cell(name) in keys and cell("subject") in (kind, word)
                )
            )


def _list_pairs(planter: Planter, keys: set[Any]) -> set[tuple[Any, str]]:
    """Dossier number and start, by which a client-file system finds the trajectory of a row."""
    table = planter.tables.get("trajecten")
    if table is None or "Ris-dossiernummer" not in table.headers:
        return set()
    rows = table.find(lambda cell: cell("trajectory_id") in keys)
    return {(table.get(row, "client_id"), str(table.get(row, "start_date"))) for row in rows}


def _list_matched(table: Table, pairs: set[tuple[Any, str]]) -> Iterator[int]:
    if pairs and "trajectory.client_id" in table.fields:
        yield from table.find(
            lambda cell: (
                (
                    cell("trajectory.client_id"),
                    str(cell("trajectory.start_date")).removesuffix(" 00:00:00"),
                )
                in pairs
            )
        )


def _merge(found: list[Entry]) -> list[Entry]:
    """One expectation per file, with all its rows."""
    merged: dict[str, Entry] = {}
    for entry in found:
        known = merged.setdefault(entry["file"], entry)
        if known is not entry:
            known["row_numbers"] = sorted({*known["row_numbers"], *entry["row_numbers"]})
    return list(merged.values())
