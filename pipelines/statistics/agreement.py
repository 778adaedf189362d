"""How far two or more raters agree: shares of equal ratings, weighted kappa, Gwet, Krippendorff.

A coefficient that cannot be calculated is empty with a reason, never 0 or 1. Ratings that are all
the same leave nothing to judge agreement by: every coefficient is then undefined here, also Gwet's,
whose formula would give 1. What does not belong here: who rated what (``pipelines.scoring``), and
the intraclass correlation (``intraclass``).
"""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

Rating = int | float | None
MINIMUM_PAIRS = 10  # no coefficient on fewer


@dataclass(frozen=True)
class Coefficient:
    """One coefficient: ``status`` given, too_few or undefined; ``reason`` says why it is empty."""

    value: float | None
    count: int
    status: str = "given"
    reason: str | None = None


def undefined(count: int, reason: str) -> Coefficient:
    """An empty coefficient with its reason."""
    return Coefficient(None, count, "undefined", reason)


def withhold_if_few(coefficient: Coefficient, minimum: int = MINIMUM_PAIRS) -> Coefficient:
    """The coefficient, emptied with status ``too_few`` below ``minimum`` pairs."""
    if coefficient.count >= minimum:
        return coefficient
    return replace(coefficient, value=None, status="too_few", reason=f"fewer_than_{minimum}")


def share_within(pairs: Sequence[tuple[float, float]], distance: float = 0) -> Coefficient:
    """The share of pairs that differ by at most ``distance`` (0: exactly equal)."""
    if not pairs:
        return undefined(0, "no_pairs")
    met = sum(abs(a - b) <= distance for a, b in pairs)
    return Coefficient(met / len(pairs), len(pairs))


def make_weights(kind: str, categories: Sequence[float]) -> list[list[float]]:
    """Agreement weights between categories (1 = equal): identity, linear, quadratic, ordinal.

    Ordinal: 1 - C(|i-j|+1, 2) / C(q, 2) on ranks, Gwet (2014).

    Raises:
        ValueError: an unknown kind.
    """
    span = categories[-1] - categories[0]
    ranks = range(len(categories))
    pairs_count = len(categories) * (len(categories) - 1)
    rules: dict[str, Callable[[int, int], float]] = {
        "identity": lambda i, j: float(i == j),
        "linear": lambda i, j: 1 - abs(categories[i] - categories[j]) / span,
        "quadratic": lambda i, j: 1 - ((categories[i] - categories[j]) / span) ** 2,
        "ordinal": lambda i, j: 1 - abs(i - j) * (abs(i - j) + 1) / pairs_count,
    }
    if kind not in rules:
        raise ValueError(f"unknown weights {kind!r}")
    return [[rules[kind](i, j) for j in ranks] for i in ranks]


def calculate_kappa_of_table(
    table: Sequence[Sequence[float]], weights: Sequence[Sequence[float]]
) -> Coefficient:
    """Weighted kappa of a square table of counts (rows: rater A, columns: rater B).

    kappa = (p_o - p_e) / (1 - p_e), p_o = sum w p_ij, p_e = sum w p_i. p_.j.

    Source: Cohen (1968) Psychol Bull 70:213-220. Undefined when neither rater varies.
    """
    total = sum(map(sum, table))
    count = round(total)
    if total == 0:
        return undefined(0, "no_pairs")
    rows = [sum(row) / total for row in table]
    columns = [sum(column) / total for column in zip(*table, strict=True)]
    if max(rows) == 1 and max(columns) == 1:
        return undefined(count, "both_raters_constant")
    places = range(len(table))
    observed = sum(weights[i][j] * table[i][j] / total for i in places for j in places)
    expected = sum(weights[i][j] * rows[i] * columns[j] for i in places for j in places)
    return Coefficient((observed - expected) / (1 - expected), count)


def calculate_weighted_kappa(
    pairs: Sequence[tuple[float, float]], categories: Sequence[float], kind: str = "quadratic"
) -> Coefficient:
    """Weighted kappa of pairs on the *whole* scale, not only on the categories that occur.

    Raises:
        ValueError: a rating that is not one of ``categories``.
    """
    place = {category: i for i, category in enumerate(categories)}
    table = [[0] * len(categories) for _ in categories]
    for a, b in pairs:
        if a not in place or b not in place:
            raise ValueError(f"a rating outside the scale {list(categories)}")
        table[place[a]][place[b]] += 1
    return calculate_kappa_of_table(table, make_weights(kind, categories))


