"""The name of a release: the date of knowledge and a hash of everything a page is made of.

The same data, catalogue, words and page code give the same name, on every machine.
"""

import hashlib
from collections.abc import Iterator
from importlib import resources
from pathlib import Path

from pipelines.catalogue.loader import ROOMS as CATALOGUE_ROOMS
from pipelines.deliveries.overlays import read_overlays
from pipelines.protection import EXPORTED_TABLES, protected_folder
from pipelines.run import Run
from reports.tables import ProtectedTables

# What pages are made of: all but the mappings; with an overlay, that of the organisation too.
ROOMS = tuple(room for room in CATALOGUE_ROOMS if room != "sources")
PAGE_CODE_SUFFIXES = {".py", ".html", ".css", ".js", ".woff2", ".yaml"}


def _list_page_code() -> Iterator[Path]:
    roots = (
        Path(str(resources.files("reports"))),
        Path(str(resources.files("pipelines.catalogue"))) / "words",
    )
    for root in roots:
        for path in sorted(root.rglob("*")):
            if path.suffix in PAGE_CODE_SUFFIXES and path.is_file():
                yield path


def make_release_id(run: Run) -> str:
    """``<as_of>-<hash>``, e.g. ``2026-06-30-1f3a9c2e``; ``empty-<hash>`` without organisations."""
    digest = hashlib.sha256()
    for table in EXPORTED_TABLES:
        digest.update((protected_folder(run) / f"{table}.parquet").read_bytes())
    for path in _list_page_code():
        digest.update(path.read_bytes())
    for catalogue in (run.catalogue, *(one for _, one in sorted(read_overlays(run).items()))):
        for room in ROOMS:
            for declaration in getattr(catalogue, room).values():
                digest.update(declaration.model_dump_json().encode())
        digest.update(repr(sorted(catalogue.words.items())).encode())
    digest.update(",".join(run.languages).encode())
    with ProtectedTables(protected_folder(run)) as tables:
        known = tables.read("organisation")["as_of"].dropna()
    day = "empty" if known.empty else known.max().strftime("%Y-%m-%d")
    return f"{day}-{digest.hexdigest()[:8]}"
