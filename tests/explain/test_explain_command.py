"""``krachtwerk explain``: what is printed in both languages, as JSON, and when asked wrongly."""

import csv
import json
import subprocess
import sys
from fractions import Fraction

import pytest

from assets.command_line import main
from pipelines.catalogue.wording import load_words
from pipelines.warehouse import open_warehouse
from tests.conftest import SAMPLE_DATA

ROOT = SAMPLE_DATA.parent

KEY = "KI-1|zilverhorst|ZH01|2025|v1"
PERSONAL_COLUMNS = (
    "Trajectnummer",
    "Cliëntnummer",
    "Personeelsnummer begeleider",
    "BSN",
    "Naam cliënt",
    "Geboortedatum",
    "Toelichting",
)


@pytest.fixture
def ask(sample_run, capsys):
    """Runs one command on the sample home; returns what it printed."""

    def run(*arguments, code=0):
        assert main([*arguments, "--home", str(sample_run.home)]) == code
        printed = capsys.readouterr()
        return printed.out if code == 0 else printed.err

    return run


def read_score(sample_run, key):
    row = sample_run.warehouse.execute(
        "select * from results.indicator_scores where score_key = ?", [key]
    )
    return dict(zip((column[0] for column in row.description), row.fetchone(), strict=True))


@pytest.mark.parametrize(
    ("language", "expected"),
    [
        ("nl", ("voldoen aan de regel", "DE REGEL", "onze standaardkeuze", "ACHTER ELKE EENHEID")),
        ("en", ("meet the rule", "THE RULE", "our default", "BEHIND EACH UNIT")),
    ],
)
def test_an_explanation_is_readable_in_both_languages(ask, sample_run, language, expected):
    text = ask("explain", KEY, "--language", language, "--units", "3")
    for words in expected:
        assert words in text
    score = read_score(sample_run, KEY)
    first = text.splitlines()[1:4]
    assert f"{score['numerator']:.0f}" in " ".join(first)
    assert f"{score['units_counted']:.0f}" in " ".join(first)
    assert "trajecten_2026-06-30.csv, " in text
    assert max(len(line) for line in text.splitlines()) <= 100


def test_json_holds_every_amount_exactly(ask, sample_run):
    content = json.loads(ask("explain", KEY, "--format", "json", "--units", "1000"))
    score = read_score(sample_run, KEY)
    assert float(Fraction(content["value"]["exact"])) == score["value"]
    assert content["score"] == score["score"]
    assert content["units"]["counted"] == len(
        [unit for unit in content["listed_units"] if unit["exclusion_reason"] is None]
    )
    met = [unit for unit in content["listed_units"] if unit["fate"] == "met"]
    assert content["units"]["met"] == len(met) == score["numerator"]
    assert content["units_not_listed"] == 0
    after = Fraction(content["next_anchor"]["value_after"]["exact"])
    assert after >= Fraction(content["next_anchor"]["limit"]["exact"])
    assert len(content["profile_lifts"]) == 2


def test_units_that_are_not_listed_are_counted(ask, sample_run):
    score = read_score(sample_run, KEY)
    total = score["units_counted"] + score["units_excluded"]
    text = ask("explain", KEY, "--units", "2", "--language", "en")
    assert f"And {total - 2} more units" in text
    assert "With --units 0" in ask("explain", KEY, "--units", "0", "--language", "en")


def test_no_personal_value_of_the_export_is_printed(ask):
    path = SAMPLE_DATA / "inbox" / "zilverhorst" / "trajecten_2026-06-30.csv"
    with path.open(encoding="cp1252", newline="") as file:
        rows = list(csv.DictReader(file, delimiter=";"))
    personal = {row[column] for row in rows for column in PERSONAL_COLUMNS}
    personal = {value for value in personal if len(value) >= 5}
    assert len(personal) > 300
    printed = ask("explain", "ST-3|zilverhorst||2025|v1", "--units", "1000")
    printed += ask("explain", KEY, "--units", "1000", "--format", "json")
    printed += ask("explain", "BT-1|zilverhorst||2025|v1", "--units", "1000")
    assert [value for value in personal if value in printed] == []
    assert "geslacht" not in printed  # who a client is, is behind no score
    assert "cliënt: " in printed  # the pseudonym is


@pytest.mark.parametrize("status", ["scored", "no_norm", "too_few", "too_incomplete", "no_data"])
@pytest.mark.parametrize("language", ["nl", "en"])
def test_every_status_is_told_in_words(ask, sample_run, status, language):
    (key,) = sample_run.warehouse.fetch_one(
        "select min(score_key) from results.indicator_scores where status = ?", [status]
    )
    text = ask("explain", key, "--language", language)
    assert load_words(language)(f"status.{status}") in text
    assert "{" not in text


