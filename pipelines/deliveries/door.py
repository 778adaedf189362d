"""What happens to one file at the door: it stands already, it lands, or it is refused.

What does not belong here: which files there are (``reception``), what the journal says of them
(``known_files``), and how rows are read and hashed (``landing``).
"""

from collections.abc import Iterable
from pathlib import Path

from pipelines.catalogue.models.sources import Source
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
    read_key_versions,
)
from pipelines.deliveries.keys import FIRST_KEY_VERSION, PseudonymKey
from pipelines.deliveries.known_files import KnownFiles
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
from pipelines.run import Run
from pipelines.warehouse import Warehouse


class Door:
    """Takes in files one by one, of which some are known already."""

    def __init__(self, warehouse: Warehouse, run: Run, key: PseudonymKey):
        self.warehouse = warehouse
        self.run = run
        self.key = key
        self.sources = list_run_sources(run)
        self.known = KnownFiles(run, self.sources)
        self.key_versions = read_key_versions(run.journal)

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
            return self.known.list_news([refuse_file(organisation, file.name, link, refused)])
        source = self.sources[organisation.source]
        try:
            with expect_steady(file):
                delivery = identify_file(file)
            if self.known.stands(organisation.organisation_id, delivery, source):
                return []
            return self.known.list_news(
                self._land_or_refuse(organisation, file, delivery, source, work)
            )
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
        mapping = self.known.sources[source.source]
        before = self.known.list_sheets(organisation.organisation_id, delivery)
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
            mapping=self.known.exports[source.source][layout.export.id],
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
        known = self.known.find(organisation.organisation_id, delivery)
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
