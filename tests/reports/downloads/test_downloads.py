"""Workbooks and CSV files: what the protected tables hold, for Dutch Excel; nothing runs."""

import csv
import io
from datetime import date

import openpyxl
import pytest
from openpyxl.utils.escape import unescape

from pipelines.protection import protected_folder
from reports.downloads.dutch_csv import write_dutch_csv
from reports.downloads.formula_like import is_formula_like
from reports.downloads.sheet import Sheet
from reports.downloads.workbook import write_workbook
from reports.tables import ProtectedTables, to_rows

HOSTILE = ("=cmd|' /C calc'!A0", "+31 6", "-1", "@SUM(A1)", "\t=1+1", "  =1+1", "\r=1")
SHEET = Sheet(
    key="proef",
    title="Proef",
    header=("Naam", "Waarde", "Aantal", "Datum", "Voorlopig"),
    kinds=("text", "number", "count", "day", "yes_no"),
    rows=(
        ("Haven; Zuid", 0.8125, 1234, date(2026, 6, 30), True),
        ("Kade", None, 0, None, False),
        ("Akker", "afgeschermd", "afgeschermd", None, False),
        *((text, -0.5, 1, None, False) for text in HOSTILE),
    ),
)
SHOWN_NUMBERS = (
    ("value", "Waarde"),
    ("score", "Score (1-5)"),
    ("numerator", "Teller"),
    ("units_counted", "Eenheden geteld"),
)
ABOUT = [("Uitleg", "Een proef"), ("Over", "=Haven")]


def read_csv(content: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline=""), delimiter=";"))


def open_book(content: bytes):
    return openpyxl.load_workbook(io.BytesIO(content))


def test_a_csv_has_what_dutch_excel_needs():
    content = write_dutch_csv(SHEET, "ja", "nee")
    assert content.startswith(b"\xef\xbb\xbf")
    assert content.count(b"\r\n") == len(SHEET.rows) + 1
    rows = read_csv(content)
    assert rows[1] == ["Haven; Zuid", "0,8125", "1234", "30-06-2026", "ja"]
    assert rows[2] == ["Kade", "", "0", "", "nee"]
    assert rows[4][1] == "-0,5"


@pytest.mark.parametrize("text", HOSTILE)
def test_a_csv_shows_a_formula_like_name_as_text(text):
    rows = read_csv(write_dutch_csv(SHEET, "ja", "nee"))
    assert f"'{text}" in [row[0] for row in rows]
    assert is_formula_like(text)


def test_a_workbook_has_typed_cells():
    page = open_book(write_workbook([SHEET], ABOUT, "Proef", date(2026, 6, 30)))["Proef"]
    values = [cell.value for cell in page[2]]
    assert values[:3] == ["Haven; Zuid", 0.8125, 1234]
    assert values[3].date() == date(2026, 6, 30)
    assert values[4] is True
    assert [cell.value for cell in page[3]] == ["Kade", None, 0, None, False]


def test_a_workbook_runs_nothing():
    book = open_book(write_workbook([SHEET], ABOUT, "Proef", None))
    cells = [cell for page in book for row in page.iter_rows() for cell in row]
    assert cells
    assert {cell.data_type for cell in cells} <= {"s", "n", "d", "b"}
    quoted = [cell for cell in cells if cell.quotePrefix]  # Excel's own mark: this is text
    assert len(quoted) == len(HOSTILE) + 1


def test_a_workbook_has_what_a_reader_expects_of_it():
    book = open_book(write_workbook([SHEET], ABOUT, 'Proef & "co"', date(2026, 6, 30)))
    page = book["Proef"]
    assert book.sheetnames == ["Uitleg", "Proef"]
    assert (book.properties.title, book.properties.created.date()) == (
        'Proef & "co"',
        date(2026, 6, 30),
    )
    assert page.freeze_panes == "A2"
    assert page.auto_filter.ref == f"A1:E{len(SHEET.rows) + 1}"
    assert all(cell.font.bold for cell in page[1])
    assert page["D2"].number_format == r"dd\-mm\-yyyy"
    assert page["C2"].number_format == "0"


