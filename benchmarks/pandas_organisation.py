"""One organisation in pandas: its typed tables, and what several rules need of them.

What does not belong here: the rules (``pandas_rules``) and reading files (``pandas_run``).
"""

from functools import cached_property

import pandas as pd

FIRST_QUARTER = "2019Q1"
DAY = pd.Timedelta(days=1)


class Organisation:
    """The tables of one organisation, and what several rules need of them."""

    def __init__(self, tables: dict[str, pd.DataFrame], until: pd.Timestamp):
        self.tables = tables
        self.until = until

    def __getitem__(self, kind: str) -> pd.DataFrame:
        return self.tables[kind]

    @cached_property
    def team_start(self) -> pd.Series:
        """First day of every team: of its trajectories or its reviews."""
        trajectory = self["trajectory"][["team_id", "start_date"]].set_axis(
            ["team_id", "day"], axis=1
        )
        review = self["team_review"][["team_id", "held_date"]].set_axis(["team_id", "day"], axis=1)
        return pd.concat([trajectory, review]).groupby("team_id")["day"].min().rename("first_day")

    @cached_property
    def kind_start(self) -> dict[str, pd.Timestamp]:
        """First day of every kind of record."""
        held = self.review["held_date"].fillna(self.review["planned_date"])
        day = self.review.assign(day=held).set_index("review_id")["day"]
        goal_day = self["goal"].set_index("goal_id")["start_date"]
        completed = self["training"]["completed_date"].fillna(pd.Timestamp.min)
        assessment_day = self["strengths_assessment"].set_index("assessment_id")["assessment_date"]
        domain = self["strengths_assessment_domain"]["assessment_id"]
        return {
            "worker": self["worker"]["start_date"].min(),
            "training": completed.min(),
            "contact": self["contact"]["contact_date"].min(),
            "strengths_assessment": assessment_day.min(),
            "strengths_assessment_domain": assessment_day.reindex(domain.unique()).min(),
            "self_regulation_review": self["self_regulation_review"]["review_date"].min(),
            "action_plan": self["action_plan"]["plan_date"].min(),
            "goal": goal_day.min(),
            "action": goal_day.reindex(self["action"]["goal_id"].unique()).min(),
            "evaluation": self["evaluation"]["held_date"].min(),
            "closure": self["closure"]["closure_date"].min(),
            "team_review": day.min(),
            "team_review_case": day.reindex(self["team_review_case"]["review_id"].unique()).min(),
            "team_review_step": day.reindex(self["team_review_step"]["review_id"].unique()).min(),
            "supervision": self["supervision"]["session_date"].min(),
        }

    @property
    def review(self) -> pd.DataFrame:
        """Team reviews, held or not."""
        return self["team_review"]

    @cached_property
    def journey(self) -> pd.DataFrame:
        """Trajectories with the end that counts and the first day of their team."""
        closure = self["closure"]
        ending = closure[
            closure["reason_code"].notna() & ~closure["reason_code"].isin(["20", "37"])
        ]
        journey = self["trajectory"].merge(
            ending[["trajectory_id", "closure_date"]], on="trajectory_id", how="left"
        )
        end = journey["end_date"].fillna(journey["closure_date"])
        journey["end_date"] = end.where(end <= self.until)
        journey["is_method"] = journey["programme"] != "other"
        journey = journey.join(self.team_start, on="team_id")
        return journey[
            ["trajectory_id", "team_id", "is_method", "start_date", "end_date", "first_day"]
        ]

    @cached_property
    def quarters(self) -> pd.DataFrame:
        """Every quarter, its last day and the day to which it is known."""
        quarter = pd.period_range(FIRST_QUARTER, self.until.to_period("Q"), freq="Q")
        last = quarter.end_time.normalize()
        frame = pd.DataFrame({"quarter": quarter, "last_day": last})
        return frame.assign(until_day=frame["last_day"].clip(upper=self.until))

    @cached_property
    def team_quarter(self) -> pd.DataFrame:
        """Every quarter in which a team has a row."""
        rows = self.team_start.reset_index().merge(self.quarters, how="cross")
        return rows[rows["last_day"] >= rows["first_day"]]

    @cached_property
    def open_journey(self) -> pd.DataFrame:
        """Trajectories open at the end of each quarter."""
        rows = self.journey.merge(self.quarters, how="cross")
        is_open = rows["end_date"].isna() | (rows["end_date"] > rows["until_day"])
        return rows[(rows["start_date"] <= rows["until_day"]) & is_open]

    @cached_property
    def active_worker(self) -> pd.DataFrame:
        """Support workers in service at the end of each quarter."""
        worker = self["worker"].query("role == 'support_worker'")
        rows = worker.merge(self.team_quarter[["team_id", "quarter", "until_day"]], on="team_id")
        stays = rows["end_date"].isna() | (rows["end_date"] >= rows["until_day"])
        return rows[(rows["start_date"] <= rows["until_day"]) & stays]


def add_up(indicator: str, rows: pd.DataFrame, met, weight=1) -> pd.DataFrame:
    """Numerator and denominator per team and quarter of ``rows``."""
    keys = rows[["team_id", "quarter"]]
    frame = keys.assign(numerator=met, denominator=weight)
    sums = frame.groupby(["team_id", "quarter"], as_index=False).sum()
    return sums.assign(indicator=indicator)
