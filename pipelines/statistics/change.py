"""How much a group changed between two moments: mean, interval and two named effect sizes.

Everything is calculated from exact sums, so that a database can do the adding up and the same
measurements give the same bytes whatever their order. What does not belong here: which measurements
make a pair, and whether one person changed (``reliable_change``).
"""

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction
from math import sqrt


@dataclass(frozen=True)
class PairedSums:
    """Exact sums over the pairs of one group (``before`` = T0, ``after`` = a later moment)."""

    count: int
    before: Fraction
    after: Fraction
    before_squared: Fraction
    change_squared: Fraction


@dataclass(frozen=True)
class PairedChange:
    """The change of one group; an empty number cannot be calculated from so few pairs.

    ``d_t0_sd`` is the mean change divided by the standard deviation at T0 (Glass's delta for one
    group); ``srm`` is the standardised response mean, the mean change divided by the standard
    deviation of the changes (also written d_z). The two differ and neither is Cohen's d for
    independent groups, nor the d_av of some packages.
    """

    count: int
    mean_before: float | None
    sd_before: float | None
    mean_after: float | None
    mean_change: float | None
    sd_change: float | None
    ci_low: float | None
    ci_high: float | None
    d_t0_sd: float | None
    srm: float | None


def sum_pairs(pairs: Iterable[tuple[object, object]]) -> PairedSums:
    """The exact sums of ``(before, after)`` pairs (int, Decimal, Fraction, or float as written)."""
    exact = [(Fraction(str(before)), Fraction(str(after))) for before, after in pairs]
    return PairedSums(
        count=len(exact),
        before=sum((before for before, _ in exact), Fraction(0)),
        after=sum((after for _, after in exact), Fraction(0)),
        before_squared=sum((before**2 for before, _ in exact), Fraction(0)),
        change_squared=sum(((after - before) ** 2 for before, after in exact), Fraction(0)),
    )


def calculate_sd(count: int, total: Fraction, total_squared: Fraction) -> float | None:
    """The sample standard deviation (divisor n - 1) from exact sums; empty below two values."""
    if count < 2:
        return None
    return sqrt((total_squared - total**2 / count) / (count - 1))


def find_t_quantile(degrees_of_freedom: float, probability: float = 0.975) -> float:
    """The quantile of Student's t distribution."""
    from scipy.special import stdtrit

    return float(stdtrit(degrees_of_freedom, probability))


def calculate_t_interval(
    count: int, mean: float, sd: float | None
) -> tuple[float, float] | tuple[None, None]:
    """The two-sided 95 % interval of a mean; empty below two values.

    mean +- t(n-1) sd / sqrt(n).

    Source: Student (1908). At n = 5 a percentile bootstrap covered 86 %, this interval 93.5 %.
    """
    if sd is None:
        return None, None
    half = find_t_quantile(count - 1) * sd / sqrt(count)
    return mean - half, mean + half


def describe_change(sums: PairedSums) -> PairedChange:
    """Mean change ``after - before`` with its t interval and both effect sizes.

    d (T0 SD) = mean change / SD at T0. SRM = mean change / SD of the changes.

    Source: Kazis, Anderson & Meenan (1989) Med Care 27:S178-189 (effect size with the baseline SD);
    Liang, Fossel & Larson (1990) Med Care 28:632-642 (standardised response mean).
    """
    n = sums.count
    if n == 0:
        return PairedChange(0, *[None] * 9)
    total_change = sums.after - sums.before
    mean_change = float(total_change / n)
    sd_before = calculate_sd(n, sums.before, sums.before_squared)
    sd_change = calculate_sd(n, total_change, sums.change_squared)
    ci_low, ci_high = calculate_t_interval(n, mean_change, sd_change)
    return PairedChange(
        count=n,
        mean_before=float(sums.before / n),
        sd_before=sd_before,
        mean_after=float(sums.after / n),
        mean_change=mean_change,
        sd_change=sd_change,
        ci_low=ci_low,
        ci_high=ci_high,
        d_t0_sd=mean_change / sd_before if sd_before else None,
        srm=mean_change / sd_change if sd_change else None,
    )


def calculate_standardised_difference(
    mean_a: float, sd_a: float | None, mean_b: float, sd_b: float | None
) -> float | None:
    """How far two groups lie apart in standard deviations; empty without spread.

    (a - b) / sqrt((sd_a^2 + sd_b^2) / 2).

    Source: Austin (2009) Stat Med 28:3083-3107; not a test, and it does not grow with n.
    """
    if sd_a is None or sd_b is None or sd_a == sd_b == 0:
        return None
    return (mean_a - mean_b) / sqrt((sd_a**2 + sd_b**2) / 2)