@pytest.mark.parametrize("text", ["_x0041_", "a\x00b\x0b", "  ruim  ", "regel\nregel", "<&>\"'"])
def test_a_workbook_shows_text_as_it_is_but_what_no_file_can_hold(text):
    sheet = Sheet("proef", "Proef", ("Naam",), ("text",), ((text,),))
    page = open_book(write_workbook([sheet], ABOUT, "Proef", None))["Proef"]
    assert unescape(page["A2"].value) == text.replace("\x00", "").replace("\x0b", "")


def test_the_same_sheets_give_the_same_bytes():
    first, second = (write_workbook([SHEET], ABOUT, "Proef", None) for _ in range(2))
    assert first == second


@pytest.fixture(scope="module")
def published(run):
    with ProtectedTables(protected_folder(run)) as tables:
        yield {
            name: to_rows(tables.read(name, "noordlicht"))
            for name in ("indicator_scores", "record_profile", "requirement_results")
        }


def list_of_team(rows: list[dict], team_id: str | None) -> list[dict]:
    return [row for row in rows if row["team_id"] == team_id]


def read_sheet(site, stem: str, title: str) -> list[dict]:
    folder = site / "organisations" / "noordlicht" / "nl" / "downloads"
    page = openpyxl.load_workbook(folder / f"{stem}.xlsx")[title]
    header, *rows = page.iter_rows(values_only=True)
    return [dict(zip(header, row, strict=True)) for row in rows]


@pytest.mark.parametrize("stem, team_id", [("organisation", None), ("team-nl-haven", "nl-haven"),
                                           ("team-nl-klein", "nl-klein")])  # fmt: skip
def test_every_published_score_is_in_the_workbook_as_it_is_in_the_table(
    site, published, stem, team_id
):
    wanted = {row["score_key"]: row for row in list_of_team(published["indicator_scores"], team_id)}
    found = {row["Scoresleutel"]: row for row in read_sheet(site, stem, "Indicatoren")}
    assert found.keys() == wanted.keys()
    for key, row in wanted.items():
        shown = found[key]
        if row["is_suppressed"]:
            numbers = ("Waarde", "Score (1-5)", "Teller", "Noemer", "95%-interval van")
            assert {shown[name] for name in numbers} == {"afgeschermd om personen te beschermen"}
        else:
            for column, name in SHOWN_NUMBERS:
                assert shown[name] == (pytest.approx(row[column]) if row[column] else row[column])


def test_a_team_with_suppressed_figures_is_among_the_tested(published):
    assert any(row["is_suppressed"] for row in list_of_team(published["indicator_scores"],
                                                            "nl-klein"))  # fmt: skip


def test_csv_and_workbook_hold_the_same_rows(site):
    folder = site / "organisations" / "noordlicht" / "nl" / "downloads"
    for key, title in (("profile", "Dossierprofiel"), ("requirements", "Kwaliteitseisen")):
        rows = read_csv((folder / f"team-nl-haven-{key}.csv").read_bytes())
        book = read_sheet(site, "team-nl-haven", title)
        assert tuple(rows[0]) == tuple(book[0])
        assert len(rows) - 1 == len(book)
        assert [row[0] for row in rows[1:]] == [str(row["Periode"]) for row in book]


def test_every_download_is_linked_from_its_page_in_its_language(site):
    for language in ("nl", "en"):
        folder = site / "organisations" / "noordlicht" / language
        html = (folder / "team-nl-haven.html").read_text(encoding="utf-8")
        files = sorted((folder / "downloads").glob("team-nl-haven*"))
        assert len(files) >= 4
        for file in files:
            assert f'href="downloads/{file.name}"' in html


def test_no_word_of_a_head_is_cut_by_its_column(site):
    folder = site / "organisations" / "noordlicht" / "nl" / "downloads"
    book = open_book((folder / "organisation.xlsx").read_bytes())
    for page in book.worksheets[1:]:
        for cell in page[1]:
            longest = max(len(word) for word in cell.value.split())
            assert page.column_dimensions[cell.column_letter].width >= longest + 3, cell.value
