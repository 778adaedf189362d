"""What the tables of each organisation are made from, so that only what changed is made again.

A fingerprint covers everything that decides the rows of one organisation: its accepted files, its
settings and catalogue, the date to which it is known, the shipped declarations and the code. The
same fingerprint gives the same rows. What does not belong here: making them again (``increments``).
"""

from collections.abc import Iterator
from dataclasses import fields
from hashlib import sha256
from importlib import resources
from pathlib import Path

import pandas as pd

from pipelines.catalogue import Catalogue
from pipelines.deliveries import Delivery, Organisation
from pipelines.records.accepted import find_as_of, list_ranked_deliveries, read_accepted
from pipelines.run import Run
from pipelines.warehouse import Warehouse

CODE_SUFFIXES = {".py", ".sql", ".yaml"}


def calculate_fingerprints(run: Run) -> dict[str, str]:
    """organisation_id -> sha-256 over everything that decides its rows; only with accepted files.

    Two organisations never share a fingerprint.
    """
    shared = describe_declarations(run.catalogue)
    accepted: dict[str, list[tuple[int, Delivery]]] = {}
    for rank, delivery in list_ranked_deliveries(run):
        accepted.setdefault(delivery.organisation_id, []).append((rank, delivery))
    as_of = find_as_of(run) if accepted else None
    return {
        organisation.organisation_id: _digest(
            shared.encode(), *_describe_organisation(run, organisation, ranked, as_of)
        )
        for organisation in read_accepted(run).organisations
        if (ranked := accepted.get(organisation.organisation_id))
    }


def describe_declarations(catalogue: Catalogue) -> str:
    """sha-256 over the code, the shipped declarations and the catalogue of the run."""
    return _digest(*_list_code(), *_describe_catalogue(catalogue))


def build_fingerprint(warehouse: Warehouse, run: Run) -> None:
    """Writes ``staged.fingerprint``: one row per organisation with an accepted file."""
    warehouse.execute(
        "create or replace table staged.fingerprint (organisation_id VARCHAR, fingerprint VARCHAR)"
    )
    rows = list(calculate_fingerprints(run).items())
    if rows:
        frame = pd.DataFrame(rows, columns=["organisation_id", "fingerprint"])
        warehouse.write_frame("staged.fingerprint", frame)


def _digest(*parts: bytes) -> str:
    digest = sha256()
    for part in parts:
        digest.update(len(part).to_bytes(8))
        digest.update(part)
    return digest.hexdigest()


def _list_code() -> Iterator[bytes]:
    package = Path(str(resources.files("pipelines")))
    for path in sorted(package.rglob("*")):
        if path.suffix in CODE_SUFFIXES:
            yield str(path.relative_to(package)).encode()
            yield path.read_bytes()


def _describe_catalogue(catalogue: Catalogue) -> Iterator[bytes]:
    for room in fields(catalogue):
        yield room.name.encode()
        yield repr(getattr(catalogue, room.name)).encode()


def _describe_organisation(
    run: Run, organisation: Organisation, ranked: list[tuple[int, Delivery]], as_of: object
) -> Iterator[bytes]:
    yield repr(organisation.model_copy(update={"catalogue": None})).encode()
    if organisation.catalogue is not run.catalogue:
        yield from _describe_catalogue(organisation.catalogue)
    for rank, delivery in ranked:
        landed = run.landing / delivery.landing
        size = landed.stat().st_size if landed.exists() else 0
        yield repr((rank, delivery, size)).encode()
    # A later date of the run changes nothing for an organisation whose last file is older.
    yield str(min(as_of, max(delivery.file_date for _, delivery in ranked))).encode()
