"""People in teams in organisations: a mixed model fitted on sums per team, never on rows of people.

A random-intercept model whose predictors are the same for everybody in a cell (a team, or a team in
one year) needs only the number, the sum and the sum of squares of the outcome per cell. The fit is
exact, takes milliseconds at national size, and no row of a person enters it. Random slopes are
outside: no declared hypothesis needs them.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import log, pi, sqrt

import numpy as np

# A variance below this share of the residual variance is reported as zero (a singular fit).
SINGULAR_RATIO = 1e-6
# Share of the variance at which the search begins (the best of these), and where it ends.
STARTS = (0.02, 0.1, 0.3, 0.6)
LARGEST_SHARE = 1 - 1e-9
# A residual variance below this share of the mean square is what floating point leaves of zero.
ROUNDING_ERROR = 1e-12


@dataclass(frozen=True)
class Cell:
    """People with equal predictors: their number, the sum and the sum of squares of the outcome."""

    organisation: str
    team: str
    predictors: tuple[float, ...]
    count: int
    total: float
    total_squared: float


@dataclass(frozen=True)
class NestedFit:
    """A fitted model; ``status`` is fitted, singular (a variance is zero) or not_estimable.

    Coefficients stand in the order intercept, predictors, fixed organisations.
    """

    status: str
    coefficients: tuple[float, ...] = ()
    standard_errors: tuple[float, ...] = ()
    team_variance: float | None = None
    organisation_variance: float | None = None  # empty: organisations are not random here
    residual_variance: float | None = None
    log_likelihood: float | None = None  # restricted


@dataclass(frozen=True)
class _Sums:
    """Sums per team (one row each): people, design, outcome; and products over everybody."""

    counts: np.ndarray
    x: np.ndarray
    y: np.ndarray
    xx: np.ndarray
    xy: np.ndarray
    yy: float
    member: np.ndarray  # organisation x team: 1 when the team belongs to it

    @property
    def size(self) -> int:
        """Number of people."""
        return int(self.counts.sum())


def fit_nested_model(
    cells: Sequence[Cell], has_random_organisation: bool, has_fixed_organisation: bool = False
) -> NestedFit:
    """Restricted maximum likelihood of outcome ~ predictors + (1 | team) (+ (1 | organisation)).

    With V = s2 (I + t 1 1' per team + o 1 1' per organisation) every product with the inverse of V
    follows from team sums (Sherman-Morrison, twice); s2 and the coefficients are profiled out and
    the two variance ratios t, o >= 0 are searched.

    Args:
        cells: one per team, or per team and period.
        has_random_organisation: organisations get a random intercept.
        has_fixed_organisation: organisations get a fixed intercept each (when they are few).

    Source: Bates et al. (2015) J Stat Softw 67(1), section 3 (profiled REML); Laird & Ware (1982)
    Biometrics 38:963-974.
    """
    if not cells:
        return NestedFit("not_estimable")
    sums = _sum_teams(cells, has_fixed_organisation)
    if sums.size <= sums.x.shape[1] + 1:
        return NestedFit("not_estimable")
    if np.linalg.matrix_rank(sums.xx) < len(sums.xy):
        return NestedFit("not_estimable")
    parts = 2 if has_random_organisation else 1
    ratios = _search_ratios(sums, parts)
    is_singular = [ratio < SINGULAR_RATIO for ratio in ratios]
    ratios = [0.0 if zero else ratio for ratio, zero in zip(ratios, is_singular, strict=True)]
    solved = _solve(sums, ratios[0], ratios[1] if parts == 2 else 0.0)
    if solved is None:
        return NestedFit("not_estimable")
    deviance, beta, inverse, variance = solved
    return NestedFit(
        status="singular" if any(is_singular) else "fitted",
        coefficients=tuple(float(value) for value in beta),
        standard_errors=tuple(sqrt(variance * value) for value in np.diag(inverse)),
        team_variance=ratios[0] * variance,
        organisation_variance=ratios[1] * variance if parts == 2 else None,
        residual_variance=variance,
        log_likelihood=-deviance / 2,
    )


def _search_ratios(sums: _Sums, parts: int) -> list[float]:
    """The variance ratios (team, then organisation) with the smallest REML deviance.

    Searched as share of the variance, ratio / (1 + ratio), which is at least 0 and below 1: there
    the deviance has a slope at the edge too. From several starts, as it may have two valleys.
    """
    from scipy.optimize import minimize

    def criterion(shares: np.ndarray) -> float:
        ratios = shares / (1 - shares)
        solved = _solve(sums, float(ratios[0]), float(ratios[1]) if parts == 2 else 0.0)
        return solved[0] if solved else 1e300

    starts = sorted((criterion(start), *start) for start in (np.full(parts, x) for x in STARTS))
    found = minimize(
        criterion,
        np.array(starts[0][1:]),
        method="L-BFGS-B",
        jac="3-point",
        bounds=[(0.0, LARGEST_SHARE)] * parts,
        options={"ftol": 1e-14, "gtol": 1e-7, "maxiter": 200},
    )
    return [float(share / (1 - share)) for share in found.x]


def _sum_teams(cells: Sequence[Cell], has_fixed_organisation: bool) -> _Sums:
    organisations = sorted({cell.organisation for cell in cells})
    teams = sorted({(cell.organisation, cell.team) for cell in cells})
    fixed = organisations[1:] if has_fixed_organisation else []
    rows = np.array(
        [
            [1.0, *cell.predictors, *(float(cell.organisation == other) for other in fixed)]
            for cell in cells
        ]
    )
    counts = np.array([cell.count for cell in cells], float)
    totals = np.array([cell.total for cell in cells], float)
    place = {team: number for number, team in enumerate(teams)}
    owner = np.array([place[cell.organisation, cell.team] for cell in cells])

    def per_team(values: np.ndarray) -> np.ndarray:
        summed = np.zeros((len(teams), *values.shape[1:]))
        np.add.at(summed, owner, values)
        return summed

    member = np.array([[float(team[0] == each) for team in teams] for each in organisations])
    return _Sums(
        counts=per_team(counts),
        x=per_team(rows * counts[:, None]),
        y=per_team(totals),
        xx=(rows * counts[:, None]).T @ rows,
        xy=totals @ rows,
        yy=float(sum(cell.total_squared for cell in cells)),
        member=member,
    )


def _solve(
    sums: _Sums, team_ratio: float, organisation_ratio: float
) -> tuple[float, np.ndarray, np.ndarray, float] | None:
    """REML deviance, coefficients, inverse of X'V^-1X (s2 = 1) and s2; empty when singular in X."""
    spread = 1 + sums.counts * team_ratio
    shrink = team_ratio / spread
    xx = sums.xx - (sums.x * shrink[:, None]).T @ sums.x
    xy = sums.xy - (shrink * sums.y) @ sums.x
    yy = sums.yy - shrink @ sums.y**2
    log_det = np.log(spread).sum()
    if organisation_ratio:
        x_sum = sums.member @ (sums.x / spread[:, None])
        y_sum = sums.member @ (sums.y / spread)
        outer = 1 + organisation_ratio * (sums.member @ (sums.counts / spread))
        weight = organisation_ratio / outer
        xx = xx - (x_sum * weight[:, None]).T @ x_sum
        xy = xy - (weight * y_sum) @ x_sum
        yy = yy - weight @ y_sum**2
        log_det += np.log(outer).sum()
    width = len(xy)
    inverse = np.linalg.inv(xx)
    beta = inverse @ xy
    freedom = sums.size - width
    variance = float(yy - xy @ beta) / freedom
    if variance <= ROUNDING_ERROR * sums.yy / sums.size:
        return None  # everybody has the same outcome, given the predictors
    deviance = log_det + np.linalg.slogdet(xx)[1] + freedom * (1 + log(2 * pi * variance))
    return float(deviance), beta, inverse, variance
