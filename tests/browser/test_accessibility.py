"""Every page kind against WCAG 2.2 AA as far as a machine can judge it: axe-core in Chromium."""

import pytest
from axe_playwright_python.sync_playwright import Axe

from assets.command_line import main
from tests.browser.conftest import PAGES, WatchedPage

RULES = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice")
OPTIONS = {"runOnly": {"type": "tag", "values": list(RULES)}, "resultTypes": ["violations"]}
COLOURS = {"runOnly": {"type": "rule", "values": ["color-contrast", "link-in-text-block"]},
           "resultTypes": ["violations"]}  # fmt: skip
OPEN_ALL = "document.querySelectorAll('details').forEach(one => one.open = true)"


def list_violations(page, options: dict = OPTIONS) -> list[str]:
    found = Axe().run(page, options=options).response
    assert found["testEngine"]["name"] == "axe-core"
    return [
        f"{one['id']}: {one['help']} at {node['target']}"
        for one in found["violations"]
        for node in one["nodes"]
    ]


@pytest.mark.parametrize("name", PAGES)
def test_no_page_breaks_a_rule_of_accessibility(site, open_context, name):
    watched = WatchedPage(open_context())
    watched.open(site / "organisations" / "noordlicht" / "nl" / name)
    watched.page.evaluate(OPEN_ALL)
    assert list_violations(watched.page) == []
    watched.page.click("[data-theme-toggle]")  # dark: only the colours are others
    assert list_violations(watched.page, COLOURS) == []


@pytest.mark.parametrize("name", ["index.html", "team-nl-haven.html", "outcomes.html"])
def test_no_page_breaks_a_rule_of_accessibility_on_a_phone(site, open_context, name):
    watched = WatchedPage(open_context(viewport={"width": 390, "height": 844}))
    watched.open(site / "organisations" / "noordlicht" / "en" / name)
    assert list_violations(watched.page) == []


def test_acceptance_report_and_front_doors_break_no_rule_either(site, open_context, tmp_path):
    export = tmp_path / "trajecten.csv"
    export.write_text("Trajectnummer;Startdatum;Team\n1;01-02-2026;Haven\n2;03-02-2026;Kade\n")
    out = tmp_path / "out"
    assert main(["onboard", str(export), "--organisation", "huis", "--out", str(out)]) in (0, 1)
    report = next(out.rglob("*.html"))
    folder = site / "organisations" / "noordlicht"
    for path in (report, site / "index.html"):
        watched = WatchedPage(open_context(viewport={"width": 390, "height": 844}))
        watched.open(path)
        assert watched.faults == []  # first: axe-core itself tries to read the style sheet
        assert list_violations(watched.page) == [], path.name
        assert "unsafe" not in path.read_text(encoding="utf-8")[:800]
    door = (folder / "index.html").read_text(encoding="utf-8")
    assert "unsafe" not in door


def test_a_broken_page_is_noticed(site, open_context):
    watched = WatchedPage(open_context())
    watched.open(site / "organisations" / "noordlicht" / "nl" / "index.html")
    watched.page.evaluate("document.querySelector('h1').innerHTML = '<img src=\"data:,\">'")
    assert any(one.startswith("image-alt") for one in list_violations(watched.page))
