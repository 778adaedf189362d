"""The guide for transcribing appendix 3, followed to the letter: checked, run, seen on pages."""

import csv
import re
import shutil
from pathlib import Path

import pytest

from assets.command_line import main
from pipelines.catalogue.overlay import OVERLAY_ROOMS
from pipelines.warehouse import open_warehouse

GUIDE = Path(__file__).parents[2] / "docs" / "guides" / "transcribe-appendix-3.md"
BLOCK = re.compile(r"```yaml\n# (\S+)\n(.*?)```", re.DOTALL)
OWN, OTHER = "mijn-organisatie", "een-ander"
OVERLAY = "eigen_catalogus"
TEAM = ("team_id", "name", "setting", "start_date")
DAYS = [f"2026-01-{day:02}" for day in range(1, 13)]
RECORDS = {
    "team": [dict(zip(TEAM, ("brug", "De Brug", "outreach", "2024-01-01"), strict=True))],
    "worker": [
        {"worker_id": f"w{n}", "team_id": "brug", "start_date": "2024-01-01",
         "role": "support_worker", "fte": "1"}
        for n in range(6)
    ],
    "trajectory": [
        {"trajectory_id": f"t{n}", "client_id": f"c{n}", "team_id": "brug",
         "programme": "krachtwerk", "start_date": "2026-01-02" if n else "2025-06-01"}
        for n in range(12)
    ],
    # in time within 42 days, and half of them too late for 35 days
    "strengths_assessment": [
        {"assessment_id": f"k{n}", "trajectory_id": f"t{n}",
         "assessment_date": ("2026-01-20", "2026-02-10")[n % 2] if n else "2025-06-01"}
        for n in range(12)
    ],
    "evaluation": [
        {"evaluation_id": f"e{n}", "trajectory_id": f"t{n}", "kind": "interim",
         "held_date": DAYS[n], "network_present": str(n < 6).lower()}
        for n in range(12)
    ],
    "fidelity_audit": [
        {"audit_id": "a1", "team_id": "brug", "audit_date": "2026-02-01", "round": "baseline",
         "instrument": "SMF-NL", "instrument_version": "1"}
    ],
    "audit_rating": [
        {"audit_id": "a1", "assessor_id": assessor, "item_id": item, "evidence_source": "overall",
         "is_consensus": "false", "score": score}
        for assessor in ("anna", "bert") for item, score in (("I01", "5"), ("I02", "4"))
    ],
}  # fmt: skip


def list_blocks() -> dict[str, str]:
    """File name -> content of every example of the guide."""
    return dict(BLOCK.findall(GUIDE.read_text(encoding="utf-8")))


def write_overlay(folder: Path) -> None:
    for name, text in list_blocks().items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")


def write_records(folder: Path) -> None:
    for kind, rows in RECORDS.items():
        with (folder / f"{kind}.csv").open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, list(rows[0]))
            writer.writeheader()
            writer.writerows(rows)


@pytest.fixture(scope="module")
def inbox(tmp_path_factory) -> Path:
    """The organisation of the guide, and another one with the same records and no overlay."""
    inbox = tmp_path_factory.mktemp("guide") / "inbox"
    write_overlay(inbox / OWN / OVERLAY)
    settings = (inbox / OWN / "organisation.yaml").read_text(encoding="utf-8")
    # the records below are in our own names
    settings = settings.replace("aanlevertemplate", "canonical") + "exported_on: 2026-06-30\n"
    (inbox / OTHER).mkdir()
    for name in (OWN, OTHER):
        write_records(inbox / name)
    (inbox / OWN / "organisation.yaml").write_text(settings, encoding="utf-8")
    other = settings.replace(OWN, OTHER).replace(f"overlay: {OVERLAY}\n", "")
    (inbox / OTHER / "organisation.yaml").write_text(other, encoding="utf-8")
    return inbox


@pytest.fixture(scope="module")
def home(inbox) -> Path:
    key = inbox.parent / "key"
    key.write_bytes(bytes(range(32)))
    key.chmod(0o600)
    home = inbox.parent / "home"
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("KRACHTWERK_KEY_FILE", str(key))
        assert main(["run", "--inbox", str(inbox), "--home", str(home)]) == 0
    return home


@pytest.fixture(scope="module")
def ask(home):
    """Rows of a results table."""
    with open_warehouse() as warehouse:

        def select(table: str, sql: str) -> list[tuple]:
            file = f"read_parquet('{home}/results/{table}.parquet')"
            return warehouse.fetch_all(f"select {sql.format(file=file)}")

        yield select


