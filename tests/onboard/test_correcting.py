"""A proposal that a person corrects by hand, as the guide says: then the exports come in."""

import csv
import shutil
from pathlib import Path

import openpyxl
import pytest

from assets.command_line import main
from pipelines.catalogue import load_catalogue
from pipelines.deliveries import receive_deliveries
from pipelines.records.steps import list_steps
from pipelines.run import Run
from pipelines.warehouse import open_warehouse
from pipelines.warehouse.steps import build_all
from tests.onboard.third_layout import write_layout

SETTINGS = """organisation_id: huis
name: Huis
source: huis
overlay: mapping
exported_on: 2026-06-30
"""


@pytest.fixture
def run(tmp_path) -> Run:
    """An organisation with an overlay called ``mapping``; beside the inbox an empty ``exports``."""
    folder = tmp_path / "inbox" / "huis"
    folder.mkdir(parents=True)
    (tmp_path / "exports").mkdir()
    (folder / "organisation.yaml").write_text(SETTINGS, encoding="utf-8")
    key = tmp_path / "key"
    key.write_bytes(bytes(range(64)))
    key.chmod(0o600)
    return Run(tmp_path / "inbox", tmp_path / "home", key, load_catalogue())


def propose(files: list[str], folder: Path) -> None:
    """Has a mapping proposed, and puts it in the folder of the organisation."""
    out = folder.parent.parent / "out"
    assert main(["onboard", *files, "--organisation", "huis", "--out", str(out)]) == 0
    shutil.move(out / "mapping", folder / "mapping")


# Headers in words that nobody can know.
STRANGE = {
    "Afgenomen op": "Kolom 7", "Eenheidcode": "Kolom 1", "Benaming eenheid": "Kolom 2",
    "Soort opvang": "Kolom 3", "Actief sinds": "Kolom 4", "Opgeheven per": "Kolom 5",
}  # fmt: skip


def make_strange(exports: Path, folder: Path) -> list[str]:
    """Copies of the third layout with the headers of ``STRANGE``."""
    copies = []
    for file in write_layout(exports):
        head, _, rows = file.read_text(encoding="cp1252").partition("\n")
        for known, strange in STRANGE.items():
            head = head.replace(known, strange)
        (folder / file.name).write_text(f"{head}\n{rows}", encoding="cp1252")
        copies.append(str(folder / file.name))
    return copies


def test_corrected_by_hand_the_mapping_runs_without_code(run):
    """The lines that were not recognised are filled in, and the rows they kept out come in."""
    folder = run.inbox / "huis"
    propose(make_strange(run.inbox.parent / "exports", folder), folder)
    assert count_staged(run, "outcome_measurement") == 0

    mapping = folder / "mapping" / "sources" / "huis.yaml"
    text = mapping.read_text(encoding="utf-8")
    corrected = text.replace(
        "# measured_date: {column: ''}", "measured_date: {column: 'Kolom 7'}"
    ).replace("      - 'Kolom 7'", "      # - 'Kolom 7'")
    assert corrected != text
    mapping.write_text(add_teams(corrected), encoding="utf-8")
    assert count_staged(run, "outcome_measurement") == 300
    assert count_staged(run, "trajectory") == 160


def add_teams(mapping: str) -> str:
    """What a quality officer adds by hand for the file and columns that were not recognised."""
    teams = """
  - id: 'zorgeenheden'
    label: {nl: 'team', en: 'team'}
    known_columns: ['Straat en huisnr']
    records:
      - kind: team
        fields:
          team_id: {column: 'Kolom 1'}
          name: {column: 'Kolom 2'}
          setting:
            column: 'Kolom 3'
            codes:
              'opvang huiselijk geweld': 'womens_shelter'
              'sociaal wijkteam': 'neighbourhood_team'
          start_date: {column: 'Kolom 4'}
          end_date: {column: 'Kolom 5'}
"""
    found = mapping.replace(
        "          # team_id: {column: ''}", "          team_id: {column: 'Kolom 1'}"
    )
    return found.replace("      - 'Kolom 1'", "      # - 'Kolom 1'") + teams


def count_staged(run: Run, kind: str) -> int:
    run.home.mkdir(exist_ok=True)
    receive_deliveries(run)
    with open_warehouse() as warehouse:
        build_all(list_steps(run.catalogue), warehouse, run)
        return warehouse.count_rows(f"staged.{kind}")


def test_sheets_that_are_named_at_the_top_of_the_mapping_are_read(run):
    folder = run.inbox / "huis"
    files = write_layout(run.inbox.parent / "exports")
    propose([str(file) for file in files], folder)
    book = openpyxl.Workbook()
    book.remove(book.active)
    for file in files:
        if file.stem.startswith(("subdoelen", "agenda")):
            sheet = book.create_sheet(file.stem)
            with file.open(encoding="cp1252", newline="") as source:
                for row in csv.reader(source, delimiter=";"):
                    sheet.append(row)
    book.save(folder / "export.xlsx")
    mapping = folder / "mapping" / "sources" / "huis.yaml"
    text = mapping.read_text(encoding="utf-8")

    named = "sheets: [Agenda_gesprekken, subdoelen]\nexports:\n"
    mapping.write_text(text.replace("exports:\n", named, 1), encoding="utf-8")

    landed = {one.file: one.rows_read for one in receive_deliveries(run).deliveries}
    assert set(landed.values()) == {500, 300}
    assert any(file.endswith("]") for file in landed)
