"""``krachtwerk onboard``: what it writes, what it refuses to overwrite, and how it says no."""

import csv
import io
import re
import tempfile
import zipfile
from contextlib import redirect_stdout
from dataclasses import dataclass
from pathlib import Path

import pytest

from assets.command_line import main
from pipelines.catalogue import load_catalogue
from pipelines.catalogue.overlay import read_overlay
from tests.onboard.conftest import SAMPLE_INBOX
from tests.onboard.third_layout import NAMES, STORY, write_layout

# Of the invented people in the files; none may stand in anything that is written.
CANARIES = (*NAMES, STORY, "Roerdomp", "@huis.example", "880003", "7001", "ARR-", "/1950")


@pytest.fixture
def files(tmp_path) -> list[str]:
    (tmp_path / "exports").mkdir()
    return [str(path) for path in write_layout(tmp_path / "exports")]


@pytest.fixture
def out(tmp_path, monkeypatch) -> Path:
    """Where the command writes; its temporary files have a folder of their own."""
    (tmp_path / "temporary").mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "temporary"))
    return tmp_path / "out"


def onboard(files: list[str], out: Path, *options: str) -> int:
    return main(["onboard", *files, "--organisation", "huis", "--out", str(out), *options])


@dataclass(frozen=True)
class Written:
    """The output of one call."""

    files: list[str]
    root: Path
    printed: str

    def read(self) -> dict[str, bytes]:
        """Name below the output folder -> content."""
        out = self.root / "out"
        found = sorted(path for path in out.rglob("*") if path.is_file())
        return {path.relative_to(out).as_posix(): path.read_bytes() for path in found}


@pytest.fixture(scope="module")
def written(tmp_path_factory) -> Written:
    """What one call wrote and said; to be read, never to be changed."""
    root = tmp_path_factory.mktemp("onboard")
    for name in ("exports", "temporary"):
        (root / name).mkdir()
    files = [str(path) for path in write_layout(root / "exports")]
    printed = io.StringIO()
    with pytest.MonkeyPatch.context() as patch, redirect_stdout(printed):
        patch.setattr(tempfile, "tempdir", str(root / "temporary"))
        assert onboard(files, root / "out") == 0
    return Written(files, root, printed.getvalue())


def test_mapping_and_report_are_written_and_say_nothing_about_a_person(written):
    files = written.read()
    assert list(files) == [
        "acceptance_report.csv",
        "acceptance_report.html",
        "mapping/sources/huis.yaml",
    ]
    page = files["acceptance_report.html"].decode()
    told = page[page.index("</style>") :]  # the fonts above it hold every short text
    told += files["acceptance_report.csv"].decode() + files["mapping/sources/huis.yaml"].decode()
    told += written.printed
    assert [canary for canary in CANARIES if canary in told] == []
    assert not re.search(r"\b06-\d{8}|\b\d{4} AB\b", told)
    assert list((written.root / "temporary").iterdir()) == []


def test_the_same_files_give_the_same_bytes(written, tmp_path):
    assert onboard(list(reversed(written.files)), tmp_path / "out") == 0
    assert Written(written.files, tmp_path, "").read() == written.read()


def test_the_report_is_dutch_unless_asked_otherwise(files, out):
    assert onboard(files[:1], out) == 0
    assert "Wat al past" in (out / "acceptance_report.html").read_text(encoding="utf-8")
    assert onboard(files[:1], out, "--language", "en") == 0
    assert "What fits already" in (out / "acceptance_report.html").read_text(encoding="utf-8")


def test_dutch_excel_opens_the_table(written):
    content = written.read()["acceptance_report.csv"]
    assert content.startswith(b"\xef\xbb\xbf")
    rows = list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline=""), delimiter=";"))
    assert rows[0][:3] == ["Bestand", "Onderdeel", "Kolom"]
    assert {len(row) for row in rows} == {8}


