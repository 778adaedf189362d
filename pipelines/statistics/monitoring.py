"""A measure over time: limits of ordinary variation, and named signs of something else.

XmR charts (individuals and moving ranges) as the English health service draws them, with two
deliberate differences: fewer than 12 points get no limits, and limits are frozen after a baseline.
What does not belong here: drawing, and any judgement about people.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise
from statistics import mean as exact_mean

# 3 / 1.128 rounded as in Making Data Count; NHSRplotthedots 0.2.2 uses the same.
LIMIT_FACTOR = 2.66
# A moving range at or above this many mean moving ranges is left out of the limits (D4 for n = 2).
SCREEN_FACTOR = 3.267
RUN_LENGTH = 7
MINIMUM_POINTS = 12
BASELINE_POINTS = 20  # the limits of a longer series come from its first 20 points


class SpcRule(StrEnum):
    """The four rules of NHS England's Making Data Count."""

    OUTSIDE = "outside_limits"
    SHIFT = "seven_on_one_side"
    TREND = "seven_rising_or_falling"
    NEAR = "two_of_three_near_limit"


@dataclass(frozen=True)
class Limits:
    """The centre and the limits of ordinary variation."""

    mean: float
    mean_moving_range: float
    lower: float
    upper: float
    near_lower: float
    near_upper: float


@dataclass(frozen=True)
class SpcPoint:
    """One point: the rules that flag it and what that means for this measure."""

    value: float | None
    rules: tuple[SpcRule, ...]
    reading: str | None  # improvement, concern, neutral; empty: ordinary variation or a gap


@dataclass(frozen=True)
class XmrChart:
    """A chart; ``status`` is ``provisional`` (no limits, no flags) or ``limits``."""

    status: str
    limits: Limits | None
    baseline_count: int
    points: tuple[SpcPoint, ...]
    share_of_noise_charts_flagged: float | None


def calculate_limits(values: Sequence[float | None], is_screened: bool = True) -> Limits | None:
    """Mean +- 2.66 mean moving range; empty without two neighbouring points.

    A gap (None) is not bridged: no moving range runs over it. Screening leaves out the moving
    ranges of 3.267 times their mean or more, once.

    Source: NHSRplotthedots 0.2.2; Wheeler & Chambers, Understanding Statistical Process Control.
    """
    known = [value for value in values if value is not None]
    ranges = [
        abs(after - before)
        for before, after in pairwise(values)
        if before is not None and after is not None
    ]
    if not ranges:
        return None
    mean = exact_mean(known)  # a constant series lies on its mean to the last bit
    mean_range = sum(ranges) / len(ranges)
    if is_screened and mean_range > 0:
        kept = [one for one in ranges if one < SCREEN_FACTOR * mean_range]
        mean_range = sum(kept) / len(kept)
    half = LIMIT_FACTOR * mean_range
    near = 2 * half / 3
    return Limits(mean, mean_range, mean - half, mean + half, mean - near, mean + near)


def find_runs(signs: Sequence[int], length: int = RUN_LENGTH) -> list[int]:
    """Per place the sign when it ends a run of ``length`` equal signs that are not 0, else 0."""
    found = []
    run = previous = 0
    for sign in signs:
        run = run + 1 if sign == previous and sign != 0 else int(sign != 0)
        previous = sign
        found.append(sign if run >= length else 0)
    return found


def find_trends(values: Sequence[float | None], length: int = RUN_LENGTH) -> list[int]:
    """Per place 1 or -1 when it ends ``length`` points that strictly rise or fall; ties break."""
    steps = [0]
    for before, after in pairwise(values):
        known = before is not None and after is not None
        steps.append((after > before) - (after < before) if known else 0)
    return find_runs(steps, length - 1)


def _spread_back(ends: Sequence[int], length: int) -> list[bool]:
    """Every place that is part of a run that ends at or after it."""
    return [any(ends[place : place + length]) for place in range(len(ends))]


