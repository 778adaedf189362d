"""The difference between two values of one score, split exactly over its units.

A value is A / B, sums over the counted units. Of two values

    V1 - V0 = sum over units of ((a1 - a0) - m (b1 - b0)) / B*

with m = (V0 + V1) / 2 and B* = (B0 + B1) / 2, and a = b = 0 for a unit that is not counted. It is
exact because A1 - A0 = V1 B1 - V0 B0 = (V1 - V0) B* + m (B1 - B0): the product rule for finite
steps. It treats both periods alike (swapped, every part changes sign), and no unit is left over.
Source: the symmetric split of a product by T. L. Bennet, "The theory of measurement of changes in
cost of living", Journal of the Royal Statistical Society 83 (1920).
"""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

from pipelines.explain.recompute import recompute_value
from pipelines.explain.units import MET_SHAPES, Unit


class Part(StrEnum):
    """Why a value differs; in the order in which they are told."""

    CAME = "came"  # a unit that was not there before
    LEFT = "left"  # a unit that is not there any more
    NEWLY_MET = "newly_met"
    NO_LONGER_MET = "no_longer_met"
    BEGAN_COUNTING = "began_counting"  # was excluded before
    STOPPED_COUNTING = "stopped_counting"  # is excluded now
    CHANGED_AMOUNT = "changed_amount"  # same unit, other numerator
    CHANGED_DENOMINATOR = "changed_denominator"  # same unit, other denominator
    CHANGED_RULE = "changed_rule"
    REMOVED = "removed"  # units that were counted then and are not kept any more


@dataclass(frozen=True)
class Share:
    """What a group of units adds to a difference."""

    unit_count: int
    contribution: Fraction


@dataclass(frozen=True)
class PartOfChange:
    """One part of a difference; the units that lift and those that lower stand apart."""

    part: Part
    lifting: Share
    lowering: Share
    neutral_count: int = 0

    @property
    def unit_count(self) -> int:
        """Every unit in this part."""
        return self.lifting.unit_count + self.lowering.unit_count + self.neutral_count

    @property
    def contribution(self) -> Fraction:
        """What the part adds to the difference, exact."""
        return self.lifting.contribution + self.lowering.contribution


@dataclass(frozen=True)
class Split:
    """A difference and its parts, which add up to it exactly."""

    value_before: Fraction | None
    value_after: Fraction | None
    parts: tuple[PartOfChange, ...]  # only those with units, in the order of ``Part``

    @property
    def difference(self) -> Fraction | None:
        """After minus before; None when either has no value."""
        if self.value_before is None or self.value_after is None:
            return None
        return self.value_after - self.value_before


def _find_amounts(unit: Unit | None, shape: str) -> tuple[Fraction, Fraction]:
    if unit is None or not unit.is_counted:
        return Fraction(0), Fraction(0)
    if shape in MET_SHAPES:
        return Fraction(int(unit.is_met)), Fraction(1)
    return unit.numerator, unit.denominator


def _name_part(before: Unit | None, after: Unit | None, rise: Fraction) -> Part:
    """The part a unit belongs to; ``rise`` is the change of its numerator."""
    if before is None:
        return Part.CAME
    if after is None:
        return Part.LEFT
    if not before.is_counted:
        return Part.BEGAN_COUNTING
    if not after.is_counted:
        return Part.STOPPED_COUNTING
    if before.is_met is None:
        return Part.CHANGED_AMOUNT
    return Part.NEWLY_MET if rise > 0 else Part.NO_LONGER_MET


def split_change(before: Iterable[Unit], after: Iterable[Unit], shape: str) -> Split:
    """Splits the difference between the values of two sets of units scored under one rule.

    Args:
        before: every unit of the earlier score, counted and excluded; no unit twice.
        after: every unit of the later score.
        shape: the shape of the indicator.

    Returns:
        Parts that add up to the difference exactly; none when either value does not exist.
    """
    earlier = {unit.identity: unit for unit in before}
    later = {unit.identity: unit for unit in after}
    old = recompute_value(earlier.values(), shape)
    new = recompute_value(later.values(), shape)
    if old.value is None or new.value is None:
        return Split(old.value, new.value, ())
    middle = (old.value + new.value) / 2
    size = (old.denominator + new.denominator) / 2
    contributions: dict[Part, list[Fraction]] = {}
    for identity in sorted(earlier.keys() | later.keys()):
        one, other = earlier.get(identity), later.get(identity)
        is_in_either = any(unit is not None and unit.is_counted for unit in (one, other))
        if not is_in_either:
            continue
        a_before, b_before = _find_amounts(one, shape)
        a_after, b_after = _find_amounts(other, shape)
        rise, growth = a_after - a_before, b_after - b_before
        part = _name_part(one, other, rise)
        if part is Part.CHANGED_AMOUNT:  # counted both times: the two amounts are told apart
            if rise:
                contributions.setdefault(part, []).append(rise / size)
            if growth:
                contributions.setdefault(Part.CHANGED_DENOMINATOR, []).append(
                    -middle * growth / size
                )
        elif rise or growth:
            contributions.setdefault(part, []).append((rise - middle * growth) / size)
    parts = [_sum_part(part, contributions[part]) for part in Part if part in contributions]
    return Split(old.value, new.value, tuple(parts))


def _sum_part(part: Part, contributions: list[Fraction]) -> PartOfChange:
    lifting = [amount for amount in contributions if amount > 0]
    lowering = [amount for amount in contributions if amount < 0]
    return PartOfChange(
        part,
        Share(len(lifting), sum(lifting, Fraction(0))),
        Share(len(lowering), sum(lowering, Fraction(0))),
        len(contributions) - len(lifting) - len(lowering),
    )


def add_part(
    split: Split, part: Part, value_before: Fraction | None, value_after: Fraction | None
) -> Split:
    """A split with one more part: what the units do not explain of a wider difference.

    Args:
        split: of two sets of units under one rule.
        part: the reason for what is left over.
        value_before: the earlier value as it was given, under its own rule.
        value_after: the later value, under its own rule.
    """
    whole = Split(value_before, value_after, ())
    if whole.difference is None:
        return whole
    left_over = whole.difference - (split.difference or 0)
    share, none = Share(0, left_over), Share(0, Fraction(0))
    lifting, lowering = (share, none) if left_over > 0 else (none, share)
    return Split(value_before, value_after, (*split.parts, PartOfChange(part, lifting, lowering)))
