"""The outcomes of one organisation as its pages see them: flow, change, goals, closures, research.

Not here: words and markup. Rows come from protected tables: what may not be shown is not in them.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field

from reports.tables import ProtectedTables, to_rows

# How a year is divided, in the order of the page; teams are a breakdown of their own here.
BREAKDOWNS = ("total", "team", "programme", "target_group")


@dataclass(frozen=True)
class Measure:
    """What was measured: one scale of one version of an instrument, told by one informant."""

    instrument: str
    version: str
    scale: str
    informant: str

    @property
    def key(self) -> str:
        """A name that is unique on a page."""
        return "-".join((self.instrument, self.version, self.scale, self.informant))


def find_breakdown(row: dict) -> str:
    """The breakdown of a row; that of a team is ``team``."""
    return "team" if row["level"] == "team" else row["breakdown"]


def find_category(row: dict) -> str | None:
    """The team or category a row is about; None for the organisation as a whole."""
    return row["team_id"] if row["level"] == "team" else row["category"]


@dataclass
class OutcomeBook:
    """Rows of the protected outcome tables of one organisation."""

    flow: list[dict] = field(default_factory=list)
    change: list[dict] = field(default_factory=list)
    goals: list[dict] = field(default_factory=list)
    closures: list[dict] = field(default_factory=list)
    points: list[dict] = field(default_factory=list)
    associations: list[dict] = field(default_factory=list)

    def choose_cohort(self, year: str | None) -> str | None:
        """The latest year of starting, up to ``year``, with a change that may be shown.

        A later measurement is due half a year or more after the start: of the year that pages lead
        with, often nobody can have been measured twice yet.
        """
        told = {
            row["period"]
            for row in self.change
            if row["level"] == "organisation" and row["mean_change"] is not None
            and year is not None and row["period"] <= year
        }  # fmt: skip
        return max(told, default=year)

    def list_instruments(self, year: str | None) -> list[tuple[str, str]]:
        """(instrument, informant) with a flow in the year, by name."""
        return sorted(
            {(row["instrument"], row["informant"]) for row in self.flow if row["period"] == year}
        )

    def flow_of(self, year: str | None, instrument: tuple[str, str]) -> dict[tuple, list[dict]]:
        """(breakdown, category) -> stages of one instrument in one year."""
        found: dict[tuple, list[dict]] = {}
        for row in self.flow:
            if row["period"] == year and (row["instrument"], row["informant"]) == instrument:
                found.setdefault((find_breakdown(row), find_category(row)), []).append(row)
        return found

    def list_measures(self, year: str | None) -> list[Measure]:
        """Every scale with a row of change in the year, totals before parts."""
        found = {
            Measure(row["instrument"], row["instrument_version"], row["scale"], row["informant"])
            for row in self.change
            if row["period"] == year
        }
        return sorted(
            found, key=lambda one: (one.instrument, one.version, one.scale != "total", one.scale)
        )

    def change_of(self, year: str | None, measure: Measure, moments: str) -> dict[tuple, dict]:
        """(breakdown, category) -> the change on one scale between two moments."""
        return {
            (find_breakdown(row), find_category(row)): row
            for row in self.change
            if row["period"] == year
            and row["moments"] == moments
            and Measure(
                row["instrument"], row["instrument_version"], row["scale"], row["informant"]
            )
            == measure
        }

    def goals_of(self, year: str | None, measure: str) -> dict[tuple, dict]:
        """(breakdown, category) -> one measure of the goals closed in the year."""
        return self._pick(self.goals, year, measure)

    def closures_of(self, year: str | None, measure: str) -> dict[tuple, dict]:
        """(breakdown, category) -> one measure of the closures of the year."""
        return self._pick(self.closures, year, measure)

    def list_housing(self, year: str | None) -> list[dict]:
        """Where people lived afterwards, of the organisation as a whole."""
        return [
            row
            for row in self.closures
            if row["period"] == year and row["measure"] == "housing_after"
            and find_breakdown(row) == "total"
        ]  # fmt: skip

    def _pick(self, rows: list[dict], year: str | None, measure: str) -> dict[tuple, dict]:
        return {
            (find_breakdown(row), find_category(row)): row
            for row in rows
            if row["period"] == year and row["measure"] == measure
        }

    def associations_of(self, hypothesis_id: str) -> Iterator[dict]:
        """Every model and term of one hypothesis, that of all organisations first."""
        return (row for row in self.associations if row["hypothesis_id"] == hypothesis_id)

    def points_of(self, hypothesis_id: str) -> list[dict]:
        """One row per own team of one hypothesis, over all its years."""
        return [
            row
            for row in self.points
            if row["hypothesis_id"] == hypothesis_id and row["period"] is None
        ]


def read_outcome_book(tables: ProtectedTables, organisation_id: str) -> OutcomeBook:
    """The outcomes of one organisation; estimates over all organisations belong to each."""
    everyone = tables.read("fidelity_outcome")
    everyone = everyone[everyone["level"] == "all"]
    return OutcomeBook(
        flow=to_rows(tables.read("outcome_flow", organisation_id)),
        change=to_rows(tables.read("outcome_change", organisation_id)),
        goals=to_rows(tables.read("goal_attainment", organisation_id)),
        closures=to_rows(tables.read("closures", organisation_id)),
        points=to_rows(tables.read("fidelity_outcome_point", organisation_id)),
        associations=[
            *to_rows(everyone),
            *to_rows(tables.read("fidelity_outcome", organisation_id)),
        ],
    )
