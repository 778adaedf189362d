"""A value, its status and its score once more, from nothing but the listed units.

The same rules as the scoring room, written a second time on single units: when both agree, the
units that are shown are the units that were counted.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction

from pipelines.explain.units import MET_SHAPES, Unit

RECORDED_SHARE_NEEDED = Fraction(4, 5)


@dataclass(frozen=True)
class AnchorRange:
    """A range of values that earns a score; an empty limit is unbounded."""

    score: int
    lower: Fraction | None
    upper: Fraction | None
    is_lower_inclusive: bool
    is_upper_inclusive: bool

    def holds(self, value: Fraction) -> bool:
        """True when the value lies in the range."""
        return not self.is_above(value) and not self.is_below(value)

    def is_above(self, value: Fraction) -> bool:
        """True when the whole range lies above the value."""
        if self.lower is None:
            return False
        return value < self.lower or (value == self.lower and not self.is_lower_inclusive)

    def is_below(self, value: Fraction) -> bool:
        """True when the whole range lies below the value."""
        if self.upper is None:
            return False
        return value > self.upper or (value == self.upper and not self.is_upper_inclusive)


@dataclass(frozen=True)
class Recomputed:
    """The sums over the units of one score."""

    numerator: Fraction
    denominator: Fraction
    value: Fraction | None  # None: the denominator is 0
    counted_weight: int
    not_recorded_weight: int
    excluded_count: int


def recompute_value(units: Iterable[Unit], shape: str) -> Recomputed:
    """Numerator, denominator and value of a set of units.

    Args:
        units: every unit of one score, counted and excluded.
        shape: the shape of the indicator; of ``MET_SHAPES`` only ``is_met`` is looked at.
    """
    numerator = denominator = Fraction(0)
    counted_weight = not_recorded_weight = excluded_count = 0
    for unit in units:
        if not unit.is_counted:
            excluded_count += 1
            if unit.exclusion_reason == "not_recorded":
                not_recorded_weight += unit.weight
            continue
        counted_weight += unit.weight
        numerator += int(unit.is_met) if shape in MET_SHAPES else unit.numerator
        denominator += 1 if shape in MET_SHAPES else unit.denominator
    return Recomputed(
        numerator=numerator,
        denominator=denominator,
        value=numerator / denominator if denominator else None,
        counted_weight=counted_weight,
        not_recorded_weight=not_recorded_weight,
        excluded_count=excluded_count,
    )


def recompute_status(
    sums: Recomputed, shape: str, minimum: int, has_norm: bool, needs_numerator: bool
) -> str:
    """The status that these sums give: the first that applies."""
    counted, known = sums.counted_weight, sums.counted_weight + sums.not_recorded_weight
    if counted < RECORDED_SHARE_NEEDED * known:
        return "too_incomplete"
    if counted == 0 or sums.denominator == 0 or (needs_numerator and sums.numerator == 0):
        return "no_data"
    # a rate needs worker-months, whatever the number of workers
    if (sums.denominator if shape == "rate" else counted) < minimum:
        return "too_few"
    return "scored" if has_norm else "no_norm"


def find_score(value: Fraction, ranges: Sequence[AnchorRange]) -> int:
    """The score of a value; the ranges lie end to end, so there is exactly one."""
    (score,) = [range_.score for range_ in ranges if range_.holds(value)]
    return score
