"""Receives what lies in the inbox: every new file lands or is refused; the journal says which."""

import shutil
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from pipelines.deliveries.door import Door
from pipelines.deliveries.inbox import check_filled
from pipelines.deliveries.journal import (
    Delivery,
    Refusal,
    append_event,
    describe_event,
    read_journal,
)
from pipelines.deliveries.jumps import WaitingDelivery, find_waiting, read_acceptances
from pipelines.deliveries.keys import read_key
from pipelines.deliveries.landed import check_landed
from pipelines.deliveries.lanes import receive_side_by_side
from pipelines.deliveries.organisations import Organisation, read_organisations
from pipelines.deliveries.outcomes import Outcome, SkippedFile
from pipelines.deliveries.overlays import check_mappings, list_run_sources
from pipelines.deliveries.profiles import read_profiles, record_profiles
from pipelines.run import Run
from pipelines.warehouse import open_warehouse


@dataclass(frozen=True)
class Reception:
    """What a home holds after the door has closed, whether or not this run brought new files."""

    organisations: tuple[Organisation, ...]
    deliveries: tuple[Delivery, ...]  # in use, by organisation_id and delivery
    refusals: tuple[Refusal, ...]
    skipped: tuple[SkippedFile, ...] = ()  # of this run only; the next run tries them again
    waiting: tuple[WaitingDelivery, ...] = ()  # landed, not in use until somebody accepts them


def receive_deliveries(run: Run) -> Reception:
    """Takes in every file of the inbox that is not yet in the journal.

    A file that was accepted or refused under the same mapping is left alone; under a corrected
    mapping it is read again. One bad file never stops the others, nor does a file that goes away or
    changes while it is read: it is skipped and read in a later run.

    Args:
        run: inbox, home, key and catalogue.

    Raises:
        UserError: inbox, an ``organisation.yaml`` or the key file has a fault, the key is not the
            one with which this home began, or rows that were accepted earlier are gone.
    """
    organisations = read_organisations(run.inbox, run.catalogue)
    check_filled(run.inbox, organisations)
    key = read_key(run.key_file, run.inbox, run.home)
    with _make_work_folder(run.home) as work, open_warehouse() as warehouse:
        door = Door(warehouse, run, key)
        check_mappings(run, organisations)
        door.known.check_key(key)
        outcomes = receive_side_by_side(lambda lane: Door(lane, run, key), organisations, work)
        skipped = tuple(record_outcomes(run, outcomes))
        accepted = read_journal(run.journal)[0]
        ids = {organisation.organisation_id for organisation in organisations}
        check_landed(run.landing, [one for one in accepted if one.organisation_id in ids])
        record_profiles(warehouse, run, organisations, accepted, door.sources)
    return replace(read_reception(run, organisations), skipped=skipped)


def record_outcomes(run: Run, outcomes: Iterable[Outcome]) -> Iterator[SkippedFile]:
    """Writes the journal line of every delivery and refusal; gives the files that have none."""
    for outcome in outcomes:
        if isinstance(outcome, SkippedFile):
            yield outcome
        else:
            append_event(run.journal, describe_event(outcome))


def read_reception(run: Run, organisations: tuple[Organisation, ...]) -> Reception:
    """What the journal says about these organisations."""
    deliveries, refusals = read_journal(run.journal)
    profiles = read_profiles(run.journal)
    waiting: tuple[WaitingDelivery, ...] = ()
    if profiles:  # without two files of one export there is nothing to compare
        acceptances, sources = read_acceptances(run.journal), list_run_sources(run)
        waiting = find_waiting(organisations, deliveries, profiles, acceptances, sources)
    waits = {(w.delivery.organisation_id, w.delivery.delivery) for w in waiting}
    present = {organisation.organisation_id for organisation in organisations}
    return Reception(
        organisations=organisations,
        deliveries=tuple(
            d
            for d in deliveries
            if d.organisation_id in present and (d.organisation_id, d.delivery) not in waits
        ),
        refusals=tuple(r for r in refusals if r.organisation_id in present),
        waiting=waiting,
    )


@contextmanager
def _make_work_folder(home: Path) -> Iterator[Path]:
    """A private folder for what must touch the disk on its way in; emptied before and after."""
    work = home / ".door"
    shutil.rmtree(work, ignore_errors=True)
    work.mkdir(parents=True, mode=0o700)
    try:
        yield work
    finally:
        shutil.rmtree(work, ignore_errors=True)
