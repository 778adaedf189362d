"""What a reader meets first, and in which order; and that no inner name of ours stands there."""

import re

import pytest

from pipelines.catalogue import load_catalogue


@pytest.fixture
def read(site):
    def read_page(name: str, language: str = "nl") -> str:
        path = site / "organisations" / "noordlicht" / language / name
        return path.read_text(encoding="utf-8")

    return read_page


def read_headline(page: str) -> str:
    return re.sub(r"<[^>]+>", "", re.search(r'<p class="headline".*?</p>', page).group())


def list_headings(page: str) -> list[str]:
    return re.findall(r'<h2 id="([\w-]+)"', page)


def test_overview_says_first_where_it_stands_what_changed_and_how_many_teams_need_a_look(read):
    page = read("index.html")
    headline = read_headline(page)
    assert re.match(r"In 2026 is het dossierprofiel \d,\d+ op een schaal van 1 tot 5: ", headline)
    assert re.search(r"Dat is (hoger|lager) dan in 2025 \(\d,\d\)\.", headline)
    assert re.search(
        r'<p class="subline" data-about="teams">(\d van de 6 teams zit|Geen team zit)', page
    )
    wanted = ["profile", "strengths", "attention", "changes", "unmet", "teams", "data-status"]
    assert list_headings(page) == wanted


def test_overview_of_one_team_does_not_count_it(site):
    page = (site / "organisations" / "zuiderlicht" / "en" / "index.html").read_text()
    assert "of the 1 teams" not in page
    assert "The team is demonstrably below the norm of a" in page


@pytest.mark.parametrize("language", ["nl", "en"])
def test_team_page_is_a_conversation_strengths_first(read, language):
    headings = list_headings(read("team-nl-haven.html", language))
    assert headings[:7] == [
        "strengths", "since", "attention", "profile", "questions", "last-audit", "requirements",
    ]  # fmt: skip


def test_team_page_leads_to_each_of_its_parts(read):
    page = read("team-nl-haven.html")
    links = re.search(r'<nav class="contents".*?</nav>', page, re.S).group()
    targets = re.findall(r'href="#([\w-]+)"', links)
    assert targets == list_headings(page)[6:]


def test_method_page_gives_limits_and_no_inner_names(read):
    page = read("method.html")
    for name in load_catalogue().anchors:
        assert f">{name}<" not in page
    assert "1 &lt;70% · 2 &lt;80% · 3 &lt;90% · 4 &lt;95% · 5 ≥95%" in page


def test_setting_that_programmes_have_alike_stands_once(read):
    page = read("method.html")
    section = page[page.index('id="settings"') : page.index('id="protection"')]
    rows = re.findall(r"<tr><th scope=\"row\">(.*?)</th>(.*?)</tr>", section, re.S)
    assert len(rows) == len(set(rows)) > 10
    assert any("CTI, " in cells for _, cells in rows)


def test_middle_band_is_never_a_bare_word_that_means_a_mean(read):
    page = read("team-nl-haven.html")
    headline = read_headline(page)
    assert "(gemiddeld)" not in page
    assert "niveau" in headline


def test_our_own_choice_is_not_said_twice_in_two_languages(read):
    for name in ("method.html", "requirements.html"):
        assert ">Our default<" not in read(name)
