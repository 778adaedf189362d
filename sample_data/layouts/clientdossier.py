"""What is particular to the client-file system: joined records, identifying columns, preambles."""

from collections import defaultdict
from datetime import date, timedelta
from typing import Any

from pipelines.catalogue.models.sources import Export
from sample_data.tables import Table
from sample_data.world import Organisation, World
from sample_data.world.dice import Dice
from sample_data.world.names import FIRST_NAMES, SURNAMES
from sample_data.world.records import Record

AGES = {
    "under_18": 17,
    "from_18_to_22": 20,
    "from_23_to_29": 26,
    "from_30_to_44": 37,
    "from_45_to_64": 54,
    "from_65": 69,
}
# A number from the range that is never issued; it passes the eleven-test.
TEST_BSN = 999999990
STREETS = ("Verzonnenlaan", "Nergensstraat", "Fictiehof")
DATE_TIMES = ("Startdatum traject", "Datum")  # exported as text with a time of day


def join_records(world: World) -> World:
    """Trajectories with their closure in one row; children with the columns of their parent."""
    joined: World = defaultdict(list, {kind: list(records) for kind, records in world.items()})
    closures = {record["trajectory_id"]: record for record in world["closure"]}
    parents = {record["trajectory_id"]: record for record in world["trajectory"]}
    for kind, records in world.items():
        joined[kind] = [_join_parent(record, parents) for record in records]
    joined["trajectory"] = [
        {**closures.get(record["trajectory_id"], {}), **record} for record in world["trajectory"]
    ]
    return joined


def _join_parent(record: Record, parents: dict[str, Record]) -> Record:
    parent = parents.get(record.get("trajectory_id"))
    if parent is None:
        return record
    return {
        **record,
        "trajectory.client_id": parent["client_id"],
        "trajectory.start_date": parent["start_date"],
    }


def complete(
    export: Export, records: list[Record], columns: dict[str, list[Any]]
) -> tuple[list[Record], dict[str, list[Any]]]:
    """The columns as the system exports them: ids as numbers, identifying columns filled."""
    if export.id in ("metingen", "zrm"):
        keep = [(record["instrument"] == "ZRM") == (export.id == "zrm") for record in records]
        columns = {
            header: [cell for cell, kept in zip(cells, keep, strict=True) if kept]
            for header, cells in columns.items()
        }
        records = [record for record, kept in zip(records, keep, strict=True) if kept]
    for header, cells in columns.items():
        if header.casefold().endswith("nummer") and header != "Ris-dossiernummer":
            columns[header] = [
                int(cell) if isinstance(cell, str) and cell.isdigit() else cell for cell in cells
            ]
        if header in DATE_TIMES and export.id != "trajecten":
            columns[header] = [f"{cell} 00:00:00" if cell else cell for cell in cells]
    if "Geboortedatum" in columns:
        columns["Geboortedatum"] = [_birth_date(record) for record in records]
    for header in export.known_columns:
        columns[header] = [_identify(header, record, row) for row, record in enumerate(records)]
    return records, columns


def _birth_date(record: Record) -> date:
    """A birth date that gives the age band of the record at the start."""
    dice = Dice("birth", record["client_id"])
    day: date = record["start_date"] - timedelta(days=AGES[record["age_band"]] * 365 + 200)
    return day - timedelta(days=dice.between(0, 90))


def _identify(header: str, record: Record, row: int) -> Any:
    """An obviously invented value for a column that is never kept."""
    person = record.get("trajectory.client_id") or record.get("client_id") or row
    dice = Dice("identity", person)
    first, last = dice.pick(FIRST_NAMES), dice.pick(SURNAMES)
    number = dice.between(100, 999)
    values = {
        "BSN": TEST_BSN,
        "Voornaam": first,
        "Tussenvoegsel": "van" if number % 7 == 0 else None,
        "Achternaam": last,
        "E-mail": f"{first}.{last}@voorbeeld.example".lower(),
        "Adres": f"{dice.pick(STREETS)} {number}",
        "Postcode": f"0{number} ZZ",
        "Woonplaats": "Nergenshuizen",
        "Telefoon": f"000-000{number}",
        "Aanmelddatum deelnemer": record.get("registration_date"),
        "Reden afsluiting deelnemer": "Verhuisd" if record.get("end_date") else None,
        "Afsluitdatum deelnemer": record.get("end_date"),
        "Project(en)": "Moestuin, Fietsenmakerij" if number % 3 else "Moestuin",
        "Resultaatgebied(en)": "Sociaal en persoonlijk functioneren, Dagbesteding",
    }
    return values.get(header)


def add_preamble(table: Table, organisation: Organisation, title: str) -> None:
    """The rows that the system puts above every table."""
    table.preamble = [
        [organisation.name],
        [title],
        [],
        ["Startdatum", "2024-01-01"],
        ["Einddatum", organisation.known_until.isoformat()],
        ["Totaal aantal rijen", len(table.rows)],
        [],
    ]
