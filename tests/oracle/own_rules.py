"""What an organisation's own catalogue changes, told to the oracle by hand.

The same changes are written as overlay files in ``overlays.py``; the oracle never reads those.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from fractions import Fraction

from tests.oracle.indicators import INDICATORS, Indicator

BANDS = (("high", Fraction(4)), ("moderate", Fraction(3)))


@dataclass(frozen=True)
class OwnRules:
    """Rules of one organisation; what is not said here is as shipped."""

    indicators: tuple[Indicator, ...] = ()  # replaced and added ones
    kept: tuple[str, ...] = ()  # ids whose shipped version is scored as well
    norms: dict[str, Fraction] = field(default_factory=dict)
    bands: tuple[tuple[str, Fraction], ...] = BANDS  # below the last: "low"

    def list_leading(self) -> list[Indicator]:
        """The indicators that the organisation works with."""
        own = {indicator.id: indicator for indicator in self.indicators}
        return [*(one for one in INDICATORS if one.id not in own), *own.values()]

    def list_kept(self) -> list[Indicator]:
        """The shipped versions that are scored beside its own."""
        return [one for one in INDICATORS if one.id in self.kept]


AS_SHIPPED = OwnRules()


def list_shared(everyone: Iterable[OwnRules]) -> list[Indicator]:
    """The indicators that no organisation changed."""
    changed = {indicator.id for rules in everyone for indicator in rules.indicators}
    return [indicator for indicator in INDICATORS if indicator.id not in changed]
