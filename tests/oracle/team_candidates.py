"""What ratios and shares count of a team itself: its workers and its team reviews."""

from __future__ import annotations

from collections import defaultdict
from datetime import timedelta
from fractions import Fraction

from tests.oracle.knowledge import Knowledge
from tests.oracle.periods import Period
from tests.oracle.units import Candidate, yes_no

# -- workers -----------------------------------------------------------------------------------


def _list_workers(know: Knowledge, team_id: str, period: Period) -> dict[str, list[dict]]:
    """Rows of support workers active at E, by worker: the unit is the worker within a team."""
    workers = defaultdict(list)
    for row in know.list_support_rows(know.end_of(period), team_id):
        workers[row["worker_id"]].append(row)
    return workers


def _hours(rows: list[dict]) -> tuple[Fraction, Fraction] | None:
    """(contract hours, hours on other duties); None when one of them is not recorded."""
    fields = ("contract_hours", "other_duty_hours")
    if any(row[name] is None for row in rows for name in fields):
        return None
    contract, other = (sum(Fraction(row[name]) for row in rows) for name in fields)
    return contract, other


def time_on_method(know: Knowledge, team_id: str, period: Period) -> list[Candidate]:
    end, found = know.end_of(period), []
    for worker_id, rows in _list_workers(know, team_id, period).items():
        unit_id, hours = f"{team_id}|{worker_id}", _hours(rows)
        if hours is None:
            found.append(Candidate("worker", unit_id, end, reason="not_recorded"))
        else:
            contract, other = hours
            found.append(Candidate("worker", unit_id, end, contract - other, contract))
    return found


def mixed_duties(know: Knowledge, team_id: str, period: Period) -> list[Candidate]:
    end, found = know.end_of(period), []
    for worker_id, rows in _list_workers(know, team_id, period).items():
        hours = _hours(rows)
        answer = None if hours is None else hours[1] > 0
        found.append(yes_no("worker", f"{team_id}|{worker_id}", end, answer))
    return found


def caseload(know: Knowledge, team_id: str, period: Period) -> list[Candidate]:
    """Open trajectories of every programme over the fte of the workers."""
    end = know.end_of(period)
    found = [
        Candidate("trajectory", t.trajectory_id, end, 1, 0, adds_to_count=False)
        for t in know.trajectories.values()
        if t.team_id == team_id and t.is_open(end)
    ]
    for worker_id, rows in _list_workers(know, team_id, period).items():
        fte = sum(Fraction(row["fte"]) for row in rows)
        found.append(Candidate("worker", f"{team_id}|{worker_id}", end, 0, fte))
    return found


def basic_training(know: Knowledge, team_id: str, period: Period) -> list[Candidate]:
    end, found = know.end_of(period), []
    days = timedelta(days=know.setting("krachtwerk", "training_days"))
    for worker_id in _list_workers(know, team_id, period):
        rows = [row for row in know.rows("worker") if row["worker_id"] == worker_id]
        trained = any(
            row["worker_id"] == worker_id
            and row["kind"] == "basic"
            and row["completed"]
            and (row["completed_date"] is None or row["completed_date"] <= end)
            for row in know.rows("training")
        )
        unit = yes_no("worker", f"{team_id}|{worker_id}", end, trained)
        if end - min(row["start_date"] for row in rows) < days:
            # New workers are left out whether or not they already took the training.
            unit = Candidate(unit.kind, unit.unit_id, end, reason="too_young", is_yes_no=True)
        found.append(unit)
    return found


# -- team reviews ------------------------------------------------------------------------------


def attendance(know: Knowledge, team_id: str, period: Period) -> list[Candidate]:
    found = []
    for review_id, row in know.held_reviews.items():
        if row["team_id"] == team_id:
            expected = row["expected_count"]
            present = min(row["present_count"], expected)
            found.append(Candidate("review", review_id, row["held_date"], present, expected))
    return found


def assessment_tabled(know: Knowledge, team_id: str, period: Period) -> list[Candidate]:
    """Cases of the reviewing team, also when the trajectory belongs to another team."""
    found = []
    for row in know.rows("team_review_case"):
        review = know.held_reviews.get(row["review_id"])
        if review is None or review["team_id"] != team_id:
            continue
        if know.find_method_trajectory(row["trajectory_id"]) is None:
            continue
        unit_id = f"{row['review_id']}|{row['trajectory_id']}"
        answer = row["strengths_assessment_present"]
        found.append(yes_no("case", unit_id, review["held_date"], answer))
    return found


def steps_followed(know: Knowledge, team_id: str, period: Period) -> list[Candidate]:
    """A review without step rows is no candidate."""
    steps = defaultdict(list)
    for row in know.rows("team_review_step"):
        steps[row["review_id"]].append(row["done"])
    return [
        Candidate(
            "review", review_id, row["held_date"], sum(steps[review_id]), len(steps[review_id])
        )
        for review_id, row in know.held_reviews.items()
        if row["team_id"] == team_id and review_id in steps
    ]
