"""Two-sided 95 % intervals: Wilson without continuity correction, and Student's t."""

from fractions import Fraction
from functools import cache
from math import atan, cos, pi, sin, sqrt

Z = 1.959963984540054


def wilson(met: int, counted: int) -> tuple[float, float]:
    """Interval of a share; ``counted`` is positive."""
    share, spread = met / counted, Z * Z / counted
    centre = (share + spread / 2) / (1 + spread)
    half = Z / (1 + spread) * sqrt(share * (1 - share) / counted + spread / (4 * counted))
    return centre - half, centre + half


def student_t(values: list[Fraction]) -> tuple[float, float] | None:
    """Interval of a mean of unit values; None below two values."""
    count = len(values)
    if count < 2:
        return None
    mean = sum(values) / count
    variance = sum((value - mean) ** 2 for value in values) / (count - 1)
    half = find_t_quantile(count - 1) * sqrt(variance / count)
    return float(mean) - half, float(mean) + half


@cache
def find_t_quantile(freedom: int) -> float:
    """The t that holds 95 % of the distribution between -t and t, by bisection."""
    low, high = 0.0, 13.0
    for _ in range(200):
        middle = (low + high) / 2
        if share_within(middle, freedom) < 0.95:
            low = middle
        else:
            high = middle
    return (low + high) / 2


def share_within(t: float, freedom: int) -> float:
    """P(-t <= T <= t) for whole degrees of freedom.

    Source: Abramowitz and Stegun (1964), Handbook of Mathematical Functions, 26.7.3 and 26.7.4.
    """
    angle = atan(t / sqrt(freedom))
    if freedom % 2 == 0:
        term = total = 1.0
        for k in range(1, freedom // 2):
            term *= cos(angle) ** 2 * (2 * k - 1) / (2 * k)
            total += term
        return sin(angle) * total
    if freedom == 1:
        return 2 * angle / pi
    term = total = cos(angle)
    for k in range(1, (freedom - 1) // 2):
        term *= cos(angle) ** 2 * (2 * k) / (2 * k + 1)
        total += term
    return 2 / pi * (angle + sin(angle) * total)
