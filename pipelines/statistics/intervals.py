"""Two-sided 95 % intervals: Wilson for shares, Student's t for means.

What does not belong here: which figure gets which interval (the shape of the indicator decides).
Scoring computes the same two formulas set-based; a test holds the two together.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from importlib import resources
from math import fsum, sqrt

import yaml

Z_95 = 1.959963984540054  # 97.5 % point of the standard normal distribution
LARGEST_TABLED_DEGREES = 200


@cache
def read_t_quantiles() -> dict[int, float]:
    """The 97.5 % points of Student's t for 1 to 200 degrees of freedom."""
    file = resources.files("pipelines.statistics") / "t_quantiles.yaml"
    return yaml.safe_load(file.read_text(encoding="utf-8"))["quantiles"]


def compute_t_quantile(degrees: int) -> float:
    """The 97.5 % point of Student's t; above 200 degrees by expansion (error below 1e-11).

    Source: Cornish-Fisher expansion of the t quantile, Abramowitz and Stegun 1964, 26.7.5.
    """
    if degrees <= LARGEST_TABLED_DEGREES:
        return read_t_quantiles()[degrees]
    z = Z_95
    return (
        z
        + (z**3 + z) / (4 * degrees)
        + (5 * z**5 + 16 * z**3 + 3 * z) / (96 * degrees**2)
        + (3 * z**7 + 19 * z**5 + 17 * z**3 - 15 * z) / (384 * degrees**3)
        + (79 * z**9 + 776 * z**7 + 1482 * z**5 - 1920 * z**3 - 945 * z) / (92160 * degrees**4)
    )


def compute_wilson_interval(met_count: int, unit_count: int) -> tuple[float, float] | None:
    """The Wilson score interval of a share, without continuity correction; None without units.

    Source: Wilson 1927; Newcombe 1998, Statistics in Medicine 17:857-872, method 3.
    """
    if unit_count == 0:
        return None
    share = met_count / unit_count
    shrink = 1 + Z_95**2 / unit_count
    centre = (share + Z_95**2 / (2 * unit_count)) / shrink
    spread = share * (1 - share) / unit_count + Z_95**2 / (4 * unit_count**2)
    half_width = Z_95 * sqrt(spread) / shrink
    return centre - half_width, centre + half_width


def compute_t_interval(values: Sequence[float]) -> tuple[float, float] | None:
    """The t interval around the mean of ``values``; None for fewer than two values."""
    count = len(values)
    if count < 2:
        return None
    mean = fsum(values) / count
    variance = fsum((value - mean) ** 2 for value in values) / (count - 1)
    half_width = compute_t_quantile(count - 1) * sqrt(variance / count)
    return mean - half_width, mean + half_width
