"""What one run is about: where its files are, what it may know, which catalogue it uses."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from pipelines.catalogue import Catalogue


@dataclass(frozen=True)
class Run:
    """The settings of one run. Nothing in a run reads the clock."""

    inbox: Path
    home: Path
    key_file: Path
    catalogue: Catalogue
    as_of: date | None = None  # None: the latest file date
    languages: tuple[str, ...] = ("nl", "en")
    research_language: str = "nl"  # of the labels in files for research
    # organisation_id -> its own catalogue; None: as the overlays in the inbox say
    overlays: Mapping[str, Catalogue] | None = None

    @property
    def landing(self) -> Path:
        """Folder with one Parquet file per accepted delivery."""
        return self.home / "landing"

    @property
    def warehouse(self) -> Path:
        """The DuckDB file; may be deleted, comes back from landing."""
        return self.home / "warehouse.duckdb"

    @property
    def journal(self) -> Path:
        """One line per committed delivery, refusal and release."""
        return self.home / "journal.jsonl"

    @property
    def results(self) -> Path:
        """Folder with the tidy tables for research."""
        return self.home / "results"

    @property
    def releases(self) -> Path:
        """Folder with the published releases."""
        return self.home / "releases"

    @property
    def kept(self) -> Path:
        """Folder with scores and units of the releases that can still be compared with."""
        return self.home / "kept"

    @property
    def site(self) -> Path:
        """Link to the release that is published now."""
        return self.home / "site"
