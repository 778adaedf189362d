"""The command: help and check answer at once, faults come with file and key."""

import subprocess
import sys

import pytest

from assets.command_line import main

HEAVY = ("dagster", "pandas", "duckdb", "great_expectations", "reports")


@pytest.mark.parametrize("arguments", [["--help"], ["check"]])
def test_help_and_check_load_nothing_heavy(arguments):
    program = (
        "import sys; from assets.command_line import main\n"
        f"try: main({arguments!r})\n"
        "except SystemExit: pass\n"
        f"print('loaded', [name for name in {HEAVY!r} if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True)
    assert done.stdout.splitlines()[-1] == "loaded []"


def test_check_says_what_the_catalogue_holds(capsys):
    assert main(["check"]) == 0
    assert "in order" in capsys.readouterr().out


def test_check_names_every_fault_of_an_overlay_with_file_and_key(tmp_path, capsys):
    for room, name, text in (
        ("codes", "colour", "list: colour\n"),
        ("anchors", "wide", "anchors: narrow\n"),
        ("fruit", "apple", "id: apple\n"),
    ):
        (tmp_path / room).mkdir()
        (tmp_path / room / f"{name}.yaml").write_text(text, encoding="utf-8")
    assert main(["check", "--overlay", str(tmp_path)]) == 2
    error = capsys.readouterr().err
    assert "codes/colour.yaml: label:" in error
    assert "anchors/wide.yaml: version:" in error
    assert "fruit: name:" in error


def test_check_accepts_an_overlay_in_order(tmp_path, capsys):
    (tmp_path / "codes").mkdir()
    (tmp_path / "codes" / "colour.yaml").write_text(
        "list: colour\nlabel: {nl: kleur, en: colour}\nprovenance: organisation\nsource: x\n"
        "codes: {red: {label: {nl: rood, en: red}}}\n",
        encoding="utf-8",
    )
    assert main(["check", "--overlay", str(tmp_path)]) == 0
    assert "with this overlay" in capsys.readouterr().out


def test_an_overlay_that_does_not_exist_is_said(tmp_path, capsys):
    assert main(["check", "--overlay", str(tmp_path / "no")]) == 2
    assert "The overlay folder does not exist." in capsys.readouterr().err


def test_wrong_use_exits_with_2(capsys):
    with pytest.raises(SystemExit) as caught:
        main(["bake"])
    assert caught.value.code == 2
