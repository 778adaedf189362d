"""Who is counted, the slow way: one trajectory, goal or closure at a time, from the rules."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property

from pipelines.catalogue import load_catalogue
from tests.oracle.knowledge import Knowledge
from tests.oracle.periods import quarter
from tests.oracle.world import Row, World

NOT_DISCUSSED = {"zrm": 99}
# As the exports of these worlds spell them: (instrument, version, scale) -> ours.
NAMES = {
    "hhi": ("hhi", {"nl": "nl", "": "nl"}, {"totaal": "total"}, (12, 48), True),
    "herth hope index": ("hhi", {"nl": "nl", "": "nl"}, {"totaal": "total"}, (12, 48), True),
    "zrm": (
        "zrm",
        {"2017": "2017", "2010": "2010"},
        {"huisvesting": "housing", "sociaal netwerk": "social_network"},
        (1, 5),
        True,
    ),
    "bsi": ("bsi_53", {"": ""}, {"dep": "dep"}, (0, 4), False),
}
RELIABILITIES = {("hhi", "total"): 0.79, ("bsi_53", "dep"): 0.76}
PROFILES = load_catalogue().profiles


@dataclass(frozen=True)
class Unit:
    """One trajectory, goal or closure with where it belongs."""

    organisation_id: str
    team_id: str
    client_id: str | None
    trajectory_id: str
    period: object  # the quarter
    programme: str
    target_group: str | None
    row: Row
    know: Knowledge
    end: date | None

    @property
    def client(self) -> tuple[str, str] | None:
        return (self.organisation_id, self.client_id) if self.client_id else None


def read_measurement(row: Row) -> tuple[str, str, str, tuple | None, bool | None]:
    """(instrument, version, scale, range, is_higher_better) of a delivered measurement."""
    known = NAMES.get(row["instrument"].lower())
    version = (row["instrument_version"] or "").lower()
    if known is None:
        return row["instrument"], version, row["scale"], None, None
    instrument, versions, scales, limits, is_higher_better = known
    scale = scales[row["scale"].lower()]
    return instrument, versions[version], scale, limits, is_higher_better


class SlowWorld:
    """A world read by the rules of outcomes."""

    def __init__(self, world: World):
        self.world = world
        self.knows = [Knowledge(world, row) for row in world.organisations]

    def _place(self, know: Knowledge, trajectory_id: str, on: date, row: Row) -> Iterator[Unit]:
        trajectory = know.find_method_trajectory(trajectory_id)
        if trajectory is None:
            return
        period = quarter(on.year, (on.month + 2) // 3)
        first = know.first_dates[trajectory.team_id]
        if on < first or not know.team_has_row(trajectory.team_id, period):
            return
        delivered = next(
            each for each in know.rows("trajectory") if each["trajectory_id"] == trajectory_id
        )
        group = delivered["target_group"]
        yield Unit(
            know.organisation_id,
            trajectory.team_id,
            trajectory.client_id,
            trajectory_id,
            period,
            trajectory.programme,
            group.strip().lower() if group else None,
            row,
            know,
            trajectory.end,
        )

    @cached_property
    def cohort(self) -> list[Unit]:
        return [
            unit
            for know in self.knows
            for row in know.known("trajectory", "start_date")
            for unit in self._place(know, row["trajectory_id"], row["start_date"], row)
        ]

    @cached_property
    def goals(self) -> list[Unit]:
        units = []
        for know in self.knows:
            plans = {row["plan_id"]: row["trajectory_id"] for row in know.rows("action_plan")}
            for row in know.known("goal", "closed_date"):
                if row["status"] != "open":
                    units += self._place(know, plans[row["plan_id"]], row["closed_date"], row)
        return units

    @cached_property
    def closures(self) -> list[Unit]:
        return [
            unit
            for know in self.knows
            for row in know.known("closure", "closure_date")
            for unit in self._place(know, row["trajectory_id"], row["closure_date"], row)
        ]

    # -- measurements ---------------------------------------------------------------------------

    def find_window(self, unit: Unit, moment: str) -> tuple[date, date, date] | None:
        """First day, target day and last day on which a moment counts for a trajectory."""
        start = unit.row["start_date"]

        def on(days: int) -> date:
            return start + timedelta(days=days)

        if moment == "T0":
            return on(-31), start, on(31)
        if moment == "T1":
            if unit.end is not None and unit.end < on(122):
                month = timedelta(days=31)
                return unit.end - month, unit.end, unit.end + month
            return on(122), on(183), on(244)
        return (on(213), on(274), on(335)) if moment == "T2" else None

    @cached_property
    def _measurements_of(self) -> dict[tuple[str, str], list[Row]]:
        found: dict[tuple[str, str], list[Row]] = {}
        for know in self.knows:
            for row in know.known("outcome_measurement", "measured_date"):
                found.setdefault((know.organisation_id, row["trajectory_id"]), []).append(row)
        return found

    def list_measurements(self, unit: Unit) -> list[Row]:
        return self._measurements_of.get((unit.organisation_id, unit.trajectory_id), [])

    def choose(self, unit: Unit, moment: str) -> dict[tuple[str, str, str, str], float]:
        """(instrument, version, scale, informant) -> the score that is used for a moment."""
        window = self.find_window(unit, moment)
        best: dict[tuple, tuple] = {}
        for row in self.list_measurements(unit):
            instrument, version, scale, limits, _ = read_measurement(row)
            if row["moment"] != moment or row["score"] == NOT_DISCUSSED.get(instrument):
                continue
            if limits and not limits[0] <= row["score"] <= limits[1]:
                continue
            if window is None or not window[0] <= row["measured_date"] <= window[2]:
                continue
            distance = abs((row["measured_date"] - window[1]).days)
            order = (
                distance,
                row["measured_date"],
                -row["delivery_rank"],
                -row["row_number"],
            )
            key = (instrument, version, scale, row["informant"])
            if key not in best or order < best[key][0]:
                best[key] = (order, row["score"])
        return {key: score for key, (_, score) in best.items()}

    @cached_property
    def uses(self) -> dict[str, dict[tuple[str, str], date]]:
        """Organisation -> (instrument, informant) -> day of the first measurement."""
        found: dict[str, dict[tuple[str, str], date]] = {}
        for unit in self.cohort:
            own = found.setdefault(unit.organisation_id, {})
            for row in self.list_measurements(unit):
                key = (read_measurement(row)[0], row["informant"])
                own[key] = min(row["measured_date"], own.get(key, row["measured_date"]))
        return found

    def tell_fate(self, unit: Unit, moment: str, key: tuple[str, str], since: date) -> str:
        """What became of a trajectory at a moment, for an (instrument, informant)."""
        last = self.find_window(unit, moment)[2]
        if moment == "T0" and last < since:
            return "before_first_record"
        if last > unit.know.known_until:
            return "not_yet_due"
        if key in {(name[0], name[3]) for name in self.choose(unit, moment)}:
            return "measured"
        return "ended" if unit.end is not None and unit.end <= last else "missed"


def list_views(unit: Unit, breakdowns: dict[str, str | None]) -> Iterator[tuple]:
    """(level, organisation, team, period, breakdown, category) in which a unit is counted."""
    for period in (unit.period.name, str(unit.period.first.year)):
        yield "team", unit.organisation_id, unit.team_id, period, "total", None
        for level, organisation in (("organisation", unit.organisation_id), ("all", None)):
            yield level, organisation, None, period, "total", None
            for breakdown, category in breakdowns.items():
                yield level, organisation, None, period, breakdown, category or "not_recorded"


def describe_groups(unit: Unit) -> dict[str, str | None]:
    return {"programme": unit.programme, "target_group": unit.target_group}
