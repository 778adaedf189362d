"""Do teams that work more according to the method have clients who improve more?

Going together, never causing. One number per team by default; a mixed model over sums per team and
year when there are enough teams. Reported before any p value: how many teams, how far their
fidelity lies apart, and the interval. What does not belong here: reading tables, words for readers.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import groupby
from math import sqrt

from pipelines.statistics.change import find_t_quantile
from pipelines.statistics.nested_model import Cell, NestedFit, fit_nested_model
from pipelines.statistics.regression import fit_line

MINIMUM_TEAMS = 8  # fewer: points only, no inference
MINIMUM_TEAMS_MIXED = 15
MINIMUM_RANDOM_ORGANISATIONS = 6  # fewer: a fixed intercept each
LINE_METHOD = "least_squares_on_team_means_t_teams_minus_2"
MIXED_METHOD = "random_intercepts_reml_t_between_teams"


@dataclass(frozen=True)
class TeamYear:
    """The completers of one team that began in one year: fidelity, and sums of improvement."""

    organisation: str
    team: str
    year: str
    fidelity: float
    count: int
    total: float
    total_squared: float


@dataclass(frozen=True)
class TeamMean:
    """One team over its years: mean fidelity (by completers) and mean improvement."""

    organisation: str
    team: str
    fidelity: float
    improvement: float
    count: int


@dataclass(frozen=True)
class Association:
    """One estimated term; ``status`` says why numbers are empty, ``reading`` what may be said.

    status: given, scatter_only (fewer than 8 teams), too_few_teams (mixed model, fewer than 15),
    no_fidelity_spread, singular (no spread between teams left to estimate), not_estimable.
    reading: more_improvement, less_improvement, cannot_tell, no_inference.
    """

    model: str
    term: str
    method: str
    status: str
    reading: str = "no_inference"
    estimate: float | None = None
    standard_error: float | None = None
    ci_low: float | None = None
    ci_high: float | None = None
    degrees_of_freedom: int | None = None
    p_value: float | None = None
    correlation: float | None = None
    team_variance: float | None = None
    organisation_variance: float | None = None
    residual_variance: float | None = None


@dataclass(frozen=True)
class Evidence:
    """What the estimates rest on, told before them, and the estimates."""

    teams_count: int
    organisations_counted: int
    completers_count: int
    fidelity_lowest: float | None
    fidelity_highest: float | None
    fidelity_sd: float | None
    associations: tuple[Association, ...] = field(default=())


def average_teams(rows: Sequence[TeamYear]) -> list[TeamMean]:
    """One row per team, by organisation and team."""

    def identify(row: TeamYear) -> tuple[str, str]:
        return row.organisation, row.team

    means = []
    for (organisation, team), years in groupby(sorted(rows, key=identify), key=identify):
        own = list(years)
        count = sum(row.count for row in own)
        levels = {row.fidelity for row in own}
        # A mean of equal numbers may differ from them in the last bit.
        mean = sum(row.fidelity * row.count for row in own) / count
        means.append(
            TeamMean(
                organisation,
                team,
                fidelity=levels.pop() if len(levels) == 1 else mean,
                improvement=sum(row.total for row in own) / count,
                count=count,
            )
        )
    return means


def assess_association(rows: Sequence[TeamYear]) -> Evidence:
    """Everything that may be said about fidelity and improvement in these teams.

    Args:
        rows: one per team and year, with fidelity known and enough completers.
    """
    rows = sorted(rows, key=lambda row: (row.organisation, row.team, row.year))
    teams = average_teams(rows)
    levels = [team.fidelity for team in teams]
    return Evidence(
        teams_count=len(teams),
        organisations_counted=len({team.organisation for team in teams}),
        completers_count=sum(team.count for team in teams),
        fidelity_lowest=min(levels, default=None),
        fidelity_highest=max(levels, default=None),
        fidelity_sd=_calculate_spread(levels),
        associations=(_assess_line(teams), *_assess_mixed(rows, teams)),
    )


def _calculate_spread(values: Sequence[float]) -> float | None:
    if len(values) < 2:
        return None
    mean = sum(values) / len(values)
    return sqrt(sum((value - mean) ** 2 for value in values) / (len(values) - 1))


def _read_interval(low: float, high: float) -> str:
    if low > 0:
        return "more_improvement"
    return "less_improvement" if high < 0 else "cannot_tell"


def _assess_line(teams: Sequence[TeamMean]) -> Association:
    name = ("team_line", "fidelity", LINE_METHOD)
    if len(teams) < MINIMUM_TEAMS:
        return Association(*name, status="scatter_only")
    line = fit_line([team.fidelity for team in teams], [team.improvement for team in teams])
    if line is None:
        return Association(*name, status="no_fidelity_spread")
    return Association(
        *name,
        status="given",
        reading=_read_interval(line.ci_low, line.ci_high),
        estimate=line.slope,
        standard_error=line.standard_error,
        ci_low=line.ci_low,
        ci_high=line.ci_high,
        degrees_of_freedom=len(teams) - 2,
        p_value=line.p_value,
        correlation=line.correlation,
    )


def _assess_mixed(rows: Sequence[TeamYear], teams: Sequence[TeamMean]) -> list[Association]:
    if len(teams) < MINIMUM_TEAMS_MIXED:
        return [Association("mixed", "fidelity", MIXED_METHOD, "too_few_teams")]
    own_level = {(team.organisation, team.team): team.fidelity for team in teams}
    is_split = any(row.fidelity != own_level[row.organisation, row.team] for row in rows)
    cells = []
    for row in rows:
        between = own_level[row.organisation, row.team]
        predictors = (between, row.fidelity - between) if is_split else (between,)
        cells.append(
            Cell(row.organisation, row.team, predictors, row.count, row.total, row.total_squared)
        )
    organisations = len({row.organisation for row in rows})
    is_random = organisations >= MINIMUM_RANDOM_ORGANISATIONS
    fit = fit_nested_model(
        cells, has_random_organisation=is_random, has_fixed_organisation=not is_random
    )
    fixed = 0 if is_random else organisations - 1
    freedom = {"between": len(teams) - 2 - fixed, "within": len(rows) - len(teams) - 1}
    if not is_split:
        return [_read_term(fit, 1, "fidelity", freedom["between"])]
    return [
        _read_term(fit, place, term, freedom[term])
        for place, term in ((1, "between"), (2, "within"))
    ]


def _read_term(fit: NestedFit, place: int, term: str, freedom: int) -> Association:
    name = ("mixed", term, MIXED_METHOD)
    if fit.status == "not_estimable" or freedom < 1:
        return Association(*name, status="not_estimable")
    from scipy.special import stdtr

    estimate, error = fit.coefficients[place], fit.standard_errors[place]
    numbers = {
        "estimate": estimate,
        "standard_error": error,
        "team_variance": fit.team_variance,
        "organisation_variance": fit.organisation_variance,
        "residual_variance": fit.residual_variance,
    }
    if fit.team_variance == 0:
        # Clients of a team then count as unrelated, and the interval would be too narrow.
        return Association(*name, status="singular", **numbers)
    half = find_t_quantile(freedom) * error
    return Association(
        *name,
        status="given",
        reading=_read_interval(estimate - half, estimate + half),
        ci_low=estimate - half,
        ci_high=estimate + half,
        degrees_of_freedom=freedom,
        p_value=2 * float(stdtr(freedom, -abs(estimate) / error)),
        **numbers,
    )
