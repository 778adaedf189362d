"""The mixed model of fidelity and outcome: clients in teams in organisations, from 15 teams on.

It is told beside the lines through one number per team and never leads. What does not belong here:
fitting (``pipelines.statistics.nested_model``).
"""

from __future__ import annotations

from collections.abc import Sequence

from pipelines.outcomes.evidence import Association, TeamMean, TeamYear, read_interval
from pipelines.statistics.change import find_t_quantile
from pipelines.statistics.nested_model import Cell, NestedFit, fit_nested_model

MINIMUM_TEAMS_MIXED = 15
MINIMUM_RANDOM_ORGANISATIONS = 6  # fewer: a fixed intercept each
MIXED_METHOD = "random_intercepts_reml_t_between_teams"


def assess_mixed(rows: Sequence[TeamYear], teams: Sequence[TeamMean]) -> list[Association]:
    """The terms of the mixed model, or why there is none.

    From six organisations on they are a sample of organisations, and their mean fidelity is a
    predictor of its own: what is left tells teams of one organisation apart. Fewer have a fixed
    intercept each, which does the same. How organisations differ is not told: with few of them
    that term called chance a finding in up to 8 % of simulated worlds.

    Source: within-between model: Bell & Jones (2015) Polit Sci Res Methods 3:133-153.
    """
    if len(teams) < MINIMUM_TEAMS_MIXED:
        return [Association("mixed", "fidelity", MIXED_METHOD, "too_few_teams")]
    own_level = {(team.organisation, team.team): team.fidelity for team in teams}
    houses = _average_organisations(teams)
    # One team each: what an organisation adds cannot be told from what its team adds.
    is_nested = len(houses) < len(teams)
    is_random = is_nested and len(houses) >= MINIMUM_RANDOM_ORGANISATIONS
    is_apart = is_random and len(set(houses.values())) > 1
    is_split = any(row.fidelity != own_level[row.organisation, row.team] for row in rows)
    cells = []
    for row in rows:
        level = own_level[row.organisation, row.team]
        house = houses[row.organisation] if is_apart else 0.0
        predictors = [level - house]
        predictors += [row.fidelity - level] if is_split else []
        predictors += [house] if is_apart else []
        sums = row.count, row.total, row.total_squared
        cells.append(Cell(row.organisation, row.team, tuple(predictors), *sums))
    fit = fit_nested_model(
        cells,
        has_random_organisation=is_random,
        has_fixed_organisation=is_nested and not is_random,
    )
    freedom = {
        "between": len(teams) - 1 - (len(houses) if is_nested else 1),
        "within": len(rows) - len(teams) - 1,
    }
    terms = ["between", "within"] if is_split else ["fidelity"]
    freedom["fidelity"] = freedom["between"]
    return [_read_term(fit, place, term, freedom[term]) for place, term in enumerate(terms, 1)]


def _average_organisations(teams: Sequence[TeamMean]) -> dict[str, float]:
    """Organisation -> mean fidelity of its teams."""
    found: dict[str, list[float]] = {}
    for team in teams:
        found.setdefault(team.organisation, []).append(team.fidelity)
    return {name: sum(levels) / len(levels) for name, levels in found.items()}


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
        reading=read_interval(estimate - half, estimate + half),
        ci_low=estimate - half,
        ci_high=estimate + half,
        degrees_of_freedom=freedom,
        p_value=2 * float(stdtr(freedom, -abs(estimate) / error)),
        **numbers,
    )
