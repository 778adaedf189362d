"""Numbers, dates and periods as a Dutch or an English reader writes them.

Not here: which number is shown, and what a status means in words.
"""

import math
from datetime import date

from pipelines.catalogue.models.indicators import ValueUnit
from pipelines.catalogue.wording import Words

DASH = "–"


def start_with_capital(text: str) -> str:
    """The text with its first letter as a capital; the rest stays as it is."""
    return text[:1].upper() + text[1:]


class Formats:
    """Formats in one language. Every method gives a dash for an empty value."""

    def __init__(self, words: Words):
        self.words = words
        self.is_dutch = words.language == "nl"

    def number(self, value: float | None, digits: int = 1) -> str:
        """``1234.5`` -> ``1.234,5`` (nl) or ``1,234.5`` (en)."""
        if value is None:
            return DASH
        text = f"{value:,.{digits}f}"
        return text.translate(str.maketrans(",.", ".,")) if self.is_dutch else text

    def count(self, value: float | None) -> str:
        """A whole number with thousands separators."""
        return self.number(value, 0)

    def percent(self, share: float | None, digits: int = 0) -> str:
        """A share (0-1) as a percentage."""
        return DASH if share is None else f"{self.number(share * 100, digits)}%"

    def score(self, value: float | None) -> str:
        """A score 1-5 with one decimal; 3.97 stays 3.97: 4.0 would look like a higher band."""
        if value is None:
            return DASH
        rounded = round(value, 1)
        if rounded.is_integer() and value < rounded:
            return self.number(math.floor(value * 100) / 100, 2)
        return self.number(value, 1)

    def value(self, value: float | None, unit: ValueUnit, digits: int = 1) -> str:
        """The value of an indicator in its own unit."""
        if value is None:
            return DASH
        if unit == "share":
            return self.percent(value, digits)
        if unit == "rating":
            return self.score(value)
        return self.words(f"unit.{unit}", value=self.number(value, 1))

    def interval(self, low: float | None, high: float | None, unit: ValueUnit) -> str:
        """The two ends of a 95% interval."""
        if low is None or high is None:
            return DASH
        if unit == "share":
            return f"{self.number(low * 100, 0)}–{self.number(high * 100, 0)}%"
        return f"{self.number(low, 1)}–{self.number(high, 1)}"

    def bounds(self, lowest: float | None, highest: float | None) -> str:
        """Between which scores something lies; one score where both are the same."""
        low, high = self.score(lowest), self.score(highest)
        return low if low == high else f"{low}–{high}"

    def date(self, day: date | None) -> str:
        """``30 juni 2026`` or ``30 June 2026``."""
        if day is None:
            return DASH
        return f"{day.day} {self.words(f'month.m{day.month}')} {day.year}"

    def period(self, period: str) -> str:
        """``2026-Q1`` -> ``1e kwartaal 2026`` or ``first quarter of 2026``; a year stays a year."""
        year, _, quarter = period.partition("-Q")
        return self.words(f"quarter.q{quarter}", year=year) if quarter else year

    def quarter(self, period: str) -> str:
        """``2026-Q1`` -> ``K1 2026`` or ``Q1 2026``: as at an axis, with the whole year."""
        year, _, quarter = period.partition("-Q")
        return f"{'K' if self.is_dutch else 'Q'}{quarter} {year}" if quarter else year

    def short_period(self, period: str) -> str:
        """``2026-Q1`` -> ``K1 '26`` or ``Q1 '26``."""
        year, _, quarter = period.partition("-Q")
        letter = "K" if self.is_dutch else "Q"
        return f"{letter}{quarter} ’{year[2:]}" if quarter else year
