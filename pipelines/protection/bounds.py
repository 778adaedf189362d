"""Outer bounds of hidden counts from one sum after another: quick, and never too narrow a claim.

A cell of a sum is at most what the others leave at their smallest. Again and again over all sums
this gives bounds in which the exact interval lies; where they are narrow already, no solver is
asked. What does not belong here: exact intervals (``attacker``).
"""

from pipelines.protection.cells import Block

MOST_ROUNDS = 20  # bounds that still move then are left to the solver


def bound_counts(block: Block, near: list[int]) -> dict[int, tuple[int, float]]:
    """Cell -> (at least, at most) for unknown cells that hang together; infinity: no bound."""
    at_least = {one: block.cells[one].lowest for one in near}
    at_most = dict.fromkeys(near, float("inf"))
    numbers = sorted({equation for one in near for equation, _ in block.places[one]})
    sums = []
    for number in numbers:
        unknown, side = [], block.equations[number].offset
        for one, sign in block.equations[number].signs:
            if one in at_most:
                unknown.append((one, sign))
            else:
                side -= sign * block.cells[one].value
        sums.append((unknown, side))
    for _ in range(MOST_ROUNDS):
        narrowed = [_tighten(unknown, side, at_least, at_most) for unknown, side in sums]
        if not any(narrowed):
            break
    return {one: (at_least[one], at_most[one]) for one in near}


def _tighten(unknown: list, side: int, at_least: dict, at_most: dict) -> bool:
    """Narrows the cells of one sum; True when something became narrower."""
    # smallest and largest of the signed terms, and how many of these are without bound
    low_sum = high_sum = 0
    low_open = high_open = 0
    for one, sign in unknown:
        low, high = at_least[one], at_most[one]
        if sign < 0:
            low, high = -high, -low
        if low == float("-inf"):
            low_open += 1
        else:
            low_sum += low
        if high == float("inf"):
            high_open += 1
        else:
            high_sum += high
    is_narrower = False
    for one, sign in unknown:
        low, high = at_least[one], at_most[one]
        if sign < 0:
            low, high = -high, -low
        others_low = None if low_open - (low == float("-inf")) else (
            low_sum - (0 if low == float("-inf") else low))  # fmt: skip
        others_high = None if high_open - (high == float("inf")) else (
            high_sum - (0 if high == float("inf") else high))  # fmt: skip
        new_high = high if others_low is None else min(high, side - others_low)
        new_low = low if others_high is None else max(low, side - others_high)
        if (new_low, new_high) != (low, high):
            # the sums above stay valid, only wider than need be, until the next round
            is_narrower = True
            ends = (new_low, new_high) if sign > 0 else (-new_high, -new_low)
            at_least[one], at_most[one] = max(at_least[one], ends[0]), min(at_most[one], ends[1])
    return is_narrower
