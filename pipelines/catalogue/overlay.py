"""An organisation's own declarations, laid over the shipped ones.

What does not belong here: applying an overlay to a run; this only says whether it is in order.
"""

from dataclasses import replace
from pathlib import Path

from pipelines.catalogue.crosscheck import find_cross_faults
from pipelines.catalogue.faults import CatalogueError, Fault
from pipelines.catalogue.loader import ROOMS, Catalogue, read_room

# An overlay brings its own words; the record kinds are the contract and stay as they are.
OVERLAY_ROOMS = tuple(room for room in ROOMS if room != "records")
OTHER_FOLDERS = ("words",)


def read_overlay(root: Path, shipped: Catalogue) -> Catalogue:
    """The shipped catalogue with the declarations in the folder ``root`` laid over it.

    Raises:
        CatalogueError: one or more declarations are faulty; it holds every fault.
    """
    faults: list[Fault] = []
    for path in sorted(root.iterdir()):
        if path.name.startswith("."):
            continue
        if not path.is_dir() or path.name not in (*OVERLAY_ROOMS, *OTHER_FOLDERS):
            expected = ", ".join((*OVERLAY_ROOMS, *OTHER_FOLDERS))
            faults.append(Fault(path.name, "name", f"not one of the folders {expected}"))
    laid = {
        room: {**getattr(shipped, room), **read_room(root, room, faults)} for room in OVERLAY_ROOMS
    }
    merged = replace(shipped, **laid)
    if not faults:
        faults.extend(find_cross_faults(merged))
    if faults:
        raise CatalogueError(faults)
    return merged
