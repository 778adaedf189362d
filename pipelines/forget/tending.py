"""Keeps landing as it was promised: under the present keys, without forgotten clients.

Done in every run, right after the door and before anything is read: a file that was delivered again
brings a forgotten client back for no longer than that, and work that was cut off is finished.
"""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager

from pipelines.deliveries import Delivery
from pipelines.deliveries.journal import read_journal, read_key_versions
from pipelines.deliveries.keys import FIRST_KEY_VERSION, PseudonymKey, read_key
from pipelines.deliveries.overlays import find_catalogue, list_run_sources
from pipelines.forget.rewriting import carry_over, list_landed, take_out_rows
from pipelines.forget.tombstones import (
    Pseudonyms,
    list_organisations_with_tombstones,
    read_tombstones,
    record_tombstones,
    unite,
)
from pipelines.forget.tracing import Trace, trace_clients
from pipelines.run import Run
from pipelines.warehouse import Warehouse, open_warehouse


def tend_landing(run: Run) -> int:
    """Carries files over to the present keys and takes forgotten clients out of landing.

    Returns:
        The number of landing files that were written anew.
    """
    versions = read_key_versions(run.journal)
    forgetful = list_organisations_with_tombstones(run.journal)
    if not versions and not forgetful:
        return 0
    key = read_key(run.key_file, run.inbox, run.home)
    if not is_key_of_home(run, key):
        return 0  # the door says so
    written = 0
    with open_work(run) as warehouse:
        for organisation_id, version in sorted(versions.items()):
            for delivery in list_landed(run, organisation_id):
                written += carry_over(warehouse, run, delivery, key, version)
        for organisation_id in forgetful:
            written += len(sweep_organisation(warehouse, run, key, organisation_id).rows)
    return written


def is_key_of_home(run: Run, key: PseudonymKey) -> bool:
    """True when everything that has landed was hashed with this key."""
    deliveries, _ = read_journal(run.journal)
    return {delivery.key_fingerprint for delivery in deliveries} <= {key.fingerprint}


def find_key_version(run: Run, organisation_id: str) -> int:
    """The version of an organisation's key."""
    return read_key_versions(run.journal).get(organisation_id, FIRST_KEY_VERSION)


def sweep_organisation(
    warehouse: Warehouse, run: Run, key: PseudonymKey, organisation_id: str
) -> Trace:
    """Takes everything of an organisation's forgotten clients out of landing.

    What turns out to be theirs by the way gets a tombstone before its row goes.
    """
    trace, deliveries = trace_organisation(warehouse, run, key, organisation_id)
    version = find_key_version(run, organisation_id)
    tombstone_key = key.derive_tombstone_key(organisation_id, version)
    record_tombstones(run.journal, organisation_id, tombstone_key, trace.pseudonyms)
    for delivery in deliveries:
        take_out_rows(warehouse, run, delivery, trace.rows.get(delivery.delivery, set()))
    return trace


def trace_organisation(
    warehouse: Warehouse,
    run: Run,
    key: PseudonymKey,
    organisation_id: str,
    also: Pseudonyms | None = None,
) -> tuple[Trace, list[Delivery]]:
    """What stands in landing of an organisation's forgotten clients, and its deliveries.

    Args:
        warehouse: an in-memory warehouse.
        run: landing, journal, catalogue.
        key: the key of this installation.
        organisation_id: the organisation.
        also: pseudonyms that have no tombstone yet.
    """
    version = find_key_version(run, organisation_id)
    tombstone_key = key.derive_tombstone_key(organisation_id, version)
    known = read_tombstones(run.journal, organisation_id, tombstone_key)
    deliveries = list_landed(run, organisation_id)
    trace = trace_clients(
        warehouse,
        run,
        find_catalogue(run, organisation_id),
        list_run_sources(run),
        deliveries,
        unite([known, also or {}]),
    )
    return trace, deliveries


@contextmanager
def open_work(run: Run) -> Iterator[Warehouse]:
    """An in-memory warehouse with a private folder in the home for what does not fit in memory."""
    folder = run.home / ".forget"
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True, mode=0o700)
    try:
        with open_warehouse() as warehouse:
            warehouse.execute("set temp_directory = ?", [str(folder)])
            yield warehouse
    finally:
        shutil.rmtree(folder, ignore_errors=True)
