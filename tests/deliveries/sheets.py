"""A mapping that names sheets, and a workbook with teams on one sheet and workers on another."""

from tests.deliveries.conftest import Door
from tests.deliveries.test_workbook import make_workbook

TEAMS = [["Code", "Naam"], ["t1", "Noord"], ["t2", "Zuid"]]
WORKERS = [
    ["Overzicht van medewerkers"],
    ["Nr", "Team", "Vanaf", "Telefoon"],
    ["w1", "t1", "2020-01-01", "x"],
    ["w2", "t2", "2020-01-01", "x"],
    ["Totaal", "2"],
]


def _make_export(export_id: str, kind: str, **columns: str) -> dict:
    fields = {field: {"column": column} for field, column in columns.items()}
    return {"id": export_id, "records": [{"kind": kind, "fields": fields}]}


EXPORTS = (
    _make_export("teams", "team", team_id="Code", name="Naam"),
    _make_export("workers", "worker", worker_id="Nr", team_id="Team", start_date="Vanaf"),
)


def name_sheets(door: Door, *sheets: str, version: int = 1) -> None:
    """Gives the organisation a mapping of both exports that names these sheets."""
    door.add_organisation(source="eigen")
    door.add_source("eigen", *EXPORTS, version=version)
    door.sources["eigen"] = door.sources["eigen"].model_copy(update={"sheets": sheets})


def fill_two_sheets(door: Door, *more: list[list]) -> None:
    """Puts a workbook in the inbox: workers (the best sheet) and teams, and what comes more."""
    door.write("alles.xlsx", make_workbook(WORKERS, TEAMS, *more))
