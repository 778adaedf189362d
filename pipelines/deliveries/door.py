"""What happens to one file at the door: it stands already, it lands, or it is refused.

What does not belong here: which files there are (``reception``), and how rows are read and hashed
(``landing``).
"""

import hashlib
from collections.abc import Iterable
from pathlib import Path

from pipelines.catalogue.models.sources import Export, Source
from pipelines.deliveries.columns import fingerprint_columns
from pipelines.deliveries.formats import Reader, open_reader
from pipelines.deliveries.identity import (
    FileDate,
    compute_delivery_id,
    describe_modification,
    find_file_date,
)
from pipelines.deliveries.inbox import InboxFile
from pipelines.deliveries.journal import (
    Delivery,
    DeliveryWarning,
    Refusal,
    read_journal,
    read_key_versions,
)
from pipelines.deliveries.keys import FIRST_KEY_VERSION, PseudonymKey
from pipelines.deliveries.landed import has_landed
from pipelines.deliveries.landing import land_rows, name_landing_file
from pipelines.deliveries.layout import Layout
from pipelines.deliveries.names import mask_personal
from pipelines.deliveries.organisations import Organisation
from pipelines.deliveries.outcomes import Outcome, name_link, refuse_file, skip_file
from pipelines.deliveries.overlays import list_run_sources
from pipelines.deliveries.readers.csv_file import SEPARATORS
from pipelines.deliveries.readers.grid import Grid
from pipelines.deliveries.refused import RefusalCode, RefusedFileError, UnsteadyFileError
from pipelines.deliveries.sheets import Part, list_parts
from pipelines.deliveries.steadiness import check_steady, expect_steady, identify_file
from pipelines.errors import UserError
from pipelines.run import Run
from pipelines.warehouse import Warehouse


