"""The intraclass correlation of totals: agreement of raters on a scale with intervals."""

from collections.abc import Sequence
from dataclasses import dataclass

from pipelines.statistics.agreement import Coefficient, undefined


@dataclass(frozen=True)
class MeanSquares:
    """Mean squares of a two-way table without repeats: between targets, judges, and the rest."""

    targets: float
    judges: float
    error: float


def calculate_mean_squares(table: Sequence[Sequence[float]]) -> MeanSquares:
    """The mean squares of a full table, one row per target and one column per judge."""
    n, k = len(table), len(table[0])
    grand = sum(map(sum, table)) / (n * k)
    rows = [sum(row) / k for row in table]
    columns = [sum(column) / n for column in zip(*table, strict=True)]
    error = sum(
        (table[i][j] - rows[i] - columns[j] + grand) ** 2 for i in range(n) for j in range(k)
    )
    return MeanSquares(
        targets=k * sum((mean - grand) ** 2 for mean in rows) / (n - 1),
        judges=n * sum((mean - grand) ** 2 for mean in columns) / (k - 1),
        error=error / ((n - 1) * (k - 1)),
    )


def calculate_icc_2_1(table: Sequence[Sequence[float]]) -> Coefficient:
    """ICC(2,1): absolute agreement of single ratings, judges a sample of all judges.

    (BMS - EMS) / (BMS + (k-1) EMS + k (JMS - EMS) / n), n targets, k judges. Can be below zero.

    Source: Shrout & Fleiss (1979) Psychol Bull 86:420-428. Undefined with fewer than two targets or
    judges, or when every rating is equal.
    """
    n = len(table)
    if n < 2 or len(table[0]) < 2:
        return undefined(n, "fewer_than_two_targets_or_judges")
    if len({rating for row in table for rating in row}) == 1:
        return undefined(n, "all_ratings_equal")
    squares, k = calculate_mean_squares(table), len(table[0])
    divisor = squares.targets + (k - 1) * squares.error + k * (squares.judges - squares.error) / n
    return Coefficient((squares.targets - squares.error) / divisor, n)


def calculate_icc_2_1_interval(table: Sequence[Sequence[float]]) -> tuple[float, float] | None:
    """The 95 % interval of ICC(2,1) (Shrout & Fleiss 1979, eq. 8); empty when it is undefined."""
    from scipy.special import fdtri

    coefficient = calculate_icc_2_1(table)
    squares = calculate_mean_squares(table) if coefficient.value is not None else None
    if squares is None or squares.error == 0:
        return None
    n, k, rho = len(table), len(table[0]), coefficient.value
    ratio = squares.judges / squares.error
    spread = n * (1 + (k - 1) * rho) - k * rho
    freedom = ((k - 1) * (n - 1) * (k * rho * ratio + spread) ** 2) / (
        (n - 1) * (k * rho * ratio) ** 2 + spread**2
    )
    upper_f = fdtri(n - 1, freedom, 0.975)
    lower_f = fdtri(freedom, n - 1, 0.975)
    rest = k * squares.judges + (k * n - k - n) * squares.error
    low = n * (squares.targets - upper_f * squares.error) / (upper_f * rest + n * squares.targets)
    high = n * (lower_f * squares.targets - squares.error) / (rest + n * lower_f * squares.targets)
    return float(low), float(high)
