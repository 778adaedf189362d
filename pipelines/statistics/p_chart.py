"""Whether a share over time suits a p-chart, and its limits when it does.

A p-chart assumes new, independent units in every period and nothing but chance between periods.
Where that does not hold an XmR chart of the shares is the honest one.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import sqrt

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
    from scipy.special import chdtri  # inverse of the upper tail

    freedom = len(denominators) - 1
    chi_square = sum(
        (r - n * share) ** 2 / (n * share * (1 - share))
        for r, n in zip(numerators, denominators, strict=True)
    )
    dispersion = chi_square / freedom
    if chi_square > chdtri(freedom, 0.025):
        return PChartSuitability(False, "more_spread_than_chance", dispersion)
    if chi_square < chdtri(freedom, 0.975):
        return PChartSuitability(False, "less_spread_than_chance", dispersion)
    return PChartSuitability(True, "suits", dispersion)


def find_p_limits(share: float, denominator: int) -> tuple[float, float]:
    """The limits of one period, ``p +- 3 sqrt(p (1-p) / n)``, within 0 and 1."""
    half = 3 * sqrt(share * (1 - share) / denominator)
    return max(0.0, share - half), min(1.0, share + half)
