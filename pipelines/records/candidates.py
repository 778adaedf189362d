"""Fills ``scratch.<kind>``: each landed row of a kind, typed and judged by itself.

Staging makes the table, reads it three or four times by column, and drops it. It lies in a database
of its own in memory, which DuckDB spills to disk when it must: a table of the warehouse file costs
twice as much to write.
"""

from dataclasses import dataclass
from weakref import WeakSet

import pandas as pd

from pipelines.catalogue.known_texts import list_known_texts
from pipelines.catalogue.models.records import FieldType, RecordKind
from pipelines.deliveries.overlays import list_run_sources
from pipelines.records.mapping import Mapping, list_mappings
from pipelines.records.mapping_sql import compose_filter, compose_mapping, list_candidate_columns
from pipelines.records.sql_text import quote_name, quote_text
from pipelines.run import Run
from pipelines.warehouse import Warehouse, escape_glob

# A yes/no column with one value says little in a file of a few rows.
SINGLE_VALUE_ROWS = 10
# Warehouses whose connection has the cast macros; making them again takes as long as a small kind.
_WITH_CASTS: WeakSet[Warehouse] = WeakSet()


@dataclass(frozen=True)
class LandedExport:
    """The files of one mapping and the columns that at least one of them has."""

    mapping: Mapping
    files: list[str]
    columns: set[str]
    folder: str


def fill_candidates(warehouse: Warehouse, run: Run, kind: RecordKind) -> list[Mapping]:
    """Makes ``scratch.<kind>`` and the scratch tables about its files.

    Beside it come the temporary tables ``read_tally`` (per delivery: rows that the filter left out,
    yes/no columns with one value) and ``field_column`` (header of a field).

    Returns:
        The mappings of the kind that had at least one delivery; without any, nothing is made.
    """
    sources = list_run_sources(run)
    mappings = list_mappings(run.catalogue, sources, kind.kind)
    used = [landed for mapping in mappings if (landed := _find_files(warehouse, run, mapping))]
    if not used:
        return []
    columns = ", ".join(
        f"{quote_name(name)} {sql}" for name, sql in list_candidate_columns(kind).items()
    )
    warehouse.execute("attach if not exists ':memory:' as scratch")
    warehouse.execute(f"create or replace table scratch.{kind.kind} ({columns})")
    if warehouse not in _WITH_CASTS:
        warehouse.run_file("records", "casts")
        _WITH_CASTS.add(warehouse)
    warehouse.run_file("records", "scratch")
    _write_known_texts(warehouse, [landed.mapping for landed in used])
    _write_field_columns(warehouse, [landed.mapping for landed in used])
    for landed in used:
        _count_rows(warehouse, landed)
        parameters = {"files": landed.files, "folder": landed.folder}
        select = compose_mapping(landed.mapping, landed.columns)
        warehouse.execute(f"insert into scratch.{kind.kind} {select}", parameters)
    return [landed.mapping for landed in used]


def _find_files(warehouse: Warehouse, run: Run, mapping: Mapping) -> LandedExport | None:
    names = warehouse.fetch_all(
        "select landing from staged.delivery where source = ? and export = ?"
        " order by organisation_id, delivery_rank",
        [mapping.source.source, mapping.export.id],
    )
    if not names:
        return None
    folder = f"{run.landing.resolve()}/"
    files = [escape_glob(f"{folder}{name}") for (name,) in names]
    columns = warehouse.fetch_all(
        "select distinct name from parquet_schema($files)", {"files": files}
    )
    return LandedExport(mapping, files, {name for (name,) in columns}, folder)


def _write_known_texts(warehouse: Warehouse, mappings: list[Mapping]) -> None:
    rows = [
        (f"{mapping.name}/{name}", text, code)
        for mapping in mappings
        for name, origin in mapping.record.fields.items()
        for declared in [mapping.kind.fields[name]]
        if not declared.pseudonym
        for text, code in list_known_texts(declared, origin, mapping.catalogue).items()
    ]
    if rows:
        frame = pd.DataFrame(rows, columns=["lookup", "known_text", "code"])
        warehouse.write_frame("known_text", frame)


def _write_field_columns(warehouse: Warehouse, mappings: list[Mapping]) -> None:
    rows = [
        (mapping.name, name, mapping.name_column(name))
        for mapping in mappings
        for name in mapping.kind.fields
    ]
    frame = pd.DataFrame(rows, columns=["mapping", "field", "column_name"])
    warehouse.write_frame("field_column", frame)
    for mapping in mappings:
        if mapping.record.parent:
            found = [mapping.name, mapping.record.parent.field]
            warehouse.execute("insert into looked_up_field values (?, ?)", found)


def _count_rows(warehouse: Warehouse, landed: LandedExport) -> None:
    """Counts the rows of each file, and notes yes/no columns that say the same everywhere."""
    condition = compose_filter(landed.mapping, landed.columns)
    columns = [
        f"case when {_has_single_value(origin.column)} then {quote_text(origin.column)} end"
        for name, origin in landed.mapping.record.fields.items()
        if landed.mapping.kind.fields[name].type is FieldType.BOOL
        and origin.column in landed.columns
    ]
    warehouse.execute(
        f"""
        insert into read_tally
        select
            delivery.organisation_id,
            delivery.delivery,
            count(*) filter (not is_record),
            list_filter([{", ".join(columns)}], lambda header: header is not null)
        from (
            select *, {condition} as is_record
            from read_parquet($files, union_by_name = true, filename = true) as landed
        ) as landed
        inner join staged.delivery on $folder || delivery.landing = landed.filename
        group by delivery.organisation_id, delivery.delivery
        """,
        {"files": landed.files, "folder": landed.folder},
    )


def _has_single_value(header: str) -> str:
    cell = f"lower(read_text(landed.{quote_name(header)}))"
    values = [f"{name}({cell}) filter (is_record)" for name in ("count", "min", "max")]
    return f"{values[0]} >= {SINGLE_VALUE_ROWS} and {values[1]} = {values[2]}"
