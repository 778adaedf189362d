"""Exact fractions as a Dutch or an English reader writes them; rounded here and nowhere before."""

from fractions import Fraction

from pipelines.catalogue.models.indicators import ValueUnit
from pipelines.catalogue.wording import Words

DASH = "–"


class Numbers:
    """Numbers in one language. Every method gives a dash for an empty value."""

    def __init__(self, words: Words):
        self.words = words

    def number(self, amount: Fraction | float | None, digits: int = 2) -> str:
        """At most ``digits`` decimals, none of them a zero at the end; half goes away from zero."""
        if amount is None:
            return DASH
        fraction = Fraction(amount)
        scaled = (abs(fraction) * 10**digits + Fraction(1, 2)) // 1
        whole, rest = divmod(scaled, 10**digits)
        decimals = f"{rest:0{digits}d}".rstrip("0") if digits else ""
        text = f"{whole:,d}" + (f".{decimals}" if decimals else "")
        if self.words.language == "nl":
            text = text.translate(str.maketrans(",.", ".,"))
        return f"-{text}" if fraction < 0 and scaled else text

    def value(self, value: Fraction | float | None, unit: ValueUnit) -> str:
        """The value of an indicator in its own unit."""
        if value is None:
            return DASH
        if unit == "share":
            return f"{self.number(Fraction(value) * 100, 1)}%"
        if unit == "rating":
            return self.number(value)
        return self.words(f"unit.{unit}", value=self.number(value))

    def difference(self, difference: Fraction, unit: ValueUnit) -> str:
        """A difference of two values, with its sign; of shares in percentage points."""
        sign = "+" if difference > 0 else ""
        if unit == "share":
            points = self.number(difference * 100)
            return self.words("explain.points", points=f"{sign}{points}")
        return f"{sign}{self.number(difference, 3)}"

    def interval(self, low: float, high: float, unit: ValueUnit) -> str:
        """The two ends of a 95% interval."""
        if unit == "share":
            return f"{self.number(low * 100, 1)}–{self.number(high * 100, 1)}%"
        return f"{self.number(low)}–{self.number(high)}"

    def period(self, period: str) -> str:
        """``2026-Q1`` -> ``eerste kwartaal 2026`` or ``first quarter of 2026``."""
        year, _, quarter = period.partition("-Q")
        return self.words(f"quarter.q{quarter}", year=year) if quarter else year


def write_exact(amount: Fraction | None) -> dict[str, object] | None:
    """A fraction for a machine: exact as text, and the nearest double."""
    return None if amount is None else {"exact": str(amount), "number": float(amount)}
