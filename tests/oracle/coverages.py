"""The candidates of the coverage indicators and of the closing elements."""

from __future__ import annotations

from datetime import date, timedelta

from tests.oracle.file_candidates import PLANS_IN_USE
from tests.oracle.knowledge import NEUTRAL_OR_PREMATURE, Knowledge, Trajectory
from tests.oracle.periods import Period, year_of
from tests.oracle.shapes import Candidates
from tests.oracle.units import Candidate, yes_no

LIFE_DOMAIN_COUNT = 10
BASIC_TASKS = ("BT1", "BT2", "BT3", "BT4", "BT5", "BT6", "BT7")
# Tasks that only a contact can show; without contacts by task they leave the list.
CONTACT_TASKS = ("BT1", "BT5")
LATEST_DOCUMENT = timedelta(days=31)
ELEMENTS = ("exit_interview", "safety_plan", "final_evaluation", "network_meeting", "final_report")


# -- life domains ------------------------------------------------------------------------------


def life_domains(know: Knowledge, team_id: str, period: Period) -> list[Candidate]:
    """Filled domains of the latest assessment of every open trajectory that has one."""
    end, found = know.end_of(period), []
    for trajectory in know.method_trajectories(team_id):
        assessments = [
            row
            for row in know.known("strengths_assessment", "assessment_date")
            if row["trajectory_id"] == trajectory.trajectory_id and row["assessment_date"] <= end
        ]
        if not trajectory.is_open(end) or not assessments:
            continue
        latest = max(assessments, key=_assessment_order)
        domains = [
            row
            for row in know.rows("strengths_assessment_domain")
            if row["assessment_id"] == latest["assessment_id"]
        ]
        if domains:
            filled = len({row["life_domain"] for row in domains if row["filled"]})
            unit = Candidate("trajectory", trajectory.trajectory_id, end, filled, LIFE_DOMAIN_COUNT)
        else:
            unit = Candidate("trajectory", trajectory.trajectory_id, end, reason="not_recorded")
        found.append(unit)
    return found


def _assessment_order(row: dict) -> tuple:
    """Latest date, then highest version (empty lowest), then the row delivered later."""
    version = -1 if row["version"] is None else row["version"]
    return row["assessment_date"], version, row["delivery_rank"], row["row_number"]


# -- closures ----------------------------------------------------------------------------------


def is_planned(closure: dict) -> bool | None:
    """As delivered, else by reason code; None when neither tells."""
    if closure["planned"] is not None:
        return closure["planned"]
    if closure["reason_code"] == "19":
        return True
    return False if closure["reason_code"] in NEUTRAL_OR_PREMATURE else None


def find_closure_reason(closure: dict | None) -> str | None:
    """Why a closure says nothing about closing well, in this order."""
    if closure is not None and closure["without_contact"]:
        return "not_applicable"
    planned = None if closure is None else is_planned(closure)
    if planned is None:
        return "not_recorded"
    return None if planned else "not_applicable"


def _list_closures(know: Knowledge, team_id: str) -> list[dict]:
    return [
        row
        for row in know.closures.values()
        if (trajectory := know.find_method_trajectory(row["trajectory_id"]))
        and trajectory.team_id == team_id
    ]


def complete_closing(know: Knowledge, team_id: str, period: Period) -> list[Candidate]:
    found = []
    for row in _list_closures(know, team_id):
        values = [row[name] for name in ELEMENTS]
        reason = find_closure_reason(row)
        if reason is None and None in values:
            reason = "not_recorded"
        unit_id, day = row["trajectory_id"], row["closure_date"]
        amounts = (None, None) if reason else (sum(values), len(ELEMENTS))
        found.append(Candidate("closure", unit_id, day, *amounts, reason=reason))
    return found


def closing_element(name: str) -> Candidates:
    """One closing element; needs only that element to be recorded."""

    def list_candidates(know: Knowledge, team_id: str, period: Period) -> list[Candidate]:
        found = []
        for row in _list_closures(know, team_id):
            unit_id, day, reason = (
                row["trajectory_id"],
                row["closure_date"],
                find_closure_reason(row),
            )
            if reason:
                found.append(Candidate("closure", unit_id, day, reason=reason, is_yes_no=True))
            else:
                found.append(yes_no("closure", unit_id, day, row[name]))
        return found

    return list_candidates


def closed_without_contact(know: Knowledge, team_id: str, period: Period) -> list[Candidate]:
    """All closures, planned or not."""
    return [
        yes_no("closure", row["trajectory_id"], row["closure_date"], row["without_contact"])
        for row in _list_closures(know, team_id)
    ]


# -- basic tasks -------------------------------------------------------------------------------


def basic_tasks(know: Knowledge, team_id: str, period: Period) -> list[Candidate]:
    """Tasks that left a trace, of every trajectory that ended."""
    tasks = list_basic_tasks(know, period)
    found = []
    for trajectory in know.method_trajectories(team_id):
        if trajectory.end is None:
            continue
        reason = find_closure_reason(know.closures.get(trajectory.trajectory_id))
        amounts = (None, None)
        if reason is None:
            amounts = (len(find_touched_tasks(know, trajectory) & set(tasks)), len(tasks))
        unit_id = trajectory.trajectory_id
        found.append(Candidate("trajectory", unit_id, trajectory.end, *amounts, reason=reason))
    return found


def list_basic_tasks(know: Knowledge, period: Period) -> tuple[str, ...]:
    """The list of the organisation for the year: five tasks when no contact ever names a task."""
    end_of_year = know.end_of(year_of(period))
    for row in know.known("contact", "contact_date"):
        if row["basic_task"] is not None and row["contact_date"] <= end_of_year:
            return BASIC_TASKS
    return tuple(task for task in BASIC_TASKS if task not in CONTACT_TASKS)


def find_touched_tasks(know: Knowledge, trajectory: Trajectory) -> set[str]:
    """Tasks shown by a contact or a document up to 31 days after the end."""
    last = trajectory.end + LATEST_DOCUMENT

    def is_touched(kind: str, date_field: str, statuses: tuple[str, ...] = ()) -> bool:
        return any(is_document(row, date_field, last, statuses) for row in own(kind, date_field))

    def own(kind: str, date_field: str) -> list[dict]:
        rows = know.known(kind, date_field)
        return [row for row in rows if row["trajectory_id"] == trajectory.trajectory_id]

    touched = {
        row["basic_task"]
        for row in own("contact", "contact_date")
        if row["contact_date"] <= last and not row["no_show"]
    }
    if is_touched("strengths_assessment", "assessment_date"):
        touched.add("BT2")
    if is_touched("self_regulation_review", "review_date"):
        touched.add("BT3")
    if is_touched("action_plan", "plan_date", PLANS_IN_USE):
        touched.add("BT4")
    if is_touched("evaluation", "held_date"):
        touched.add("BT6")
    for row in own("closure", "closure_date"):
        if row["closure_date"] <= last and any(row[name] for name in ELEMENTS):
            touched.add("BT7")
    return touched


def is_document(row: dict, date_field: str, last: date, statuses: tuple[str, ...]) -> bool:
    return row[date_field] <= last and (not statuses or row["status"] in statuses)
