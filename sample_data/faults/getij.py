"""Getij delivers workbooks out of a client-file system, with everything such a system does."""

from copy import deepcopy
from datetime import date
from typing import Any

from sample_data.faults import getij_rows
from sample_data.faults.planter import (
    Planter,
    checked,
    found_nowhere,
    journalled,
    refused,
    reported,
    staged,
)
from sample_data.layouts.clientdossier import TEST_BSN, add_preamble
from sample_data.tables import Table

BEHIND = date(2026, 5, 15)


def plant_getij(planter: Planter) -> None:
    """Plants the habits of the system, then the faults of rows."""
    for export, table in planter.tables.items():
        title = export.replace("_", " ").capitalize()
        table.file = f"{title}.xlsx"
        add_preamble(table, planter.organisation, title)
    _plant_frames(planter)
    _plant_habits(planter)
    getij_rows.plant_rows(planter)
    _plant_files(planter)
    for table in planter.tables.values():
        table.preamble[5] = ["Totaal aantal rijen", len(table.rows)]


def _plant_frames(planter: Planter) -> None:
    table = planter.tables["trajecten"]
    blank = [None] * (len(table.headers) - 2)
    table.rows.insert(200, ["Totaal", None, *blank])
    table.rows.append(["Totaal", 530, *blank])
    table.rows.append(["Uniek", 512, *blank])
    expected = [reported("trajectory", "not_a_record", 3)]
    planter.note("totals", "total_rows_inside_and_below", table, expected, "Uniek")
    expected = [journalled("file_date_origin", "preamble"), journalled("file_date", "2026-06-28")]
    planter.note("preamble", "preamble_with_file_date", table, expected, "Totaal aantal rijen")
    scores = planter.tables["auditscores"]
    scores.legend = [["Bron", "Betekenis"], ["dossier", "uit dossieronderzoek"]]
    planter.note("two-sheets", "second_sheet", scores, [journalled("sheets", "Legenda")], "Legenda")
    ecograms = planter.tables["ecogrammen"]
    day = ecograms.header_of("ecogram_date")
    ecograms.rows = [row for row in ecograms.rows if row[day] <= BEHIND]
    ecograms.preamble[4] = ["Einddatum", BEHIND.isoformat()]
    expected = [checked("kind_behind", "ecogram")]
    planter.note("behind", "kind_behind", ecograms, expected, BEHIND.isoformat())


def _plant_habits(planter: Planter) -> None:
    table = planter.tables["trajecten"]
    people = found_nowhere(str(TEST_BSN), "@voorbeeld.example", "Nergensstraat", "Nergenshuizen")
    planter.note("canaries", "identifying_columns", table, [people], str(TEST_BSN))
    # One more than there are: a trajectory comes twice, see the rows.
    count = len(planter.world["trajectory"]) + 1
    expected = [staged("trajectory", "planned_end_date = start_date + 364", count, fallen=10)]
    planter.note("default-end", "planned_end_by_default", table, expected)
    assessments = planter.tables["krachteninventarisaties"]
    for row in range(len(assessments.rows)):
        assessments.set(row, "client_agreed", "Wel akkoord")
    one_value = {
        "in": "warning",
        "file": assessments.file,
        "record_kind": "strengths_assessment",
        "warning": "single_value_column",
        "row_numbers": [],
    }
    planter.note("single-value", "yes_no_with_one_value", assessments, [one_value], "Wel akkoord")


def _plant_files(planter: Planter) -> None:
    workers = planter.tables["medewerkers"]
    earlier: Table = deepcopy(workers)
    earlier.file = "2026-05/Medewerkers.xlsx"
    earlier.preamble[4] = ["Einddatum", "2026-05-31"]
    planter.tables["medewerkers_mei"] = earlier
    planter.add_row(
        "medewerkers_mei", after=0, worker_id="Roerdomp Vergiet-Testnaam", role="Administratie"
    )
    planter.note(
        "vanished-worker", "complete_file_lets_keys_vanish", earlier,
        [
            {**reported("worker", "vanished", 1), "file": workers.file},
            {**reported("worker", "staged", len(workers.rows)), "file": workers.file},
            reported("worker", "staged", 0),
        ],
        "Roerdomp Vergiet-Testnaam",
    )  # fmt: skip
    report = "Managementrapportage.xlsx"
    planter.sheets[report] = [
        ("Aantal unieke deelnemers per locatie en maand", _make_report("deelnemers")),
        ("Contactmomenten", _make_report("contactmomenten")),
    ]
    planter.note("report", "report_not_records", report, [refused("report")], "Aantal deelnemers")
    broken = "Contactmomenten oud.xlsx"
    planter.blobs[broken] = b"PK\x03\x04" + b"dit is geen werkmap meer" * 20
    planter.note("broken", "unreadable_workbook", broken, [refused("")], "dit is geen werkmap meer")


def _make_report(what: str) -> list[list[Any]]:
    return [
        ["Fictiehuis Het Getij"],
        [f"Aantal {what}"],
        [],
        ["Startdatum", "2026-01-01"],
        ["Einddatum", "2026-06-28"],
        ["Totaal aantal rijen", 3],
        [],
        ["", "Januari", "Februari", "Maart", "Totaal"],
        ["De Vlonder", 41, 44, 40, 125],
        ["Het Getij", 38, 39, 43, 120],
        ["Totaal", 79, 83, 83, 245],
        ["Uniek", 70, 71, 74, 101],
    ]
