"""What a chart says when it is pointed at, and how it writes numbers."""

import pytest

from tests.browser.conftest import WatchedPage


def test_pointing_at_a_quarter_shows_its_row_of_the_table(site, open_context):
    watched = WatchedPage(open_context())
    watched.open(site / "organisations" / "noordlicht" / "nl" / "team-nl-haven.html")
    texts = watched.page.evaluate(
        "document.querySelector('[data-figure=trend-KI-1]').data.map(trace => trace.hovertext)"
    )
    assert texts[0][0].startswith("K1 ’24<br>Waarde: ")


def test_pointing_at_a_mark_shows_its_row_of_the_table(site, open_context):
    watched = WatchedPage(open_context())
    watched.open(site / "organisations" / "noordlicht" / "nl" / "team-nl-haven.html")
    found = watched.page.evaluate(
        """() => {
            const place = document.querySelector('[data-figure=profile]');
            const rows = [...place.parentElement.querySelectorAll('tbody tr')];
            const score = place.data.find(trace => trace.meta.role === 'score');
            const read = column => rows.map(row => row.cells[column].textContent.trim());
            return {texts: score.hovertext, names: read(0), values: read(1)};
        }"""
    )
    assert len(found["texts"]) == len(found["names"]) > 5
    for text, name, value in zip(
        *(found[key] for key in ("texts", "names", "values")), strict=True
    ):
        assert text.startswith(f"{name}<br>Score: {value}<br>")


@pytest.mark.parametrize(("language", "wanted"), [("nl", ",."), ("en", ".,")])
def test_numbers_at_an_axis_are_written_as_the_reader_does(site, open_context, language, wanted):
    watched = WatchedPage(open_context())
    watched.open(site / "organisations" / "noordlicht" / language / "team-nl-haven.html")
    found = watched.page.evaluate(
        "[...document.querySelectorAll('[data-figure]')].map(one => one.layout.separators)"
    )
    assert set(found) == {wanted}
