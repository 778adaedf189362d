"""The values of every indicator in pandas: what a good analyst writes on the same typed tables.

One organisation at a time, a function per kind of rule; each gives numerators and denominators per
team and quarter. Written from the rules, beside ``bare.sql``. What does not belong here: reading
files and adding quarters up to years (``pandas_run``).
"""

from collections.abc import Iterator

import pandas as pd
from pandas_organisation import Organisation

DAY = pd.Timedelta(days=1)
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


def add_up(indicator: str, rows: pd.DataFrame, met, weight=1) -> pd.DataFrame:
    """Numerator and denominator per team and quarter of ``rows``."""
    keys = rows[["team_id", "quarter"]]
    frame = keys.assign(numerator=met, denominator=weight)
    sums = frame.groupby(["team_id", "quarter"], as_index=False).sum()
    return sums.assign(indicator=indicator)


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


def score_reviews(org: Organisation) -> Iterator[pd.DataFrame]:
    """Records of the team reviews that were held."""
    held = org.review[org.review["status"] == "held"].join(org.team_start, on="team_id")
    held = held[held["held_date"] >= held["first_day"]]
    held = held.assign(quarter=held["held_date"].dt.to_period("Q"))
    place = held[["review_id", "team_id", "held_date", "quarter"]]
    present = held[["present_count", "expected_count"]].min(axis=1)
    known = held["held_date"] >= org.kind_start["team_review"]
    yield add_up("ST-5", held[known], present[known], held.loc[known, "expected_count"])
    step = org["team_review_step"].merge(place, on="review_id")
    step = step[step["held_date"] >= org.kind_start["team_review_step"]]
    yield add_up("ST-7", step, step["done"].astype(int))
    case = org["team_review_case"].merge(place, on="review_id")
    method = org.journey.loc[org.journey["is_method"], "trajectory_id"]
    case = case[case["trajectory_id"].isin(method)]
    case = case[case["held_date"] >= org.kind_start["team_review_case"]]
    yield add_up("ST-6", case, case["strengths_assessment_present"].astype(int))


def score_staff(org: Organisation) -> Iterator[pd.DataFrame]:
    """Support workers in service at the end of a quarter."""
    known = org.active_worker.dropna(subset=["contract_hours", "other_duty_hours"])
    own = known["contract_hours"] - known["other_duty_hours"]
    yield add_up("ST-1", known, own, known["contract_hours"])
    yield add_up("ST-2", known, known["other_duty_hours"] > 0)
    hired = org["worker"].groupby("worker_id")["start_date"].min()
    rows = org.active_worker[org.active_worker["until_day"] >= org.kind_start["training"]]
    rows = rows[rows["until_day"] - rows["worker_id"].map(hired) >= 183 * DAY]
    training = org["training"]
    basic = training[(training["kind"] == "basic") & training["completed"].eq(True)]
    day = basic.set_index("worker_id")["completed_date"].fillna(pd.Timestamp.min)
    yield add_up("SV-1", rows, rows["worker_id"].map(day) <= rows["until_day"])


def score_caseload(org: Organisation) -> Iterator[pd.DataFrame]:
    """Open trajectories per full-time worker."""
    keys = ["team_id", "quarter"]
    fte = org.active_worker.groupby(keys)["fte"].sum().rename("denominator")
    rows = org.open_journey[org.open_journey["until_day"] >= org.kind_start["worker"]]
    count = rows.groupby(keys).size().rename("numerator")
    both = pd.concat([count, fte], axis=1).fillna(0).reset_index()
    yield both.assign(indicator="ST-3")


def score_domains(org: Organisation) -> Iterator[pd.DataFrame]:
    """Life domains in the latest assessment of an open trajectory."""
    domain = org["strengths_assessment_domain"]
    filled = (
        domain.assign(filled=domain["filled"].eq(True)).groupby("assessment_id")["filled"].sum()
    )
    assessment = org["strengths_assessment"].assign(
        version=org["strengths_assessment"]["version"].fillna(-1)
    )
    rows = org.open_journey[org.open_journey["is_method"]].merge(
        assessment[["trajectory_id", "assessment_id", "assessment_date", "version"]],
        on="trajectory_id",
    )
    rows = rows[rows["assessment_date"] <= rows["until_day"]]
    latest = rows.sort_values(["assessment_date", "version"]).drop_duplicates(
        ["trajectory_id", "quarter"], keep="last"
    )
    latest = latest.join(filled, on="assessment_id", how="inner")
    begun = latest["until_day"] >= org.kind_start["strengths_assessment_domain"]
    latest = latest[begun & (latest["first_day"] <= latest["until_day"])]
    yield add_up("KI-2", latest, latest["filled"], 10)


def score_sessions(org: Organisation) -> Iterator[pd.DataFrame]:
    """Sessions per worker-month."""
    start = org.kind_start["supervision"]
    span = org.team_quarter[org.team_quarter["until_day"] >= start]
    worker = org["worker"].query("role == 'support_worker'")
    rows = span.merge(worker[["team_id", "worker_id", "start_date", "end_date"]], on="team_id")
    begin = pd.concat([rows["first_day"], rows["quarter"].dt.start_time], axis=1).max(axis=1)
    begin = begin.clip(lower=start)
    served = rows["end_date"].isna() | (rows["end_date"] >= begin)
    rows = rows.assign(begin=begin)[served & (rows["start_date"] <= rows["until_day"])]
    rows["from_day"] = rows[["begin", "start_date"]].max(axis=1)
    rows["to_day"] = rows[["until_day", "end_date"]].min(axis=1)
    rows["months"] = ((rows["to_day"] - rows["from_day"]).dt.days + 1) / 30.4375
    keys = ["team_id", "quarter"]
    months = rows.groupby(keys)["months"].sum()
    session = rows.merge(org["supervision"][["worker_id", "session_date", "kind"]], on="worker_id")
    session = session[session["session_date"].between(session["from_day"], session["to_day"])]
    count = session.groupby([*keys, "kind"]).size().unstack("kind", fill_value=0)
    count = count.reindex(months.index, fill_value=0)
    kinds = {"SV-2": "field_mentoring", "SV-3": "tool_review", "SV-4": "feedback"}
    for indicator, kind in kinds.items():
        numerator = count.get(kind, 0)
        frame = pd.DataFrame({"numerator": numerator, "denominator": months})
        yield frame.reset_index().assign(indicator=indicator)


def score_documents(org: Organisation) -> Iterator[pd.DataFrame]:
    """Documents with the mean of their ratings; a year is judged anew."""
    rating = org["quality_rating"].query("rater_role != 'self'")
    journey = org.journey.loc[org.journey["is_method"], ["trajectory_id", "team_id", "first_day"]]
    documents = {
        "KI-5": ("strengths_assessment", "assessment_id"),
        "AP-6": ("action_plan", "plan_id"),
    }
    for indicator, (kind, key) in documents.items():
        rows = rating[rating["subject"] == kind].merge(
            org[kind][[key, "trajectory_id"]], left_on="subject_id", right_on=key
        )
        rows = rows.merge(journey, on="trajectory_id")
        rows = rows[rows["rated_date"] >= rows["first_day"]]
        for length in ("Q", "Y"):
            rows["quarter"] = rows["rated_date"].dt.to_period(length)
            mean = rows.groupby(["team_id", "quarter", key], as_index=False)["score"].mean()
            yield add_up(indicator, mean, mean["score"])