class Door:
    """Takes in files one by one; knows what the journal says already."""

    def __init__(self, warehouse: Warehouse, run: Run, key: PseudonymKey):
        self.warehouse = warehouse
        self.run = run
        self.key = key
        self.sources = list_run_sources(run)
        self.exports = {
            name: {e.id: _fingerprint_export(e, source, run) for e in source.exports}
            for name, source in self.sources.items()
        }
        self.fingerprints = {
            name: _fingerprint_source(source, run) for name, source in self.sources.items()
        }
        self.key_versions = read_key_versions(run.journal)
        deliveries, refusals = read_journal(run.journal)
        self.known: dict[tuple[str, str], Delivery | Refusal] = {
            (entry.organisation_id, entry.delivery): entry for entry in (*deliveries, *refusals)
        }
        self.workbooks = {(d.organisation_id, d.workbook) for d in deliveries if d.workbook}

    def check_key(self) -> None:
        """Raises a UserError when earlier deliveries were hashed with another key."""
        used = {e.key_fingerprint for e in self.known.values() if isinstance(e, Delivery)}
        if used - {self.key.fingerprint}:
            raise UserError(
                what="The key is not the one with which earlier deliveries were hashed.",
                where=f"{self.run.key_file} (KRACHTWERK_KEY_FILE) and {self.run.journal}",
                expected="one key for the whole life of a home",
                to_do="Name the earlier key file, or begin a new home.",
            )

    def receive(self, organisation: Organisation, file: InboxFile, work: Path) -> list[Outcome]:
        """Lands, refuses or skips one file; empty when the journal says all about it already.

        The caller writes the journal lines in this order: the file itself comes last, so that a
        run that dies between two lines reads all of it again. A skipped file went away or changed
        meanwhile; it gets no line.
        """
        if not file.is_readable:
            return [skip_file(organisation, file, UnsteadyFileError(RefusalCode.FILE_UNREADABLE))]
        if not file.is_regular:
            refused = RefusedFileError(RefusalCode.NOT_A_REGULAR_FILE)
            link = name_link(file.name)
            return self._list_news([refuse_file(organisation, file.name, link, refused)])
        source = self.sources[organisation.source]
        try:
            with expect_steady(file):
                delivery = identify_file(file)
            known = self.known.get((organisation.organisation_id, delivery))
            if known is not None and self._stands(known, source):
                return []
            return self._list_news(self._land_or_refuse(organisation, file, delivery, source, work))
        except UnsteadyFileError as unsteady:
            return [skip_file(organisation, file, unsteady)]

    def _land_or_refuse(
        self,
        organisation: Organisation,
        file: InboxFile,
        delivery: str,
        source: Source,
        work: Path,
    ) -> list[Delivery | Refusal]:
        mapping = self.fingerprints[source.source]
        before = self._list_sheets(organisation.organisation_id, delivery)
        try:
            with expect_steady(file):
                landed = self._land(organisation, file, delivery, source, work)
        except RefusedFileError as refused:
            gone = {delivery: file.name, **before}
            entries = [refuse_file(organisation, gone[d], d, refused, mapping) for d in gone]
        else:
            not_named = RefusedFileError(RefusalCode.SHEET_NOT_NAMED)
            gone = {d: name for d, name in before.items() if d not in {e.delivery for e in landed}}
            refusals = [refuse_file(organisation, gone[d], d, not_named, mapping) for d in gone]
            entries = [*landed, *refusals]
        self._remove_landings(organisation, gone)
        return entries[::-1]

    def _remove_landings(self, organisation: Organisation, deliveries: Iterable[str]) -> None:
        for delivery in deliveries:
            landing = name_landing_file(organisation.organisation_id, delivery)
            (self.run.landing / landing).unlink(missing_ok=True)

    def _list_sheets(self, organisation_id: str, workbook: str) -> dict[str, str]:
        """Delivery -> shown name of the further sheets of a file that the journal knows."""
        if (organisation_id, workbook) not in self.workbooks:
            return {}  # most files: what is known need not be searched
        return {
            entry.delivery: entry.file
            for entry in self.known.values()
            if isinstance(entry, Delivery)
            and (entry.organisation_id, entry.workbook) == (organisation_id, workbook)
        }

    def _stands(self, known: Delivery | Refusal, source: Source) -> bool:
        """True when reading the file again would give the same."""
        if isinstance(known, Refusal):
            # A line of before there were codes is written anew, so that pages can say it.
            fingerprint = self.fingerprints[source.source]
            return known.reason_code is not None and known.mapping == fingerprint
        sheets = self._list_sheets(known.organisation_id, known.delivery)
        parts = [known, *(self.known[known.organisation_id, sheet] for sheet in sheets)]
        return all(
            (part.source, part.source_version) == (source.source, source.version)
            and self.exports[source.source].get(part.export) == part.mapping
            and has_landed(self.run.landing, part)
            for part in parts
        )

    def _list_news(self, entries: list[Delivery | Refusal]) -> list[Outcome]:
        """The entries that are news; the door knows them from now on."""
        news: list[Outcome] = []
        for entry in entries:
            identity = (entry.organisation_id, entry.delivery)
            if self.known.get(identity) != entry:
                self.known[identity] = entry
                news.append(entry)
                if isinstance(entry, Delivery) and entry.workbook:
                    self.workbooks.add((entry.organisation_id, entry.workbook))
        return news

    def _land(
        self,
        organisation: Organisation,
        file: InboxFile,
        delivery: str,
        source: Source,
        work: Path,
    ) -> list[Delivery]:
        """The file as landed, then each further sheet of it."""
        kind, reader = open_reader(file.path, work, self.warehouse)
        grids = reader.peek()
        parts = list_parts(delivery, file.name, grids, source, self.run.catalogue.records)
        dated = self._date_file(organisation, file, delivery, parts[0].layout)
        try:
            return [
                self._land_part(organisation, file, part, source, dated, (kind, reader, grids))
                for part in parts
            ]
        except RefusedFileError:
            self._remove_landings(organisation, [part.delivery for part in parts])
            raise

    def _land_part(
        self,
        organisation: Organisation,
        file: InboxFile,
        part: Part,
        source: Source,
        when: tuple[FileDate, str],
        opened: tuple[str, Reader, list[Grid]],
    ) -> Delivery:
        layout, (dated, modified_at), (kind, reader, grids) = part.layout, when, opened
        landing = name_landing_file(organisation.organisation_id, part.delivery)
        key_version = self.key_versions.get(organisation.organisation_id, FIRST_KEY_VERSION)
        counts, found = land_rows(
            self.warehouse,
            layout,
            reader.read(layout.grid, layout.header_row, layout.width),
            reader.may_be_double_encoded,
            self.key.derive_chain(organisation.organisation_id, key_version),
            self.run.landing / landing,
            confirm=lambda: check_steady(file),
        )
        landed = self.run.landing / landing
        others = [mask_personal(sheet) for sheet in layout.other_sheets]
        warnings = [DeliveryWarning("sheet_not_read", sheet) for sheet in others]
        warnings += [DeliveryWarning("sheet_not_recognised", sheet) for sheet in part.missed]
        if dated.origin == "modified":
            warnings.append(DeliveryWarning("file_date_from_modification_time"))
        return Delivery(
            delivery=part.delivery,
            organisation_id=organisation.organisation_id,
            file=part.file,
            source=source.source,
            source_version=source.version,
            export=layout.export.id,
            file_date=dated.file_date,
            file_date_origin=dated.origin,
            modified_at=modified_at,
            rows_read=counts.rows_read,
            not_a_record=counts.not_a_record,
            ragged=counts.ragged,
            landing=landing,
            columns_kept=tuple(column.name for column in layout.columns),
            columns_unknown=tuple(mask_personal(header) for header in layout.unknown),
            sheets=tuple(mask_personal(grid.sheet) for grid in grids if grid.sheet is not None),
            sheet=layout.grid.sheet and mask_personal(layout.grid.sheet),
            header_row=layout.header_row,
            format=kind,
            encoding=reader.encoding,
            separator=SEPARATORS.get(layout.grid.separator),
            mapping=self.exports[source.source][layout.export.id],
            key_fingerprint=self.key.fingerprint,
            key_version=key_version,
            warnings=(*warnings, *found),
            landing_bytes=landed.stat().st_size,
            landing_sha256=compute_delivery_id(landed),
            workbook=part.workbook,
        )

    def _date_file(
        self, organisation: Organisation, file: InboxFile, delivery: str, layout: Layout
    ) -> tuple[FileDate, str]:
        """The file's date and modification time; fixed when the file was first accepted."""
        known = self.known.get((organisation.organisation_id, delivery))
        if isinstance(known, Delivery):
            return FileDate(known.file_date, known.file_date_origin), known.modified_at
        dated = find_file_date(
            self.warehouse,
            layout.export,
            layout.preamble,
            file.path.name,
            organisation.exported_on,
            file.modified_ns,
        )
        return dated, describe_modification(file.modified_ns)


def _fingerprint_export(export: Export, source: Source, run: Run) -> str:
    fingerprint = fingerprint_columns(export, run.catalogue.records)
    if not source.sheets:
        return fingerprint
    return hashlib.sha256(repr((fingerprint, source.sheets)).encode()).hexdigest()[:16]


def _fingerprint_source(source: Source, run: Run) -> str:
    columns = [fingerprint_columns(export, run.catalogue.records) for export in source.exports]
    text = repr((source.model_dump_json(), columns))
    return hashlib.sha256(text.encode()).hexdigest()[:16]
