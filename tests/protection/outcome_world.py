"""A small world of outcomes that is protected as a run does."""

from datetime import date

from pipelines.catalogue import load_catalogue
from pipelines.facts.catalogue_tables import CATALOGUE_STEPS
from pipelines.protection import STEPS
from pipelines.run import Run
from pipelines.warehouse import open_warehouse
from pipelines.warehouse.steps import build_all
from tests.reports.synthetic import create_result_tables, insert
from tests.reports.synthetic_outcome_tables import add_rows


class World:
    """Organisations ``o1``, ``o2``, ... with outcomes of 2025; teams have eight workers."""

    def __init__(self, home, organisations=1, threshold=None):
        self.run = Run(home / "inbox", home, home / "key", load_catalogue())
        self.warehouse = open_warehouse()
        create_result_tables(self.warehouse, self.run.catalogue)
        insert(self.warehouse, "staged.run", [(date(2025, 12, 31),)])
        names = [f"o{number}" for number in range(1, organisations + 1)]
        insert(
            self.warehouse,
            "staged.organisation",
            [(one, one, "canonical", None, date(2025, 12, 31), threshold) for one in names],
        )

    def add(self, table, *rows):
        flat = [row for one in rows for row in (one if isinstance(one, list) else [one])]
        add_rows(self.warehouse, table, flat)
        return self

    def staff(self, organisation, team, workers=8, clients=40, period="2025"):
        """The indicator KI-1 of a team: what tells how many workers it has."""
        key = f"KI-1|{organisation}|{team}|{period}|v1"
        insert(
            self.warehouse,
            "results.indicator_scores",
            [("team", organisation, team, period, "KI-1", 1, 30, 40, 0.75, 4.0, 0.6, 0.86, 40, 0,
              None, "scored", False, "default", key)],
        )  # fmt: skip
        insert(self.warehouse, "score.indicator_population", [(key, clients, workers)])
        return self

    def protect(self, table, where="true"):
        build_all((*CATALOGUE_STEPS, *STEPS), self.warehouse, self.run)
        rows = self.warehouse.fetch_frame(f"select * from protected.{table} where {where}")
        rows = rows.astype(object).where(rows.notna(), None)
        return rows.to_dict("records")
