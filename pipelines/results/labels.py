"""Labels of columns and values in a reader's language, for files that carry labels (SPSS).

Words of the research files come first, then the names in the catalogue, then the words that pages
use for the same thing. A value without a label shows itself. What does not belong here: meanings of
columns in full (``dictionary.yaml``) and writing files.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from pipelines.catalogue import Catalogue
from pipelines.catalogue.models.base import Text
from pipelines.catalogue.wording import Words, load_words

# Column -> code lists whose codes stand in it.
CODE_LISTS = {
    "category": ("life_domain", "recovery_form", "programme"),
    "evidence_source": ("evidence_source",),
    "follow_up": ("recommendation_status",),
    "reason": ("null_reason",),
}
# Column -> part of the page words in which its values stand.
PAGE_WORDS = {
    "part": "part",
    "exclusion_reason": "exclusion",
    "reason": "requirement_reason",
    "record_status": "status",
    "item_status": "status",
    "audit_status": "status",
    "record_kind": "record",
}


class Labels:
    """Finds labels in one language."""

    def __init__(self, catalogue: Catalogue, language: str):
        self.words: Words = load_words(language)
        self.parts = {key.rpartition(".")[0] for key in self.words.texts}
        self.names = {
            column: {name: getattr(text, language) for name, text in texts}
            for column, texts in _list_names(catalogue)
        }

    def find_column(self, column: str) -> str:
        """The label of a column.

        Raises:
            KeyError: the column has no words.
        """
        return self.words(f"research_column.{column}")

    def has_values(self, column: str) -> bool:
        """Whether anything names values of a column; of a key with a value per row nothing does."""
        return column in self.names or any(self._list_parts(column))

    def find_value(self, column: str, value: str) -> str | None:
        """The label of a value in a column; empty when nobody named it."""
        for part in self._list_parts(column):
            text = self.words.get(f"{part}.{value}", "")
            if text:
                return text
        return self.names.get(column, {}).get(value)

    def _list_parts(self, column: str) -> list[str]:
        """The parts of the words in which values of a column may stand, the nearest first."""
        keys = (column, PAGE_WORDS.get(column), "status" if "status" in column else None)
        named = [f"{start}{key}" for key in keys if key for start in ("research_value.", "")]
        return [part for part in named if part in self.parts]

    def find_booleans(self) -> dict[float, str]:
        """The labels of no (0) and yes (1)."""
        return {
            0.0: self.words("research_value.boolean.no"),
            1.0: self.words("research_value.boolean.yes"),
        }


def _list_names(catalogue: Catalogue) -> Iterable[tuple[str, Iterable[tuple[str, Text]]]]:
    indicators = [(id, one.name) for id, one in catalogue.indicators.items()]
    yield "indicator_id", indicators
    yield "measure", indicators
    yield "requirement_id", [(id, one.name) for id, one in catalogue.requirements.items()]
    yield "hypothesis_id", [(id, one.name) for id, one in catalogue.hypotheses.items()]
    yield "record_kind", [(id, one.label) for id, one in catalogue.records.items()]
    yield (
        "instrument",
        [
            (id, one.label)
            for room in (catalogue.instruments, catalogue.audit_instruments)
            for id, one in room.items()
        ],
    )
    yield "scale", _list_scales(catalogue)
    for column, lists in CODE_LISTS.items():
        yield (
            column,
            [
                (code, entry.label)
                for name in lists
                for code, entry in catalogue.codes[name].codes.items()
            ],
        )


def _list_scales(catalogue: Catalogue) -> Iterable[tuple[str, Text]]:
    """Scales that are called the same in every instrument that has them."""
    found: dict[str, dict[tuple[str, str], Text]] = {}
    for instrument in catalogue.instruments.values():
        for name, scale in instrument.scales.items():
            found.setdefault(name, {})[scale.label.nl, scale.label.en] = scale.label
    for name, labels in found.items():
        if len(labels) == 1:
            yield name, next(iter(labels.values()))


def list_value_labels(
    labels: Labels, values: Mapping[str, Iterable[str]]
) -> dict[str, dict[str, str]]:
    """Column -> value -> label, for the values of each column that have one."""
    found = {
        column: {
            value: label
            for value in sorted(own)
            if value and (label := labels.find_value(column, value)) is not None
        }
        for column, own in values.items()
        if labels.has_values(column)
    }
    return {column: own for column, own in found.items() if own}
