"""XLSX: cells as a spreadsheet shows them, report layouts, sheets, and what is not opened."""

import io
import zipfile
from datetime import date, datetime, time, timedelta

import openpyxl
import pytest

from pipelines.deliveries.readers.workbook_guard import MAX_WORKBOOK_BYTES, check_workbook
from pipelines.deliveries.refused import RefusedFileError

HEADER = ["team_id", "name", "setting", "start_date"]
TEAM = ["t1", "Noord", "other", "2020-01-01"]


def make_workbook(*sheets: list[list], titles: tuple[str, ...] = ("Worksheet", "Blad2", "Blad3")):
    book = openpyxl.Workbook()
    book.remove(book.active)
    for title, rows in zip(titles, sheets, strict=False):
        sheet = book.create_sheet(title)
        for row in rows:
            sheet.append(row)
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


def change_parts(content: bytes, changes: dict[str, bytes]) -> bytes:
    """The workbook with parts replaced or added."""
    target = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(content)) as old,
        zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for name in old.namelist():
            if name not in changes:
                new.writestr(name, old.read(name))
        for name, part in changes.items():
            new.writestr(name, part)
    return target.getvalue()


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ("0012", "0012"),
        (12, "12"),
        (12.0, "12"),
        (1.5, "1.5"),
        (0.1 + 0.2, "0.3"),
        (1e20, "100000000000000000000"),
        (True, "true"),
        (False, "false"),
        (date(2024, 3, 1), "2024-03-01"),
        (datetime(2024, 3, 1, 9, 30), "2024-03-01 09:30:00"),
        (time(9, 30), "09:30:00"),
        (timedelta(hours=30), "30:00:00"),
        (None, None),
        ("=1+1", None),
        ("regel 1\nregel 2", "regel 1\nregel 2"),
        ("  Noord\u00a0", "Noord"),
        ("CliÃ«nt", "Cliënt"),
    ],
)
def test_cell_lands_as_a_spreadsheet_shows_it(door, value, text):
    door.write("teams.xlsx", make_workbook([HEADER, ["t1", value, "other", "2020-01-01"]]))

    delivery = door.receive_one()

    assert delivery.format == "xlsx"
    assert door.read_landing(delivery)[0]["name"] == text


def test_report_preamble_date_total_rows_and_offset_columns(door):
    door.add_organisation(source="eigen")
    fields = {"team_id": {"column": "Code"}, "name": {"column": "Naam"}}
    door.add_source(
        "eigen",
        {
            "id": "teams",
            "file_date_label": "Einddatum",
            "records": [{"kind": "team", "fields": fields}],
        },
    )
    rows = [
        [None, "Stichting"],
        [],
        [None, "Startdatum", date(2024, 1, 1)],
        [None, "Einddatum:", None, datetime(2024, 6, 30)],
        [None, "Totaal aantal rijen", 2],
        [],
        [None, "Naam", "Code", "Telefoon"],
        [None, "Noord", 1, "06"],
        [None, "Totaal", 1],
        [],
        [None, "Zuid", 2, "06"],
        [None, "Uniek", 2],
    ]
    door.write("teams.xlsx", make_workbook(rows))

    delivery = door.receive_one()

    assert (str(delivery.file_date), delivery.file_date_origin) == ("2024-06-30", "preamble")
    assert (delivery.header_row, delivery.rows_read, delivery.not_a_record) == (7, 5, 3)
    assert [(r["row_number"], r["Naam"], r["Code"]) for r in door.read_landing(delivery)] == [
        (8, "Noord", "1"),
        (11, "Zuid", "2"),
    ]
    assert delivery.columns_unknown == ("Telefoon",)


def test_every_sheet_is_named_and_one_is_read(door):
    toelichting = [["Let op"], ["Dit is uitleg"]]
    door.write("t.xlsx", make_workbook(toelichting, [HEADER, TEAM], [HEADER, TEAM, TEAM]))

    delivery = door.receive_one()

    assert delivery.sheets == ("Worksheet", "Blad2", "Blad3")
    assert (delivery.sheet, delivery.rows_read) == ("Blad2", 1)
    assert [(w.warning, w.column) for w in delivery.warnings] == [("sheet_not_read", "Blad3")]


