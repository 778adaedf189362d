"""An organisation's own declarations, laid over the shipped ones.

A file whose name the shipped catalogue has too is laid over the shipped file: keys it leaves out
stay as they are, an empty value (``null``) takes a key away. Any other file adds a declaration.
What does not belong here: which organisation has an overlay, and scoring by it.
"""

from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

from pipelines.catalogue.crosscheck import find_cross_faults
from pipelines.catalogue.faults import CatalogueError, Fault
from pipelines.catalogue.loader import ROOMS, Catalogue, KeptVersion, read_room
from pipelines.catalogue.models.base import Declaration, Provenance
from pipelines.catalogue.overlay_check import describe_rule, find_overlay_faults
from pipelines.catalogue.overlay_words import read_own_words

# What is shared by every organisation of an installation, and why an overlay cannot bring it.
SHARED_ROOMS = {
    "records": "the record kinds are what all organisations deliver",
    "instruments": "one spread and one norm per outcome scale hold for all organisations together",
    "hypotheses": "what is held beside what is said beforehand, for all organisations together",
}
OVERLAY_ROOMS = tuple(room for room in ROOMS if room not in SHARED_ROOMS)
OTHER_FOLDERS = ("words",)


def read_overlay(root: Path, shipped: Catalogue) -> Catalogue:
    """The shipped catalogue with the declarations in the folder ``root`` laid over it.

    Raises:
        CatalogueError: one or more declarations are faulty; it holds every fault.
    """
    faults: list[Fault] = []
    _check_folders(root, faults)
    given: dict[str, dict[str, set[str]]] = {}
    laid = {room: _read_laid_room(root, room, shipped, faults, given) for room in OVERLAY_ROOMS}
    laid["sources"] = {name: one.spread_codes() for name, one in laid["sources"].items()}
    words = read_own_words(root / "words", faults)
    merged = assemble_catalogue(shipped, laid)
    broken = {Path(fault.file).stem for fault in faults}
    faults.extend(find_overlay_faults(shipped, merged, laid, given))
    # A file that could not be read is told once, not again by every file that names it.
    faults.extend(
        fault
        for fault in find_cross_faults(merged)
        if not any(repr(name) in fault.message for name in broken)
    )
    if faults:
        raise CatalogueError(faults)
    return replace(merged, words=words)


def assemble_catalogue(shipped: Catalogue, laid: dict[str, dict[str, Declaration]]) -> Catalogue:
    """The shipped catalogue with whole declarations in the place of its own, by room and id."""
    merged = replace(
        shipped, **{room: {**getattr(shipped, room), **own} for room, own in laid.items()}
    )
    return replace(merged, kept_versions=_list_kept_versions(shipped, merged))


def _check_folders(root: Path, faults: list[Fault]) -> None:
    expected = ", ".join((*OVERLAY_ROOMS, *OTHER_FOLDERS))
    for path in sorted(root.iterdir()):
        if path.name.startswith("."):
            continue
        if path.name in SHARED_ROOMS:
            faults.append(Fault(path.name, "name", f"stays as shipped: {SHARED_ROOMS[path.name]}"))
            continue
        if not path.is_dir() or path.name not in (*OVERLAY_ROOMS, *OTHER_FOLDERS):
            faults.append(Fault(path.name, "name", f"not one of the folders {expected}"))
            continue
        if path.name in OVERLAY_ROOMS:
            faults.extend(
                Fault(f"{path.name}/{file.name}", "name", "not a file with the ending .yaml")
                for file in sorted(path.iterdir())
                if not file.name.startswith(".") and file.suffix != ".yaml"
            )


def _read_laid_room(root: Path, room: str, shipped: Catalogue, faults: list[Fault], given: dict):
    """The overlay's declarations of one room; ``given`` gets the keys that each file has itself."""
    has_provenance = "provenance" in ROOMS[room][0].model_fields
    given[room] = {}

    def prepare(content: object, name: str) -> object:
        if not isinstance(content, dict):
            return content
        given[room][name] = set(content)
        below = getattr(shipped, room).get(name)
        if below is not None:
            return lay_over(below.model_dump(mode="json", exclude_unset=True), content)
        if has_provenance and "provenance" not in content:
            return {**content, "provenance": Provenance.ORGANISATION.value}
        return content

    return read_room(root, room, faults, prepare)


def lay_over(below: dict, above: dict) -> dict:
    """``below`` with the keys of ``above``: mappings key by key, ``None`` takes a key away.

    Where something is changed, the organisation is its origin.
    """
    merged = dict(below)
    for key, value in above.items():
        if value is None:
            merged.pop(key, None)
        elif isinstance(value, dict) and isinstance(below.get(key), dict):
            merged[key] = lay_over(below[key], value)
        else:
            merged[key] = value
    if "provenance" in merged and "provenance" not in above:
        merged["provenance"] = Provenance.ORGANISATION.value
    return merged


def _list_kept_versions(shipped: Catalogue, merged: Catalogue) -> dict[str, KeptVersion]:
    kept = [
        shipped.indicators[id] for id, indicator in merged.indicators.items()
        if indicator.keep_shipped and id in shipped.indicators
    ]  # fmt: skip
    return {one.id: KeptVersion(one, shipped.anchors.get(one.anchors or "")) for one in kept}


def list_changed(shipped: Catalogue, own: Catalogue) -> list[str]:
    """The ids of shipped indicators that ``own`` counts or scores by another rule or version."""
    if own is shipped:
        return []
    return [
        id
        for id, indicator in shipped.indicators.items()
        if own.indicators[id].version != indicator.version
        or describe_rule(own, own.indicators[id]) != describe_rule(shipped, indicator)
    ]


def leave_out_changed(shipped: Catalogue, others: Iterable[Catalogue]) -> Catalogue:
    """The shipped catalogue without the indicators whose rule is another one anywhere."""
    changed = {id for own in others for id in list_changed(shipped, own)}
    kept = {id: one for id, one in shipped.indicators.items() if id not in changed}
    return replace(shipped, indicators=kept)
