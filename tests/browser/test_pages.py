"""Every page kind in a real browser: all figures drawn, no error, nothing from outside."""

import re

import pytest

from tests.browser.conftest import WatchedPage

PAGES = {
    "index.html": 7,
    "organisation.html": 39,
    "team-nl-haven.html": 39,
    "team-nl-klein.html": 39,
    "team-nl-vreemd.html": 39,
    "requirements.html": 1,
    "audits.html": 1,
    "audits-team-nl-haven.html": 1,
    "audits-team-nl-akker.html": 0,
    "audits-team-nl-klein.html": 0,
    "outcomes.html": 12,
    "comparison.html": 4,
    "comparison-organisation.html": 0,
    "comparison-time.html": 2,
    "research.html": 2,
    "data.html": 1,
    "releases.html": 0,
    "method.html": 0,
}


@pytest.mark.parametrize("language", ["nl", "en"])
@pytest.mark.parametrize("name", PAGES)
def test_page_draws_every_figure_without_error_or_outside_request(
    site, open_context, name, language
):
    watched = WatchedPage(open_context(viewport={"width": 1280, "height": 900}))
    figures = watched.open(site / "organisations" / "noordlicht" / language / name)
    assert figures == PAGES[name]
    assert watched.faults == []
    assert all(url.startswith("file:") for url in watched.requests if not url.startswith("data:"))
    assert watched.page.evaluate("document.documentElement.lang") == language


@pytest.mark.parametrize(
    ("name", "width"),
    [
        ("index.html", 390),
        ("index.html", 1600),
        ("team-nl-vreemd.html", 390),
        ("team-nl-vreemd.html", 1024),
        ("requirements.html", 390),
        ("audits.html", 390),
        ("audits-team-nl-haven.html", 390),
        ("audits-team-nl-haven.html", 1024),
        ("outcomes.html", 390),
        ("outcomes.html", 1024),
        ("comparison.html", 390),
        ("comparison-time.html", 1600),
        ("research.html", 390),
        ("data.html", 390),
        ("method.html", 390),
    ],
)
def test_no_page_scrolls_sideways(site, open_context, name, width):
    watched = WatchedPage(open_context(viewport={"width": width, "height": 900}))
    watched.open(site / "organisations" / "noordlicht" / "nl" / name)
    overflow = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
    assert watched.page.evaluate(overflow) == 0


def test_language_switch_leads_to_the_same_page_in_the_other_language(site, open_context):
    watched = WatchedPage(open_context())
    watched.open(site / "organisations" / "noordlicht" / "nl" / "team-nl-haven.html")
    watched.page.click(".languages a[hreflang=en]")
    assert watched.page.url.endswith("/en/team-nl-haven.html")
    assert watched.page.locator("h1").inner_text() == "Haven"


def test_door_of_an_organisation_leads_to_its_overview(site, open_context):
    watched = WatchedPage(open_context())
    watched.page.goto((site / "organisations" / "noordlicht" / "index.html").as_uri())
    watched.page.wait_for_url(re.compile("/nl/index.html$"))


def test_theme_follows_the_computer_and_the_button_and_redraws_the_charts(site, open_context):
    watched = WatchedPage(open_context(color_scheme="dark"))
    watched.open(site / "organisations" / "noordlicht" / "nl" / "index.html")
    paper = "getComputedStyle(document.body).backgroundColor"
    ink = "document.querySelector('.xtick text').style.fill"
    dark = (watched.page.evaluate(paper), watched.page.evaluate(ink))
    watched.page.click("[data-theme-toggle]")
    light = (watched.page.evaluate(paper), watched.page.evaluate(ink))
    assert dark[0] != light[0]
    assert dark[1] != light[1]
    assert watched.page.get_attribute("[data-theme-toggle]", "aria-pressed") == "false"
    watched.page.reload()
    assert watched.page.evaluate(paper) == light[0]
    assert watched.faults == []


def test_skip_link_is_the_first_stop_of_the_keyboard(site, open_context):
    watched = WatchedPage(open_context())
    watched.open(site / "organisations" / "noordlicht" / "nl" / "index.html")
    watched.page.keyboard.press("Tab")
    assert watched.page.evaluate("document.activeElement.className") == "skip"
    watched.page.keyboard.press("Enter")
    assert watched.page.evaluate("document.activeElement.id") == "main"


def test_table_twin_opens_by_keyboard(site, open_context):
    watched = WatchedPage(open_context())
    watched.open(site / "organisations" / "noordlicht" / "nl" / "team-nl-haven.html")
    summary = watched.page.locator(".panel details > summary").first
    summary.focus()
    watched.page.keyboard.press("Enter")
    assert watched.page.locator(".panel details[open] table").first.is_visible()


def test_why_opens_by_keyboard_and_is_closed_until_then(site, open_context):
    watched = WatchedPage(open_context())
    watched.open(site / "organisations" / "noordlicht" / "nl" / "team-nl-haven.html")
    assert watched.page.locator("details.why[open]").count() == 0
    watched.page.locator("tr.why summary").first.focus()
    watched.page.keyboard.press("Enter")
    assert watched.page.locator("details.why[open] dl").first.is_visible()


def test_pointing_at_a_quarter_shows_its_row_of_the_table(site, open_context):
    watched = WatchedPage(open_context())
    watched.open(site / "organisations" / "noordlicht" / "nl" / "team-nl-haven.html")
    texts = watched.page.evaluate(
        "document.querySelector('[data-figure=trend-KI-1]').data.map(trace => trace.hovertext)"
    )
    assert texts[0][0].startswith("K1 ’24<br>Waarde: ")


def test_charts_are_drawn_for_white_paper_while_printing_and_for_the_screen_after(
    site, open_context
):
    watched = WatchedPage(
        open_context(viewport={"width": 1600, "height": 900}, color_scheme="dark")
    )
    watched.open(site / "organisations" / "noordlicht" / "nl" / "team-nl-haven.html")
    measure = """() => {
        const places = [...document.querySelectorAll('[data-figure]')];
        const svg = place => place.querySelector('.main-svg').getBoundingClientRect().width;
        return {
            widest: Math.max(...places.map(svg)),
            over: places.filter(place => svg(place) > place.clientWidth + 1).length,
            ink: document.querySelector('.xtick text').style.fill,
        };
    }"""
    on_screen = watched.page.evaluate(measure)
    watched.page.evaluate("dispatchEvent(new Event('beforeprint'))")
    on_paper = watched.page.evaluate(measure)
    assert on_paper["widest"] <= 182 / 25.4 * 96 + 1
    assert on_paper["over"] == 0
    assert on_paper["ink"] != on_screen["ink"]
    watched.page.evaluate("dispatchEvent(new Event('afterprint'))")
    assert watched.page.evaluate(measure) == on_screen
    assert watched.faults == []
