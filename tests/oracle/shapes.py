"""One class per shape: the units of an indicator for one team and one period."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction

from tests.oracle.events import Events
from tests.oracle.knowledge import Knowledge
from tests.oracle.periods import Period
from tests.oracle.units import Candidate, Unit, find_early_reason, make_unit, yes_no

EARLIEST_EVENT = timedelta(days=31)  # an event may lie this long before the start
FIRST_BLOCK = date(2001, 1, 1)  # a Monday
DAYS_PER_MONTH = Fraction("30.4375")

Candidates = Callable[[Knowledge, str, Period], list[Candidate]]


@dataclass(frozen=True)
class Within:
    """Something happened in the first N days of a trajectory."""

    events: Events
    setting: str

    def list_units(self, know: Knowledge, kind: str, team_id: str, period: Period) -> list[Unit]:
        events = self.events(know)
        units = []
        for trajectory in know.method_trajectories(team_id):
            limit_days = know.setting(trajectory.programme, self.setting)
            limit = trajectory.start + timedelta(days=limit_days)
            if not period.first <= limit <= period.last:
                continue
            earliest = trajectory.start - EARLIEST_EVENT
            happened = any(
                earliest <= day <= limit for day in events.get(trajectory.trajectory_id, [])
            )
            reason = find_early_reason(know, kind, team_id, limit, trajectory.start)
            reason = reason or find_limit_reason(know, trajectory.end, limit)
            answer = yes_no("trajectory", trajectory.trajectory_id, limit, happened)
            units.append(make_unit(know, team_id, answer, reason))
        return units


def find_limit_reason(know: Knowledge, end: date | None, limit: date) -> str | None:
    """Why a limit does not count; an early end excludes whether or not the event happened."""
    if limit > know.known_until:
        return "not_yet_due"
    if end is not None and end < limit:
        return "ended_before_limit"
    return None


@dataclass(frozen=True)
class Current:
    """Something happened in the last N days of a trajectory that is open."""

    events: Events
    setting: str

    def list_units(self, know: Knowledge, kind: str, team_id: str, period: Period) -> list[Unit]:
        end, events = know.end_of(period), self.events(know)
        units = []
        for trajectory in know.method_trajectories(team_id):
            if not trajectory.is_open(end):
                continue
            span = timedelta(days=know.setting(trajectory.programme, self.setting))
            happened = any(
                end - span < day <= end for day in events.get(trajectory.trajectory_id, [])
            )
            window_start = end - span + timedelta(days=1)
            reason = find_early_reason(know, kind, team_id, end, window_start)
            if reason is None and trajectory.start + span >= end:
                reason = "too_young"
            answer = yes_no("trajectory", trajectory.trajectory_id, end, happened)
            units.append(make_unit(know, team_id, answer, reason))
        return units


@dataclass(frozen=True)
class Recurring:
    """Every block of N days has a held team review."""

    setting: str

    def list_units(self, know: Knowledge, kind: str, team_id: str, period: Period) -> list[Unit]:
        block_days = know.setting("krachtwerk", self.setting)
        held = [row["held_date"] for row in know.held_reviews.values() if row["team_id"] == team_id]
        units = []
        for first, last in list_blocks(period.first, know.end_of(period), block_days):
            happened = any(first <= day <= last for day in held)
            reason = self._find_reason(know, kind, team_id, first, last)
            answer = yes_no("block", f"{team_id}|{first.isoformat()}", last, happened)
            units.append(make_unit(know, team_id, answer, reason))
        return units

    @staticmethod
    def _find_reason(know: Knowledge, kind: str, team_id: str, first: date, last: date):
        first_row = know.first_row_date(kind)
        if first_row is None or last < first_row:
            return "kind_not_delivered"
        if not know.is_team_active(team_id, first, last):
            return "team_not_active"
        if first < know.first_dates[team_id] or first < first_row:
            return "before_first_record"
        return None


def list_blocks(first: date, last: date, block_days: int) -> list[tuple[date, date]]:
    """The blocks whose last day lies in [first, last], counted on from Monday 2001-01-01."""
    span = timedelta(days=block_days)
    begin = FIRST_BLOCK + span * ((first - FIRST_BLOCK).days // block_days)
    blocks = []
    while (end := begin + span - timedelta(days=1)) <= last:
        if end >= first:
            blocks.append((begin, end))
        begin += span
    return blocks


@dataclass(frozen=True)
class Records:
    """Share, ratio, coverage and rated: candidates dated in [P0, E], each with its own amounts."""

    candidates: Candidates

    def list_units(self, know: Knowledge, kind: str, team_id: str, period: Period) -> list[Unit]:
        units = []
        for candidate in self.candidates(know, team_id, period):
            if not period.first <= candidate.day <= know.end_of(period):
                continue
            reason = find_early_reason(know, kind, team_id, candidate.day) or candidate.reason
            units.append(make_unit(know, team_id, candidate, reason))
        return units


@dataclass(frozen=True)
class Rate:
    """Sessions per worker-month of active support workers."""

    session_kind: str

    def list_units(self, know: Knowledge, kind: str, team_id: str, period: Period) -> list[Unit]:
        first_row = know.first_row_date(kind)
        if first_row is None:
            return []
        first = max(period.first, know.first_dates[team_id], first_row)
        last = know.end_of(period)
        units = []
        for worker_id, days in sorted(self._list_active_days(know, team_id, first, last).items()):
            sessions = sum(
                1
                for row in know.known("supervision", "session_date")
                if row["kind"] == self.session_kind
                and row["worker_id"] == worker_id
                and first <= row["session_date"] <= last
                and find_team_of_session(know, row) == team_id
            )
            months = len(days) / DAYS_PER_MONTH
            amounts = Candidate("worker", f"{team_id}|{worker_id}", last, sessions, months)
            units.append(make_unit(know, team_id, amounts, None))
        return units

    @staticmethod
    def _list_active_days(know: Knowledge, team_id: str, first: date, last: date):
        days: dict[str, set[int]] = {}
        for row in know.rows("worker"):
            if row["team_id"] != team_id or row["role"] != "support_worker":
                continue
            begins = max(first, row["start_date"])
            ends = last if row["end_date"] is None else min(last, row["end_date"])
            if begins <= ends:
                active = range(begins.toordinal(), ends.toordinal() + 1)
                days.setdefault(row["worker_id"], set()).update(active)
        return days


def find_team_of_session(know: Knowledge, session: dict) -> str | None:
    """The team of the support row active on the day: latest start_date, then first team_id."""
    active = [
        row
        for row in know.list_support_rows(session["session_date"])
        if row["worker_id"] == session["worker_id"]
    ]
    by_team = sorted(active, key=lambda row: row["team_id"])
    by_start = sorted(by_team, key=lambda row: row["start_date"], reverse=True)
    return by_start[0]["team_id"] if by_start else None
