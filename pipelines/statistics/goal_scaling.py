"""Goal attainment scaling: one score for the goals of one person.

What does not belong here: which goals are taken together.
"""

from collections.abc import Sequence
from math import sqrt

# Assumed correlation between goals, Kiresuk & Sherman (1968).
GOAL_CORRELATION = 0.3


def calculate_gas_t(
    scores: Sequence[float], weights: Sequence[float], correlation: float = GOAL_CORRELATION
) -> float | None:
    """The T score of a set of goals; 50 = exactly as expected, empty without weight.

    T = 50 + 10 sum(w x) / sqrt((1 - rho) sum(w^2) + rho (sum w)^2), x from -2 to +2. The first sum
    under the root takes the SQUARED weights; a widely copied version forgets the square.

    Source: Kiresuk & Sherman (1968) Community Ment Health J 4:443-453; the square as in the erratum
    to Turner-Stokes (2009) Clin Rehabil 23:362-370.

    Raises:
        ValueError: there are not as many weights as scores.
    """
    pairs = list(zip(scores, weights, strict=True))
    weighted = sum(weight * score for score, weight in pairs)
    spread = (1 - correlation) * sum(weight**2 for _, weight in pairs)
    spread += correlation * sum(weight for _, weight in pairs) ** 2
    return 50 + 10 * weighted / sqrt(spread) if spread else None
