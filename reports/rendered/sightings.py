"""A number that somebody sees, with the figure it is about."""

import re
from pathlib import Path
from typing import NamedTuple

DIGIT = re.compile(r"\d")
# Systems of cells whose counts stand on pages or in files.
SCORE, EXCLUSION, OUTCOME = "score", "exclusion", "outcome"


class Sighting(NamedTuple):
    """Text about one figure.

    Args:
        key: the name of the figure; of a text without one, where it stands.
        system: the text is a count of this system of cells, and the key that of its cell.
        is_stray: a sentence or chart tells a number that its table does not.
        tells: a text may tell the numbers of these figures and no other.
        is_unnamed: a text outside every figure, in which no number may stand.
        is_file: of a file to take away: numbers are Dutch in every language.
    """

    key: str
    text: str
    where: Path
    system: str = ""
    is_stray: bool = False
    tells: tuple[str, ...] = ()
    is_unnamed: bool = False
    is_file: bool = False

    @property
    def has_number(self) -> bool:
        """True when there is a digit in it."""
        return DIGIT.search(self.text) is not None

    @property
    def count(self) -> int | None:
        """The count without thousands separators; None when it is no whole number."""
        plain = re.sub(r"[.,\s]", "", self.text)
        return int(plain) if plain.isdigit() else None
