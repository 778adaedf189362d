"""Numbers in a text, and which of them tell a figure.

Dates, years, codes (T0, KI-1) and what stands so in a rule, a name or a fixed sentence are no
figures. Not here: whose figures they are.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import NamedTuple

NUMBER = re.compile(r"\d+(?:[.,]\d+)*")
YEAR = re.compile(r"(?:19|20)\d\d")
# A day, and the name of a release, which begins with one.
ISO_DAY = re.compile(r"\b\d{4}-\d\d-\d\d(?:-[0-9a-f]{8})?\b")
PLACEHOLDER = re.compile(r"\{[^{}]*\}")
FEWEST_LETTERS = 3  # of a fixed text: a shorter one, such as "5%", could be anything
CUT_DECIMALS = 2
CLOSE = 1e-9


class Number(NamedTuple):
    """A number as a text has it, and how far from it an exact one may be."""

    token: str
    value: float
    tolerance: float

    def rounds(self, exact: float) -> bool:
        """True when this is how an exact number, or a share of it in percent, is written."""
        size = abs(exact)
        return (
            abs(size - self.value) <= self.tolerance
            or abs(size * 100 - self.value) <= self.tolerance
        )


def read_number(token: str, is_dutch: bool) -> tuple[float | None, int]:
    """Value and decimals of a number as its language writes it."""
    plain = token.replace(".", "").replace(",", ".") if is_dutch else token.replace(",", "")
    try:
        return float(plain), len(plain.partition(".")[2])
    except ValueError:
        return None, 0


class KnownTexts:
    """Texts that were written by people beforehand: a number in one of them tells no figure.

    Args:
        texts: fixed sentences, possibly with ``{placeholders}``, rules and names.
        names: names from outside, however short; one without a letter counts by itself alone.
        months: the names of the months: a number before one is a day.
    """

    def __init__(self, texts: Iterable[str], names: Iterable[str], months: Iterable[str]):
        self._pieces: dict[str, set[tuple[str, int]]] = defaultdict(set)
        for text in set(texts):
            for piece in PLACEHOLDER.split(text):
                if sum(letter.isalpha() for letter in piece) >= FEWEST_LETTERS:
                    self._add(piece)
        # A name without a letter is one where it stands alone: "12" in a sentence can be a count.
        self._bare = {name.strip() for name in names if not any(map(str.isalpha, name))}
        for name in set(names) - self._bare:
            self._add(name)
        self._read_before: dict[tuple[str, bool], list[Number]] = {}
        self._months = tuple(month.lower() for month in months)

    def _add(self, piece: str) -> None:
        plain = " ".join(piece.lower().split())
        for match in NUMBER.finditer(plain):
            self._pieces[match.group()].add((plain, match.start()))

    def list_numbers(self, text: str, is_dutch: bool) -> list[Number]:
        """The numbers of a text that can tell a figure."""
        found = self._read_before.get((text, is_dutch))
        if found is None:
            found = self._read_before[text, is_dutch] = [*self._read(text, is_dutch)]
        return found

    def _read(self, text: str, is_dutch: bool) -> Iterator[Number]:
        plain = " ".join(ISO_DAY.sub(" ", text).split())
        if plain in self._bare:
            return
        lower = plain.lower()
        for match in NUMBER.finditer(plain):
            if self._is_known(lower, match):
                continue
            value, decimals = read_number(match.group(), is_dutch)
            if value is None:  # no number of this language: it matches no figure
                value = float("inf")
            # A score of 3.97 is cut and not rounded: 4.0 would look like a higher band.
            half = 1 if decimals == CUT_DECIMALS else 0.5
            yield Number(match.group(), value, half * 10**-decimals + CLOSE)

    def _is_known(self, lower: str, match: re.Match) -> bool:
        start, end, token = match.start(), match.end(), match.group()
        before, after = lower[max(0, start - 2) : start], lower[end : end + 12].lstrip()
        if before[-1:].isalpha() or (before[-1:] == "-" and before[:1].isalpha()):
            return True  # a code
        if (before[-1:] == "’" and len(token) == 2) or (
            YEAR.fullmatch(token) and not after.startswith("%")
        ):
            return True
        if len(token) <= 2 and after.startswith(self._months):
            return True
        return any(
            lower.startswith(piece, start - place)
            for piece, place in self._pieces.get(token, ())
            if place <= start
        )