def test_report_with_totals_only_is_recognised(door):
    report = [["Rapportage"], [], ["", "Noord", "Zuid"], ["Instroom", 3, 4], ["Totaal", 3, 4]]
    door.write("rapport.xlsx", make_workbook(report, report))

    assert "a report with totals, not records" in door.refuse_one().reason


@pytest.mark.parametrize("name", ["teams.xlsx", "teams.xlsm"])
def test_macro_workbook_is_refused(door, name):
    content = change_parts(make_workbook([HEADER, TEAM]), {"xl/vbaProject.bin": b"x"})
    door.write(name, content)

    assert "macros" in door.refuse_one().reason


def test_macro_content_type_without_the_project_is_refused(door):
    plain = make_workbook([HEADER, TEAM])
    with zipfile.ZipFile(io.BytesIO(plain)) as archive:
        types = archive.read("[Content_Types].xml")
    macro = types.replace(
        b"vnd.openxmlformats-officedocument.spreadsheetml.sheet.main",
        b"vnd.ms-excel.sheet.macroEnabled.main",
    )
    assert macro != types
    door.write("teams.xlsx", change_parts(plain, {"[Content_Types].xml": macro}))

    assert "macros" in door.refuse_one().reason


@pytest.mark.parametrize(
    "prolog",
    [
        b'<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;">]>',
        b"<!-- " + b" " * 300_000 + b' --><!DOCTYPE x SYSTEM "file:///etc/passwd">',
    ],
)
def test_dtd_and_entities_are_refused(door, prolog):
    sheet = b'<?xml version="1.0"?>' + prolog + b"<worksheet/>"
    content = change_parts(make_workbook([HEADER, TEAM]), {"xl/worksheets/sheet1.xml": sheet})
    door.write("teams.xlsx", content)

    assert "DTD" in door.refuse_one().reason


def test_archive_bomb_is_refused_by_its_directory(door):
    content = change_parts(make_workbook([HEADER, TEAM]), {"xl/media/a.xml": bytes(20_000_000)})
    door.write("teams.xlsx", content)

    assert "archive bomb" in door.refuse_one().reason


def test_archive_bomb_with_a_lying_directory_is_refused(door):
    content = change_parts(make_workbook([HEADER, TEAM]), {"xl/worksheets/b.xml": bytes(9_000_000)})
    size = (9_000_000).to_bytes(4, "little")
    assert content.count(size) == 2  # local header and directory
    door.write("teams.xlsx", content.replace(size, (900).to_bytes(4, "little")))

    assert "archive bomb" in door.refuse_one().reason


def test_sheet_too_sparse_to_hold_is_refused(door):
    book = openpyxl.Workbook()
    book.active["A1"] = "team_id"
    book.active["XFD1048576"] = "x"
    content = io.BytesIO()
    book.save(content)
    door.write("teams.xlsx", content.getvalue())

    assert "stray cells" in door.refuse_one().reason


def test_too_large_workbook_is_refused_unread(tmp_path):
    path = tmp_path / "teams.xlsx"
    with path.open("wb") as file:
        file.truncate(MAX_WORKBOOK_BYTES + 1)

    with pytest.raises(RefusedFileError, match="larger than 200 MB"):
        check_workbook(path)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (make_workbook([HEADER, TEAM])[:-200], "damaged"),
        (b"PK\x03\x04" + bytes(100), "damaged"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(1000), "old kind"),
        (b"team_id;name\n1;2\n", "damaged"),
        (change_parts(make_workbook([HEADER]), {"xl/worksheets/sheet1.xml": b"<x"}), ""),
    ],
)
def test_damaged_workbook_is_refused_with_one_reason(door, content, said):
    door.write("teams.xlsx", content)

    assert said in door.refuse_one().reason


def test_zip_that_is_no_workbook_is_refused(door):
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as archive:
        archive.writestr("teams.csv", "team_id;name")
    door.write("teams.xlsx", content.getvalue())

    assert "no .xlsx workbook" in door.refuse_one().reason


def test_workbook_under_a_csv_name_is_read_as_what_it_is(door):
    door.write("teams.csv", make_workbook([HEADER, TEAM]))

    assert door.receive_one().format == "xlsx"
