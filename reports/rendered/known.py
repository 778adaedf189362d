"""The texts that people wrote beforehand and that pages show: words, rules, names from outside.

What does not belong here: finding numbers in a text (``numbers``).
"""

from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from enum import Enum

from pydantic import BaseModel

from pipelines.catalogue import Catalogue
from pipelines.catalogue.wording import load_words
from pipelines.deliveries.overlays import find_catalogue
from pipelines.protection import protected_folder
from pipelines.protection.limits import MINIMUM_ORGANISATIONS
from pipelines.run import Run
from reports.rendered.numbers import KnownTexts
from reports.shown_names import show_name
from reports.tables import ProtectedTables, to_rows

SMALLEST_GROUP = "{minimum}"
VERSION = "{version}"
WHOLE_GROUP = "outcomes.all_of_group"  # a row instead of many that are hidden: how many rows
MOST_OF_GROUP = 1000
SHORTEST_SENTENCE = 40  # characters: "{minimum} units" could tell of any
# Names and codes that come from outside and can have digits: columns of protected tables.
NAMES = {
    "audit": ("round", "instrument"),
    "audit_scores": ("part",),
    "audit_recommendation": ("recommendation_code",),
    "outcome_flow": ("category", "instrument", "informant"),
    "outcome_change": ("category", "instrument", "scale", "informant", "reliability_source"),
    "goal_attainment": ("category",),
    "closures": ("category", "measure_category"),
}


def read_known_texts(run: Run) -> KnownTexts:
    """The known texts of a site: of the catalogue and the words of every organisation."""
    texts: set[str] = set()
    names: set[str] = set()
    limits: set[int] = {MINIMUM_ORGANISATIONS}
    versions: set[int | str] = {1}
    with ProtectedTables(protected_folder(run)) as tables:
        organisations = tables.read("organisation")
        limits |= {int(minimum) for minimum in organisations["minimum_clients"]}
        shown = (show_name(row["name"], row[f"{table}_id"]) for table in ("organisation", "team")
                 for row in to_rows(tables.read(table)))  # fmt: skip
        names |= set(shown)
        versions |= set(tables.read("outcome_change")["instrument_version"]) - {None}
        for table, columns in NAMES.items():
            frame = tables.read(table)
            for column in columns:
                names |= {str(one) for one in frame[column].unique() if one is not None}
    catalogues = {id(one): one for organisation_id in organisations["organisation_id"]
                  for one in (find_catalogue(run, organisation_id), run.catalogue)}  # fmt: skip
    shipped = [load_words(language) for language in run.languages]
    months = [text for words in shipped for key, text in words.texts.items()
              if key.startswith("month.")]  # fmt: skip
    for words in shipped:
        texts |= set(words.texts.values())
    for catalogue in catalogues.values():
        texts |= set(_list_texts(catalogue))
        limits |= {one.minimum_units for one in catalogue.indicators.values()}
        versions |= {one.version for one in catalogue.indicators.values()}
        versions |= {kept.indicator.version for kept in catalogue.kept_versions.values()}
    filled = {
        text.replace(SMALLEST_GROUP, str(limit))
        for text in texts
        if SMALLEST_GROUP in text and len(text) >= SHORTEST_SENTENCE
        for limit in limits
    }
    filled |= {text.replace(VERSION, str(one)) for text in texts if VERSION in text
               for one in versions}  # fmt: skip
    filled |= {words(WHOLE_GROUP, number=one) for words in shipped
               for one in range(2, MOST_OF_GROUP)}  # fmt: skip
    return KnownTexts(texts | filled, names, months)


def _list_texts(node: object) -> Iterator[str]:
    """Every text in a catalogue."""
    if isinstance(node, str) and not isinstance(node, Enum):
        yield node
    elif isinstance(node, dict):
        for child in node.values():
            yield from _list_texts(child)
    elif isinstance(node, list | tuple | set | frozenset):
        for child in node:
            yield from _list_texts(child)
    elif isinstance(node, BaseModel):
        for name in type(node).model_fields:
            yield from _list_texts(getattr(node, name))
    elif is_dataclass(node) and isinstance(node, Catalogue):
        for one in fields(node):
            yield from _list_texts(getattr(node, one.name))
