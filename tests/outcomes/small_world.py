"""Small worlds of trajectories, measurements, goals and closures, and their built tables."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

from pipelines.catalogue import load_catalogue
from pipelines.facts import STEPS as FACT_STEPS
from pipelines.outcomes import STEPS
from pipelines.run import Run
from pipelines.warehouse import Warehouse, open_warehouse
from tests.oracle.load import load_world
from tests.oracle.world import Row, World

CATALOGUE = load_catalogue()
NEEDED_TABLES = {
    "catalogue.code",
    "catalogue.programme",
    "catalogue.t_quantile",
    "fact.trajectory",
    "fact.review",
    "fact.team",
    "fact.day",
    "fact.period",
    "fact.team_period",
}
RUN = Run(Path("inbox"), Path("home"), Path("key"), CATALOGUE)
LONG_AGO = date(2015, 1, 1)


def day(text: str | date) -> date:
    return text if isinstance(text, date) else date.fromisoformat(text)


class SmallWorld:
    """Writes the records of a world; everything not said is the usual."""

    def __init__(self) -> None:
        self.world = World(seed=0, as_of=date(2026, 12, 31))
        self._number = 0

    def organisation(
        self, name: str, known_until: str | date = "2026-12-31", method_start: date | None = None
    ) -> SmallWorld:
        self.world.organisations.append(
            {
                "organisation_id": name,
                "name": name,
                "known_until": day(known_until),
                "method_start": method_start,
            }
        )
        for profile in CATALOGUE.profiles.values():
            for setting, entry in profile.settings.items():
                self.world.settings[name, profile.programme, setting] = entry.value
        return self

    def team(self, name: str, organisation: str = "o", **fields: object) -> SmallWorld:
        return self.add("team", organisation, team_id=name, **{"start_date": LONG_AGO, **fields})

    def add(self, kind: str, organisation: str = "o", **fields: object) -> SmallWorld:
        self._number += 1
        origin = {"delivery": "d", "delivery_rank": 1, "row_number": self._number}
        row: Row = {"organisation_id": organisation, **origin, **fields}
        for name, value in row.items():
            if name.endswith("_date") and isinstance(value, str):
                row[name] = day(value)
        self.world.records[kind].append(row)
        return self

    def trajectory(
        self, name: str, start: str | date, end: str | date | None = None, **fields: object
    ) -> SmallWorld:
        organisation = fields.pop("organisation", "o")
        usual = {"client_id": f"client of {name}", "team_id": "t", "programme": "krachtwerk"}
        dates = {"start_date": start, "end_date": end}
        return self.add(
            "trajectory", organisation, trajectory_id=name, **{**usual, **dates, **fields}
        )

    def measure(
        self, trajectory: str, moment: str, on: str | date, score: object, **fields: object
    ) -> SmallWorld:
        organisation = fields.pop("organisation", "o")
        usual = {
            "measurement_id": f"m{self._number}",
            "instrument": "HHI",
            "instrument_version": "NL",
            "informant": "client",
            "scale": "totaal",
        }
        told = {"trajectory_id": trajectory, "moment": moment, "measured_date": on, "score": score}
        return self.add("outcome_measurement", organisation, **{**usual, **told, **fields})

    def build(self) -> Warehouse:
        return build_outcomes(self.world)


def build_outcomes(world: World) -> Warehouse:
    """A warehouse with the tables of this room; record profile and audits are empty."""
    warehouse = open_warehouse()
    load_world(warehouse, CATALOGUE, world)
    warehouse.execute(
        "create or replace table results.record_profile (level VARCHAR, organisation_id VARCHAR,"
        " team_id VARCHAR, period VARCHAR, part VARCHAR, score DOUBLE, status VARCHAR)"
    )
    warehouse.execute(
        "create or replace table results.audit_interpolated (organisation_id VARCHAR,"
        " team_id VARCHAR, instrument VARCHAR, instrument_version VARCHAR, period VARCHAR,"
        " score DOUBLE)"
    )
    facts = [step for step in FACT_STEPS if step.table in NEEDED_TABLES]
    for step in (*facts, *STEPS):
        step.build(warehouse, RUN)
    return warehouse


def fetch_rows(warehouse: Warehouse, table: str, **conditions: object) -> list[Row]:
    """Rows of a table as dicts, with columns equal to the conditions (None: empty)."""
    tests = " and ".join(f"{name} is not distinct from ?" for name in conditions) or "true"
    result = warehouse.execute(f"select * from {table} where {tests}", list(conditions.values()))
    names = [column[0] for column in result.description]
    return [dict(zip(names, row, strict=True)) for row in result.fetchall()]


def fetch_row(warehouse: Warehouse, table: str, **conditions: object) -> Row:
    """The one row that meets the conditions."""
    rows = fetch_rows(warehouse, table, **conditions)
    assert len(rows) == 1, (table, conditions, len(rows))
    return rows[0]


def after(start: str | date, days: int) -> date:
    return day(start) + timedelta(days=days)
