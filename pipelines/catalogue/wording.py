"""The words of the pages: YAML per language, read as flat keys like ``team.title``.

What belongs here: finding, joining and checking words. Not: names and rule texts of indicators,
which stand in their own declarations in both languages.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from pathlib import Path
from string import Formatter

from pipelines.catalogue.loader import read_yaml

LANGUAGES = ("nl", "en")


@dataclass(frozen=True)
class Words:
    """All words of one language."""

    language: str
    texts: Mapping[str, str]

    def __call__(self, key: str, **values: object) -> str:
        """The words under ``key`` with ``{placeholders}`` filled in.

        Raises:
            KeyError: there are no words under this key, or a placeholder got no value.
        """
        return self.texts[key].format(**values)

    def count(self, key: str, number: int, **values: object) -> str:
        """The words under ``key.one`` for 1 and ``key.other`` for any other ``number``."""
        return self(f"{key}.{'one' if number == 1 else 'other'}", number=number, **values)

    def get(self, key: str, otherwise: str) -> str:
        """The words under ``key``, or ``otherwise`` when the catalogue has none."""
        return self.texts.get(key, otherwise)


def _flatten(prefix: str, node: object) -> Iterator[tuple[str, str]]:
    if isinstance(node, dict):
        for key, child in node.items():
            yield from _flatten(f"{prefix}.{key}", child)
    else:
        yield prefix, str(node)


def read_words(folder: Path, language: str) -> Words:
    """The words in ``folder/<language>/*.yaml``; the file name is the first part of each key."""
    texts: dict[str, str] = {}
    for path in sorted((folder / language).glob("*.yaml")):
        texts.update(_flatten(path.stem, read_yaml(path) or {}))
    return Words(language, texts)


def find_word_faults(words: Mapping[str, Words]) -> Iterator[str]:
    """Every key that a language lacks and every placeholder that differs between languages."""
    every_key = {key for one in words.values() for key in one.texts}
    for key in sorted(every_key):
        lacking = [language for language, one in words.items() if key not in one.texts]
        if lacking:
            yield f"{key}: no words in {', '.join(lacking)}"
            continue
        placeholders = {
            language: {name for _, name, _, _ in Formatter().parse(one.texts[key]) if name}
            for language, one in words.items()
        }
        if len({frozenset(names) for names in placeholders.values()}) > 1:
            yield f"{key}: placeholders differ: {placeholders}"


@cache
def load_words(language: str) -> Words:
    """The shipped words of one language, read once per process."""
    return read_words(Path(str(resources.files("pipelines.catalogue"))) / "words", language)
