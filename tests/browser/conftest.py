"""One real headless Chromium, without a network, and the site of the invented organisations."""

import os
import shutil

import pytest
from playwright.sync_api import sync_playwright

ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
NAMES = ("chromium", "chromium-browser", "google-chrome", "chrome")


def find_chromium() -> str | None:
    """The Chromium to use: KRACHTWERK_CHROMIUM, or the first one on the path."""
    given = os.environ.get("KRACHTWERK_CHROMIUM")
    return given or next(filter(None, map(shutil.which, NAMES)), None)


@pytest.fixture(scope="session")
def site(synthetic_site):
    return synthetic_site


@pytest.fixture(scope="session")
def browser():
    path = find_chromium()
    if path is None:
        reason = "no Chromium found: install the package chromium or set KRACHTWERK_CHROMIUM"
        if os.environ.get("CI"):
            pytest.fail(reason)
        pytest.skip(reason)
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=path, args=ARGUMENTS)
        yield opened
        opened.close()


# Every page kind -> the number of its figures.
PAGES = {
    "index.html": 7,
    "organisation.html": 39,
    "team-nl-haven.html": 39,
    "team-nl-klein.html": 39,
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


class WatchedPage:
    """A page that keeps every script error, console message and request."""

    def __init__(self, context):
        self.page = context.new_page()
        self.faults: list[str] = []
        self.requests: list[str] = []
        self.page.on("pageerror", lambda error: self.faults.append(str(error)))
        self.page.on("console", lambda message: self.faults.append(message.text))
        self.page.on("requestfailed", lambda request: self.faults.append(request.url))
        self.page.on("request", lambda request: self.requests.append(request.url))

    def open(self, path) -> int:
        """Opens a file, waits until every figure has drawn traces; gives the number of figures."""
        self.page.goto(path.as_uri())
        figures = self.page.locator("[data-figure]").count()
        self.page.wait_for_function(
            "wanted => [...document.querySelectorAll('[data-figure]')].filter("
            "place => place.querySelector('.main-svg .cartesianlayer .trace')).length === wanted",
            arg=figures,
        )
        return figures


@pytest.fixture
def open_context(browser):
    """Makes offline browser contexts and closes them after the test."""
    made = []

    def make(**options):
        context = browser.new_context(offline=True, **options)
        made.append(context)
        return context

    yield make
    for context in made:
        context.close()
