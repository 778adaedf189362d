"""From units to one row per indicator, level and period."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import timedelta
from fractions import Fraction

from tests.oracle.indicators import Indicator
from tests.oracle.intervals import student_t, wilson
from tests.oracle.knowledge import Knowledge
from tests.oracle.own_rules import AS_SHIPPED, OwnRules, list_shared
from tests.oracle.periods import Period, list_periods, quarters_of
from tests.oracle.shapes import Rate
from tests.oracle.units import Unit
from tests.oracle.world import World

RECORDED_SHARE = Fraction(4, 5)
WORKER_MONTHS = 3
STATUSES = ("too_incomplete", "no_data", "too_few", "no_norm", "scored")


@dataclass(frozen=True)
class Place:
    """A level in a period, and the teams with a row that it is made of."""

    level: str
    organisation_id: str | None
    team_id: str | None
    period: Period
    members: tuple[tuple[str, str], ...]  # (organisation, team)

    def score_key(self, indicator: Indicator) -> str:
        where = f"{self.organisation_id or ''}|{self.team_id or ''}"
        return f"{indicator.id}|{where}|{self.period.name}|v{indicator.version}"


@dataclass(frozen=True)
class Score:
    """One indicator of one place, exact."""

    place: Place
    indicator: Indicator
    units: tuple[Unit, ...]
    numerator: Fraction
    denominator: Fraction
    value: Fraction | None
    score: Fraction | None
    interval: tuple[float, float] | None
    units_counted: int
    status: str
    is_provisional: bool

    @property
    def key(self) -> str:
        return self.place.score_key(self.indicator)


class Scorer:
    """All places of a world and the units that belong to them."""

    def __init__(self, world: World):
        self.organisations = {
            row["organisation_id"]: Knowledge(world, row) for row in world.organisations
        }
        self._units: dict[tuple, list[Unit]] = {}
        self._own_rules = world.own_rules

    # -- rules ----------------------------------------------------------------------------------

    def rules_of(self, place: Place) -> OwnRules:
        """The rules of an organisation; all together are judged by the shipped ones."""
        return self._own_rules.get(place.organisation_id or "", AS_SHIPPED)

    def list_leading(self, place: Place) -> list[Indicator]:
        """The indicators of a place; all together have those that nobody changed."""
        if place.level == "all":
            return list_shared(self._own_rules.values())
        return self.rules_of(place).list_leading()

    def list_kept(self, place: Place) -> list[Indicator]:
        """The shipped versions that an organisation has scored beside its own."""
        return self.rules_of(place).list_kept()

    # -- places ---------------------------------------------------------------------------------

    def list_places(self) -> Iterator[Place]:
        firsts = [min(k.first_dates.values()) for k in self.organisations.values() if k.first_dates]
        if not firsts:
            return
        last = max(know.known_until for know in self.organisations.values())
        for period in list_periods(min(firsts), last):
            everyone = []
            for organisation_id, know in sorted(self.organisations.items()):
                teams = [(organisation_id, team) for team in know.list_teams_with_row(period)]
                for member in teams:
                    yield Place("team", *member, period, (member,))
                if teams:
                    yield Place("organisation", organisation_id, None, period, tuple(teams))
                everyone += teams
            if everyone:
                yield Place("all", None, None, period, tuple(everyone))

    def is_provisional(self, place: Place, after_days: int) -> bool:
        """True when an organisation has not yet told all about the period (and some days after)."""
        complete_at = place.period.last + timedelta(days=after_days)
        if place.level != "all":
            return self.organisations[place.organisation_id].known_until < complete_at
        return any(
            know.known_until < complete_at
            for know in self.organisations.values()
            if know.first_dates and min(know.first_dates.values()) <= place.period.last
        )

    # -- units ----------------------------------------------------------------------------------

    def list_units(self, indicator: Indicator, place: Place) -> list[Unit]:
        """The units of a place: those of its teams together."""
        return [
            unit
            for organisation_id, team_id in place.members
            for unit in self.list_team_units(indicator, organisation_id, team_id, place.period)
        ]

    def list_team_units(
        self, indicator: Indicator, organisation_id: str, team_id: str, period: Period
    ) -> list[Unit]:
        key = indicator.id, indicator.version, organisation_id, team_id, period
        if key not in self._units:
            know = self.organisations[organisation_id]
            units = self._find_units(indicator, know, team_id, period)
            self._units[key] = units
        return self._units[key]

    def _find_units(self, indicator, know: Knowledge, team_id: str, period: Period) -> list[Unit]:
        if not period.is_year or indicator.in_year == "itself":
            return indicator.shape.list_units(know, indicator.deciding_kind, team_id, period)
        quarters = [q for q in quarters_of(period) if know.team_has_row(team_id, q)]
        if indicator.in_year == "stock":
            # A year of a stock is the quarter in which the knowledge of the year ends.
            end = know.end_of(period)
            quarters = [quarter for quarter in quarters if quarter.first <= end <= quarter.last]
        units = [
            unit
            for quarter in quarters
            for unit in self.list_team_units(indicator, know.organisation_id, team_id, quarter)
        ]
        return merge_workers(units) if isinstance(indicator.shape, Rate) else units

    # -- scores ---------------------------------------------------------------------------------

    def score(self, indicator: Indicator, place: Place) -> Score:
        units = tuple(self.list_units(indicator, place))
        counted = [unit for unit in units if unit.is_counted]
        numerator = Fraction(sum(unit.numerator for unit in counted))
        denominator = Fraction(sum(unit.denominator for unit in counted))
        units_counted = sum(unit.weight for unit in counted if unit.adds_to_count)
        value = numerator / denominator if denominator > 0 else None
        status = find_status(indicator, units, units_counted, numerator, denominator)
        return Score(
            place,
            indicator,
            units,
            numerator,
            denominator,
            value,
            indicator.anchors(value) if status == "scored" else None,
            None if value is None else find_interval(indicator, counted),
            units_counted,
            status,
            self.is_provisional(place, 31 if indicator.id == "BT-1" else 0),
        )

    def score_all(self) -> list[Score]:
        return [
            self.score(indicator, place)
            for place in self.list_places()
            for indicator in (*self.list_leading(place), *self.list_kept(place))
        ]


def merge_workers(units: list[Unit]) -> list[Unit]:
    """One unit per worker within a team; sessions and months of the quarters are added."""
    merged: dict[str, Unit] = {}
    for unit in units:
        before = merged.get(unit.unit_id)
        merged[unit.unit_id] = (
            unit
            if before is None
            else replace(
                before,
                numerator=before.numerator + unit.numerator,
                denominator=before.denominator + unit.denominator,
            )
        )
    return list(merged.values())


def find_status(
    indicator: Indicator,
    units: tuple[Unit, ...],
    units_counted: int,
    numerator: Fraction,
    denominator: Fraction,
) -> str:
    """The first status that fits, in the order of STATUSES."""
    missing = sum(unit.weight for unit in units if unit.reason == "not_recorded")
    if missing and Fraction(units_counted, units_counted + missing) < RECORDED_SHARE:
        return "too_incomplete"
    if units_counted == 0 or denominator == 0:
        return "no_data"
    if indicator.id == "ST-3" and numerator == 0:
        return "no_data"  # no open trajectory, no caseload
    if isinstance(indicator.shape, Rate):
        if denominator < WORKER_MONTHS:
            return "too_few"
    elif units_counted < indicator.minimum_units:
        return "too_few"
    return "no_norm" if indicator.anchors is None else "scored"


def find_interval(indicator: Indicator, counted: list[Unit]) -> tuple[float, float] | None:
    if indicator.interval == "wilson":
        return wilson(sum(unit.met for unit in counted), len(counted))
    if indicator.interval == "t":
        return student_t([Fraction(unit.numerator) / unit.denominator for unit in counted])
    return None
