"""What fidelity and outcome rest on, and what was estimated: the rows, nothing calculated.

What does not belong here: estimating (``association``, ``mixed_association``).
"""

from __future__ import annotations

from dataclasses import dataclass, field


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

    model: team_line (all teams), team_line_within (beside teams of the same organisation; only of
    several organisations), mixed.
    term: fidelity; in the mixed model also between (teams) and within (years of a team) where it
    varies over time.
    status: given, scatter_only (fewer than 8 teams), too_few_teams (mixed model, fewer than 15),
    too_few_beside (too few teams that share an organisation), no_fidelity_spread, singular (no
    spread between teams left to estimate), not_estimable.
    reading: more_improvement, less_improvement, cannot_tell, no_inference.
    is_leading: the one from which the answer is taken.
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
    is_leading: bool = False


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


def read_interval(low: float, high: float) -> str:
    """What may be said of an interval around nought."""
    if low > 0:
        return "more_improvement"
    return "less_improvement" if high < 0 else "cannot_tell"
