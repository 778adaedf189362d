"""The values of indicators about team reviews, staff, life domains and documents, in pandas.

Beside ``pandas_rules``, which has those about events in trajectories and lists them all.
"""

from collections.abc import Iterator

import pandas as pd
from pandas_organisation import DAY, Organisation, add_up


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
