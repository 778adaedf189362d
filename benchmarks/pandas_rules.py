"""The values of every indicator in pandas: what a good analyst writes on the same typed tables.

One organisation at a time, a function per kind of rule; each gives numerators and denominators per
team and quarter. Written from the rules, beside ``bare.sql``. What does not belong here: rules
about reviews, staff and documents (``pandas_team_rules``), reading files and adding quarters up to
years (``pandas_run``).
"""

from collections.abc import Iterator

import pandas as pd
from pandas_organisation import DAY, Organisation, add_up
from pandas_team_rules import (
    score_caseload,
    score_documents,
    score_domains,
    score_reviews,
    score_sessions,
    score_staff,
)

AGREED_PLANS = ("active", "closed")


def score(organisation: Organisation) -> pd.DataFrame:
    """Indicator, team, quarter (of documents: quarter and year), numerator, denominator."""
    rules = (
        score_timely,
        score_current,
        score_rhythm,
        score_dated,
        score_tasks,
        score_reviews,
        score_staff,
        score_caseload,
        score_domains,
        score_sessions,
        score_documents,
    )
    return pd.concat([part for rule in rules for part in rule(organisation)], ignore_index=True)


def score_timely(org: Organisation) -> Iterator[pd.DataFrame]:
    """An event from 31 days before the start until the limit of 42 days."""
    plan = org["action_plan"]
    events = {
        "KI-1": ("strengths_assessment", org["strengths_assessment"], "assessment_date"),
        "AP-1": ("action_plan", plan[plan["status"].isin(AGREED_PLANS)], "plan_date"),
        "ZR-1": ("self_regulation_review", org["self_regulation_review"], "review_date"),
    }
    journey = org.journey[org.journey["is_method"]]
    journey = journey.assign(limit=journey["start_date"] + 42 * DAY)
    stayed = journey["end_date"].isna() | (journey["end_date"] >= journey["limit"])
    journey = journey[stayed & (journey["limit"] <= org.until)]
    journey = journey.assign(quarter=journey["limit"].dt.to_period("Q"))
    for indicator, (kind, event, day) in events.items():
        rows = journey[journey["start_date"] >= org.kind_start[kind]]
        near = event.merge(rows[["trajectory_id", "start_date", "limit"]], on="trajectory_id")
        is_timely = near[day].between(near["start_date"] - 31 * DAY, near["limit"])
        yield add_up(
            indicator, rows, rows["trajectory_id"].isin(near.loc[is_timely, "trajectory_id"])
        )


def score_current(org: Organisation) -> Iterator[pd.DataFrame]:
    """An event in the last 183 days of a trajectory that is open and old enough."""
    case = org["team_review_case"].merge(org.review[["review_id", "held_date"]], on="review_id")
    events = {
        "KI-3": ("strengths_assessment", org["strengths_assessment"], "assessment_date"),
        "EV-1": ("evaluation", org["evaluation"], "held_date"),
        "ST-8": ("team_review_case", case, "held_date"),
    }
    rows = org.open_journey
    is_old = rows["start_date"] + 183 * DAY < rows["until_day"]
    rows = rows[rows["is_method"] & is_old & (rows["until_day"] >= rows["first_day"])]
    for indicator, (kind, event, day) in events.items():
        units = rows[rows["until_day"] - 182 * DAY >= org.kind_start[kind]]
        dated = event[["trajectory_id", day]].dropna()
        near = units[["trajectory_id", "quarter", "until_day"]].merge(dated, on="trajectory_id")
        is_recent = (near[day] > near["until_day"] - 183 * DAY) & (near[day] <= near["until_day"])
        recent = near.loc[is_recent, ["trajectory_id", "quarter"]].drop_duplicates()
        found = units.merge(recent, on=["trajectory_id", "quarter"], how="left", indicator=True)
        yield add_up(indicator, found, found["_merge"].eq("both"))


def score_rhythm(org: Organisation) -> Iterator[pd.DataFrame]:
    """Weeks from Monday with a review that was held."""
    held = org.review.dropna(subset="held_date")
    monday = held["held_date"] - pd.to_timedelta(held["held_date"].dt.weekday, unit="D")
    held = pd.DataFrame({"team_id": held["team_id"], "monday": monday}).drop_duplicates()
    mondays = pd.DataFrame({"monday": pd.date_range("2018-12-31", org.until, freq="W-MON")})
    week = org.team_start.reset_index().merge(mondays, how="cross")
    begun = week["monday"].ge(week["first_day"]) & (week["monday"] >= org.kind_start["team_review"])
    week = week[begun & (week["monday"] + 6 * DAY <= org.until)]
    week = week.merge(held, on=["team_id", "monday"], how="left", indicator=True)
    week["quarter"] = (week["monday"] + 6 * DAY).dt.to_period("Q")
    yield add_up("ST-4", week, week["_merge"].eq("both"))


def list_planned_closures(org: Organisation) -> pd.DataFrame:
    """Closures as planned with contact."""
    closure = org["closure"]
    is_planned = closure["planned"].where(
        closure["planned"].notna(), closure["reason_code"] == "19"
    )
    return closure[is_planned.eq(True) & closure["without_contact"].eq(False)]


