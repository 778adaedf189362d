"""What one organisation has told: its records up to known_until, joined and dated.

Everything here is about one organisation; nothing dated after its known_until exists.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cached_property

from tests.oracle.periods import Period
from tests.oracle.world import Row, World

METHOD_PROGRAMMES = ("krachtwerk", "houvast", "cti")
# A closure with one of these reasons does not end the trajectory: temporary, change request.
REASONS_WITHOUT_END = ("20", "37")
NEUTRAL_OR_PREMATURE = ("2", "20", "21", "22", "23", "31", "33", "36", "37", "38", "39")
ALWAYS = date.min  # first date of a kind with a row that has no date


@dataclass(frozen=True)
class Trajectory:
    trajectory_id: str
    client_id: str | None
    team_id: str
    programme: str
    start: date
    end: date | None

    @property
    def is_of_method(self) -> bool:
        return self.programme in METHOD_PROGRAMMES

    def is_open(self, day: date) -> bool:
        return self.start <= day and (self.end is None or self.end > day)


class Knowledge:
    """The records of one organisation as they count for scoring."""

    def __init__(self, world: World, organisation: Row):
        self.organisation_id: str = organisation["organisation_id"]
        self.known_until: date = organisation["known_until"]
        self.method_start: date | None = organisation["method_start"]
        self._world = world

    def rows(self, kind: str) -> list[Row]:
        """Every staged row of a kind, whatever its date."""
        return self._rows_by_kind.get(kind, [])

    @cached_property
    def _rows_by_kind(self) -> dict[str, list[Row]]:
        return {
            kind: [row for row in rows if row["organisation_id"] == self.organisation_id]
            for kind, rows in self._world.records.items()
        }

    def known(self, kind: str, date_field: str) -> list[Row]:
        """The rows of a kind that have a date, not after known_until."""
        if (kind, date_field) not in self._known:
            dated = [row for row in self.rows(kind) if row[date_field] is not None]
            known = [row for row in dated if row[date_field] <= self.known_until]
            self._known[kind, date_field] = known
        return self._known[kind, date_field]

    @cached_property
    def _known(self) -> dict[tuple[str, str], list[Row]]:
        return {}

    def setting(self, programme: str, name: str) -> int:
        return self._world.settings[self.organisation_id, programme, name]

    def end_of(self, period: Period) -> date:
        """E: the last day of the period that the organisation knows about."""
        return min(period.last, self.known_until)

    # -- trajectories -------------------------------------------------------------------------

    @cached_property
    def closures(self) -> dict[str, Row]:
        return {row["trajectory_id"]: row for row in self.known("closure", "closure_date")}

    @cached_property
    def trajectories(self) -> dict[str, Trajectory]:
        """Started trajectories of every programme, by id."""
        started = self.known("trajectory", "start_date")
        return {row["trajectory_id"]: self._read_trajectory(row) for row in started}

    def _read_trajectory(self, row: Row) -> Trajectory:
        return Trajectory(
            row["trajectory_id"],
            row.get("client_id"),
            row["team_id"],
            row["programme"],
            row["start_date"],
            self._find_end(row),
        )

    def _find_end(self, row: Row) -> date | None:
        if row["end_date"] is not None:
            # A planned-ahead end is no end yet, and the closure does not step in for it.
            return row["end_date"] if row["end_date"] <= self.known_until else None
        closure = self.closures.get(row["trajectory_id"])
        if closure is None or closure["reason_code"] in REASONS_WITHOUT_END:
            return None
        return closure["closure_date"]

    def method_trajectories(self, team_id: str) -> list[Trajectory]:
        return [
            trajectory
            for trajectory in self.trajectories.values()
            if trajectory.team_id == team_id and trajectory.is_of_method
        ]

    def find_method_trajectory(self, trajectory_id: str) -> Trajectory | None:
        trajectory = self.trajectories.get(trajectory_id)
        return trajectory if trajectory is not None and trajectory.is_of_method else None

    # -- teams --------------------------------------------------------------------------------

    @cached_property
    def held_reviews(self) -> dict[str, Row]:
        return {
            row["review_id"]: row
            for row in self.known("team_review", "held_date")
            if row["status"] == "held"
        }

    @cached_property
    def teams(self) -> dict[str, Row]:
        return {row["team_id"]: row for row in self.rows("team")}

    @cached_property
    def first_dates(self) -> dict[str, date]:
        """F of every team that has one."""
        found: dict[str, date] = {}
        begun = [(t.team_id, t.start) for t in self.trajectories.values()]
        begun += [(row["team_id"], row["held_date"]) for row in self.held_reviews.values()]
        for team_id, day in begun:
            found[team_id] = min(day, found.get(team_id, day))
        if self.method_start is None:
            return found
        return {team_id: max(day, self.method_start) for team_id, day in found.items()}

    def team_has_row(self, team_id: str, period: Period) -> bool:
        first_date = self.first_dates.get(team_id)
        if first_date is None or period.last < first_date:
            return False
        team, end = self.teams[team_id], self.end_of(period)
        begins = max(period.first, team["start_date"])
        ends = end if team["end_date"] is None else min(end, team["end_date"])
        return begins <= ends

    def list_teams_with_row(self, period: Period) -> list[str]:
        return [team_id for team_id in sorted(self.teams) if self.team_has_row(team_id, period)]

    def is_team_active(self, team_id: str, first: date, last: date) -> bool:
        """True when the team exists on every day of [first, last]."""
        team = self.teams[team_id]
        return team["start_date"] <= first and (
            team["end_date"] is None or team["end_date"] >= last
        )

    def list_support_rows(self, day: date, team_id: str | None = None) -> list[Row]:
        """Rows of support workers that are active on ``day``."""
        return [
            row
            for row in self.rows("worker")
            if row["role"] == "support_worker"
            and row["start_date"] <= day
            and (row["end_date"] is None or row["end_date"] >= day)
            and team_id in (None, row["team_id"])
        ]

    # -- since when a kind is delivered -------------------------------------------------------

    def first_row_date(self, kind: str) -> date | None:
        """K: the date of the first known row of a deciding kind; None when there is none."""
        if kind not in self._first_row_dates:
            dates = [ALWAYS if day is None else day for day in self._list_row_dates(kind)]
            known = [day for day in dates if day <= self.known_until]
            self._first_row_dates[kind] = min(known, default=None)
        return self._first_row_dates[kind]

    @cached_property
    def _first_row_dates(self) -> dict[str, date | None]:
        return {}

    def _list_row_dates(self, kind: str) -> list[date | None]:
        if kind == "evaluation":
            # Plans open the kind only as long as nothing was ever held.
            held = [row["held_date"] for row in self.known(kind, "held_date")]
            planned = [row["planned_date"] for row in self.rows(kind) if row["planned_date"]]
            return held or planned
        if kind.startswith("quality_rating:"):
            subject = kind.partition(":")[2]
            ratings = [row for row in self.rows("quality_rating") if row["subject"] == subject]
            return [row["rated_date"] for row in ratings if row["rater_role"] != "self"]
        if kind == "team_review":
            return [row["held_date"] or row["planned_date"] for row in self.rows(kind)]
        if kind in PARENTS:
            parent_kind, parent_key = PARENTS[kind]
            parents = {row[parent_key]: row for row in self.rows(parent_kind)}
            children = [parents[row[parent_key]] for row in self.rows(kind)]
            if parent_kind == "team_review":
                return [row["held_date"] or row["planned_date"] for row in children]
            return [row[DATE_FIELDS[parent_kind]] for row in children]
        return [row[DATE_FIELDS[kind]] for row in self.rows(kind)]


# Kinds without a date of their own: the row that dates them, and how it is found.
PARENTS = {
    "team_review_case": ("team_review", "review_id"),
    "team_review_step": ("team_review", "review_id"),
    "strengths_assessment_domain": ("strengths_assessment", "assessment_id"),
    "action": ("goal", "goal_id"),
}
DATE_FIELDS = {
    "worker": "start_date",
    "training": "completed_date",
    "supervision": "session_date",
    "strengths_assessment": "assessment_date",
    "action_plan": "plan_date",
    "goal": "start_date",
    "contact": "contact_date",
    "closure": "closure_date",
    "self_regulation_review": "review_date",
}
