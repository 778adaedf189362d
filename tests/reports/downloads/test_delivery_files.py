"""What an organisation can hand to its supplier: its deliveries and every quarantined row."""

import csv
import io

import pytest

from pipelines.protection import protected_folder
from reports.tables import ProtectedTables, to_rows


def read_csv(path) -> list[list[str]]:
    text = path.read_bytes().decode("utf-8-sig")
    return list(csv.reader(io.StringIO(text, newline=""), delimiter=";"))


@pytest.mark.parametrize("language", ["nl", "en"])
def test_every_reason_of_every_quarantined_row_is_in_the_csv_of_the_organisation(
    site, run, language
):
    with ProtectedTables(protected_folder(run)) as tables:
        expected = to_rows(tables.read("quarantine_row", "noordlicht"))
    folder = site / "organisations" / "noordlicht" / language / "downloads"
    header, *rows = read_csv(folder / "data-quarantine.csv")
    assert len(header) == 5
    assert expected and [(row[0], row[2]) for row in rows] == [
        (row["file"], str(row["row_number"])) for row in expected
    ]
    assert all(row[4] for row in rows)
    page = (folder.parent / "data.html").read_text(encoding="utf-8")
    assert 'href="downloads/data-quarantine.csv"' in page


def test_delivery_report_has_every_file_with_its_counts_and_what_is_wrong_with_it(site, run):
    with ProtectedTables(protected_folder(run)) as tables:
        expected = to_rows(tables.read("delivery_report", "noordlicht"))
    folder = site / "organisations" / "noordlicht" / "nl" / "downloads"
    _, *rows = read_csv(folder / "data-deliveries.csv")
    assert [row[0] for row in rows] == [row["file"] for row in expected]
    remarks = {row[0]: row[-1] for row in rows}
    assert remarks["oud.xls"].startswith("Geweigerde bestanden: ")
    assert remarks["goal half.csv"].endswith(
        "Het bestand heeft 410 rijen; het vorige had er 1.234."
    )
    assert any("vergeten" in remark for remark in remarks.values())


def test_waiting_file_is_told_on_the_data_page_and_counted_nowhere(site):
    page = (site / "organisations" / "noordlicht" / "nl" / "data.html").read_text(encoding="utf-8")
    assert "Bestanden die wachten" in page
    assert "Het bestand heeft 410 rijen; het vorige had er 1.234." in page
    assert page.count("goal half.csv") == 1
