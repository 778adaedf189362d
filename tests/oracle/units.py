"""What is counted: a unit, counted or excluded with one reason; excluded is never failed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from tests.oracle.knowledge import Knowledge

Exact = Fraction | int  # whole numbers stay int: sums of many units are quicker

REASONS = (
    "not_yet_due",
    "ended_before_limit",
    "too_young",
    "team_not_active",
    "before_first_record",
    "not_recorded",
    "not_applicable",
    "kind_not_delivered",
)


@dataclass(frozen=True)
class Unit:
    """One unit of one indicator.

    ``weight`` is what the unit adds to the number of counted units (contact moments for OM-1).
    ``adds_to_count`` is False for the trajectories of the caseload: only its workers are counted.
    """

    kind: str
    unit_id: str
    organisation_id: str
    team_id: str
    reason: str | None
    numerator: Exact | None = None
    denominator: Exact | None = None
    is_yes_no: bool = False
    weight: int = 1
    adds_to_count: bool = True

    @property
    def is_counted(self) -> bool:
        return self.reason is None

    @property
    def met(self) -> bool | None:
        return self.numerator == 1 if self.is_counted and self.is_yes_no else None


@dataclass(frozen=True)
class Candidate:
    """A record or stock that may become a unit of a team.

    ``day`` is its own date. ``reason`` is set when the rule's table excludes it; otherwise both
    amounts are given.
    """

    kind: str
    unit_id: str
    day: date
    numerator: Exact | None = None
    denominator: Exact | None = None
    reason: str | None = None
    is_yes_no: bool = False
    weight: int = 1
    adds_to_count: bool = True


def yes_no(kind: str, unit_id: str, day: date, answer: bool | None) -> Candidate:
    """A candidate that meets the condition or not; an empty answer is not recorded."""
    if answer is None:
        return Candidate(kind, unit_id, day, reason="not_recorded", is_yes_no=True)
    return Candidate(kind, unit_id, day, int(answer), 1, is_yes_no=True)


def find_early_reason(
    know: Knowledge,
    deciding_kind: str,
    team_id: str,
    own_date: date,
    window_start: date | None = None,
) -> str | None:
    """The reasons that come before those of the rule's own table.

    Before K nothing can be expected of the kind; before F nothing of the team; and a window that
    begins before K can only be seen in part.
    """
    first_row = know.first_row_date(deciding_kind)
    if first_row is None or own_date < first_row:
        return "kind_not_delivered"
    if own_date < know.first_dates[team_id]:
        return "before_first_record"
    if window_start is not None and window_start < first_row:
        return "before_first_record"
    return None


def make_unit(know: Knowledge, team_id: str, candidate: Candidate, reason: str | None) -> Unit:
    """The unit of a candidate; an excluded unit has no amounts."""
    counted = reason is None
    return Unit(
        candidate.kind,
        candidate.unit_id,
        know.organisation_id,
        team_id,
        reason,
        candidate.numerator if counted else None,
        candidate.denominator if counted else None,
        candidate.is_yes_no,
        candidate.weight,
        candidate.adds_to_count,
    )