def _find_near_pairs(
    values: Sequence[float | None], limits: Sequence[Limits], signs: list[int]
) -> list[bool]:
    near = [
        value is not None
        and (own.near_upper < value <= own.upper or own.lower <= value < own.near_lower)
        for value, own in zip(values, limits, strict=True)
    ]
    flagged = [False] * len(values)
    for start in range(len(values) - 2):
        window = range(start, start + 3)
        if abs(sum(signs[i] for i in window)) == 3 and sum(near[i] for i in window) >= 2:
            for i in window:
                flagged[i] = flagged[i] or near[i]
    return flagged


def find_signals(
    values: Sequence[float | None], limits: Sequence[Limits]
) -> list[tuple[SpcRule, ...]]:
    """The rules that flag each point, judged by the limits at its own place.

    Outside a limit (strictly); part of 7 consecutive points strictly on one side of the mean; part
    of 7 points that strictly rise or fall; near a limit (between 2/3 and the limit) in a window of
    three on one side of the mean of which two are near: only the near ones are flagged.

    Source: NHS England, Making Data Count; NHSRplotthedots 0.2.2 (which flags falling trends in
    newer versions only; here both directions count).
    """
    signs = [
        0 if value is None else (value > own.mean) - (value < own.mean)
        for value, own in zip(values, limits, strict=True)
    ]
    outside = [
        value is not None and not own.lower <= value <= own.upper
        for value, own in zip(values, limits, strict=True)
    ]
    hits = {
        SpcRule.OUTSIDE: outside,
        SpcRule.SHIFT: _spread_back(find_runs(signs), RUN_LENGTH),
        SpcRule.TREND: _spread_back(find_trends(values), RUN_LENGTH),
        SpcRule.NEAR: _find_near_pairs(values, limits, signs),
    }
    return [
        tuple(rule for rule, flagged in hits.items() if flagged[place])
        for place in range(len(values))
    ]


def build_xmr_chart(
    values: Sequence[float | None],
    is_higher_better: bool | None = None,
    baseline_count: int = BASELINE_POINTS,
) -> XmrChart:
    """The chart of a series in time order, None where a period has no value.

    Fewer than 12 known points: provisional, no limits and no flags. Otherwise the limits come from
    the first ``baseline_count`` known points (12 to 20) and are never re-based by themselves.

    Raises:
        ValueError: the baseline is not 12 to 20 points.
    """
    if not MINIMUM_POINTS <= baseline_count <= BASELINE_POINTS:
        raise ValueError(f"a baseline has 12 to 20 points, not {baseline_count}")
    known = [place for place, value in enumerate(values) if value is not None]
    limits = None
    baseline_count = min(baseline_count, len(known))
    if len(known) >= MINIMUM_POINTS:
        limits = calculate_limits(values[: known[baseline_count - 1] + 1])
    if limits is None:
        points = tuple(SpcPoint(value, (), None) for value in values)
        return XmrChart("provisional", None, 0, points, None)
    points = tuple(
        SpcPoint(value, rules, read_signal(value, rules, limits.mean, is_higher_better))
        for value, rules in zip(values, find_signals(values, [limits] * len(values)), strict=True)
    )
    return XmrChart("limits", limits, baseline_count, points, expect_false_flags(len(known)))


def read_signal(
    value: float | None, rules: tuple[SpcRule, ...], mean: float, is_higher_better: bool | None
) -> str | None:
    """What a flagged point means for this measure: improvement, concern, neutral; else empty."""
    if not rules or value is None:
        return None
    if is_higher_better is None or value == mean:
        return "neutral"
    return "improvement" if (value > mean) == is_higher_better else "concern"


# Share of charts of pure independent normal noise with at least one flagged point, by number of
# points: all four rules, screened limits from the first 20 points. From 20 000 simulated charts
# each (a test repeats it smaller). Without screening and frozen limits 24 points give .16.
NOISE_FLAG_SHARES = {
    12: 0.08,
    16: 0.11,
    20: 0.15,
    24: 0.21,
    28: 0.28,
    32: 0.34,
    36: 0.39,
    48: 0.51,
    60: 0.60,
}


def expect_false_flags(
    points_count: int, simulated: Mapping[int, float] = NOISE_FLAG_SHARES
) -> float:
    """The share of charts of pure noise with at least one flag, at the nearest simulated length."""
    nearest = min(simulated, key=lambda length: (abs(length - points_count), length))
    return simulated[nearest]
