"""Papaverdal delivers our own field names, as text files and Parquet."""

from copy import deepcopy
from datetime import date

from sample_data.faults.planter import (
    Planter,
    found_nowhere,
    journalled,
    pick_rows,
    refused,
    staged,
    warned,
)

PARQUET = ("contact", "strengths_assessment_domain", "team_review_step", "goal", "supervision")
# Passes the eleven-test and was never issued.
CANARY_BSN = "999999990"
WEIGHTS = (9, 8, 7, 6, 5, 4, 3, 2, -1)


def plant_papaverdal(planter: Planter) -> None:
    """Plants the quirks of a well-kept delivery, and two files that hold numbers of citizens."""
    for kind, table in planter.tables.items():
        table.file = f"{kind}.parquet" if kind in PARQUET else f"{kind}.csv"
        table.style.separator = ","
        table.style.decimal_mark = "."
        table.style.date = date.isoformat
        table.style.yes, table.style.no = "true", "false"
        table.style.line_end = "\n"
    contacts = planter.tables["contact"]
    expected = [journalled("format", "parquet"), staged("contact", "true", len(contacts.rows))]
    planter.note("parquet", "parquet_with_types", contacts, expected)
    teams = planter.tables["team"]
    expected = [journalled("file_date_origin", "exported_on")]
    planter.note("exported-on", "file_date_from_settings", teams, expected)
    _plant_two_open(planter)
    _plant_numbers_of_citizens(planter)


def _plant_two_open(planter: Planter) -> None:
    table = planter.tables["trajectory"]
    rows = pick_rows(
        table, 2, lambda cell: cell("end_date") is None and cell("programme") == "krachtwerk"
    )
    first, second = rows[0], rows[1]
    table.set(second, "client_id", table.get(first, "client_id"))
    table.set(second, "team_id", table.get(first, "team_id"))
    planter.note(
        "two-open", "two_open_trajectories", table, [warned(table, rows, "two_open_trajectories")]
    )


def _plant_numbers_of_citizens(planter: Planter) -> None:
    closures = planter.tables["closure"]
    row = pick_rows(closures, 1, lambda cell: cell("housing_after"), skip=80)[0]
    closures.set(row, "housing_after", CANARY_BSN)
    planter.note(
        "text-canary", "number_in_a_text_column", closures,
        [
            found_nowhere(CANARY_BSN),
            staged("closure", "true", len(closures.rows)),
            staged("closure", f"housing_after = '{CANARY_BSN}'", 0),
        ],
        CANARY_BSN,
    )  # fmt: skip
    extra = deepcopy(planter.tables["trajectory"])
    extra.file = "oud/trajectory_uit_ander_systeem.csv"
    extra.rows = extra.rows[:25]
    for row, number in zip(range(25), _list_test_numbers(), strict=False):
        extra.set(row, "client_id", number)
        extra.set(row, "trajectory_id", f"oud-{row}")
    planter.tables["trajectory_oud"] = extra
    planter.note("bsn-column", "number_as_key_column", extra, [refused("BSN")], "oud-24")


def _list_test_numbers() -> list[str]:
    """Numbers of the range 9999xxxxx, which is not issued, that pass the eleven-test."""
    return [
        str(number)
        for number in range(999_900_000, 999_990_000)
        if sum(w * int(d) for w, d in zip(WEIGHTS, str(number), strict=True)) % 11 == 0
    ][:25]
