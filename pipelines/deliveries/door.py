"""What happens to one file at the door: it stands already, it lands, or it is refused.

What does not belong here: which files there are (``reception``), and how rows are read and hashed
(``landing``).
"""

import hashlib
from dataclasses import dataclass
from pathlib import Path

from pipelines.catalogue.models.sources import Source
from pipelines.deliveries.columns import find_column_faults, fingerprint_columns
from pipelines.deliveries.formats import open_reader
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
from pipelines.deliveries.layout import Layout, find_layout
from pipelines.deliveries.names import mask_personal
from pipelines.deliveries.organisations import Organisation
from pipelines.deliveries.overlays import list_run_sources
from pipelines.deliveries.readers.csv_file import SEPARATORS
from pipelines.deliveries.refused import RefusalCode, RefusedFileError, UnsteadyFileError
from pipelines.deliveries.steadiness import check_steady, expect_steady
from pipelines.errors import UserError
from pipelines.run import Run
from pipelines.warehouse import Warehouse


@dataclass(frozen=True)
class SkippedFile:
    """A file that went away or changed under our hands; the journal does not know of it."""

    organisation_id: str
    file: str
    reason: str  # English sentence


Outcome = Delivery | Refusal | SkippedFile


class Door:
    """Takes in files one by one; knows what the journal says already."""

    def __init__(self, warehouse: Warehouse, run: Run, key: PseudonymKey):
        self.warehouse = warehouse
        self.run = run
        self.key = key
        self.sources = list_run_sources(run)
        self.exports = {
            name: {e.id: fingerprint_columns(e, run.catalogue.records) for e in source.exports}
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

    def check_mappings(self, organisations: tuple[Organisation, ...]) -> None:
        """Raises a UserError when a mapping in use would let a personal key through."""
        for name in sorted({organisation.source for organisation in organisations}):
            for export in self.sources[name].exports:
                faults = find_column_faults(export, self.run.catalogue.records)
                if faults:
                    raise UserError(
                        what="A mapping treats personal columns in a way that is not allowed.",
                        where=f"source {name!r}, {'; '.join(faults)}",
                        expected="a personal column feeds keys only, read in one way",
                        to_do="Correct the mapping.",
                    )

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

    def receive(self, organisation: Organisation, file: InboxFile, work: Path) -> Outcome | None:
        """Lands, refuses or skips one file; None when the journal says all about it already.

        The caller writes the journal line. A skipped file went away or changed meanwhile; it gets
        no line.
        """
        if not file.is_readable:
            return _skip(organisation, file, UnsteadyFileError(RefusalCode.FILE_UNREADABLE))
        if not file.is_regular:
            refused = RefusedFileError(RefusalCode.NOT_A_REGULAR_FILE)
            return self._tell(_describe_refusal(organisation, file, _name_link(file.name), refused))
        source = self.sources[organisation.source]
        try:
            with expect_steady(file):
                delivery = identify_file(file)
            known = self.known.get((organisation.organisation_id, delivery))
            if known is not None and self._stands(known, source):
                return None
            return self._tell(self._land_or_refuse(organisation, file, delivery, source, work))
        except UnsteadyFileError as unsteady:
            return _skip(organisation, file, unsteady)

    def _land_or_refuse(
        self,
        organisation: Organisation,
        file: InboxFile,
        delivery: str,
        source: Source,
        work: Path,
    ) -> Delivery | Refusal:
        try:
            with expect_steady(file):
                return self._land(organisation, file, delivery, source, work)
        except RefusedFileError as refused:
            landing = name_landing_file(organisation.organisation_id, delivery)
            (self.run.landing / landing).unlink(missing_ok=True)
            mapping = self.fingerprints[source.source]
            return _describe_refusal(organisation, file, delivery, refused, mapping)

    def _stands(self, known: Delivery | Refusal, source: Source) -> bool:
        """True when reading the file again would give the same."""
        if isinstance(known, Refusal):
            # A line of before there were codes is written anew, so that pages can say it.
            fingerprint = self.fingerprints[source.source]
            return known.reason_code is not None and known.mapping == fingerprint
        return (
            (known.source, known.source_version) == (source.source, source.version)
            and self.exports[source.source].get(known.export) == known.mapping
            and has_landed(self.run.landing, known)
        )

    def _tell(self, entry: Delivery | Refusal) -> Delivery | Refusal | None:
        """The entry when it is news; the door knows it from now on."""
        identity = (entry.organisation_id, entry.delivery)
        if self.known.get(identity) == entry:
            return None
        self.known[identity] = entry
        return entry

    def _land(
        self,
        organisation: Organisation,
        file: InboxFile,
        delivery: str,
        source: Source,
        work: Path,
    ) -> Delivery:
        kind, reader = open_reader(file.path, work, self.warehouse)
        grids = reader.peek()
        layout = find_layout(grids, source, self.run.catalogue.records)
        dated, modified_at = self._date_file(organisation, file, delivery, layout)
        landing = name_landing_file(organisation.organisation_id, delivery)
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
        if dated.origin == "modified":
            warnings.append(DeliveryWarning("file_date_from_modification_time"))
        return Delivery(
            delivery=delivery,
            organisation_id=organisation.organisation_id,
            file=file.name,
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


def identify_file(file: InboxFile) -> str:
    """The hash of the file; all of it is read here, so that a fault of the disk shows now.

    Raises:
        UnsteadyFileError: this user may not read the file, or the disk cannot.
    """
    try:
        return compute_delivery_id(file.path)
    except FileNotFoundError:
        raise
    except OSError as error:
        raise UnsteadyFileError(RefusalCode.FILE_UNREADABLE) from error


def _skip(organisation: Organisation, file: InboxFile, error: UnsteadyFileError) -> SkippedFile:
    return SkippedFile(organisation.organisation_id, file.name, error.reason)


def _fingerprint_source(source: Source, run: Run) -> str:
    columns = [fingerprint_columns(export, run.catalogue.records) for export in source.exports]
    text = repr((source.model_dump_json(), columns))
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def _describe_refusal(
    organisation: Organisation,
    file: InboxFile,
    delivery: str,
    refused: RefusedFileError,
    mapping: str | None = None,
) -> Refusal:
    return Refusal(
        delivery=delivery,
        organisation_id=organisation.organisation_id,
        file=file.name,
        reason=refused.reason,
        reason_code=refused.code,
        reason_values=refused.values,
        mapping=mapping,
    )


def _name_link(name: str) -> str:
    """What stands for the hash of a link, whose target is never read."""
    return hashlib.sha256(f"link\x1f{name}".encode()).hexdigest()