def test_a_column_name_is_never_a_formula(tmp_path, out):
    header = "Contactnummer;Trajectnummer;Contactdatum;Duur in minuten;Vorm;=HYPERLINK(A1)"
    rows = "\n".join(f"c{at};T{at};01-02-2024;{at};gesprek;x" for at in range(20))
    path = tmp_path / "contacten.csv"
    path.write_text(f"{header}\n{rows}\n", encoding="utf-8")
    assert onboard([str(path)], out) == 0
    text = (out / "acceptance_report.csv").read_text(encoding="utf-8-sig")
    assert ";'=HYPERLINK" in text
    assert ";=HYPERLINK" not in text


def test_a_mapping_corrected_by_hand_is_not_overwritten(files, out, capsys):
    assert onboard(files[:2], out) == 0
    mapping = out / "mapping" / "sources" / "huis.yaml"
    corrected = mapping.read_text(encoding="utf-8").replace("version: 1", "version: 2")
    mapping.write_text(corrected, encoding="utf-8")
    report = (out / "acceptance_report.html").read_bytes()
    assert onboard(files[:2], out) == 2
    assert "corrected by hand" in capsys.readouterr().err
    assert mapping.read_text(encoding="utf-8") == corrected
    assert (out / "acceptance_report.html").read_bytes() == report


def test_the_written_folder_is_an_overlay_that_the_catalogue_accepts(written):
    overlay = written.root / "out" / "mapping"
    assert read_overlay(overlay, load_catalogue()).sources["huis"].exports
    assert main(["check", "--overlay", str(overlay)]) == 0


def make_macro_workbook(path: Path) -> None:
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("xl/workbook.xml", "<workbook/>")
        archive.writestr("xl/vbaProject.bin", b"\0")


@pytest.mark.parametrize(
    ("name", "content", "told"),
    [
        ("weg.csv", None, "does not exist"),
        ("leeg.csv", b"", "empty"),
        ("binair.csv", bytes(range(256)) * 9, "no text"),
        ("brief.pdf", b"%PDF-1.7", "no CSV, XLSX or Parquet file"),
        ("zonder_kop.csv", b"Wilg Roerdomp;Kade\nFuut Berk;Plein\n", "no row with column names"),
        ("macro.xlsx", make_macro_workbook, "macros"),
        ("rapport", SAMPLE_INBOX / "getij" / "Managementrapportage.xlsx", "totals"),
        ("stuk", SAMPLE_INBOX / "getij" / "Contactmomenten oud.xlsx", "damaged"),
    ],
)
def test_what_cannot_be_read_is_one_clear_message(name, content, told, tmp_path, out, capsys):
    path = tmp_path / name
    if isinstance(content, Path):
        path = content
    elif callable(content):
        content(path)
    elif content is not None:
        path.write_bytes(content)
    assert onboard([str(path)], out) == 2
    error = capsys.readouterr().err
    assert told in error
    assert error.count("to do:") == 1
    assert "Traceback" not in error and "Roerdomp" not in error
    assert not out.exists()


@pytest.mark.parametrize(("option", "value"), [("--organisation", "../x"), ("--language", "fr")])
def test_a_wrong_option_is_one_clear_message(option, value, capsys):
    assert main(["onboard", "x.csv", option, value]) == 2
    assert capsys.readouterr().err.count("to do:") == 1


def test_every_option_has_an_environment_twin(files, tmp_path, out, monkeypatch):
    monkeypatch.setenv("KRACHTWERK_ORGANISATION", "huis")
    monkeypatch.setenv("KRACHTWERK_OUT", str(out))
    monkeypatch.setenv("KRACHTWERK_LANGUAGE", "en")
    assert main(["onboard", files[0]]) == 0
    assert "Acceptance report" in (out / "acceptance_report.html").read_text(encoding="utf-8")


def test_a_file_that_cannot_be_read_does_not_keep_the_others_out(files, tmp_path, out):
    (tmp_path / "leeg.csv").write_bytes(b"")
    assert onboard([files[0], str(tmp_path / "leeg.csv")], out) == 0
    page = (out / "acceptance_report.html").read_text(encoding="utf-8")
    assert "leeg.csv: Het bestand is leeg." in page
