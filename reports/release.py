"""The name of a release: the date of knowledge and a hash of everything its pages are made of.

Each organisation has a release of its own, which changes only when something on its own pages can
have changed; the site has one over all of them. The same data, catalogue, words and page code give
the same names, on every machine.
"""

import hashlib
from collections.abc import Iterator
from datetime import date
from functools import cache
from importlib import resources
from pathlib import Path

from pipelines.catalogue import Catalogue
from pipelines.catalogue.loader import ROOMS as CATALOGUE_ROOMS
from pipelines.deliveries.overlays import find_catalogue
from pipelines.protection import EXPORTED_TABLES, protected_folder
from pipelines.run import Run
from reports.tables import ProtectedTables, to_rows

# What pages are made of: all but the mappings; with an overlay, that of the organisation.
ROOMS = tuple(room for room in CATALOGUE_ROOMS if room != "sources")
PAGE_CODE_SUFFIXES = {".py", ".html", ".css", ".js", ".woff2", ".yaml"}
LENGTH = 8


def read_releases(run: Run) -> dict[str, str]:
    """organisation_id -> its release, ``<as_of>-<hash>``, e.g. ``2026-06-30-1f3a9c2e``.

    Raises:
        duckdb.IOException: a protected table is missing or damaged.
    """
    releases = {}
    with ProtectedTables(protected_folder(run)) as tables:
        digests = {name: tables.digest(name) for name in EXPORTED_TABLES}
        for row in to_rows(tables.read("organisation")):
            organisation_id = row["organisation_id"]
            catalogue = find_catalogue(run, organisation_id)
            digest = hashlib.sha256(_hash_page_code().encode())
            digest.update(",".join(run.languages).encode())
            for name in EXPORTED_TABLES:
                # The rows over all organisations stand on every page.
                for key in (organisation_id, None):
                    digest.update(f"{name}:{digests[name].get(key)}".encode())
            for one in (run.catalogue, catalogue):
                digest.update(_describe_catalogue(one).encode())
            releases[organisation_id] = _name(row["as_of"], digest)
    return releases


def make_release_id(run: Run, releases: dict[str, str]) -> str:
    """The name of the whole site; ``empty-<hash>`` without organisations.

    Args:
        releases: those of the organisations, see :func:`read_releases`.
    """
    digest = hashlib.sha256(repr((sorted(releases.items()), run.languages)).encode())
    days = [date.fromisoformat(name[: len("2026-06-30")]) for name in releases.values()
            if not name.startswith("empty")]  # fmt: skip
    return _name(max(days, default=None), digest)


def _name(day: date | None, digest: "hashlib._Hash") -> str:
    return f"{day.isoformat() if day else 'empty'}-{digest.hexdigest()[:LENGTH]}"


@cache
def _hash_page_code() -> str:
    digest = hashlib.sha256()
    for path in _list_page_code():
        digest.update(path.read_bytes())
    return digest.hexdigest()


def _list_page_code() -> Iterator[Path]:
    roots = (
        Path(str(resources.files("reports"))),
        Path(str(resources.files("pipelines.catalogue"))) / "words",
    )
    for root in roots:
        for path in sorted(root.rglob("*")):
            if path.suffix in PAGE_CODE_SUFFIXES and path.is_file():
                yield path


def _describe_catalogue(catalogue: Catalogue) -> str:
    declarations = [
        declaration.model_dump_json()
        for room in ROOMS
        for declaration in getattr(catalogue, room).values()
    ]
    return "\n".join([*declarations, repr(sorted(catalogue.words.items()))])
