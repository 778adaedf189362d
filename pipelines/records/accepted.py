"""The tables about the run itself: accepted deliveries in order, organisations, their settings.

They come from the journal and from ``organisation.yaml``; no row of a delivery is read here.
"""

from datetime import date

import pandas as pd

from pipelines.deliveries import Delivery, Reception, read_organisations
from pipelines.deliveries.overlays import list_run_sources
from pipelines.deliveries.reception import read_reception
from pipelines.errors import UserError
from pipelines.records.schema import create_organisation_table
from pipelines.run import Run
from pipelines.warehouse import Warehouse


def read_accepted(run: Run) -> Reception:
    """What the journal holds of the organisations that are in the inbox now."""
    return read_reception(run, read_organisations(run.inbox, run.catalogue))


def list_ranked_deliveries(run: Run) -> list[tuple[int, Delivery]]:
    """The deliveries in use of each organisation with their rank, 1 = earliest."""
    deliveries = read_accepted(run).deliveries
    ranked: list[tuple[int, Delivery]] = []
    seen: dict[str, int] = {}
    for entry in sorted(deliveries, key=lambda delivery: delivery.rank_key):
        seen[entry.organisation_id] = seen.get(entry.organisation_id, 0) + 1
        ranked.append((seen[entry.organisation_id], entry))
    return sorted(ranked, key=lambda item: (item[1].organisation_id, item[0]))


def find_as_of(run: Run) -> date:
    """The date of the run's knowledge: as given, else the latest file date.

    Raises:
        UserError: no date was given and nothing was ever accepted.
    """
    if run.as_of is not None:
        return run.as_of
    dates = [entry.file_date for _, entry in list_ranked_deliveries(run)]
    if not dates:
        raise UserError(
            what="There is nothing to work on: no file was accepted.",
            where=str(run.inbox),
            expected="at least one export file that a source mapping recognises",
            to_do="Look at the refusals above, or give the mapping of this source system.",
        )
    return max(dates)


def build_run(warehouse: Warehouse, run: Run) -> None:
    """Writes the one row of ``staged.run``."""
    create_organisation_table(warehouse, "run")
    warehouse.execute("insert into staged.run values (?)", [find_as_of(run)])


def build_delivery(warehouse: Warehouse, run: Run) -> None:
    """Writes ``staged.delivery``: one row per accepted delivery.

    Raises:
        UserError: a file was accepted under an export that no mapping has any more.
    """
    warehouse.execute(
        """
        create or replace table staged.delivery (
            organisation_id VARCHAR, delivery VARCHAR, delivery_rank INTEGER, file VARCHAR,
            source VARCHAR, source_version INTEGER, export VARCHAR, file_date DATE,
            file_date_origin VARCHAR, format VARCHAR, rows_read BIGINT, not_a_record BIGINT,
            landing VARCHAR, forgotten BIGINT, content VARCHAR
        )
        """
    )
    ranked = list_ranked_deliveries(run)
    _check_mappings_exist(run, ranked)
    rows = [
        (
            entry.organisation_id, entry.delivery, rank, entry.file, entry.source,
            entry.source_version, entry.export, entry.file_date, entry.file_date_origin,
            entry.format, entry.rows_read, entry.not_a_record, entry.landing, entry.forgotten,
            entry.content,
        )
        for rank, entry in ranked
    ]  # fmt: skip
    columns = [
        "organisation_id", "delivery", "delivery_rank", "file", "source", "source_version",
        "export", "file_date", "file_date_origin", "format", "rows_read", "not_a_record", "landing",
        "forgotten", "content",
    ]  # fmt: skip
    if rows:
        warehouse.write_frame("staged.delivery", pd.DataFrame(rows, columns=columns))


def build_organisation(warehouse: Warehouse, run: Run) -> None:
    """Writes ``staged.organisation``: one row per organisation with an accepted delivery."""
    as_of = find_as_of(run)
    latest = {entry.organisation_id: entry for _, entry in list_ranked_deliveries(run)}
    create_organisation_table(warehouse, "organisation")
    for organisation in read_accepted(run).organisations:
        entry = latest.get(organisation.organisation_id)
        if entry is None:
            continue
        warehouse.execute(
            "insert into staged.organisation values (?, ?, ?, ?, ?, ?)",
            [
                organisation.organisation_id,
                organisation.name,
                organisation.source,
                organisation.method_start,
                min(as_of, entry.file_date),
                organisation.disclosure_threshold,
            ],
        )


def build_programme_setting(warehouse: Warehouse, run: Run) -> None:
    """Writes ``staged.programme_setting``: every organisation x programme x setting."""
    create_organisation_table(warehouse, "programme_setting")
    accepted = {
        name for (name,) in warehouse.fetch_all("select organisation_id from staged.organisation")
    }
    rows = [
        (
            organisation.organisation_id,
            profile.programme,
            name,
            organisation.programme_profile.get(profile.programme, {}).get(name, setting.value),
        )
        for organisation in read_accepted(run).organisations
        if organisation.organisation_id in accepted
        for profile in organisation.catalogue.profiles.values()
        for name, setting in profile.settings.items()
    ]
    if rows:
        columns = ["organisation_id", "programme", "setting", "value"]
        warehouse.write_frame("staged.programme_setting", pd.DataFrame(rows, columns=columns))


def _check_mappings_exist(run: Run, ranked: list[tuple[int, Delivery]]) -> None:
    """Raises a UserError when the mapping by which a file was accepted is no longer there."""
    sources = list_run_sources(run)
    known = {(name, export.id) for name, source in sources.items() for export in source.exports}
    for _, entry in ranked:
        if (entry.source, entry.export) not in known:
            raise UserError(
                what=f"A file was accepted as export {entry.export!r}, which no mapping has.",
                where=f"{entry.file} of {entry.organisation_id}",
                expected=f"export {entry.export!r} in the mapping {entry.source!r}",
                to_do="Put the export back in the mapping, or begin a new home.",
            )
