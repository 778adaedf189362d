"""How much more would have lifted a value to its next anchor: exact arithmetic, nothing rounded.

The units that were counted stay the same in number; the question is how many of them would have had
to go otherwise. What does not belong here: reading units, words.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction

from pipelines.explain.recompute import AnchorRange, find_score

HIGHEST_SCORE = 5
Histogram = Iterable[tuple[Fraction, int]]  # (room of a unit, number of units with that room)


@dataclass(frozen=True)
class NextAnchor:
    """The smallest change of the numerator that earns a higher score."""

    limit: Fraction  # the limit of the range that is reached
    is_limit_enough: bool  # False: the value must go past the limit
    amount: Fraction  # how much the numerator must change, above 0
    is_rise: bool  # False: the numerator must fall
    numerator_after: Fraction
    value_after: Fraction
    score_after: Fraction


@dataclass(frozen=True)
class NotReachable:
    """There is no next anchor, and why."""

    reason: str  # at_top, no_norm, no_score or out_of_reach


def _round_up(amount: Fraction, step: Fraction) -> Fraction:
    return -(-amount // step) * step


def find_next_anchor(
    numerator: Fraction,
    denominator: Fraction,
    ranges: Sequence[AnchorRange],
    step: Fraction,
    most: Fraction | None,
) -> NextAnchor | NotReachable:
    """The nearest higher score, up or down, with the denominator as it is.

    Args:
        numerator: the numerator now.
        denominator: the denominator, above 0.
        ranges: the anchors; a score may rise with the value, fall with it, or both.
        step: the smallest amount by which the numerator can change.
        most: the largest numerator that this denominator allows; None: no limit.
    """
    value = numerator / denominator
    now = find_score(value, ranges)
    if now == max(range_.score for range_ in ranges):
        return NotReachable("at_top")
    found = []
    for range_ in (range_ for range_ in ranges if range_.score > now):
        is_rise = range_.is_above(value)
        limit = range_.lower if is_rise else range_.upper
        is_enough = range_.is_lower_inclusive if is_rise else range_.is_upper_inclusive
        distance = abs(limit * denominator - numerator)
        amount = _round_up(distance, step)
        if amount == distance and not is_enough:
            amount += step
        after = numerator + amount if is_rise else numerator - amount
        if after < 0 or (most is not None and after > most):
            continue
        value_after = after / denominator
        score_after = find_score(value_after, ranges)
        if score_after > now:  # a coarse step can jump over a narrow range
            found.append(
                NextAnchor(
                    *(limit, is_enough, amount, is_rise),
                    *(after, value_after, Fraction(score_after)),
                )
            )
    if not found:
        return NotReachable("out_of_reach")
    return min(found, key=lambda anchor: (anchor.amount, not anchor.is_rise))


def find_next_rating(total: Fraction, document_count: Fraction) -> NextAnchor | NotReachable:
    """The next whole score of a rating, whose value is its score.

    More documents do not help: what must rise is the sum of their mean ratings.
    """
    value = total / document_count
    if value == HIGHEST_SCORE:
        return NotReachable("at_top")
    goal = Fraction(value // 1 + 1)
    return NextAnchor(
        limit=goal,
        is_limit_enough=True,
        amount=goal * document_count - total,
        is_rise=True,
        numerator_after=goal * document_count,
        value_after=goal,
        score_after=goal,
    )


def count_fewest(rooms: Histogram, amount: Fraction) -> int | None:
    """The smallest number of units whose rooms together hold ``amount``; None: they cannot.

    Units with the most room first: no other choice of as many units holds more.
    """
    count = 0
    for room, size in sorted(rooms, reverse=True):
        if amount <= 0:
            break
        if room <= 0:
            return None
        used = min(size, int(-(-amount // room)))
        count += used
        amount -= used * room
    return count if amount <= 0 else None
