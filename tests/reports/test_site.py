"""The written site: complete, self-contained, the same every time, and silent about others."""

import hashlib
import re
from html.parser import HTMLParser
from pathlib import Path

import plotly.offline
import pytest

from reports import build_site
from reports.organisation import make_slug
from tests.reports.synthetic import HOSTILE_NAME, ORGANISATIONS

VENDOR = Path(__file__).parents[2] / "reports" / "static" / "vendor"
LARGEST_PAGE = 135_000
LARGEST_ORGANISATION = 8_000_000


class Links(HTMLParser):
    """Collects what a page refers to, and its anchors."""

    def __init__(self, path: Path):
        super().__init__()
        self.found: list[str] = []
        self.anchors: set[str] = set()
        self.scripts: list[dict] = []
        self.feed(path.read_text(encoding="utf-8"))

    def handle_starttag(self, tag, attrs):
        values = dict(attrs)
        if "id" in values:
            assert values["id"] not in self.anchors, f"id given twice: {values['id']}"
            self.anchors.add(values["id"])
        for name in ("href", "src"):
            if values.get(name):
                self.found.append(values[name])
        if tag == "script":
            self.scripts.append(values)


def list_pages(site: Path) -> list[Path]:
    return sorted(site.rglob("*.html"))


def hash_files(folder: Path) -> dict[str, str]:
    return {
        str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def test_every_page_kind_exists_in_both_languages(site):
    for language in ("nl", "en"):
        names = {p.name for p in (site / "organisations" / "noordlicht" / language).iterdir()}
        kinds = ("index", "organisation", "requirements", "audits", "outcomes", "data",
                 "comparison", "comparison-organisation", "comparison-time", "research",
                 "method", "releases")  # fmt: skip
        assert {f"{kind}.html" for kind in kinds} < names
        assert len([n for n in names if n.startswith("team-")]) == 6
        assert len([n for n in names if n.startswith("audits-team-")]) == 4


def test_every_link_leads_to_a_file_and_an_anchor_inside_the_folder_of_the_organisation(site):
    for folder in (site / "organisations").iterdir():
        pages = {path.resolve(): Links(path) for path in list_pages(folder)}
        for path, links in pages.items():
            for target in links.found:
                if target == "data:,":
                    continue
                assert "://" not in target
                file, _, anchor = target.partition("#")
                wanted = (path.parent / file).resolve() if file else path
                assert wanted.is_relative_to(folder.resolve()), target
                assert wanted.is_file(), f"{path.name}: {target}"
                if anchor:
                    assert anchor in pages[wanted].anchors, f"{path.name}: {target}"


def test_no_page_names_another_organisation_or_its_teams(site):
    for own, (_, own_teams) in ORGANISATIONS.items():
        text = "".join(p.read_text() for p in list_pages(site / "organisations" / own))
        for other, (name, teams) in ORGANISATIONS.items():
            if other == own:
                continue
            assert name not in text
            assert other not in text
            for team, (team_name, *_) in teams.items():
                assert team not in text
                assert team_name in {t[0] for t in own_teams.values()} or team_name not in text


def test_scripts_are_files_of_the_folder_and_page_data_is_no_script(site):
    for path in list_pages(site / "organisations"):
        for script in Links(path).scripts:
            assert script.get("type") == "application/json" or script["src"].startswith(
                "../static/"
            )


def test_hostile_team_name_is_text_everywhere(site):
    for path in list_pages(site / "organisations" / "noordlicht"):
        text = path.read_text()
        assert "<script>alert" not in text
        assert "alert(1)</script>" not in text
    page = (site / "organisations" / "noordlicht" / "nl" / "index.html").read_text()
    assert "&lt;script&gt;alert(1)" in page
    assert HOSTILE_NAME not in page


def test_suppressed_team_shows_no_number_and_is_not_praised_or_blamed(site):
    page = (site / "organisations" / "noordlicht" / "nl" / "team-nl-klein.html").read_text()
    assert "afgeschermd" in page
    assert "chip-1" not in page
    assert "Geen indicator heeft score 1 of 2" not in page
    assert not re.search(r"\d+,\d%", page)


def test_each_state_is_said_in_words(site):
    page = (site / "organisations" / "noordlicht" / "nl" / "team-nl-haven.html").read_text()
    for words in ("Geen norm opgegeven", "Te onvolledig geregistreerd", "Nog niet aangeleverd",
                  "voorlopig", "Niet meegeteld"):  # fmt: skip
        assert words in page


def test_period_release_and_breadcrumb_stand_on_every_page(site):
    for path in list_pages(site / "organisations"):
        if path.parent.name not in ("nl", "en"):
            continue
        text = path.read_text()
        assert 'class="breadcrumb"' in text
        assert "2026-08-31-" in text
        assert "31 aug" in text.casefold()


def test_english_pages_speak_no_dutch(site):
    dutch = re.compile(
        r"\b(afgeschermd|kwartaal|waarde|teams per eis|begeleiding|geen|naar)\b", re.I
    )
    for path in (site / "organisations" / "noordlicht" / "en").glob("*.html"):
        found = dutch.search(path.read_text())
        assert not found, f"{path.name}: {found}"


def test_pages_stay_small(site):
    for path in list_pages(site):
        assert path.stat().st_size < LARGEST_PAGE, path
    for folder in (site / "organisations").iterdir():
        size = sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())
        assert size < LARGEST_ORGANISATION