def calculate_gwet_ac(
    units: Sequence[Sequence[Rating]], categories: Sequence[float], kind: str = "quadratic"
) -> Coefficient:
    """Gwet's AC1 (kind identity) or AC2 (other weights) for two or more raters, with gaps.

    p_a = mean over units with two or more ratings of sum_k r_ik (r*_ik - 1) / (r_i (r_i - 1));
    p_e = sum(w) / (q (q-1)) sum_k pi_k (1 - pi_k); AC = (p_a - p_e) / (1 - p_e).

    Args:
        units: one row per rated unit, one rating per rater, None where a rater gave none.
        categories: the whole scale, in order.

    Source: Gwet (2014) Handbook of Inter-Rater Reliability, 4th edition. Count = units with two or
    more ratings.
    """
    counts = [[sum(rating == c for rating in unit) for c in categories] for unit in units]
    rated = [row for row in counts if sum(row)]
    paired = [row for row in rated if sum(row) >= 2]
    if not paired:
        return undefined(0, "no_pairs")
    if sum(any(row[k] for row in rated) for k in range(len(categories))) == 1:
        return undefined(len(paired), "all_ratings_equal")
    observed, expected = find_gwet_shares(rated, make_weights(kind, categories))
    return Coefficient((observed - expected) / (1 - expected), len(paired))


def find_gwet_shares(
    rated: Sequence[Sequence[int]], weights: Sequence[Sequence[float]]
) -> tuple[float, float]:
    """p_a and p_e of :func:`calculate_gwet_ac`.

    Args:
        rated: per unit with a rating, how often each category was given; one unit has two or more.
        weights: agreement between categories.
    """
    size = len(weights)
    places = range(size)
    paired = [row for row in rated if sum(row) >= 2]
    observed = 0.0
    for row in paired:
        weighted = [sum(weights[k][other] * row[other] for other in places) for k in places]
        raters = sum(row)
        observed += sum(row[k] * (weighted[k] - 1) for k in places) / (raters * (raters - 1))
    prevalence = [sum(row[k] / sum(row) for row in rated) / len(rated) for k in places]
    expected = sum(map(sum, weights)) / (size * (size - 1))
    expected *= sum(share * (1 - share) for share in prevalence)
    return observed / len(paired), expected


def calculate_krippendorff_alpha(
    units: Sequence[Sequence[Rating]], metric: str = "ordinal"
) -> Coefficient:
    """Krippendorff's alpha for any number of raters, with gaps.

    alpha = 1 - D_o / D_e over the coincidence matrix; ordinal distance between ranks c and k is
    (sum of the frequencies from c to k - (n_c + n_k)/2)^2; nominal, interval and ratio as usual.

    Source: Krippendorff (2011) Computing Krippendorff's Alpha-Reliability. Count = units with two
    or more ratings. The ordinal metric is not Gwet's ordinal weighting.
    """
    paired = [known for unit in units if len(known := [r for r in unit if r is not None]) >= 2]
    if not paired:
        return undefined(0, "no_pairs")
    frequency = Counter(rating for unit in paired for rating in unit)
    values = sorted(frequency)
    if len(values) == 1:
        return undefined(len(paired), "all_ratings_equal")
    distance = _make_distance(metric, values, frequency)
    total = sum(frequency.values())
    observed = 0.0
    for unit in paired:
        counts = Counter(unit)
        pairs = sum(
            counts[a] * counts[b] * distance(a, b) for a in counts for b in counts if a != b
        )
        observed += pairs / (len(unit) - 1)
    expected = sum(
        frequency[a] * frequency[b] * distance(a, b) for a in values for b in values if a != b
    )
    return Coefficient(1 - (total - 1) * observed / expected, len(paired))


def _make_distance(
    metric: str, values: Sequence[float], frequency: Counter
) -> Callable[[float, float], float]:
    def between_ranks(a: float, b: float) -> float:
        low, high = min(a, b), max(a, b)
        spanned = sum(frequency[value] for value in values if low <= value <= high)
        return (spanned - (frequency[a] + frequency[b]) / 2) ** 2

    metrics: dict[str, Callable[[float, float], float]] = {
        "nominal": lambda a, b: float(a != b),
        "ordinal": between_ranks,
        "interval": lambda a, b: (a - b) ** 2,
        "ratio": lambda a, b: ((a - b) / (a + b)) ** 2,
    }
    if metric not in metrics:
        raise ValueError(f"unknown metric {metric!r}")
    return metrics[metric]