def list_dated(
    org: Organisation,
) -> Iterator[tuple[str, str, pd.DataFrame, str, pd.Series, object]]:
    """Kind, indicator, rows, column of the day, what is met, and the weight of a row."""
    assessment = org["strengths_assessment"].dropna(subset="own_words")
    met = assessment["own_words"] == "yes"
    yield "strengths_assessment", "KI-4", assessment, "assessment_date", met, 1
    evaluation = org["evaluation"].dropna(subset=["held_date", "client_present"])
    yield "evaluation", "EV-2", evaluation, "held_date", evaluation["client_present"], 1
    contact = org["contact"].dropna(subset="place")
    contact = contact[(contact["mode"] == "face_to_face") & contact["no_show"].eq(False)]
    count = contact["contact_count"]
    outside = count.where(contact["place"].isin(["home", "community"]), 0)
    yield "contact", "OM-1", contact, "contact_date", outside, count
    plan = org["action_plan"]
    plan = plan.loc[plan["status"].isin(AGREED_PLANS), ["plan_id", "trajectory_id"]]
    goal = org["goal"].merge(plan, on="plan_id")
    for indicator, column in (("AP-2", "from_strengths"), ("AP-3", "own_words")):
        known = goal.dropna(subset=column)
        yield "goal", indicator, known, "start_date", known[column], 1
    action = org["action"].merge(goal[["goal_id", "trajectory_id", "start_date"]], on="goal_id")
    agreed = action["owner"].notna() & action["due_date"].notna()
    yield "action", "AP-4", action, "start_date", agreed, 1
    known = action.dropna(subset="resource")
    yield "action", "AP-5", known, "start_date", known["resource"] == "informal", 1
    planned = list_planned_closures(org)
    elements = [
        "exit_interview",
        "safety_plan",
        "final_evaluation",
        "network_meeting",
        "final_report",
    ]
    for number, element in enumerate(elements, start=1):
        known = planned.dropna(subset=element)
        yield "closure", f"AF-1.{number}", known, "closure_date", known[element], 1
    known = planned.dropna(subset=elements)
    yield "closure", "AF-1", known, "closure_date", known[elements].astype(int).sum(axis=1), 5
    known = org["closure"].dropna(subset="without_contact")
    yield "closure", "AF-2", known, "closure_date", known["without_contact"], 1


def score_dated(org: Organisation) -> Iterator[pd.DataFrame]:
    """Records with a date of their own that add up over time."""
    for kind, indicator, rows, day, met, weight in list_dated(org):
        yield place_dated(org, kind, indicator, rows, day, met, weight)


def place_dated(org: Organisation, kind, indicator, rows, day, met, weight) -> pd.DataFrame:
    """Records of trajectories, added up in the quarter of their day."""
    journey = org.journey.loc[org.journey["is_method"], ["trajectory_id", "team_id", "first_day"]]
    dated = pd.DataFrame(
        {
            "trajectory_id": rows["trajectory_id"],
            "day": rows[day],
            "met": met.astype(int),
            "weight": weight,
        }
    ).merge(journey, on="trajectory_id")
    begun = (dated["day"] >= dated["first_day"]) & (dated["day"] >= org.kind_start[kind])
    dated = dated[begun]
    dated = dated.assign(quarter=dated["day"].dt.to_period("Q"))
    return add_up(indicator, dated, dated["met"], dated["weight"])


def score_tasks(org: Organisation) -> Iterator[pd.DataFrame]:
    """Basic tasks that were touched by 31 days after the end of a planned trajectory."""
    elements = [
        "exit_interview",
        "safety_plan",
        "final_evaluation",
        "network_meeting",
        "final_report",
    ]
    planned = list_planned_closures(org)
    planned = planned.assign(is_closed_well=planned[elements].eq(True).any(axis=1))
    journey = org.journey[org.journey["is_method"]].dropna(subset="end_date")
    ended = journey[["trajectory_id", "end_date"]].merge(
        planned[["trajectory_id", "closure_date", "is_closed_well"]], on="trajectory_id"
    )
    ended["last_day"] = (ended["end_date"] + 31 * DAY).clip(upper=org.until)
    contact = org["contact"].dropna(subset="basic_task")
    contact = contact[contact["no_show"].eq(False)]
    plan = org["action_plan"]
    touches = [
        (contact, "contact_date", contact["basic_task"]),
        (org["strengths_assessment"], "assessment_date", "BT2"),
        (org["self_regulation_review"], "review_date", "BT3"),
        (plan[plan["status"].isin(AGREED_PLANS)], "plan_date", "BT4"),
        (org["evaluation"], "held_date", "BT6"),
        (ended[ended["is_closed_well"]], "closure_date", "BT7"),
    ]
    touch = pd.concat(
        pd.DataFrame({"trajectory_id": rows["trajectory_id"], "day": rows[day], "task": task})
        for rows, day, task in touches
    ).merge(ended[["trajectory_id", "last_day"]], on="trajectory_id")
    touch = touch[touch["day"] <= touch["last_day"]]
    count = touch.groupby("trajectory_id")["task"].nunique()
    met = ended["trajectory_id"].map(count).fillna(0)
    yield place_dated(org, "closure", "BT-1", ended, "end_date", met, 7)