def test_the_same_tables_give_the_same_site(run, site, tmp_path):
    build_site(run, tmp_path / "again")
    assert hash_files(tmp_path / "again") == hash_files(site)


def test_every_chart_has_a_sentence_and_a_table_with_rows(site):
    for path in list_pages(site / "organisations"):
        text = path.read_text()
        charts = text.count('data-figure="')
        assert text.count("<details><summary>") + text.count("data-twin=") == charts
        for body in re.findall(r'data-figure="[^"]*".*?<tbody>(.*?)</tbody>', text, re.S):
            assert "<tr>" in body


def test_plotly_js_is_the_version_that_plotly_py_validates():
    script = (VENDOR / "plotly-cartesian.min.js").read_text(encoding="utf-8")
    version = re.search(r"plotly\.js \(cartesian[^)]*\) v([\d.]+)", script[:400]).group(1)
    assert version == plotly.offline.get_plotlyjs_version()


def test_vendored_files_are_those_that_the_note_lists():
    note = (VENDOR / "README.txt").read_text()
    for path in VENDOR.iterdir():
        if path.suffix in (".js", ".woff2"):
            assert hashlib.sha256(path.read_bytes()).hexdigest() in note, path.name


@pytest.mark.parametrize(
    ("text", "slug"), [("Team A", "team-a"), ("../../etc", "etc"), ("Zuid é", "zuid-e")]
)
def test_slug_is_a_safe_file_name(text, slug):
    assert make_slug(text, set()) == slug


def test_two_names_that_look_the_same_get_different_files():
    taken: set[str] = set()
    assert make_slug("a/b", taken) != make_slug("a b", taken)
    assert re.fullmatch(r"x-[0-9a-f]{8}", make_slug("☺", taken))


def test_id_that_looks_like_a_made_name_does_not_take_it():
    made = make_slug("a.b", {"a-b"})
    taken = {"a-b", made}
    assert make_slug("a.b", taken).startswith(made)
    assert len(taken) == 3


@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        (
            "nl",
            "Geen kopregel past bij een export van bron &#34;regas&#34;; het dichtst in de buurt",
        ),
        ("en", "No header row matches an export of source &#34;regas&#34;; nearest is"),
    ],
)
def test_data_page_says_in_its_own_language_why_a_file_was_refused(site, language, sentence):
    page = site / "organisations" / "noordlicht" / language / "data.html"
    text = page.read_text(encoding="utf-8")
    assert f"<li><bdi>oud.xls</bdi>: {sentence}" in text
    assert "Team, Soort." in text
    assert 'lang="en"' not in text.replace('<html lang="en"', "").split("</header>")[-1]
