"""What an organisation changed in the catalogue, in words: for its method page.

What does not belong here: what an overlay may change (``catalogue.overlay``).
"""

from dataclasses import dataclass

from pipelines.catalogue import Catalogue
from pipelines.catalogue.wording import Words

# Rooms in reading order; mappings are left out: the data page tells what they make of a file.
ROOMS = (
    *("indicators", "anchors", "bands", "requirements"),
    *("audit_instruments", "profiles", "codes"),
)


@dataclass(frozen=True)
class Change:
    """One declaration that is another one than shipped, or was not shipped at all."""

    room: str
    id: str
    name: str
    what: str
    source: str


def list_changes(own: Catalogue, shipped: Catalogue, words: Words) -> list[Change]:
    """Every declaration the organisation added or replaced, and how many words."""
    found = []
    for room in ROOMS:
        for id, declared in getattr(own, room).items():
            below = getattr(shipped, room).get(id)
            if declared == below:
                continue
            what = words("method.added" if below is None else "method.replaced")
            version = getattr(declared, "version", None)
            if version is not None:
                what += f", {words('method.catalogue_version', version=version)}"
            if below is not None and id in own.kept_versions and room == "indicators":
                what += f", {words('method.kept', version=below.version)}"
            text = getattr(declared, "name", None) or getattr(declared, "label", None)
            name = text.in_language(words.language) if text else id
            source = getattr(declared, "source", "")
            found.append(Change(words(f"method.room_{room}"), id, name, what, source))
    return found


def list_own_lists(own: Catalogue, shipped: Catalogue, words: Words) -> list[tuple[str, list[str]]]:
    """The names an organisation gave: of life domains, team-review steps and quality criteria."""
    return [
        (
            declared.label.in_language(words.language),
            [code.label.in_language(words.language) for code in declared.codes.values()],
        )
        for name, declared in own.codes.items()
        if declared != shipped.codes.get(name)
    ]
