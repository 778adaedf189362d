"""Zilverhorst: undeclared columns, rows around the table, files that come twice or wrong."""

from copy import deepcopy

from sample_data.faults.planter import (
    Planter,
    found_nowhere,
    journalled,
    pick_rows,
    refused,
    reported,
    staged,
)

# A test number that passes the eleven-test.
CANARY_BSN = "123456782"
CANARY_TEXT = "Meneer Garde vertelde dat zijn zus hem op zondag altijd opbelt."
FIRST_DELIVERY = "2026-06-28"


def plant_columns(planter: Planter) -> None:
    """Extra, doubled, reordered and misspelt columns."""
    trajectories = planter.tables["trajecten"]
    trajectories.add_column("Kamernummer", lambda row: str(row % 40 + 1), position=3)
    planter.note(
        "unknown-column", "undeclared_column", trajectories,
        [journalled("columns_unknown", "Kamernummer")], "Kamernummer",
    )  # fmt: skip
    target = trajectories.header_of("target_group")
    trajectories.add_column("Doelgroep", lambda row: trajectories.rows[row][target])
    planter.note(
        "duplicate-column", "duplicate_column", trajectories,
        [staged("trajectory", "target_group is null", 0)], "Doelgroep",
    )  # fmt: skip
    trajectories.add_column("BSN", lambda row: CANARY_BSN)
    trajectories.add_column("Naam cliënt", lambda row: "Tjiftjaf Kanarie")
    trajectories.add_column("Geboortedatum", lambda row: "29-02-1904")
    trajectories.add_column("Toelichting", lambda row: CANARY_TEXT if row % 50 == 0 else None)
    canaries = found_nowhere(CANARY_BSN, "Tjiftjaf Kanarie", "29-02-1904", CANARY_TEXT)
    planter.note(
        "canaries", "identifying_columns", trajectories,
        [canaries], CANARY_TEXT,
    )  # fmt: skip
    trainings = planter.tables["trainingen"]
    order = [3, 0, 2, 1]
    trainings.headers = [trainings.headers[place] for place in order]
    trainings.rows = [[row[place] for place in order] for row in trainings.rows]
    expected = [staged("training", "true", len(trainings.rows))]
    planter.note("reordered", "reordered_columns", trainings, expected, "Afgerond;Personeelsnummer")
    assessments = planter.tables["krachteninventarisaties"]
    place = assessments.header_of("client_agreed")
    assessments.headers[place] = assessments.fields["client_agreed"] = "CliÃ«nt akkoord"
    planter.note(
        "mojibake-header", "double_encoded_header", assessments,
        [staged("strengths_assessment", "client_agreed is null", 0)], "CliÃ«nt akkoord",
    )  # fmt: skip
    contacts = planter.tables["contacten"]
    contacts.add_column(
        "Toelichting", lambda row: "Eerste regel\nTweede; regel" if row % 400 == 7 else None
    )
    planter.note(
        "line-break", "quoted_line_break", contacts,
        [reported("contact", "rows_read", len(contacts.rows) + 2)], "Eerste regel\nTweede",
    )  # fmt: skip


def plant_frames(planter: Planter) -> None:
    """Rows above the header, and total rows inside and below the data."""
    audits = planter.tables["audits"]
    audits.preamble = [["Overzicht audits modelgetrouwheid"], ["Afdeling kwaliteit"], []]
    expected = [staged("fidelity_audit", "true", len(audits.rows))]
    planter.note("preamble", "preamble", audits, expected, "Overzicht audits modelgetrouwheid")
    ratings = planter.tables["kwaliteitsbeoordelingen"]
    width = len(ratings.headers) - 2
    ratings.rows.insert(500, ["Totaal", "500", *[None] * width])
    ratings.rows.append(["Totaal", str(len(ratings.rows) - 1), *[None] * width])
    ratings.rows.append(["Uniek", "2", *[None] * width])
    expected = [reported("quality_rating", "not_a_record", 3)]
    planter.note("totals", "total_rows_inside_and_below", ratings, expected, '"Totaal"')


def plant_files(planter: Planter) -> None:
    """A corrected delivery, the same file twice, and a file of no known layout."""
    _plant_correction(planter)
    teams = planter.tables["teams"]
    copy = teams.file.replace(".csv", "_kopie.csv")
    planter.copies[copy] = teams.file
    expected = [{"in": "one_delivery", "file": teams.file}, staged("team", "true", 4)]
    planter.note("duplicate-file", "duplicate_file", copy, expected)
    roster = "rooster_2026-06-30.csv"
    planter.blobs[roster] = b"Medewerker;Maandag;Dinsdag\r\nWulp Rasp;dag;nacht\r\n"
    planter.note("unknown-layout", "unknown_layout", roster, [refused("header")], "Maandag")


def _plant_correction(planter: Planter) -> None:
    """The evaluations came two days earlier; ten of them come corrected, with two new ones."""
    first = planter.tables["evaluaties"]
    last_name = first.file
    fallen = {
        row_number
        for entry in planter.entries
        for surface in entry["surfaces"]
        if surface.get("file") == last_name
        for row_number in surface["row_numbers"]
    }
    first.file = first.file.replace("2026-06-30", FIRST_DELIVERY)
    for entry in planter.entries:
        for part in (entry, *entry["surfaces"]):
            if part.get("file") == last_name:
                part["file"] = first.file
    second = deepcopy(first)
    second.file = last_name.replace(".csv", "_correctie.csv")
    rows = [
        row
        for row in pick_rows(first, 14, lambda cell: cell("held_date") and cell("client_rating"))
        if first.row_number(row) not in fallen
    ][:10]
    second.rows = [list(first.rows[row]) for row in rows]
    for row in range(10):
        second.set(row, "client_rating", 10)
    for number in (1, 2):
        new = list(second.rows[number])
        new[second.header_of("evaluation_id")] = f"v9000{number}"
        second.rows.append(new)
    planter.tables["evaluaties_correctie"] = second
    planter.note(
        "correction", "corrected_redelivery", second,
        [
            reported("evaluation", "staged", 12),
            {**reported("evaluation", "superseded", 10), "file": first.file},
        ],
        "v90001",
    )  # fmt: skip
