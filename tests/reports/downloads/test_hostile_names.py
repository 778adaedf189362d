"""Workbooks and CSV files under names that try to break out: they open, and nothing runs."""

import csv
import io
import zipfile
from xml.etree import ElementTree

import openpyxl
import pytest

from tests.reports.hostile_names import TEAMS


@pytest.fixture(scope="module")
def downloads(hostile_folder):
    return hostile_folder / "nl" / "downloads"


def test_every_workbook_opens_and_holds_no_formula_or_link(downloads):
    books = sorted(downloads.glob("*.xlsx"))
    assert len(books) == len(TEAMS) + 1
    for path in books:
        book = openpyxl.load_workbook(path)
        cells = [cell for page in book for row in page.iter_rows() for cell in row]
        assert all(cell.data_type != "f" and cell.hyperlink is None for cell in cells), path.name
        for cell in cells:
            if isinstance(cell.value, str) and cell.value.lstrip().startswith(("=", "+", "@")):
                assert cell.quotePrefix, cell.value


def test_every_part_of_a_workbook_is_sound_xml(downloads):
    for path in downloads.glob("*.xlsx"):
        with zipfile.ZipFile(path) as parts:
            for name in parts.namelist():
                ElementTree.fromstring(parts.read(name))


def test_names_in_workbooks_are_on_one_line_without_invisible_characters(downloads):
    about = openpyxl.load_workbook(downloads / "team-nl-laat.xlsx").worksheets[0]
    names = [row[1] for row in about.iter_rows(values_only=True)]
    assert any(name.startswith("Ploeg Twee <!-- -->") for name in names)
    assert not any("\x00" in name or "\u202e" in name for name in names)


def test_every_row_of_every_csv_has_the_columns_of_its_header(downloads):
    files = sorted(downloads.glob("*.csv"))
    assert len(files) > 10
    for path in files:
        text = path.read_bytes().decode("utf-8-sig")
        header, *rows = csv.reader(io.StringIO(text, newline=""), delimiter=";", strict=True)
        assert {len(row) for row in rows} <= {len(header)}, path.name
        assert not any(cell.startswith(("=", "+", "@")) for row in rows for cell in row), path.name
