"""Teams compared by their shares, allowing for size and for more spread than chance gives.

A funnel says which teams lie further out than size and common spread explain. It never says that a
team is good or bad, and it makes no league table. What does not belong here: drawing.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import asin, pi, sin, sqrt

MINIMUM_TEAMS = 10  # fewer: no adjustment, with a note
WINSORISE_SHARE = 0.1


@dataclass(frozen=True)
class FunnelPoint:
    """One team in the funnel."""

    z: float
    adjusted_z: float
    position: str  # within, beyond_2_sd, beyond_3_sd


@dataclass(frozen=True)
class Funnel:
    """A funnel; ``note`` is empty, ``no_data`` or ``too_few_teams_to_adjust`` (phi, tau2 empty)."""

    target: float | None
    phi: float | None
    tau2: float | None
    note: str | None
    points: tuple[FunnelPoint, ...]

    def find_limits(
        self, denominator: int, sd_count: int, is_adjusted: bool = True
    ) -> tuple[float, float]:
        """The shares between which a team of this size lies within ``sd_count`` SDs.

        Adjusted: allowing for the spread between teams; unadjusted: for chance alone.
        """
        centre = asin(sqrt(self.target))
        spread = (self.tau2 or 0.0) if is_adjusted else 0.0
        half = sd_count * sqrt(1 / (4 * denominator) + spread)
        return sin(max(0.0, centre - half)) ** 2, sin(min(pi / 2, centre + half)) ** 2


def find_quantile(ordered: Sequence[float], probability: float) -> float:
    """The type-7 quantile (linear between order statistics) of ordered values."""
    place = probability * (len(ordered) - 1)
    low = int(place)
    high = min(low + 1, len(ordered) - 1)
    return ordered[low] + (place - low) * (ordered[high] - ordered[low])


def winsorise(values: Sequence[float], share: float = WINSORISE_SHARE) -> list[float]:
    """The values with the outermost ones pulled in to the type-7 quantiles."""
    ordered = sorted(values)
    low, high = find_quantile(ordered, share), find_quantile(ordered, 1 - share)
    return [min(max(value, low), high) for value in values]


def build_funnel(numerators: Sequence[int], denominators: Sequence[int]) -> Funnel:
    """The funnel of shares against their pooled share, in the order given.

    y = asin(sqrt(r/n)), s = 1/(2 sqrt n), z = (y - target)/s; phi = mean of the squared winsorised
    z; tau2 = (J phi - (J-1)) / (sum w - sum w^2 / sum w), w = 1/s^2, not below zero;
    adjusted z = (y - target)/sqrt(s^2 + tau2).

    Args:
        numerators: met units per team.
        denominators: counted units per team, all above zero.

    Source: Spiegelhalter (2005) Qual Saf Health Care 14:347-351 and Stat Med 24:1185-1202.
    """
    if not denominators:
        return Funnel(None, None, None, "no_data", ())
    target = sum(numerators) / sum(denominators)
    centre = asin(sqrt(target))
    errors = [1 / (2 * sqrt(n)) for n in denominators]
    distances = [asin(sqrt(r / n)) - centre for r, n in zip(numerators, denominators, strict=True)]
    z_scores = [distance / error for distance, error in zip(distances, errors, strict=True)]
    phi = tau2 = None
    note = None
    if len(z_scores) < MINIMUM_TEAMS:
        note = "too_few_teams_to_adjust"
    else:
        phi = sum(z**2 for z in winsorise(z_scores)) / len(z_scores)
        tau2 = _estimate_tau2(phi, errors)
    points = []
    for distance, error, z in zip(distances, errors, z_scores, strict=True):
        adjusted = distance / sqrt(error**2 + (tau2 or 0.0))
        points.append(FunnelPoint(z, adjusted, _find_position(adjusted)))
    return Funnel(target, phi, tau2, note, tuple(points))


def _estimate_tau2(phi: float, errors: Sequence[float]) -> float:
    weights = [1 / error**2 for error in errors]
    surplus = len(errors) * phi - (len(errors) - 1)
    total = sum(weights)
    return max(0.0, surplus / (total - sum(weight**2 for weight in weights) / total))


def _find_position(adjusted_z: float) -> str:
    if abs(adjusted_z) > 3:
        return "beyond_3_sd"
    return "beyond_2_sd" if abs(adjusted_z) > 2 else "within"
