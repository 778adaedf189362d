"""What readers take from a page: pictures of charts, files, the talk sheet; and finding a team."""

import re
import struct

import pytest

from tests.browser.conftest import WatchedPage

TEAMS = ("haven", "akker", "kade", "klein", "laat", "vreemd")
A4_POINTS = (595, 842)


def open_page(site, open_context, name: str, language: str = "nl", **options) -> WatchedPage:
    watched = WatchedPage(open_context(**options))
    watched.open(site / "organisations" / "noordlicht" / language / name)
    return watched


def save_first_chart(watched: WatchedPage, wording: str):
    figure = watched.page.locator("figure.panel:has(details)").first
    figure.locator("summary").click()
    with watched.page.expect_download() as started:
        figure.get_by_role("button", name=wording, exact=True).click()
    return started.value


def list_png_parts(content: bytes) -> set[bytes]:
    parts, place = set(), 8
    while place < len(content):
        (size,) = struct.unpack(">I", content[place : place + 4])
        parts.add(content[place + 4 : place + 8])
        place += size + 12  # its length, name and check sum
    return parts


def test_a_chart_is_saved_as_png(site, open_context):
    watched = open_page(site, open_context, "team-nl-haven.html", color_scheme="dark")
    download = save_first_chart(watched, "PNG")
    content = download.path().read_bytes()
    assert re.fullmatch(r"team-nl-haven-[\w-]+\.png", download.suggested_filename)
    assert content.startswith(b"\x89PNG")
    width, height = struct.unpack(">II", content[16:24])
    assert width == 1800
    assert height > 200
    assert list_png_parts(content) <= {
        b"IHDR",
        b"sRGB",
        b"sBIT",
        b"pHYs",
        b"IDAT",
        b"IEND",
    }  # no text
    assert watched.faults == []


def test_a_chart_is_saved_as_svg_on_white_with_its_title(site, open_context):
    watched = open_page(site, open_context, "team-nl-haven.html", color_scheme="dark")
    title = watched.page.locator("figure.panel:has(details) figcaption > :first-child").first
    text = save_first_chart(watched, "SVG").path().read_text(encoding="utf-8")
    assert text.startswith("<svg")
    assert title.inner_text() in text
    assert "rgb(28, 37, 43)" not in text  # the surface of the dark theme


def test_a_chart_whose_table_stands_beside_it_is_saved_from_a_fold_of_its_own(site, open_context):
    watched = open_page(site, open_context, "comparison.html")
    figure = watched.page.locator("figure:has([data-figure^=funnel])").first
    assert figure.locator("table").count() == 0
    figure.get_by_text("Deze grafiek bewaren").click()
    with watched.page.expect_download() as started:
        figure.get_by_role("button", name="SVG", exact=True).click()
    assert started.value.path().read_text(encoding="utf-8").startswith("<svg")


@pytest.mark.parametrize("language", ["nl", "en"])
@pytest.mark.parametrize("team", TEAMS)
def test_the_talk_sheet_is_one_a4(site, open_context, team, language):
    watched = open_page(site, open_context, f"team-nl-{team}.html", language)
    watched.page.evaluate("window.print = () => {}")
    watched.page.click("[data-print-sheet]")
    watched.page.evaluate("dispatchEvent(new Event('beforeprint'))")
    content = watched.page.pdf(prefer_css_page_size=True, print_background=True)
    assert len(re.findall(rb"/Type\s*/Page\b", content)) == 1
    box = re.search(rb"/MediaBox\s*\[\s*0 0 ([\d.]+) ([\d.]+)", content)
    assert tuple(round(float(side)) for side in box.groups()) == A4_POINTS
    watched.page.evaluate("dispatchEvent(new Event('afterprint'))")
    whole = watched.page.pdf(prefer_css_page_size=True)
    assert len(re.findall(rb"/Type\s*/Page\b", whole)) > 1


def test_a_team_is_found_by_a_part_of_its_name(site, open_context):
    watched = open_page(site, open_context, "index.html")
    cards = watched.page.locator("#team-cards > li:visible")
    assert cards.count() == len(TEAMS)
    watched.page.get_by_label("Zoek een team").fill("HÁVEN")
    assert cards.count() == 1
    assert watched.page.locator(".filter [role=status]").inner_text() == "1 team"
    watched.page.get_by_label("Zoek een team").fill("")
    assert cards.count() == len(TEAMS)


def test_a_download_is_the_file_of_the_site(site, open_context):
    watched = open_page(site, open_context, "team-nl-haven.html", "en")
    links = watched.page.locator(".downloads li a")
    folder = site / "organisations" / "noordlicht" / "en"
    for place in range(links.count()):
        with watched.page.expect_download() as started:
            links.nth(place).click()
        wanted = folder / links.nth(place).get_attribute("href")
        assert started.value.path().read_bytes() == wanted.read_bytes()
    assert links.count() >= 4


def test_a_term_leads_to_its_meaning(site, open_context):
    watched = open_page(site, open_context, "team-nl-haven.html")
    term = watched.page.locator("a.term").first
    word = term.inner_text().lower()
    term.click()
    watched.page.wait_for_url(re.compile("method.html#term-"))
    target = watched.page.url.rpartition("#")[2]
    assert word in watched.page.locator(f"#{target} dt").inner_text().lower()


def test_a_term_is_linked_once_on_a_page(site, open_context):
    watched = open_page(site, open_context, "team-nl-haven.html")
    links = watched.page.locator("main a.term")
    targets = [links.nth(place).get_attribute("href") for place in range(links.count())]
    assert len(targets) > 5
    assert len(targets) == len(set(targets))
