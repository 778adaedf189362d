"""The events that ``within`` and ``current`` look for: their dates on one trajectory."""

from collections import defaultdict
from collections.abc import Callable
from datetime import date

from tests.oracle.knowledge import Knowledge

EventDates = dict[str, list[date]]  # trajectory -> dates


def _collect(know: Knowledge, kind: str, date_field: str, statuses: tuple[str, ...] = ()):
    found: EventDates = defaultdict(list)
    for row in know.known(kind, date_field):
        if not statuses or row["status"] in statuses:
            found[row["trajectory_id"]].append(row[date_field])
    return found


def assessments(know: Knowledge) -> EventDates:
    return _collect(know, "strengths_assessment", "assessment_date")


def self_regulation_reviews(know: Knowledge) -> EventDates:
    return _collect(know, "self_regulation_review", "review_date")


def plans_in_use(know: Knowledge) -> EventDates:
    """A draft is not yet a plan."""
    return _collect(know, "action_plan", "plan_date", statuses=("active", "closed"))


def held_evaluations(know: Knowledge) -> EventDates:
    return _collect(know, "evaluation", "held_date")


def team_review_cases(know: Knowledge) -> EventDates:
    """Discussed in a held review of any team of the organisation."""
    found: EventDates = defaultdict(list)
    for row in know.rows("team_review_case"):
        review = know.held_reviews.get(row["review_id"])
        if review is not None:
            found[row["trajectory_id"]].append(review["held_date"])
    return found


Events = Callable[[Knowledge], EventDates]
