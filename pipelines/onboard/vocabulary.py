"""Headers and cells as words that can be compared, across spelling, compounds and language.

``Cliëntnummer``, ``client_id`` and ``cl. nr`` become the same words. What does not belong here:
what a word means for a record kind.
"""

import math
import re
import unicodedata
from collections import Counter
from collections.abc import Iterable
from functools import cache, lru_cache

from pipelines.catalogue import Catalogue
from pipelines.catalogue.models.onboarding import HeaderWords
from pipelines.deliveries.double_encoding import repair_text
from pipelines.onboard.knowledge import Knowledge

Words = tuple[str, ...]

_HUMP = re.compile(r"(?<=[a-z])(?=[A-Z])")
_WORD = re.compile(r"[a-z0-9]+")
# Dutch plurals and inflections, and the letters that glue a compound.
_ENDINGS = ("", "s", "en", "n", "e", "ren", "nen")
_GLUE = ("", "s", "e", "en")
_SHORTEST_PART = 3
# A header word that nobody knows counts as a middling word: it may change the meaning.
_UNKNOWN_WEIGHT = 0.6
_LACKING, _EXTRA = 0.7, 0.7  # how much a word of the phrase, or of the header, costs that is alone
_IMPLIED_LACKING, _IMPLIED_EXTRA = 0.2, 0.05  # the same for a word that the kind or type implies


def fold(text: str) -> str:
    """Lower case without accents; humps (``aantalContacten``) become spaces."""
    spaced = _HUMP.sub(" ", repair_text(text))
    plain = unicodedata.normalize("NFKD", spaced)
    return "".join(letter for letter in plain if not unicodedata.combining(letter)).casefold()


@lru_cache(maxsize=50_000)
def split_words(text: str) -> tuple[str, ...]:
    """The bare words of a text. ``(s)`` and ``(en)`` behind a word are plural signs."""
    return tuple(_WORD.findall(re.sub(r"\((s|en|n)\)", "", fold(text))))


class Vocabulary:
    """All words of our own: those of headers with their weights, and those of cells."""

    def __init__(self, headers: HeaderWords, phrases: Iterable[str], cells: Iterable[str]):
        self.groups = {
            word: group for group, words in headers.groups.items() for word in (group, *words)
        }
        self.skipped = frozenset(headers.skipped)
        listed = [split_words(phrase) for phrase in phrases]
        # Long compounds in the phrases themselves are taken apart by the shorter words.
        bare = Counter(word for phrase in listed for word in phrase)
        self.parts = {w for w in {*bare, *self.groups} if len(w) >= _SHORTEST_PART} - self.skipped
        counts = Counter(word for phrase in listed for word in set(self._read(phrase)))
        self.weights = {word: 1 / (1 + math.log(1 + count)) for word, count in counts.items()}
        left_out = [text for one in headers.left_out.values() for text in (*one.words, *one.parts)]
        own = {*bare, *self.groups, *headers.negations, *headers.affirmations, *self.skipped}
        # Words that a header may hold that lead to leaving out; never a person's own words.
        own |= {word for text in (*left_out, *headers.file_date) for word in split_words(text)}
        self.header_words = frozenset(own)
        self.cell_words = self.header_words | {w for text in cells for w in split_words(text)}
        self.read = cache(self._read_text)

    def _read_text(self, text: str) -> Words:
        return self._read(split_words(text))

    def _read(self, words: Iterable[str]) -> Words:
        found: list[str] = []
        for word in words:
            if word in self.skipped:
                continue
            found.extend(self.groups.get(part, part) for part in self._take_apart(word))
        return tuple(dict.fromkeys(found))

    def _take_apart(self, word: str) -> tuple[str, ...]:
        """The known words of a compound; else the word itself, without its ending when known."""
        for ending in _ENDINGS:
            stem = word.removesuffix(ending)
            if stem in self.groups:
                return (stem,)
        return self._split_compound(word) or (self._find(word) or word,)

    def _split_compound(self, word: str) -> tuple[str, ...]:
        best: tuple[str, ...] = ()
        for at in range(_SHORTEST_PART, len(word) - 1):
            first = self._find(word[:at])
            if not first:
                continue
            for glue in _GLUE:
                rest = word[at:].removeprefix(glue) if word[at:].startswith(glue) else ""
                if len(rest) < _SHORTEST_PART and rest not in self.groups:
                    continue
                last = self._find(rest)
                others = (last,) if last else self._split_compound(rest)
                if others and (not best or len(others) + 1 < len(best)):
                    best = (first, *others)
        return best

    def _find(self, word: str) -> str | None:
        for ending in _ENDINGS:
            stem = word.removesuffix(ending) if ending else word
            if stem in self.groups or stem in self.parts:
                return stem
        return None

    def weigh(self, word: str) -> float:
        """How much a word tells: a word that stands in many phrases tells little."""
        return self.weights.get(word, _UNKNOWN_WEIGHT)

    def compare(self, header: Words, phrase: Words, implied: frozenset[str]) -> float:
        """How alike a header and a phrase are, 0-1.

        Args:
            header, phrase: words as :attr:`read` gives them.
            implied: words that go without saying here, such as ``doel`` in a file of goals.
        """
        given, wanted = set(header), set(phrase)
        both = given & wanted
        if not both:
            return 0.0
        weight = sum(map(self.weigh, both))
        lacking = sum(
            self.weigh(w) * (_IMPLIED_LACKING if w in implied else _LACKING) for w in wanted - given
        )
        extra = sum(
            self.weigh(w) * (_IMPLIED_EXTRA if w in implied else _EXTRA) for w in given - wanted
        )
        return weight / (weight + lacking + extra)

    def is_own_text(self, text: str) -> bool:
        """True when every word of a cell is one of ours, so that it cannot be a person's."""
        words = split_words(text)
        return bool(words) and all(word in self.cell_words for word in words)

    def knows_header(self, text: str) -> bool:
        """True when a header holds at least one word of ours."""
        return any(
            part in self.header_words or part in self.groups
            for word in split_words(text)
            for part in (word, *self._take_apart(word))
        )


def make_vocabulary(catalogue: Catalogue, knowledge: Knowledge) -> Vocabulary:
    """The words of the record declarations, the code lists and the onboarding words."""
    phrases = []
    for name, kind in catalogue.records.items():
        words = knowledge.kinds[name]
        phrases += [*words.titles, kind.label.nl, kind.label.en]
        for field, declared in kind.fields.items():
            phrases += list_phrases(field, declared.label, words.fields.get(field))
    cells = []
    for codes in catalogue.codes.values():
        for entry in codes.codes.values():
            cells += [entry.label.nl, entry.label.en, *entry.synonyms]
    for listed in knowledge.codes.values():
        cells += [text for texts in listed.codes.values() for text in texts]
    for words in knowledge.kinds.values():
        cells += [text for field in words.fields.values() for text in (*field.yes, *field.no)]
    return Vocabulary(knowledge.headers, phrases, cells)


def list_phrases(field: str, label, words) -> list[str]:
    """What a field may be called: its name, its labels and its synonyms."""
    own = [*words.words, *words.weak, *words.opposite] if words else []
    return [field.replace("_", " "), label.nl, label.en, *own]
