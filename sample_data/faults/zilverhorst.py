"""Zilverhorst delivers our own template as text files, each written by another hand."""

from datetime import date

from sample_data.faults import zilverhorst_files, zilverhorst_rows
from sample_data.faults.planter import Planter, journalled, staged
from sample_data.tables import serial_date, short_date, spoken_date

DELIVERED = "2026-06-30"
DEBTS = "schulden van € 1.000 of meer (‘zwaar’)"  # signs that only Windows-1252 has
FALLEN = 60  # more than all rows that fall with their quarantined parents


def plant_zilverhorst(planter: Planter) -> None:
    """Plants the quirks of form, then the faults of rows."""
    for export, table in planter.tables.items():
        table.file = f"{export}_{DELIVERED}.csv"
    planter.tables["audits"].file = f"audits/audits_{DELIVERED}.csv"
    _plant_encodings(planter)
    _plant_separators(planter)
    _plant_dates(planter)
    _plant_answers(planter)
    _plant_numbers(planter)
    zilverhorst_files.plant_columns(planter)
    zilverhorst_files.plant_frames(planter)
    zilverhorst_rows.plant_rows(planter)
    zilverhorst_files.plant_files(planter)


def _plant_encodings(planter: Planter) -> None:
    teams = planter.style("teams", encoding="utf-8-sig")
    planter.note(
        "bom",
        "utf8_with_bom",
        teams,
        [journalled("encoding", "utf-8-sig"), staged("team", "true", 4)],
    )
    teams.set(0, "name", "Team Wilgenhof (cafÃ©)")
    planter.note(
        "mojibake-cell", "double_encoded_accents", teams,
        [staged("team", "name = 'Team Wilgenhof (café)'", 1)], "cafÃ©",
    )  # fmt: skip
    trajectories = planter.style("trajecten", encoding="cp1252")
    rows = list(range(3, 40, 9))
    for row in rows:
        trajectories.set(row, "target_group", DEBTS)
    planter.note(
        "cp1252", "windows_1252_with_euro_and_curly_quotes", trajectories,
        [
            journalled("encoding", "cp1252"),
            staged("trajectory", f"target_group = '{DEBTS}'", len(rows)),
        ],
        DEBTS,
    )  # fmt: skip
    ecograms = planter.style("ecogrammen", encoding="utf-16")
    expected = [
        journalled("encoding", "utf-16"),
        staged("ecogram", "true", len(ecograms.rows), FALLEN),
    ]
    planter.note("utf16", "utf_16", ecograms, expected)


def _plant_separators(planter: Planter) -> None:
    for export, separator in (("acties", "\t"), ("evaluaties", ","), ("tkb_stappen", "|")):
        table = planter.style(export, separator=separator)
        name = {"\t": "tab", ",": "comma", "|": "pipe"}[separator]
        planter.note(
            f"separator-{name}", f"separator_{name}", table, [journalled("separator", name)]
        )


def _plant_dates(planter: Planter) -> None:
    forms = (
        ("zelfregulering", short_date, "short_dates", "review_date"),
        ("actieplannen", date.isoformat, "iso_dates", "plan_date"),
        ("doelen", spoken_date, "dutch_month_names", "start_date"),
        ("werkbegeleiding", serial_date, "excel_serial_dates", "session_date"),
    )
    for export, form, quirk, name in forms:
        table = planter.style(export, date=form)
        day = table.get(0, name)
        same = sum(1 for row in range(len(table.rows)) if table.get(row, name) == day)
        where = f"{name} = date '{day}'"
        planter.note(
            quirk.replace("_", "-"),
            quirk,
            table,
            [staged(table.kind, where, same, fallen=2)],
            form(day),
        )
    trajectories = planter.tables["trajecten"]
    open_rows = list(trajectories.find(lambda cell: cell("end_date") is None))
    for row in open_rows:
        trajectories.set(row, "end_date", date(9999, 12, 31))
    planter.note(
        "open-end", "sentinel_9999", trajectories,
        [staged("trajectory", "end_date >= date '2199-01-01'", 0)], "31-12-9999",
    )  # fmt: skip
    for row in range(20, 32):
        trajectories.set(row, "registration_date", date(1900, 1, 1))
    planter.note(
        "empty-1900", "sentinel_1900", trajectories,
        [staged("trajectory", "registration_date is null", 12)], "01-01-1900",
    )  # fmt: skip


def _plant_answers(planter: Planter) -> None:
    forms = (
        ("ki_leefgebieden", "1", "0", "filled"),
        ("evaluaties", "J", "N", "client_present"),
        ("afsluitingen", "Waar", "Onwaar", "exit_interview"),
    )
    for export, yes, no, name in forms:
        table = planter.style(export, yes=yes, no=no)
        count = sum(1 for row in range(len(table.rows)) if table.get(row, name) is True)
        expected = [staged(table.kind, f"{name} is true", count, fallen=FALLEN)]
        planter.note(f"answers-{yes.lower()}", f"yes_no_as_{yes}_{no}", table, expected)
    contacts = planter.style("contacten", empties=("", "n.v.t.", "onbekend", "-"))
    empty = sum(1 for row in range(len(contacts.rows)) if contacts.get(row, "place") is None)
    planter.note(
        "empties",
        "empty_markers",
        contacts,
        [staged("contact", "place is null", empty, FALLEN)],
        "n.v.t.",
    )


def _plant_numbers(planter: Planter) -> None:
    workers = planter.tables["medewerkers"]
    planter.note(
        "decimal-comma",
        "decimal_comma",
        workers,
        [staged("worker", "fte = 0.89", _count_fte(planter))],
        "0,89",
    )
    contacts = planter.tables["contacten"]
    for row in (100, 900, 1700):
        contacts.set(row, "duration_minutes", "1.080")
    planter.note(
        "thousands-dot", "thousands_dot", contacts,
        [staged("contact", "duration_minutes = 1080", 3)], "1.080",
    )  # fmt: skip
    ratings = planter.style("kwaliteitsbeoordelingen", quotes_all=True)
    threes = sum(record["score"] == 3 for record in planter.world["quality_rating"])
    expected = [staged("quality_rating", "score = 3", threes, fallen=FALLEN)]
    planter.note("number-text", "numbers_as_text", ratings, expected, '"3"')
    trainings = planter.tables["trainingen"]
    for row in range(len(trainings.rows)):
        trainings.set(row, "worker_id", trainings.get(row, "worker_id").lstrip("0"))
    planter.note(
        "leading-zeros", "lost_leading_zeros", trainings,
        [staged("training", "true", len(trainings.rows))], f";{trainings.get(1, 'worker_id')};",
    )  # fmt: skip


def _count_fte(planter: Planter) -> int:
    return sum(1 for record in planter.world["worker"] if str(record["fte"]) == "0.89")
