"""The committed sample data are what the generator writes, and hold what the list says."""

import re
import zipfile
from pathlib import Path

import pytest
import yaml

import sample_data
from sample_data.generate import generate
from sample_data.reading import list_content, read_file_text
from sample_data.tables import Table
from sample_data.writers import write_parquet, write_workbook
from sample_data.writers.workbook import STAMP, ZIP_STAMP

COMMITTED = Path(sample_data.__file__).parent
PLANTED = yaml.safe_load((COMMITTED / "planted.yaml").read_text(encoding="utf-8"))
LARGEST_BYTES = 6_000_000


def list_files(folder: Path) -> list[str]:
    paths = (folder / "inbox").rglob("*")
    return sorted(str(path.relative_to(folder)) for path in paths if path.is_file())


@pytest.fixture(scope="module")
def generated(tmp_path_factory) -> Path:
    folder = tmp_path_factory.mktemp("generated")
    generate(folder)
    return folder


def test_committed_files_are_exactly_those_that_the_generator_writes(generated):
    assert list_files(COMMITTED) == list_files(generated)
    different = [
        name
        for name in [*list_files(generated), "planted.yaml"]
        if list_content(COMMITTED / name) != list_content(generated / name)
    ]
    assert different == [], "run `python -m sample_data.generate` and commit what it writes"


def test_committed_sample_data_stay_under_six_megabytes():
    sizes = [(COMMITTED / name).stat().st_size for name in list_files(COMMITTED)]
    assert sum(sizes) < LARGEST_BYTES


@pytest.mark.parametrize("fault", PLANTED["faults"], ids=lambda fault: fault["id"])
def test_every_listed_fault_stands_in_its_file(fault):
    path = COMMITTED / "inbox" / fault["organisation_id"] / fault["file"]
    assert path.is_file()
    if fault["in_file"]:
        assert fault["in_file"] in read_file_text(path)


def test_ids_of_the_list_are_distinct():
    ids = [entry["id"] for entry in [*PLANTED["faults"], *PLANTED["effects"]]]
    assert len(ids) == len(set(ids))


def test_every_quirk_says_what_must_surface():
    silent = [fault["id"] for fault in PLANTED["faults"] if not fault["surfaces"]]
    assert silent == []


@pytest.mark.parametrize("write", [write_workbook, write_parquet], ids=["xlsx", "parquet"])
def test_writing_the_same_table_twice_gives_the_same_bytes(tmp_path, write):
    table = Table("table.out", "team", ["a", "b"], [["één", 1], ["twee", 2]])
    write(tmp_path / "first", table)
    write(tmp_path / "second", table)
    assert (tmp_path / "first/table.out").read_bytes() == (
        tmp_path / "second/table.out"
    ).read_bytes()


def test_workbook_holds_no_time_of_writing(tmp_path):
    write_workbook(tmp_path, Table("table.xlsx", "team", ["a"], [["één"]]))
    with zipfile.ZipFile(tmp_path / "table.xlsx") as archive:
        assert {entry.date_time for entry in archive.infolist()} == {ZIP_STAMP}
        stamps = re.findall(rb"\d{4}-\d{2}-\d{2}T[\d:]+", archive.read("docProps/core.xml"))
    assert set(stamps) == {STAMP.isoformat().encode()}


def test_example_key_announces_itself_and_is_long_enough():
    key = (COMMITTED / "example.key").read_bytes()
    assert b"krachtwerk example key" in key
    assert len(key) >= 32
