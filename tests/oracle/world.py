"""A small world: already staged records of a few organisations, and the draft that writes one."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date, timedelta
from random import Random
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from tests.oracle.own_rules import OwnRules

Row = dict[str, Any]
PROGRAMMES = ("krachtwerk", "houvast", "cti", "other")


@dataclass
class World:
    """Everything scoring may know: the tables ``staged.*`` as lists of rows."""

    seed: int
    as_of: date
    organisations: list[Row] = field(default_factory=list)
    settings: dict[tuple[str, str, str], int] = field(default_factory=dict)
    records: dict[str, list[Row]] = field(default_factory=lambda: defaultdict(list))
    # organisation_id -> what its own catalogue changes
    own_rules: dict[str, OwnRules] = field(default_factory=dict)


def days(count: int) -> timedelta:
    return timedelta(days=count)


class Draft:
    """Writes the records of one organisation, with the organisation's own habits.

    Habits: ``gap`` is the chance that an optional field is empty; ``first_dates`` says from which
    day on a kind is delivered (absent: always; date.max: never); ``busy_days`` are days on which
    many things happen at once; a rich organisation records nearly everything, a big one also has
    many trajectories, a punctual one keeps to the limits; ``quality`` is the chance that something
    is done, the same for all clients when the organisation has one.
    """

    def __init__(self, world: World, rng: Random, organisation: Row, begin: date):
        self.world, self.rng = world, rng
        self.organisation_id: str = organisation["organisation_id"]
        self.known_until: date = organisation["known_until"]
        self.begin = begin
        self.is_rich = rng.random() < 0.4
        self.is_big = self.is_rich and rng.random() < 0.4
        self.is_punctual = rng.random() < 0.25
        self.holds_evaluations = rng.random() < 0.93
        self.quality = 0.98 if self.is_punctual else None
        if self.is_rich and not self.is_punctual:
            self.quality = rng.choice((0.3, 0.85, 0.85))
        self.gap = 0.02 if self.is_rich else rng.choice((0, 0.1, 0.2, 0.5))
        self.first_dates: dict[str, date] = {}
        self.busy_days = [self.uniform_day(begin, self.known_until) for _ in range(6)]
        self.limit_days = _list_limit_days(begin, self.known_until)

    def setting(self, programme: str, name: str) -> int:
        return self.world.settings[self.organisation_id, programme, name]

    def uniform_day(self, first: date, last: date) -> date:
        return first + days(int(self.rng.random() * ((last - first).days + 1)))

    def pick_day(self, first: date, last: date) -> date:
        """A day in [first, last], often a busy day, a period limit or one of the two ends."""
        if last <= first:
            return first
        chance = self.rng.random()
        if chance < 0.15:
            return first if chance < 0.08 else last
        if chance < 0.5:
            special = self.busy_days if chance < 0.35 else self.limit_days
            fitting = [day for day in special if first <= day <= last]
            if fitting:
                return self.rng.choice(fitting)
        return self.uniform_day(first, last)

    def maybe(self, value: Any) -> Any:
        """The value, or empty when this organisation forgot to fill it in."""
        return None if self.rng.random() < self.gap else value

    def chance(self, probability: float) -> bool:
        return self.rng.random() < probability

    def add(self, kind: str, day: date | None, /, **fields: Any) -> bool:
        """Adds a row unless the organisation did not yet deliver the kind on ``day``."""
        first = self.first_dates.get(kind)
        if first is not None and (day is None or day < first):
            return False
        rows = self.world.records[kind]
        rows.append(
            {
                "organisation_id": self.organisation_id,
                **fields,
                "delivery": "delivery",
                "delivery_rank": 1 + int(self.rng.random() * 3),
                "row_number": len(rows) + 2,
            }
        )
        return True


def _list_limit_days(first: date, last: date) -> list[date]:
    """First and last days of quarters, and the days beside the last known day."""
    found = [last, last - days(1), last + days(1)]
    for year in range(first.year, last.year + 1):
        for month in (1, 4, 7, 10):
            start = date(year, month, 1)
            found += [start, start - days(1)]
    return [day for day in found if day >= first]
