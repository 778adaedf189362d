"""What is known of files already: what the journal says, and what this run found since.

What does not belong here: reading a file (``door``) and writing the journal (``reception``).
"""

import hashlib

from pipelines.catalogue.models.sources import Export, Source
from pipelines.deliveries.columns import fingerprint_columns
from pipelines.deliveries.journal import Delivery, Refusal, read_journal
from pipelines.deliveries.keys import PseudonymKey
from pipelines.deliveries.landed import has_landed
from pipelines.deliveries.outcomes import Outcome
from pipelines.errors import UserError
from pipelines.run import Run


class KnownFiles:
    """The entry of every file, and the fingerprints of the mappings that read them."""

    def __init__(self, run: Run, sources: dict[str, Source]):
        self.run = run
        # By source: the fingerprint of each export, and of the whole mapping.
        self.exports = {
            name: {e.id: _fingerprint_export(e, source, run) for e in source.exports}
            for name, source in sources.items()
        }
        self.sources = {name: _fingerprint_source(one, run) for name, one in sources.items()}
        deliveries, refusals = read_journal(run.journal)
        self.entries: dict[tuple[str, str], Delivery | Refusal] = {
            (entry.organisation_id, entry.delivery): entry for entry in (*deliveries, *refusals)
        }
        self.workbooks = {(d.organisation_id, d.workbook) for d in deliveries if d.workbook}

    def check_key(self, key: PseudonymKey) -> None:
        """Raises a UserError when earlier deliveries were hashed with another key."""
        used = {e.key_fingerprint for e in self.entries.values() if isinstance(e, Delivery)}
        if used - {key.fingerprint}:
            raise UserError(
                what="The key is not the one with which earlier deliveries were hashed.",
                where=f"{self.run.key_file} (KRACHTWERK_KEY_FILE) and {self.run.journal}",
                expected="one key for the whole life of a home",
                to_do="Name the earlier key file, or begin a new home.",
            )

    def find(self, organisation_id: str, delivery: str) -> Delivery | Refusal | None:
        """The entry of a file (or sheet); None when nothing is known of it."""
        return self.entries.get((organisation_id, delivery))

    def stands(self, organisation_id: str, delivery: str, source: Source) -> bool:
        """True when the file is known, and reading it again would give the same."""
        known = self.find(organisation_id, delivery)
        if known is None:
            return False
        if isinstance(known, Refusal):
            # A line of before there were codes is written anew, so that pages can say it.
            fingerprint = self.sources[source.source]
            return known.reason_code is not None and known.mapping == fingerprint
        sheets = self.list_sheets(known.organisation_id, known.delivery)
        parts = [known, *(self.entries[known.organisation_id, sheet] for sheet in sheets)]
        return all(
            (part.source, part.source_version) == (source.source, source.version)
            and self.exports[source.source].get(part.export) == part.mapping
            and has_landed(self.run.landing, part)
            for part in parts
        )

    def list_sheets(self, organisation_id: str, workbook: str) -> dict[str, str]:
        """Delivery -> shown name of the further sheets of a file that the journal knows."""
        if (organisation_id, workbook) not in self.workbooks:
            return {}  # most files: what is known need not be searched
        return {
            entry.delivery: entry.file
            for entry in self.entries.values()
            if isinstance(entry, Delivery)
            and (entry.organisation_id, entry.workbook) == (organisation_id, workbook)
        }

    def list_news(self, entries: list[Delivery | Refusal]) -> list[Outcome]:
        """The entries that are news; they are known from now on."""
        news: list[Outcome] = []
        for entry in entries:
            identity = (entry.organisation_id, entry.delivery)
            if self.entries.get(identity) != entry:
                self.entries[identity] = entry
                news.append(entry)
                if isinstance(entry, Delivery) and entry.workbook:
                    self.workbooks.add((entry.organisation_id, entry.workbook))
        return news


def _fingerprint_export(export: Export, source: Source, run: Run) -> str:
    fingerprint = fingerprint_columns(export, run.catalogue.records)
    if not source.sheets:
        return fingerprint
    return hashlib.sha256(repr((fingerprint, source.sheets)).encode()).hexdigest()[:16]


def _fingerprint_source(source: Source, run: Run) -> str:
    columns = [fingerprint_columns(export, run.catalogue.records) for export in source.exports]
    text = repr((source.model_dump_json(), columns))
    return hashlib.sha256(text.encode()).hexdigest()[:16]
