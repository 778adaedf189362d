"""Whether a share over time suits a p-chart, and its limits when it does.

A p-chart assumes new, independent units in every period and nothing but chance between periods.
Where that does not hold an XmR chart of the shares is the honest one.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import sqrt

from pipelines.statistics.monitoring import (
    BASELINE_POINTS,
    Limits,
    SpcPoint,
    find_signals,
    read_signal,
)

MINIMUM_EXPECTED = 5  # expected met and not-met units per period, the usual rule of thumb
MINIMUM_POINTS = 12


@dataclass(frozen=True)
class PChartSuitability:
    """Does a p-chart suit; if not, ``reason`` says why. ``dispersion`` is chi-square / (k - 1)."""

    is_suitable: bool
    reason: str  # suits, same_units_again, too_few_points, no_variation, small_counts,
    #              more_spread_than_chance, less_spread_than_chance
    dispersion: float | None = None


def judge_p_chart(
    numerators: Sequence[int], denominators: Sequence[int], is_stock: bool = False
) -> PChartSuitability:
    """Whether these shares behave as independent binomial counts around one share.

    dispersion = sum((r - n p)^2 / (n p (1-p))) / (k - 1), held against the 2.5 and 97.5 % quantiles
    of chi-square / (k - 1).

    Args:
        numerators: met units per period.
        denominators: counted units per period, all above zero.
        is_stock: the same persons are counted again in each period.

    Source: Mohammed et al. (2013) BMJ Qual Saf 22:362-368 and Laney (2002) Qual Eng 14:531-537 on
    what a p-chart assumes; the chi-square is Pearson's test of homogeneity.
    """
    if is_stock:
        return PChartSuitability(False, "same_units_again")
    if len(denominators) < MINIMUM_POINTS:
        return PChartSuitability(False, "too_few_points")
    share = sum(numerators) / sum(denominators)
    if share in (0, 1):
        return PChartSuitability(False, "no_variation")
    smallest = min(denominators)
    if smallest * min(share, 1 - share) < MINIMUM_EXPECTED:
        return PChartSuitability(False, "small_counts")
    freedom = len(denominators) - 1
    chi_square = sum(
        (r - n * share) ** 2 / (n * share * (1 - share))
        for r, n in zip(numerators, denominators, strict=True)
    )
    dispersion = chi_square / freedom
    low, high = find_chance_range(freedom)
    if chi_square > high:
        return PChartSuitability(False, "more_spread_than_chance", dispersion)
    if chi_square < low:
        return PChartSuitability(False, "less_spread_than_chance", dispersion)
    return PChartSuitability(True, "suits", dispersion)


def find_chance_range(freedom: int) -> tuple[float, float]:
    """The 2.5 and 97.5 % quantiles of chi-square."""
    from scipy.special import chdtri  # inverse of the upper tail

    return float(chdtri(freedom, 0.975)), float(chdtri(freedom, 0.025))


def find_p_limits(share: float, denominator: int) -> tuple[float, float]:
    """The limits of one period, ``p +- 3 sqrt(p (1-p) / n)``, within 0 and 1."""
    half = 3 * sqrt(share * (1 - share) / denominator)
    return max(0.0, share - half), min(1.0, share + half)


# Share of p-charts of pure chance with at least one flagged point, by number of periods: periods of
# 25 to 80 units around one share of .3 to .7, of which the first 20 suit. From 8 000 simulated
# series each (a test repeats it smaller).
CHANCE_FLAG_SHARES = {
    12: 0.03,
    16: 0.06,
    20: 0.10,
    24: 0.14,
    28: 0.20,
    32: 0.24,
    36: 0.31,
    48: 0.42,
    60: 0.53,
}


@dataclass(frozen=True)
class PChart:
    """A chart whose limits rest on the pooled share of a baseline and on each period's own size."""

    share: float
    baseline_count: int
    limits: tuple[Limits, ...]
    points: tuple[SpcPoint, ...]


def build_p_chart(
    numerators: Sequence[int | None],
    denominators: Sequence[int | None],
    is_higher_better: bool | None = None,
) -> PChart:
    """The p-chart of a series in time order, None where a period has no share.

    The share is pooled over the first 12 to 20 known periods and is never based anew by itself. The
    rules are those of an XmR chart, with limits of ``p +- 3 sqrt(p (1-p) / n)`` and near limits at
    two thirds. Whether the chart suits is said by ``judge_p_chart`` over the same baseline.

    Raises:
        ValueError: fewer than 12 known periods.
    """
    known = [place for place, count in enumerate(denominators) if count is not None]
    if len(known) < MINIMUM_POINTS:
        raise ValueError("a p-chart has 12 or more known periods")
    baseline = known[:BASELINE_POINTS]
    share = sum(numerators[at] for at in baseline) / sum(denominators[at] for at in baseline)
    limits = []
    for count in denominators:
        half = 3 * sqrt(share * (1 - share) / count) if count else 0.0
        lower, upper = find_p_limits(share, count) if count else (share, share)
        near = 2 * half / 3
        limits.append(Limits(share, 0.0, lower, upper, share - near, share + near))
    values = [
        None if count is None else met / count
        for met, count in zip(numerators, denominators, strict=True)
    ]
    points = tuple(
        SpcPoint(value, rules, read_signal(value, rules, share, is_higher_better))
        for value, rules in zip(values, find_signals(values, limits), strict=True)
    )
    return PChart(share, len(baseline), tuple(limits), points)
