"""Every page kind in a real browser, both languages, light and dark, at three widths, offline.

A page is opened once in a language and looked at by several tests, each of which leaves it as it
found it.
"""

import re
from dataclasses import dataclass

import pytest

from tests.browser.conftest import PAGES, WatchedPage

WIDTHS = (390, 1200, 1600)
LONGEST_WALK = 40  # stops; beyond the head a page of a team has the same kinds again and again
FITS = "() => document.documentElement.scrollWidth === document.documentElement.clientWidth"
DRAWN = """() => [...document.querySelectorAll('[data-figure]')]
    .filter(place => place.querySelector('.main-svg .cartesianlayer .trace')).length"""
A4 = {"width": 688, "height": 1000}  # 182 mm: what the margins leave
CUT_OFF = """() => [...document.querySelectorAll('.scroll, [data-figure]')]
    .filter(one => one.clientWidth && one.scrollWidth > one.clientWidth + 1)
    .map(one => one.outerHTML.slice(0, 120))"""
PAPER = "getComputedStyle(document.body).backgroundColor"
INK = """() => [...new Set([...document.querySelectorAll('.xtick text')]
    .map(text => text.style.fill))].sort()"""
# What can be reached with Tab: the first of what is closed stands for what is in it.
STOPS = """() => [...document.querySelectorAll(
        'a[href], button, input, summary, [tabindex="0"]')]
    .filter(one => one.checkVisibility({visibilityProperty: true, contentVisibilityAuto: true})
        && !one.disabled).length"""
FOCUS = """() => {
    const one = document.activeElement, box = one.getBoundingClientRect();
    return {isBody: one === document.body, width: box.width,
            outline: getComputedStyle(one).outlineStyle};
}"""


@dataclass(frozen=True)
class Visit:
    """One page of the invented organisation, open at 1200 pixels in light."""

    name: str
    language: str
    watched: WatchedPage
    figures: int

    @property
    def page(self):
        return self.watched.page


@pytest.fixture(scope="module", params=[(name, code) for name in PAGES for code in ("nl", "en")],
                ids="-".join)  # fmt: skip
def visit(request, browser, site):
    name, language = request.param
    context = browser.new_context(
        offline=True, viewport={"width": 1200, "height": 900}, color_scheme="light"
    )
    watched = WatchedPage(context)
    figures = watched.open(site / "organisations" / "noordlicht" / language / name)
    yield Visit(name, language, watched, figures)
    context.close()


def test_page_draws_every_figure_without_error_or_outside_request(visit):
    assert visit.figures == PAGES[visit.name]
    assert visit.watched.faults == []
    outside = [url for url in visit.watched.requests if not url.startswith(("file:", "data:"))]
    assert outside == []
    assert visit.page.evaluate("document.documentElement.lang") == visit.language


def test_page_fits_a_phone_a_laptop_and_a_projector(visit):
    for width in (*WIDTHS, 1200):  # the last one is how it was
        visit.page.set_viewport_size({"width": width, "height": 900})
        visit.page.wait_for_function(FITS)  # charts take their new width a moment later
    assert visit.watched.faults == []


def test_page_fits_an_a4_without_a_cut_table_or_chart(visit):
    page = visit.page
    page.set_viewport_size(A4)
    page.emulate_media(media="print")
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    page.wait_for_function(FITS)
    assert page.evaluate(CUT_OFF) == []
    page.emulate_media(media="screen")
    page.evaluate("dispatchEvent(new Event('afterprint'))")
    page.set_viewport_size({"width": 1200, "height": 900})
    page.wait_for_function(FITS)


def test_page_turns_dark_with_all_its_figures_and_light_again(visit):
    light = (visit.page.evaluate(PAPER), visit.page.evaluate(INK))
    visit.page.click("[data-theme-toggle]")
    dark = (visit.page.evaluate(PAPER), visit.page.evaluate(INK))
    assert dark[0] != light[0]
    assert not set(dark[1]) & set(light[1])
    assert visit.page.evaluate(DRAWN) == visit.figures
    visit.page.click("[data-theme-toggle]")
    assert (visit.page.evaluate(PAPER), visit.page.evaluate(INK)) == light
    assert visit.watched.faults == []


def test_every_stop_of_the_keyboard_is_reached_and_seen(visit):
    page = visit.page
    page.focus(".skip")
    wanted = page.evaluate(STOPS)
    assert wanted > 10
    for _ in range(min(wanted, LONGEST_WALK) - 1):
        page.keyboard.press("Tab")
        focus = page.evaluate(FOCUS)
        assert not focus["isBody"]
        assert focus["outline"] != "none"
        assert focus["width"] > 0


def test_language_switch_leads_to_the_same_page_in_the_other_language(visit, site):
    other = {"nl": "en", "en": "nl"}[visit.language]
    target = visit.page.locator(f".languages a[hreflang={other}]").get_attribute("href")
    path = (site / "organisations" / "noordlicht" / visit.language / target).resolve()
    assert path == (site / "organisations" / "noordlicht" / other / visit.name).resolve()
    assert f'lang="{other}"' in path.read_text(encoding="utf-8")[:200]


def test_period_release_and_place_stand_on_every_page(visit):
    head = visit.page.locator(".period").inner_text()
    assert "2026" in head
    assert visit.page.locator('.period a[href="releases.html"]').count() == 1
    crumbs = visit.page.locator(".breadcrumb li")
    assert crumbs.last.get_attribute("aria-current") == "page"


def test_language_is_switched_by_a_click(site, open_context):
    watched = WatchedPage(open_context())
    watched.open(site / "organisations" / "noordlicht" / "nl" / "releases.html")
    watched.page.click(".languages a[hreflang=en]")
    assert watched.page.url.endswith("/en/releases.html")


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
