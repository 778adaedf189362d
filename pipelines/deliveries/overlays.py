"""The effective catalogue of every organisation of a run that has a catalogue of its own.

What does not belong here: what an overlay may say (``catalogue.overlay``).
"""

from collections.abc import Mapping

from pipelines.catalogue import Catalogue
from pipelines.catalogue.models.sources import Source
from pipelines.deliveries.canonical import list_sources
from pipelines.deliveries.columns import find_column_faults
from pipelines.deliveries.organisations import Organisation, read_organisations
from pipelines.errors import UserError
from pipelines.run import Run


def read_overlays(run: Run) -> Mapping[str, Catalogue]:
    """organisation_id -> its catalogue, of the organisations that have an overlay.

    Without an inbox there are none: then nothing is delivered either.

    Raises:
        CatalogueError: one or more overlays are faulty; it holds every fault of all of them.
        UserError: a folder of the inbox or an ``organisation.yaml`` has a fault.
    """
    if run.overlays is not None:
        return run.overlays
    if not run.inbox.is_dir():
        return {}
    organisations = read_organisations(run.inbox, run.catalogue)
    return {one.organisation_id: one.catalogue for one in organisations if one.overlay}


def find_catalogue(run: Run, organisation_id: str) -> Catalogue:
    """The catalogue of one organisation: its own, or the shipped one."""
    return read_overlays(run).get(organisation_id, run.catalogue)


def list_run_sources(run: Run) -> dict[str, Source]:
    """Every source that a delivery of this run can have: the shipped ones and those of overlays.

    A mapping of an overlay carries the name of its organisation, so that no name is there twice.
    """
    own = {
        name: source
        for catalogue in read_overlays(run).values()
        for name, source in catalogue.sources.items()
        if name not in run.catalogue.sources
    }
    return list_sources(run.catalogue.records, {**run.catalogue.sources, **own})


def check_mappings(run: Run, organisations: tuple[Organisation, ...]) -> None:
    """Raises a UserError when a mapping in use would let a personal key through."""
    sources = list_run_sources(run)
    for name in sorted({organisation.source for organisation in organisations}):
        for export in sources[name].exports:
            faults = find_column_faults(export, run.catalogue.records)
            if faults:
                raise UserError(
                    what="A mapping treats personal columns in a way that is not allowed.",
                    where=f"source {name!r}, {'; '.join(faults)}",
                    expected="a personal column feeds keys only, read in one way",
                    to_do="Correct the mapping.",
                )