def test_the_guide_has_an_example_of_every_folder():
    folders = {name.split("/")[0] for name in list_blocks()} - {".."}
    assert folders == {*OVERLAY_ROOMS, "words"} - {"sources"}


def test_the_examples_pass_the_check_as_they_stand(tmp_path, capsys):
    write_overlay(tmp_path / OVERLAY)
    assert main(["check", "--overlay", str(tmp_path / OVERLAY)]) == 0
    capsys.readouterr()


def test_the_inbox_of_the_guide_passes_the_check(inbox, capsys):
    assert main(["check", "--inbox", str(inbox)]) == 0
    assert OWN in capsys.readouterr().out


def test_both_versions_are_scored_for_the_own_organisation_only(ask):
    rows = ask(
        "indicator_scores",
        "organisation_id, indicator_version, value, provenance from {file} where level = 'team'"
        " and indicator_id = 'KI-1' and period = '2026-Q1' order by all",
    )
    # a term of 35 instead of 42 days: 5 of 11 in time; at another organisation all of them
    assert rows == [
        (OTHER, 1, 1.0, "default"),
        (OWN, 1, 5 / 11, "default"),
        (OWN, 2, 5 / 11, "organisation"),
    ]
    assert ask("indicator_scores", "* from {file} where level = 'all' and indicator_id = 'KI-1'"
               ) == []  # fmt: skip


def test_an_added_indicator_has_its_own_anchors(ask):
    rows = ask(
        "indicator_scores",
        "organisation_id, value, score from {file} where level = 'team'"
        " and indicator_id = 'MO-1' and period = '2026-Q1'",
    )
    assert rows == [(OWN, 0.5, 3.0)]  # .40 to .60


def test_an_audit_gets_its_total_from_the_supplied_items(ask):
    rows = ask(
        "audit_scores",
        "organisation_id, score, band, status from {file} where part = 'total' order by all",
    )
    # (5 + 4) / 2; high from 4.20 on by its own bands; without items there is no total
    assert rows == [(OTHER, None, None, "no_data"), (OWN, 4.5, "high", "shown")]


def test_an_item_of_an_audit_stands_beside_the_records(ask):
    rows = ask("triangulation", "distinct organisation_id, item_id, topic from {file} order by all")
    assert (OWN, "I01", "SM02") in rows
    assert OTHER not in {organisation for organisation, _, _ in rows}


def test_a_norm_is_that_of_the_organisation(ask):
    rows = ask(
        "requirement_results",
        "distinct organisation_id, norm from {file} where requirement_id = 'Q-01' order by all",
    )
    assert rows == [(OTHER, 0.9), (OWN, 0.85)]


@pytest.mark.parametrize("language", ["nl", "en"])
def test_the_method_page_lists_every_change_and_no_other_organisation_sees_any(home, language):
    pages = {
        name: "\n".join(
            path.read_text(encoding="utf-8")
            for path in sorted((home / "site" / "organisations" / name).rglob("*.html"))
            if path.name.endswith(f"{language}.html") or f"/{language}/" in path.as_posix()
        )
        for name in (OWN, OTHER)
    }
    label = {"nl": "voorbeeld twee", "en": "example two"}[language]
    steps = {"nl": "stap van de teamkrachtbespreking", "en": "step of the team review"}[language]
    for words in ("eigen-tempo", "MO-1", "appendix 3, p. 000", steps):
        assert words.lower() in pages[OWN].lower(), words
        assert words.lower() not in pages[OTHER].lower(), words
    assert label in pages[OWN]
    assert label not in pages[OTHER]


def test_texts_of_pages_are_those_of_the_organisation(home):
    own, other = (
        "\n".join(
            path.read_text(encoding="utf-8")
            for path in (home / "site" / "organisations" / name).rglob("*.html")
        )
        for name in (OWN, OTHER)
    )
    assert "Hier zijn wij sterk in" in own
    assert "Hier zijn wij sterk in" not in other


def test_a_forgotten_version_is_told_with_its_file(tmp_path, capsys):
    write_overlay(tmp_path / OVERLAY)
    path = tmp_path / OVERLAY / "audit_instruments" / "smf-nl-10.yaml"
    path.write_text(path.read_text(encoding="utf-8").replace("version: 2\n", ""))
    shutil.rmtree(tmp_path / OVERLAY / "words")
    assert main(["check", "--overlay", str(tmp_path / OVERLAY)]) == 2
    assert "audit_instruments/smf-nl-10.yaml: version" in capsys.readouterr().err
