"""A small inbox, landing folder and journal that a test fills with rows of its own."""

import dataclasses
import hashlib
from datetime import date
from pathlib import Path

import pandas as pd

from pipelines.catalogue import Catalogue, load_catalogue
from pipelines.catalogue.models.sources import Export, Source
from pipelines.deliveries import append_event
from pipelines.deliveries.canonical import list_sources
from pipelines.deliveries.columns import list_landed_columns
from pipelines.deliveries.journal import Delivery, describe_event
from pipelines.records.steps import list_steps
from pipelines.run import Run
from pipelines.warehouse import Warehouse, open_warehouse
from pipelines.warehouse.steps import build_all

TEAM = {"team_id": "T1", "name": "Team 1", "setting": "outreach", "start_date": "2020-01-01"}
WORKER = {
    "worker_id": "W1",
    "team_id": "T1",
    "start_date": "2020-01-01",
    "role": "support_worker",
    "fte": "1",
}
TRAJECTORY = {
    "trajectory_id": "J1",
    "client_id": "C1",
    "team_id": "T1",
    "worker_id": "W1",
    "programme": "krachtwerk",
    "start_date": "2024-01-01",
}
CONTACT = {
    "contact_id": "X1",
    "trajectory_id": "J1",
    "worker_id": "W1",
    "contact_date": "2024-02-01",
    "mode": "phone",
}


class World:
    """Deliveries of invented organisations; values of personal keys stand for their hashes."""

    def __init__(self, home: Path, sources: tuple[Source, ...] = ()):
        shipped = load_catalogue()
        self.catalogue: Catalogue = dataclasses.replace(
            shipped, sources={source.source: source for source in sources}
        )
        self.run = Run(
            inbox=home / "inbox", home=home, key_file=home / "key", catalogue=self.catalogue
        )
        self.run.landing.mkdir(parents=True)
        self.warehouse: Warehouse = open_warehouse()
        self.warehouse.execute("set threads = 1")  # a handful of rows: threads only wait

    def add_organisation(self, organisation_id: str, extra: str = "") -> None:
        """Writes the settings of an organisation."""
        folder = self.run.inbox / organisation_id
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "organisation.yaml").write_text(
            f"organisation_id: {organisation_id}\nname: The {organisation_id}\n"
            f"source: canonical\n{extra}"
        )

    def deliver(
        self,
        export: str,
        *rows: dict[str, str | None],
        organisation_id: str = "org",
        source: str = "canonical",
        file: str | None = None,
        file_date: str = "2024-12-31",
        modified_at: str = "2025-01-01T00:00:00Z",
        format: str = "csv",
        not_a_record: int = 0,
        faulty_rows: tuple[int, ...] = (),
        lost_rows: int = 0,
        workbook: str | None = None,
    ) -> str:
        """Lands rows (header -> text) as one delivery; returns its id."""
        if not (self.run.inbox / organisation_id).exists():
            self.add_organisation(organisation_id)
        declared = self._find_export(source, export)
        frame = self._make_frame(declared, rows, faulty_rows)
        identity = f"{organisation_id}|{source}|{export}|{file}|{file_date}|{modified_at}|{rows}"
        delivery = hashlib.sha256(identity.encode()).hexdigest()
        self.warehouse.connection.register("landing_frame", frame)
        path = self.run.landing / f"{delivery}.parquet"
        self.warehouse.execute(f"copy landing_frame to '{path}' (format parquet)")
        self.warehouse.connection.unregister("landing_frame")
        entry = Delivery(
            delivery=delivery,
            organisation_id=organisation_id,
            file=file or f"{export}_{file_date}.csv",
            source=source,
            source_version=1,
            mapping="",
            export=export,
            file_date=date.fromisoformat(file_date),
            file_date_origin="name",
            modified_at=modified_at,
            rows_read=len(rows) + not_a_record + lost_rows,
            not_a_record=not_a_record,
            ragged=len(faulty_rows),
            landing=path.name,
            columns_kept=tuple(frame.columns),
            columns_unknown=(),
            sheets=(),
            sheet=None,
            header_row=1,
            format=format,
            encoding="utf-8",
            separator=";",
            key_fingerprint="",
            key_version=1,
            workbook=workbook,
        )
        append_event(self.run.journal, describe_event(entry))
        return delivery

    def deliver_base(self) -> None:
        """One team, worker and trajectory for child rows to hang on."""
        self.deliver("team", TEAM)
        self.deliver("worker", WORKER)
        self.deliver("trajectory", TRAJECTORY)

    def stage(self) -> Warehouse:
        """Builds every table of the room."""
        build_all(list_steps(self.catalogue), self.warehouse, self.run)
        return self.warehouse

    def read(self, sql: str) -> list[tuple]:
        """Rows of a query on the warehouse."""
        return self.warehouse.fetch_all(sql)

    def read_reasons(self, kind: str) -> list[tuple]:
        """(row number, column, reason) of the quarantined rows of a kind."""
        return self.read(
            "select row_number, column_name, reason from quality.quarantine"
            f" where record_kind = '{kind}' order by all"
        )

    def read_warnings(self, kind: str) -> list[tuple]:
        """(row number, column, warning) of the warnings of a kind."""
        return self.read(
            "select row_number, column_name, warning from quality.warning"
            f" where record_kind = '{kind}' order by all"
        )

    def _find_export(self, source: str, export: str) -> Export:
        found = list_sources(self.catalogue.records, self.catalogue.sources)[source]
        return next(entry for entry in found.exports if entry.id == export)

    def _make_frame(
        self, export: Export, rows: tuple[dict[str, str | None], ...], faulty_rows: tuple[int, ...]
    ) -> pd.DataFrame:
        given = {name for row in rows for name in row}
        columns: dict[str, object] = {"row_number": range(2, len(rows) + 2)}
        for column in list_landed_columns(export, self.catalogue.records):
            if column.header in given or not column.is_optional:
                columns[column.name] = [row.get(column.header) for row in rows]
        frame = pd.DataFrame(columns).astype({"row_number": "int64"})
        for name in frame.columns[1:]:
            frame[name] = frame[name].astype("string")
        if faulty_rows:
            frame["#row_fault"] = pd.Series(
                ["ragged" if number in faulty_rows else None for number in frame["row_number"]],
                dtype="string",
            )
        return frame