@pytest.mark.parametrize("language", ["nl", "en"])
def test_every_indicator_and_every_shape_at_every_level_can_be_explained(ask, sample_run, language):
    keys = sample_run.warehouse.fetch_all(
        """
        select max(score_key)
        from score.result
        where period in ('2025', '2026-Q2') and is_published
        group by
            case when $language = 'nl' then indicator_id else shape end,
            case when $language = 'en' then level end
        """,
        {"language": language},
    )
    assert len(keys) >= 24  # 8 shapes at 3 levels
    for (key,) in keys:
        text = ask("explain", key, "--language", language, "--units", "3")
        assert len(text.splitlines()) > 25, key
        assert "{" not in text, key


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        (["KI-1"], "five parts"),
        (["KI-1||ZH01|2025|v1"], "five parts"),
        (["KI-1|zilverhorst|ZH01|2025-Q5|v1"], "five parts"),
        (["KI-9|zilverhorst|ZH01|2025|v1"], "an indicator of the catalogue"),
        (["KI-1|zilverhorst|ZH99|2025|v1"], "zilverhorst|ZH01"),
        (["KI-1|zilverhorst|ZH01|2019|v1"], "2025-Q4"),
        ([KEY, "--units", "many"], "whole number"),
        ([KEY, "--language", "fr"], "nl, en"),
        ([KEY, "--format", "xml"], "text, json"),
    ],
)
def test_a_wrong_question_is_answered_with_one_message(ask, arguments, expected):
    error = ask("explain", *arguments, code=2)
    assert expected in error
    assert "to do:" in error
    assert "Traceback" not in error


def test_a_home_without_a_finished_run_is_said(tmp_path, capsys):
    assert main(["explain", KEY, "--home", str(tmp_path)]) == 2
    assert "no run was done in this home" in capsys.readouterr().err
    open_warehouse(tmp_path / "warehouse.duckdb").close()
    assert main(["explain", KEY, "--home", str(tmp_path)]) == 2
    assert "not finished" in capsys.readouterr().err
    (tmp_path / "warehouse.duckdb").write_bytes(b"no warehouse")
    assert main(["explain", KEY, "--home", str(tmp_path)]) == 2
    assert "cannot be opened" in capsys.readouterr().err


def test_home_and_language_come_from_the_environment_too(sample_run, capsys, monkeypatch):
    monkeypatch.setenv("KRACHTWERK_HOME", str(sample_run.home))
    monkeypatch.setenv("KRACHTWERK_LANGUAGE", "en")
    assert main(["explain", KEY]) == 0
    assert "meet the rule" in capsys.readouterr().out


def test_asking_changes_nothing_in_the_home(ask, sample_run):
    before = {
        path: path.read_bytes() for path in sorted(sample_run.home.iterdir()) if path.is_file()
    }
    ask("explain", KEY)
    after = {
        path: path.read_bytes() for path in sorted(sample_run.home.iterdir()) if path.is_file()
    }
    assert before == after


@pytest.mark.parametrize(
    ("key", "language", "expected"),
    [
        (KEY, "nl", "Q-01 krachteninventarisatie in de focusperiode: minstens 90% (onze"),
        ("ST-3|getij||2025|v1", "en", "Q-05 caseload: at most 20 per"),
        ("AF-1.3|zilverhorst||2025|v1", "en", "at least 80% (the organisation’s own choice)"),
    ],
)
def test_the_norm_of_a_requirement_stands_with_the_rule(ask, sample_run, key, language, expected):
    text = " ".join(ask("explain", key, "--language", language, "--units", "0").split())
    assert expected in text
    norms = json.loads(ask("explain", key, "--format", "json"))["rule"]["norms"]
    ((status,),) = sample_run.warehouse.fetch_all(
        "select status from results.requirement_results where requirement_id = ?"
        " and organisation_id = ? and coalesce(team_id, '') = ? and period = '2025'",
        [norms[0]["requirement_id"], *key.split("|")[1:3]],
    )
    assert [one["status"] for one in norms] == [status]


def test_a_version_that_was_kept_and_all_together_have_no_norm(ask):
    for key in ("KI-1|||2025|v1", "EV-2|zilverhorst||2025|v1"):
        assert json.loads(ask("explain", key, "--format", "json"))["rule"]["norms"] == []


def test_an_answer_waits_for_no_heavy_library(sample_run):
    """Loading pandas, Dagster or Plotly would take most of the two seconds an answer may take."""
    code = (
        "import sys; from assets.command_line import main;"
        f"assert main(['explain', {KEY!r}, '--home', {str(sample_run.home)!r}]) == 0;"
        "heavy = {'pandas', 'dagster', 'plotly', 'great_expectations', 'scipy', 'pyreadstat'};"
        "sys.exit(str(sorted(heavy & sys.modules.keys())) if heavy & sys.modules.keys() else 0)"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True)
    assert (done.returncode, done.stderr) == (0, "")
