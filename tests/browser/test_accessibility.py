"""Every page kind against WCAG 2.2 AA as far as a machine can judge it: axe-core in Chromium."""

import pytest
from axe_playwright_python.sync_playwright import Axe

from tests.browser.conftest import WatchedPage
from tests.browser.test_pages import PAGES

RULES = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice")
OPTIONS = {"runOnly": {"type": "tag", "values": list(RULES)}, "resultTypes": ["violations"]}
OPEN_ALL = "document.querySelectorAll('details').forEach(one => one.open = true)"


def list_violations(page) -> list[str]:
    found = Axe().run(page, options=OPTIONS).response
    assert found["testEngine"]["name"] == "axe-core"
    return [
        f"{one['id']}: {one['help']} at {node['target']}"
        for one in found["violations"]
        for node in one["nodes"]
    ]


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("name", PAGES)
def test_no_page_breaks_a_rule_of_accessibility(site, open_context, name, scheme):
    watched = WatchedPage(open_context(color_scheme=scheme))
    watched.open(site / "organisations" / "noordlicht" / "nl" / name)
    watched.page.evaluate(OPEN_ALL)
    assert list_violations(watched.page) == []


@pytest.mark.parametrize("name", ["index.html", "team-nl-haven.html"])
def test_no_page_breaks_a_rule_of_accessibility_on_a_phone(site, open_context, name):
    watched = WatchedPage(open_context(viewport={"width": 390, "height": 844}))
    watched.open(site / "organisations" / "noordlicht" / "en" / name)
    assert list_violations(watched.page) == []


def test_a_broken_page_is_noticed(site, open_context):
    watched = WatchedPage(open_context())
    watched.open(site / "organisations" / "noordlicht" / "nl" / "index.html")
    watched.page.evaluate("document.querySelector('h1').innerHTML = '<img src=\"data:,\">'")
    assert any(one.startswith("image-alt") for one in list_violations(watched.page))
