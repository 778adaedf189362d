"""Every page of the published sample site, opened from disk without a network."""

import pytest

from tests.browser.conftest import WatchedPage


@pytest.mark.parametrize("organisation", ["getij", "papaverdal", "zilverhorst"])
def test_every_published_page_draws_its_figures_without_error_or_outside_request(
    sample_run, open_context, organisation
):
    folder = (sample_run.home / "site" / "organisations" / organisation).resolve()
    pages = sorted(folder.glob("??/*.html"))
    assert {page.parent.name for page in pages} == {"nl", "en"}
    context = open_context(viewport={"width": 1280, "height": 900})
    drawn = {}
    for page in pages:
        watched = WatchedPage(context)
        drawn[page.name] = watched.open(page)
        assert watched.faults == [], page.name
        outside = [u for u in watched.requests if not u.startswith(("file:", "data:"))]
        assert outside == [], page.name
        watched.page.close()
    assert drawn["index.html"] > 0
    assert all(count > 0 for name, count in drawn.items() if name.startswith("team-"))


def test_the_site_of_an_organisation_with_its_script_is_small_enough_to_mail(sample_run):
    for folder in (sample_run.home / "site" / "organisations").resolve().iterdir():
        size = sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())
        assert size < 8_000_000, folder.name
