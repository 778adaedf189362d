"""The quality requirements on audits: enough assessors, and a steady rhythm."""

from __future__ import annotations

from calendar import isleap
from datetime import date
from fractions import Fraction

from tests.oracle.knowledge import Knowledge
from tests.oracle.requirements import Result
from tests.oracle.scores import Place

FEWEST_RATERS = 2
GRACE_DAYS = 31
HALF_YEAR = 183 + GRACE_DAYS  # until two years after the baseline
YEAR = 365 + GRACE_DAYS


def check_raters(know: Knowledge, place: Place) -> Result:
    """Every audit of the period has two or more assessors."""
    teams, end = {team_id for _, team_id in place.members}, know.end_of(place.period)
    audits = [
        row["audit_id"]
        for row in know.known("fidelity_audit", "audit_date")
        if row["team_id"] in teams and place.period.first <= row["audit_date"] <= end
    ]
    # An audit delivered as consensus only, or without ratings, does not tell who rated.
    counts = [len(list_raters(know, audit_id)) for audit_id in audits]
    told = [count for count in counts if count > 0]
    value = Fraction(min(told)) if told else None
    norm = Fraction(FEWEST_RATERS)
    if not audits:
        return Result("Q-08", None, norm, "not_applicable", "no_audit")
    if told and min(told) < FEWEST_RATERS:
        return Result("Q-08", value, norm, "not_met", "fails_norm")
    if len(told) < len(counts):
        return Result("Q-08", None, norm, "not_assessable", "raters_unknown")
    return Result("Q-08", value, norm, "met", "meets_norm")


def list_raters(know: Knowledge, audit_id: str) -> set[str]:
    """Assessors with a row of their own; entering the consensus makes nobody an assessor."""
    return {
        row["assessor_id"]
        for row in know.rows("audit_rating")
        if row["audit_id"] == audit_id and not row["is_consensus"]
    }


def check_rhythm(know: Knowledge, team_id: str, end: date) -> Result:
    """The last audit is recent enough on the last known day of the period."""
    if not know.is_team_active(team_id, end, end):
        return Result("Q-09", None, None, "not_applicable", "team_not_active")
    audits = know.known("fidelity_audit", "audit_date")
    if not audits:
        return Result("Q-09", None, None, "not_assessable", "kind_not_delivered")
    own = [row for row in audits if row["team_id"] == team_id and row["audit_date"] <= end]
    baselines = [row["audit_date"] for row in own if row["round"] == "baseline"]
    if not baselines:
        begin = max(know.teams[team_id]["start_date"], know.method_start or date.min)
        norm = Fraction(HALF_YEAR)
        if (end - begin).days <= HALF_YEAR:
            return Result("Q-09", None, norm, "not_applicable", "not_yet_due")
        return Result("Q-09", None, norm, "not_met", "no_baseline")
    days = Fraction((end - max(row["audit_date"] for row in own)).days)
    limit = Fraction(HALF_YEAR if end <= add_two_years(min(baselines)) else YEAR)
    if days <= limit:
        return Result("Q-09", days, limit, "met", "meets_norm")
    return Result("Q-09", days, limit, "not_met", "fails_norm")


def add_two_years(day: date) -> date:
    """The same day two calendar years later; 29 February becomes 28 February."""
    if (day.month, day.day) == (2, 29) and not isleap(day.year + 2):
        return date(day.year + 2, 2, 28)
    return day.replace(year=day.year + 2)


def check_audits(know: Knowledge, place: Place) -> list[Result]:
    """Both for a team; an organisation has no rhythm of its own."""
    results = [check_raters(know, place)]
    if place.level == "team":
        results.append(check_rhythm(know, place.team_id, know.end_of(place.period)))
    return results
