"""What shares, ratios and ratings count in client files: which records, with what amounts."""

from __future__ import annotations

from collections import defaultdict
from fractions import Fraction

from tests.oracle.knowledge import Knowledge, Trajectory
from tests.oracle.periods import Period
from tests.oracle.shapes import Candidates
from tests.oracle.units import Candidate, yes_no

PLANS_IN_USE = ("active", "closed")


def _own(know: Knowledge, team_id: str, trajectory_id: str) -> Trajectory | None:
    """The trajectory when it is of the method and of this team."""
    trajectory = know.find_method_trajectory(trajectory_id)
    return trajectory if trajectory is not None and trajectory.team_id == team_id else None


def own_words_in_assessment(know: Knowledge, team_id: str, period: Period) -> list[Candidate]:
    found = []
    for row in know.known("strengths_assessment", "assessment_date"):
        if _own(know, team_id, row["trajectory_id"]):
            answer = None if row["own_words"] is None else row["own_words"] == "yes"
            day = row["assessment_date"]
            found.append(yes_no("strengths_assessment", row["assessment_id"], day, answer))
    return found


def _list_goals(know: Knowledge, team_id: str) -> list[dict]:
    """Goals of plans that are more than a draft."""
    plans = {
        row["plan_id"]
        for row in know.known("action_plan", "plan_date")
        if row["status"] in PLANS_IN_USE and _own(know, team_id, row["trajectory_id"])
    }
    return [row for row in know.known("goal", "start_date") if row["plan_id"] in plans]


def goals_with(field: str) -> Candidates:
    def list_candidates(know: Knowledge, team_id: str, period: Period) -> list[Candidate]:
        return [
            yes_no("goal", row["goal_id"], row["start_date"], row[field])
            for row in _list_goals(know, team_id)
        ]

    return list_candidates


def _list_actions(know: Knowledge, team_id: str) -> list[tuple[dict, dict]]:
    goals = {row["goal_id"]: row for row in _list_goals(know, team_id)}
    actions = [row for row in know.rows("action") if row["goal_id"] in goals]
    return [(row, goals[row["goal_id"]]) for row in actions]


def concrete_actions(know: Knowledge, team_id: str, period: Period) -> list[Candidate]:
    """Who and when are both filled; an empty field is a fault of the action, not of recording."""
    return [
        yes_no(
            "action",
            action["action_id"],
            goal["start_date"],
            action["owner"] is not None and action["due_date"] is not None,
        )
        for action, goal in _list_actions(know, team_id)
    ]


def natural_resources(know: Knowledge, team_id: str, period: Period) -> list[Candidate]:
    found = []
    for action, goal in _list_actions(know, team_id):
        answer = None if action["resource"] is None else action["resource"] == "informal"
        found.append(yes_no("action", action["action_id"], goal["start_date"], answer))
    return found


def community_contact(know: Knowledge, team_id: str, period: Period) -> list[Candidate]:
    """A row can stand for several contact moments; moments are what is counted."""
    found = []
    for row in know.known("contact", "contact_date"):
        if row["mode"] != "face_to_face" or row["no_show"]:
            continue
        if _own(know, team_id, row["trajectory_id"]) is None:
            continue
        moments = row["contact_count"]
        in_community = row["place"] in ("home", "community")
        found.append(
            Candidate(
                "contact",
                row["contact_id"],
                row["contact_date"],
                moments if in_community else 0,
                moments,
                reason="not_recorded" if row["place"] is None else None,
                weight=moments,
            )
        )
    return found


def client_at_evaluation(know: Knowledge, team_id: str, period: Period) -> list[Candidate]:
    return [
        yes_no("evaluation", row["evaluation_id"], row["held_date"], row["client_present"])
        for row in know.known("evaluation", "held_date")
        if _own(know, team_id, row["trajectory_id"])
    ]


RATED_DOCUMENTS = {
    "strengths_assessment": ("assessment_id", "assessment_date"),
    "action_plan": ("plan_id", "plan_date"),
}


def ratings_of(subject: str) -> Candidates:
    """Rated documents: the mean of the ratings that others gave in the period."""
    key, date_field = RATED_DOCUMENTS[subject]

    def list_candidates(know: Knowledge, team_id: str, period: Period) -> list[Candidate]:
        documents = {
            row[key]
            for row in know.known(subject, date_field)
            if _own(know, team_id, row["trajectory_id"])
        }
        ratings = defaultdict(list)
        for row in know.known("quality_rating", "rated_date"):
            in_period = period.first <= row["rated_date"] <= know.end_of(period)
            if row["subject"] == subject and row["subject_id"] in documents and in_period:
                ratings[row["subject_id"]].append(row)
        found = []
        for document, rows in ratings.items():
            by_others = [row for row in rows if row["rater_role"] != "self"]
            day = max(row["rated_date"] for row in by_others or rows)
            if by_others:
                mean = Fraction(sum(row["score"] for row in by_others), len(by_others))
                found.append(Candidate(subject, document, day, mean, 1))
            else:
                found.append(Candidate(subject, document, day, reason="not_applicable"))
        return found

    return list_candidates
