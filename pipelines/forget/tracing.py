"""Finds the landed rows of forgotten clients, also those that name their client by another row.

A row goes when it names a forgotten client or a forgotten record, and so does every row with the
key of a record that is theirs by its latest row: when a correction moved a trajectory to another
client, the trajectory belongs to that other client.
"""

from dataclasses import dataclass, field

from pipelines.catalogue import Catalogue
from pipelines.catalogue.models.sources import Export, Source
from pipelines.deliveries import ROW_NUMBER, Delivery
from pipelines.deliveries.hashing import MULTIPLE_MARK
from pipelines.forget.links import PersonalRows, list_personal_kinds, list_personal_rows
from pipelines.forget.tombstones import Pseudonyms
from pipelines.records.sql_text import quote_list, quote_name, quote_text
from pipelines.run import Run
from pipelines.warehouse import Warehouse, escape_glob


@dataclass
class Trace:
    """What belongs to forgotten clients of one organisation."""

    rows: dict[str, set[int]] = field(default_factory=dict)  # delivery -> row numbers
    kinds: dict[str, int] = field(default_factory=dict)  # record kind -> rows
    pseudonyms: Pseudonyms = field(default_factory=dict)  # clients and records
    shared: set[str] = field(default_factory=set)  # of these, what records of others have too


def trace_clients(
    warehouse: Warehouse,
    run: Run,
    catalogue: Catalogue,
    sources: dict[str, Source],
    deliveries: list[Delivery],
    forgotten: Pseudonyms,
) -> Trace:
    """Everything in landing that belongs to forgotten clients.

    Args:
        warehouse: an in-memory warehouse; temp tables are made in it.
        run: where landing is.
        catalogue: that of the organisation.
        sources: every mapping of the run.
        deliveries: every landed delivery of one organisation, the earliest first.
        forgotten: clients, and records known to be theirs.
    """
    warehouse.execute(
        "create or replace temp table personal_row (kind varchar, file_number integer,"
        " row_number bigint, key varchar, target varchar, value varchar)"
    )
    warehouse.execute("create or replace temp table forgotten (kind varchar, value varchar)")
    for kind, values in forgotten.items():
        _add_forgotten(warehouse, kind, values)
    for number, delivery in enumerate(deliveries):
        export = find_export(sources, delivery)
        for rows in list_personal_rows(export, catalogue) if export else ():
            _load_rows(warehouse, run, delivery, number, rows)
    warehouse.execute(
        "create or replace temp table traced"
        " (kind varchar, file_number integer, row_number bigint, key varchar)"
    )
    for kind in list_personal_kinds(catalogue.records):
        _trace_kind(warehouse, kind)
    _load_kept_values(warehouse, run, deliveries)
    return _read_trace(warehouse, deliveries)


def find_export(sources: dict[str, Source], delivery: Delivery) -> Export | None:
    """The export by which a delivery was accepted; None when no mapping has it any more."""
    source = sources.get(delivery.source)
    exports = source.exports if source else ()
    return next((export for export in exports if export.id == delivery.export), None)


def _add_forgotten(warehouse: Warehouse, kind: str, values: set[str]) -> None:
    warehouse.execute(
        "insert into forgotten select ?, unnest(cast(? as varchar[]))", [kind, sorted(values)]
    )


def _load_rows(
    warehouse: Warehouse, run: Run, delivery: Delivery, number: int, rows: PersonalRows
) -> None:
    path = {"path": escape_glob(run.landing / delivery.landing)}
    landed = {name for (name, *_) in warehouse.fetch_all("describe from read_parquet($path)", path)}
    key = "cast(null as varchar)"
    if rows.key_column in landed:
        key = f"nullif({quote_name(rows.key_column)}, {quote_text(MULTIPLE_MARK)})"
        warehouse.execute(
            f"""
            insert into personal_row
            select {quote_text(rows.kind)}, {number}, {quote_name(ROW_NUMBER)}, {key}, null, null
            from read_parquet($path)
            where {key} is not null
            """,
            path,
        )
    for link in rows.links:
        if link.column not in landed:
            continue
        condition = "true"
        if link.only_where is not None:
            column, texts = link.only_where
            if column not in landed:
                continue
            condition = f"list_contains({quote_list(texts)}, lower({quote_name(column)}))"
        warehouse.execute(
            f"""
            insert into personal_row
            select {quote_text(rows.kind)}, {number}, {quote_name(ROW_NUMBER)}, {key},
                {quote_text(link.target)}, {quote_name(link.column)}
            from read_parquet($path)
            where {quote_name(link.column)} <> {quote_text(MULTIPLE_MARK)} and {condition}
            """,
            path,
        )


def _trace_kind(warehouse: Warehouse, kind: str) -> None:
    """Finds the rows of one kind; its parents are done."""
    name = {"kind": kind}
    warehouse.execute(
        """
        create or replace temp table judged as
        select
            file_number, row_number, key,
            bool_or(forgotten.value is not null) as is_theirs,
            count(personal_row.value) > 0 as has_link
        from personal_row
        left join forgotten
            on forgotten.kind = personal_row.target and forgotten.value = personal_row.value
        where personal_row.kind = $kind
        group by file_number, row_number, key
        """,
        name,
    )
    warehouse.execute(
        """
        create or replace temp table latest as
        select key, is_theirs
        from judged
        where key is not null and has_link
        qualify row_number() over (
            partition by key order by file_number desc, row_number desc
        ) = 1
        """
    )
    # A tombstone yields where the latest row gives the record to somebody else.
    warehouse.execute(
        """
        delete from forgotten
        where kind = $kind and value in (select key from latest where not is_theirs)
        """,
        name,
    )
    warehouse.execute(
        """
        insert into forgotten
        select distinct $kind, key
        from latest
        where is_theirs and key not in (select value from forgotten where kind = $kind)
        """,
        name,
    )
    warehouse.execute(
        """
        insert into traced
        select distinct $kind, file_number, row_number, key
        from judged
        where is_theirs or key in (select value from forgotten where kind = $kind)
        """,
        name,
    )


def _load_kept_values(warehouse: Warehouse, run: Run, deliveries: list[Delivery]) -> None:
    """Which pseudonyms of records stand in rows that stay."""
    warehouse.execute("create or replace temp table kept_value (value varchar)")
    for number, delivery in enumerate(deliveries):
        path = {"path": escape_glob(run.landing / delivery.landing)}
        described = warehouse.fetch_all("describe from read_parquet($path)", path)
        for column in (name for (name, *_) in described if name.endswith("#record")):
            warehouse.execute(
                f"""
                insert into kept_value
                select distinct {quote_name(column)}
                from read_parquet($path) as landed
                where {quote_name(column)} in (select value from forgotten)
                    and not exists (
                        select 1
                        from traced
                        where file_number = {number} and traced.row_number = landed.row_number
                    )
                """,
                path,
            )


def _read_trace(warehouse: Warehouse, deliveries: list[Delivery]) -> Trace:
    trace = Trace()
    for kind, number, row_number in warehouse.fetch_all(
        "select distinct kind, file_number, row_number from traced order by all"
    ):
        trace.rows.setdefault(deliveries[number].delivery, set()).add(row_number)
        trace.kinds[kind] = trace.kinds.get(kind, 0) + 1
    for kind, value in warehouse.fetch_all("select distinct kind, value from forgotten"):
        trace.pseudonyms.setdefault(kind, set()).add(value)
    trace.shared = {value for (value,) in warehouse.fetch_all("from kept_value")}
    return trace
