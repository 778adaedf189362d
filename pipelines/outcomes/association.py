"""Do teams that work more according to the method have clients who improve more?

Going together, never causing. One number per team by default; a mixed model over sums per team and
year when there are enough teams. Teams of one organisation are alike in more than their fidelity,
so that the leading answer holds each team beside those of its own organisation. Reported before any
p value: how many teams, how far their fidelity lies apart, and the interval. What does not belong
here: reading tables, words for readers.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import groupby
from math import sqrt

from pipelines.outcomes.evidence import (
    Association,
    Evidence,
    TeamMean,
    TeamYear,
    read_interval,
)
from pipelines.outcomes.mixed_association import assess_mixed
from pipelines.statistics.regression import Line, fit_line

MINIMUM_TEAMS = 8  # fewer: points only, no inference
# Teams beside teams of their own organisation: with fewer degrees of freedom nothing can be told.
MINIMUM_FREEDOM_WITHIN = 3
LINE_METHOD = "least_squares_on_team_means_t_teams_minus_2"
WITHIN_METHOD = "least_squares_within_organisations_t_teams_minus_organisations_minus_1"


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
        associations=(*assess_lines(teams), *assess_mixed(rows, teams)),
    )


def _calculate_spread(values: Sequence[float]) -> float | None:
    if len(values) < 2:
        return None
    mean = sum(values) / len(values)
    return sqrt(sum((value - mean) ** 2 for value in values) / (len(values) - 1))


def assess_lines(teams: Sequence[TeamMean]) -> list[Association]:
    """The lines through one number per team, one of them leading.

    Of one organisation there is one line. Of several, each team is also held beside teams of its
    own organisation, and that leads unless hardly any teams share one: what teams of an
    organisation have in common makes the line through all teams call chance a finding too often.
    """
    organisations = [team.organisation for team in teams]
    common = _assess_line(teams, "team_line", LINE_METHOD)
    if len(set(organisations)) < 2:
        return [replace(common, is_leading=True)]
    beside = _assess_line(teams, "team_line_within", WITHIN_METHOD, organisations)
    leads = beside.status != "too_few_beside"
    return [replace(beside, is_leading=leads), replace(common, is_leading=not leads)]


def _assess_line(
    teams: Sequence[TeamMean], model: str, method: str, groups: Sequence[str] | None = None
) -> Association:
    name = (model, "fidelity", method)
    if len(teams) < MINIMUM_TEAMS:
        return Association(*name, status="scatter_only")
    if groups is not None and len(teams) - len(set(groups)) - 1 < MINIMUM_FREEDOM_WITHIN:
        return Association(*name, status="too_few_beside")
    line = fit_line([team.fidelity for team in teams], [team.improvement for team in teams], groups)
    if line is None:
        return Association(*name, status="no_fidelity_spread")
    return _tell_line(name, line)


def _tell_line(name: tuple[str, str, str], line: Line) -> Association:
    return Association(
        *name,
        status="given",
        reading=read_interval(line.ci_low, line.ci_high),
        estimate=line.slope,
        standard_error=line.standard_error,
        ci_low=line.ci_low,
        ci_high=line.ci_high,
        degrees_of_freedom=line.degrees_of_freedom,
        p_value=line.p_value,
        correlation=line.correlation,
    )
