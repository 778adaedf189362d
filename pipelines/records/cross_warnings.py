"""Warnings that compare staged rows of several kinds; the rows stay.

Runs after every kind is staged, because the end of a trajectory may stand in its closure.
"""

from pipelines.catalogue import Catalogue
from pipelines.catalogue.models.sources import Source
from pipelines.records.mapping import list_mappings
from pipelines.records.reasons import RowWarning
from pipelines.records.sql_text import quote_list, quote_name, quote_text
from pipelines.warehouse import Warehouse

# An event may lie this far before the start or after the end of its trajectory.
MARGIN_DAYS = 31


def insert_cross_warnings(
    warehouse: Warehouse, catalogue: Catalogue, sources: dict[str, Source]
) -> None:
    """Adds the warnings to ``quality.warning``."""
    _write_headers(warehouse, catalogue, sources)
    _write_spans(warehouse, catalogue)
    for kind in catalogue.records.values():
        if kind.is_person_event:
            day = f"event.{quote_name(kind.date_field)}"
            _insert(
                warehouse,
                kind.kind,
                kind.date_field,
                RowWarning.EVENT_OUTSIDE_TRAJECTORY,
                f"""
                from staged.{kind.kind} as event
                inner join trajectory_span as span
                    on span.organisation_id = event.organisation_id
                    and span.trajectory_id = event.trajectory_id
                where {day} < span.start_date - {MARGIN_DAYS}
                    or {day} > span.end_date + {MARGIN_DAYS}
                """,
            )
    if "closure" in catalogue.records:
        _insert(
            warehouse,
            "closure",
            "closure_date",
            RowWarning.CLOSURE_FAR_FROM_END,
            f"""
            from staged.closure as event
            inner join staged.trajectory as trajectory
                on trajectory.organisation_id = event.organisation_id
                and trajectory.trajectory_id = event.trajectory_id
            where abs(event.closure_date - trajectory.end_date) > {MARGIN_DAYS}
            """,
        )
    _insert(
        warehouse,
        "trajectory",
        "client_id",
        RowWarning.TWO_OPEN_TRAJECTORIES,
        """
        from (
            select
                trajectory.*,
                count(*) over (
                    partition by
                        trajectory.organisation_id,
                        trajectory.client_id,
                        trajectory.team_id,
                        trajectory.programme
                ) as open_count
            from staged.trajectory
            inner join trajectory_span as span
                on span.organisation_id = trajectory.organisation_id
                and span.trajectory_id = trajectory.trajectory_id
            where span.end_date is null and trajectory.client_id is not null
        ) as event
        where event.open_count > 1
        """,
    )


def _insert(warehouse: Warehouse, kind: str, field: str, warning: str, source: str) -> None:
    """``source`` is FROM and WHERE over the offending rows, called ``event``."""
    warehouse.execute(
        f"""
        insert into quality.warning
        with offender as (
            select event.organisation_id, event.delivery, event.row_number
            {source}
        )
        select
            offender.organisation_id,
            offender.delivery,
            {quote_text(kind)},
            offender.row_number,
            field_header.column_name,
            {quote_text(warning)}
        from offender
        inner join staged.delivery
            on delivery.organisation_id = offender.organisation_id
            and delivery.delivery = offender.delivery
        inner join field_header
            on field_header.source = delivery.source
            and field_header.export = delivery.export
            and field_header.record_kind = {quote_text(kind)}
            and field_header.field = {quote_text(field)}
        """
    )


def _write_headers(warehouse: Warehouse, catalogue: Catalogue, sources: dict[str, Source]) -> None:
    """What the field is called in each export; the first record source of a kind gives the name."""
    warehouse.execute(
        "create or replace temp table field_header (source varchar, export varchar,"
        " record_kind varchar, field varchar, column_name varchar)"
    )
    used = set(warehouse.fetch_all("select distinct source, export from staged.delivery"))
    for kind in catalogue.records.values():
        for mapping in reversed(list_mappings(catalogue, sources, kind.kind)):
            place = (mapping.source.source, mapping.export.id)
            if place not in used:
                continue
            warehouse.execute(
                "delete from field_header where source = ? and export = ? and record_kind = ?",
                [*place, kind.kind],
            )
            for field in {kind.date_field, "client_id"} & set(kind.fields):
                warehouse.execute(
                    "insert into field_header values (?, ?, ?, ?, ?)",
                    [*place, kind.kind, field, mapping.name_column(field)],
                )


def _write_spans(warehouse: Warehouse, catalogue: Catalogue) -> None:
    """Start and end of every trajectory; a closure that ends it stands in for a missing end."""
    reasons = catalogue.codes["closure_reason"].codes if "closure" in catalogue.records else {}
    passing = [code for code, entry in reasons.items() if not entry.is_end]
    closure = "(select null as organisation_id, null as trajectory_id, null as closure_date)"
    if "closure" in catalogue.records:
        closure = f"""(
            select organisation_id, trajectory_id, closure_date
            from staged.closure
            where reason_code is null or not list_contains({quote_list(passing)}, reason_code)
        )"""
    warehouse.execute(
        f"""
        create or replace temp table trajectory_span as
        select
            trajectory.organisation_id,
            trajectory.trajectory_id,
            trajectory.start_date,
            coalesce(trajectory.end_date, closure.closure_date) as end_date
        from staged.trajectory
        left join {closure} as closure
            on closure.organisation_id = trajectory.organisation_id
            and closure.trajectory_id = trajectory.trajectory_id
        """
    )
