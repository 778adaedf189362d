"""Forgets one client of one organisation, and proves it.

The order: a tombstone first, so that from then on every run takes the client out; then everything
that is made from landing; then landing; then a search of every file. Each step finds its work by
looking, so that a forgetting that was cut off is finished by asking for it again.
"""

from dataclasses import dataclass

from pipelines.deliveries import Delivery
from pipelines.deliveries.keys import PseudonymKey, read_key
from pipelines.deliveries.overlays import list_run_sources
from pipelines.errors import UserError
from pipelines.forget.cleaning import Cleaned, clean_home
from pipelines.forget.links import CLIENT
from pipelines.forget.recognising import list_pseudonyms, list_staged_keys
from pipelines.forget.rewriting import list_landed, take_out_rows
from pipelines.forget.search import Wanted, count_hits, make_wanted, walk_home
from pipelines.forget.tending import (
    find_key_version,
    is_key_of_home,
    open_work,
    trace_organisation,
)
from pipelines.forget.tombstones import read_tombstones, record_tombstones, unite
from pipelines.forget.tracing import Trace, find_export
from pipelines.run import Run
from pipelines.warehouse import Warehouse


@dataclass(frozen=True)
class Forgotten:
    """What was taken out, and what the search found afterwards."""

    rows_by_kind: dict[str, int]  # rows of landing files, also of ones that were replaced since
    landing_files: int
    cleaned: Cleaned
    pseudonym_count: int  # of the client and of their records
    shared_count: int  # of these, what records of others have as well
    is_id_searched: bool  # the id as delivered was long enough to search for
    files_searched: int
    bytes_searched: int
    hits: dict[str, int]  # file -> places; empty: the client is gone


def forget_client(run: Run, organisation_id: str, client_id: str) -> Forgotten:
    """Removes a client from a home. The caller holds the lock of the home.

    Args:
        run: inbox, home, key and catalogue.
        organisation_id: the organisation.
        client_id: the id as the organisation delivers it.

    Raises:
        UserError: the key is not that of this home, or nothing is known of this client.
    """
    key = read_key(run.key_file, run.inbox, run.home)
    with open_work(run) as warehouse:
        deliveries = list_landed(run, organisation_id)
        _check(run, key, organisation_id, deliveries)
        clients = list_pseudonyms(warehouse, run, key, organisation_id, client_id)
        trace, deliveries = trace_organisation(
            warehouse, run, key, organisation_id, {CLIENT: clients}
        )
        version = find_key_version(run, organisation_id)
        tombstone_key = key.derive_tombstone_key(organisation_id, version)
        known = read_tombstones(run.journal, organisation_id, tombstone_key)
        if not trace.rows and not clients & known.get(CLIENT, set()):
            raise UserError(
                what="No delivered row is about this client.",
                where=f"organisation {organisation_id}",
                expected="the id of a client as it stands in the exports",
                to_do="Check the id and the organisation; nothing was changed.",
            )
        theirs = unite([trace.pseudonyms, list_staged_keys(run, organisation_id, trace.rows)])
        record_tombstones(run.journal, organisation_id, tombstone_key, theirs)
        wanted = make_wanted(theirs, trace.shared, client_id, run.catalogue.records)
        cleaned = clean_home(warehouse, run, wanted)
        written = sum(
            take_out_rows(warehouse, run, one, trace.rows.get(one.delivery, set()))
            for one in deliveries
        )
        left, _ = trace_organisation(warehouse, run, key, organisation_id)
        return _prove(warehouse, run, wanted, trace, left, cleaned, written)


def _check(run: Run, key: PseudonymKey, organisation_id: str, deliveries: list[Delivery]) -> None:
    if not deliveries:
        raise UserError(
            what="Nothing was ever accepted of this organisation.",
            where=f"{run.home}, organisation {organisation_id}",
            expected="the organisation_id of an organisation of this home",
            to_do="Check --organisation and --home.",
        )
    if not is_key_of_home(run, key):
        raise UserError(
            what="The key is not the one with which the deliveries were hashed.",
            where=f"{run.key_file} (KRACHTWERK_KEY_FILE) and {run.journal}",
            expected="the key of this home: without it a client cannot be recognised",
            to_do="Name the right key file.",
        )
    sources = list_run_sources(run)
    unknown = [one.file for one in deliveries if find_export(sources, one) is None]
    if unknown:
        raise UserError(
            what="Of some files no mapping says which rows are about whom.",
            where=f"organisation {organisation_id}: {', '.join(unknown)}",
            expected="the mapping by which a file was accepted, also of an organisation's own",
            to_do="Put the folder of the organisation, with its overlay, in the inbox.",
        )


def _prove(
    warehouse: Warehouse,
    run: Run,
    wanted: Wanted,
    trace: Trace,
    left: Trace,
    cleaned: Cleaned,
    written: int,
) -> Forgotten:
    """Searches every file of the home; what tracing once more finds in landing counts as well."""
    hits = {f"delivery {delivery}": len(rows) for delivery, rows in left.rows.items()}
    files = size = 0
    for path in walk_home(run.home):
        files += 1
        size += path.stat().st_size
        found = count_hits(warehouse, path, wanted)
        if found:
            hits[path.relative_to(run.home).as_posix()] = found
    return Forgotten(
        rows_by_kind=trace.kinds,
        landing_files=written,
        cleaned=cleaned,
        pseudonym_count=wanted.count,
        shared_count=len(trace.shared),
        is_id_searched=wanted.client_id is not None,
        files_searched=files,
        bytes_searched=size,
        hits=hits,
    )
