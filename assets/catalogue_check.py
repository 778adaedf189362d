"""``krachtwerk check``: every declaration read and cross-checked, all faults at once."""

from pathlib import Path

from pipelines.catalogue import Catalogue, load_catalogue
from pipelines.catalogue.loader import ROOMS
from pipelines.catalogue.overlay import read_overlay
from pipelines.errors import UserError


def describe_catalogue(overlay: Path | None) -> str:
    """One line per room of the catalogue that is in order.

    Raises:
        CatalogueError: the shipped catalogue or the overlay has faults; it holds all of them.
        UserError: the overlay folder does not exist.
    """
    catalogue = load_catalogue()
    title = "The catalogue is in order."
    if overlay is not None:
        if not overlay.is_dir():
            raise UserError(
                what="The overlay folder does not exist.",
                where=str(overlay),
                expected="a folder with indicators, codes, sources or other catalogue folders",
                to_do="Correct the name given with --overlay.",
            )
        catalogue = read_overlay(overlay, catalogue)
        title = "The catalogue is in order, with this overlay."
    return "\n".join([title, *_count_rooms(catalogue)])


def describe_inbox(inbox: Path) -> str:
    """One line per organisation of the inbox, all in order.

    Raises:
        CatalogueError: one or more overlays are faulty; it holds every fault of all of them.
        UserError: the inbox, or the settings of an organisation, have a fault.
    """
    # Imported here: the door brings the database along, and without an inbox nobody needs it.
    from pipelines.deliveries import read_organisations

    return "\n".join(
        f"  {one.organisation_id}: "
        + ("the shipped catalogue" if one.overlay is None else f"overlay {one.overlay} in order")
        for one in read_organisations(inbox, load_catalogue())
    )


def _count_rooms(catalogue: Catalogue) -> list[str]:
    return [f"  {room:<18}{len(getattr(catalogue, room)):>4}" for room in ROOMS]
