"""Team results pulled towards the common mean, and how sure their order is.

For comparisons: a small team with an extreme result mostly had luck. What does not belong here:
league tables; the rank intervals exist to show that the order cannot be told.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from math import sqrt
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np

RANK_DRAWS = 4000
FEWEST_RANK_DRAWS = 1000
DRAWN_VALUES = 100_000  # of many teams fewer worlds are drawn: the ranks are then coarse enough
RANK_SEED = 20260101  # any fixed number: the same input gives the same bytes


@dataclass(frozen=True)
class Shrinkage:
    """Common mean ``mu``, spread between teams ``tau2``, and a shrunken value per team."""

    q: float
    tau2: float
    mu: float
    se_mu: float
    values: tuple[float, ...]
    errors: tuple[float, ...]  # of the shrunken values: own noise left, and that of the mean


def shrink_values(values: Sequence[float], variances: Sequence[float]) -> Shrinkage:
    """Empirical-Bayes values: each result weighted with the common mean by its own precision.

    w = 1/v; Q = sum w (y - mean_w)^2; tau2 = (Q - (J-1)) / (sum w - sum w^2/sum w), not below zero;
    mu with weights 1/(v + tau2); B = tau2/(tau2 + v); value = mu + B (y - mu), with variance
    B v + (1 - B)^2 se_mu^2.

    Args:
        values: one result per team, two or more.
        variances: the squared standard errors of those results, all above zero.

    Source: DerSimonian & Laird (1986) Control Clin Trials 7:177-188; Morris (1983) JASA 78:47-55.

    Raises:
        ValueError: fewer than two results, or a variance that is not positive.
    """
    if len(values) < 2 or min(variances) <= 0:
        raise ValueError("shrinkage needs two or more results with positive variances")
    weights = [1 / variance for variance in variances]
    total = sum(weights)
    fixed = sum(w * y for w, y in zip(weights, values, strict=True)) / total
    q = sum(w * (y - fixed) ** 2 for w, y in zip(weights, values, strict=True))
    divisor = total - sum(w**2 for w in weights) / total
    tau2 = max(0.0, (q - (len(values) - 1)) / divisor)
    random_weights = [1 / (variance + tau2) for variance in variances]
    mu = sum(w * y for w, y in zip(random_weights, values, strict=True)) / sum(random_weights)
    se_mu = sqrt(1 / sum(random_weights))
    pulls = [tau2 / (tau2 + variance) for variance in variances]
    return Shrinkage(
        q,
        tau2,
        mu,
        se_mu,
        values=tuple(mu + pull * (y - mu) for y, pull in zip(values, pulls, strict=True)),
        errors=tuple(
            sqrt(pull * variance + ((1 - pull) * se_mu) ** 2)
            for pull, variance in zip(pulls, variances, strict=True)
        ),
    )


@lru_cache(maxsize=8)
def draw_worlds(draws: int, teams: int) -> tuple[np.ndarray, np.ndarray]:
    """Standard normal noise of the common mean and of each team, the same for every measure."""
    import numpy as np

    # RandomState's stream is frozen by numpy's own policy; the newer generators may change.
    source = np.random.RandomState(RANK_SEED)
    return source.standard_normal((draws, 1)), source.standard_normal((draws, teams))


def simulate_rank_intervals(
    values: Sequence[float], variances: Sequence[float]
) -> tuple[tuple[int, int], ...]:
    """The ranks (1 = lowest) between which each team lies in 95 % of simulated worlds.

    Each draw takes a common mean and then a true value per team from the empirical-Bayes posterior.
    Without any spread between teams (tau2 = 0) nothing can be told: every interval is 1..J.

    Source: Goldstein & Spiegelhalter (1996) J R Stat Soc A 159:385-443.
    """
    import numpy as np

    estimate = shrink_values(values, variances)
    teams = len(values)
    if estimate.tau2 == 0:
        return tuple((1, teams) for _ in values)
    draws = min(RANK_DRAWS, max(FEWEST_RANK_DRAWS, DRAWN_VALUES // teams))
    common, own = draw_worlds(draws, teams)
    results, noise = np.asarray(values, float), np.asarray(variances, float)
    pull = estimate.tau2 / (estimate.tau2 + noise)
    mean = estimate.mu + estimate.se_mu * common
    spread = np.sqrt(estimate.tau2 * noise / (estimate.tau2 + noise))
    true = mean + pull * (results - mean) + spread * own
    ranks = np.empty((draws, teams), np.int32)
    np.put_along_axis(ranks, true.argsort(axis=1), np.arange(1, teams + 1, dtype=np.int32), axis=1)
    places = int(0.025 * draws), int(np.ceil(0.975 * draws)) - 1
    ranks.partition(places, axis=0)
    low, high = ranks[places[0]], ranks[places[1]]
    return tuple((int(a), int(b)) for a, b in zip(low, high, strict=True))
