"""Releases of one system of counts after each other, with what somebody reads of each.

What does not belong here: the rows of real tables (``test_registry``).
"""

from dataclasses import dataclass
from pathlib import Path

from pipelines.catalogue import load_catalogue
from pipelines.deliveries.journal import RELEASE, append_event
from pipelines.protection.cell_systems import CellSystem, hide_cells
from pipelines.protection.published_system import attacker_file
from pipelines.protection.registered import REGISTERED_STEP
from pipelines.protection.snapshot import write_registry
from pipelines.run import Run
from pipelines.warehouse import open_warehouse

SYSTEM = CellSystem("history", "counts of a made-up world.", ())

Place = tuple[str, str, str]  # organisation, team, period


@dataclass(frozen=True)
class Told:
    """What a release tells of one count: a number or nothing; kept: that of a release before."""

    count: int | None
    is_kept: bool
    true_count: int


class History:
    """A home in which one release after the other is made."""

    def __init__(self, home: Path, k: int):
        home.mkdir(parents=True)
        self.k = k
        self.run = Run(home / "inbox", home, home / "key", load_catalogue())

    def release(self, counts: dict[Place, int], open_periods=(), over_time="sum") -> dict:
        """Publishes counts; place -> what is told of it."""
        with open_warehouse() as warehouse:
            warehouse.execute(
                "create table protected.cell_history (cell_key varchar, block varchar,"
                " organisation_id varchar, team_id varchar, period varchar, category varchar,"
                " cell_value bigint, needed integer, is_hidden boolean, over_time varchar,"
                " least_difference integer, is_closed boolean, parts varchar)"
            )
            warehouse.connection.executemany(
                "insert into protected.cell_history values"
                " (?, 'b', ?, ?, ?, '', ?, ?, ?, ?, ?, ?, '')",
                [
                    ("|".join(place), *place, count, self.k - 1 if 0 < count < self.k else 0,
                     0 < count < self.k, over_time, self.k, place[2] not in open_periods)
                    for place, count in counts.items()
                ],
            )  # fmt: skip
            REGISTERED_STEP.build(warehouse, self.run)
            hide_cells(warehouse, self.run, SYSTEM)
            rows = warehouse.fetch_all(
                "select cell_key, told_value, is_kept, cell_value from read_parquet(?)",
                [str(attacker_file(self.run, "history"))],
            )
        name = write_registry(self.run, ("history",), {})
        append_event(self.run.journal, {"event": RELEASE, "release": "r", "registry": name})
        return {tuple(key.split("|")): Told(*rest) for key, *rest in rows}

    def forget_releases(self) -> None:
        """As a home in which nothing was ever published."""
        self.run.journal.unlink()
