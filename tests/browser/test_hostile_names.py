"""Names that try to break out, in every page of a real browser on a phone, and what is saved."""

import re

import pytest

from tests.browser.conftest import WatchedPage

SAFE_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9.-]*")
PHONE = {"width": 390, "height": 844}
OVERFLOW = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
# Elements that only a name that was taken for markup could have made.
BROKEN_OUT = "document.querySelectorAll('img, iframe, [onerror], [onload], [onmouseover]').length"
# Text from right to left outside an element or a pair of signs that isolates it.
NOT_ISOLATED = """() => {
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    const found = [];
    while (walker.nextNode()) {
        const node = walker.currentNode, place = node.parentElement;
        if (place.closest('script, svg') || !/[\\u0590-\\u06ff]/.test(node.data)) continue;
        const isIsolated = getComputedStyle(place.closest('bdi') || place).unicodeBidi === 'isolate'
            && place.closest('bdi') !== null;
        if (!isIsolated && !/\\u2068[^\\u2069]*[\\u0590-\\u06ff]/.test(node.data)) {
            found.push(place.outerHTML.slice(0, 200));
        }
    }
    return found;
}"""
TURNING = re.compile("[\u202a-\u202e\u2066\u2067\u200e\u200f\x00-\x08]")


@pytest.fixture(scope="module")
def pages(hostile_folder):
    found = sorted((hostile_folder / "nl").glob("*.html"))
    assert len(found) > 20
    return found


def test_hostile_names_run_nothing_and_break_no_page_on_a_phone(pages, open_context):
    context = open_context(viewport=PHONE)
    dialogs = []
    for path in pages:
        watched = WatchedPage(context)
        watched.page.on("dialog", lambda dialog: (dialogs.append(dialog.message), dialog.dismiss()))
        watched.open(path)
        page = watched.page
        assert page.evaluate(OVERFLOW) == 0, path.name
        for menu in page.locator("details.menu > summary").all():
            menu.click()
            assert page.evaluate(OVERFLOW) == 0, path.name
        assert page.evaluate(BROKEN_OUT) == 0, path.name
        assert page.evaluate(NOT_ISOLATED) == [], path.name
        assert not TURNING.search(page.evaluate("document.body.innerText + document.title"))
        assert watched.faults == [] and dialogs == [], path.name
        page.close()


def test_every_hostile_name_is_shown_as_text(hostile_folder, open_context):
    watched = WatchedPage(open_context(viewport=PHONE))
    watched.open(hostile_folder / "nl" / "index.html")
    cards = watched.page.locator("#team-cards h3").all_inner_texts()
    assert len(cards) == 6
    for part in ("<img src=x onerror=alert(3)>", "{{ 7 * 7 }} ${7*7}", "W" * 300, "&amp; &lt;b&gt;",
                 "Ploeg Twee <!-- --> ]]>", "</script><script>alert(5)</script>"):  # fmt: skip
        assert sum(part in card for card in cards) == 1, part
    assert "</title><script>alert(1)</script>" in watched.page.title()


@pytest.mark.parametrize("wanted", ["PNG", "SVG"])
def test_saved_charts_have_names_that_every_system_takes(hostile_folder, open_context, wanted):
    watched = WatchedPage(open_context())
    watched.open(hostile_folder / "nl" / "comparison.html")
    figure = watched.page.locator("figure.panel:has(details)").first
    figure.locator("summary").click()
    with watched.page.expect_download() as started:
        figure.get_by_role("button", name=wanted, exact=True).click()
    assert SAFE_NAME.fullmatch(started.value.suggested_filename)
    assert watched.faults == []


def test_files_and_folders_have_names_that_every_system_takes(hostile_folder):
    for path in hostile_folder.rglob("*"):
        assert SAFE_NAME.fullmatch(path.name), path
        assert len(path.name) < 80
