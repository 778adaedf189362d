"""``krachtwerk export``: a folder for a researcher, made from the results alone."""

import json
import shutil

import pyreadstat
import pytest

from assets.command_line import main
from pipelines.results import read_dictionary
from tests.pipeline.conftest import read_tree


@pytest.fixture(scope="module")
def exported(sample_run, tmp_path_factory):
    """The English export of a home that holds nothing but results."""
    home = tmp_path_factory.mktemp("results only")
    shutil.copytree(sample_run.home / "results", home / "results")
    target = home / "for a researcher"
    assert main(["export", "--home", str(home), "--to", str(target), "--language", "en"]) == 0
    return target


def test_every_table_is_there_in_every_format_with_its_units(exported):
    tables = read_dictionary().tables
    assert set(read_tree(exported)) == {"datapackage.json"} | {
        path
        for table in tables
        for path in (f"{table}.parquet", f"csv/{table}.csv", f"sav/{table}.sav")
    }
    _, meta = pyreadstat.read_sav(exported / "sav" / "indicator_units.sav", metadataonly=True)
    assert meta.number_rows > 100_000


def test_labels_are_in_the_language_that_was_asked_for(exported):
    _, meta = pyreadstat.read_sav(exported / "sav" / "outcome_change.sav")
    assert meta.column_names_to_labels["lost_count"] == "lost (no later measurement)"
    assert meta.variable_value_labels["level"]["team"] == "team"
    assert meta.variable_value_labels["is_provisional"] == {0.0: "no", 1.0: "yes"}
    package = json.loads((exported / "datapackage.json").read_text(encoding="utf-8"))
    assert package["language"] == "en"


def test_numbers_and_origin_are_those_of_the_run(exported, sample_run):
    here, there = exported, sample_run.home / "results"
    for name in ("outcome_change.parquet", "csv/outcome_change.csv"):
        assert (here / name).read_bytes() == (there / name).read_bytes()
    origins = [
        json.loads((folder / "datapackage.json").read_text(encoding="utf-8"))["origin"]
        for folder in (here, there)
    ]
    assert origins[0] == origins[1]


def test_an_earlier_export_is_replaced_and_another_folder_is_not(exported, tmp_path, capsys):
    home = str(exported.parent)
    (exported / "csv" / "old.csv").write_text("left behind")
    before = read_tree(exported)
    assert main(["export", "--home", home, "--to", str(exported), "--language", "en"]) == 0
    after = read_tree(exported)
    assert after == {name: content for name, content in before.items() if name != "csv/old.csv"}
    (tmp_path / "thesis.docx").write_text("precious")
    assert main(["export", "--home", home, "--to", str(tmp_path)]) == 2
    assert "holds other files" in capsys.readouterr().err
    assert list(read_tree(tmp_path)) == ["thesis.docx"]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ([], "No folder to export to"),
        (["--to", "x"], "no results"),
        (["--to", "x", "--language", "fr"], "not a known language"),
    ],
)
def test_wrong_use_is_said_in_one_message(tmp_path, capsys, monkeypatch, arguments, said):
    monkeypatch.chdir(tmp_path)
    assert main(["export", "--home", str(tmp_path), *arguments]) == 2
    told = capsys.readouterr().err
    assert said in told
    assert "Traceback" not in told
    assert list(tmp_path.iterdir()) == []
