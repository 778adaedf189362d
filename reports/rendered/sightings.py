"""A number that somebody sees, with the cell it is about."""

import re
from pathlib import Path
from typing import NamedTuple

DIGIT = re.compile(r"\d")


class Sighting(NamedTuple):
    """Text about one score key; ``is_count``: it is the n of the figure."""

    key: str
    text: str
    where: Path
    is_count: bool = False
    is_excluded_count: bool = False
    is_stray: bool = False  # a sentence tells a number that the table of its chart does not

    @property
    def has_number(self) -> bool:
        """True when there is a digit in it."""
        return DIGIT.search(self.text) is not None

    @property
    def count(self) -> int | None:
        """The count without thousands separators; None when it is no whole number."""
        plain = re.sub(r"[.,\s]", "", self.text)
        return int(plain) if plain.isdigit() else None
