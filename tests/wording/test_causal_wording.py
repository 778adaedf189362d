"""No page says that one thing comes from another: it describes, and leaves causes open."""

import pytest

from tests.wording.causal import find_causal_wording, read_list

PAGE = "<!doctype html><html><body><main><p>{text}</p></main></body></html>"


@pytest.mark.parametrize("organisation", ["getij", "papaverdal", "zilverhorst"])
def test_no_published_page_claims_a_cause(sample_run, organisation):
    folder = (sample_run.home / "site" / "organisations" / organisation).resolve()
    pages = sorted(folder.rglob("*.html"))
    assert {"outcomes.html", "comparison.html", "research.html"} < {page.name for page in pages}
    found = {
        f"{page.parent.name}/{page.name}": hits
        for page in pages
        if (hits := find_causal_wording(page.read_text(encoding="utf-8")))
    }
    assert found == {}


@pytest.mark.parametrize(
    "text",
    [
        "Werken volgens de methode leidt tot meer herstel.",
        "Dat is te danken aan het team: dankzij hen gaat het beter.",
        "Het effect van de begeleiding is groot.",
        "Door de aanpak <b>verbetert</b> de situatie.",
        "High fidelity causes recovery.",
        "This improves\n the outcome.",
        "Fewer admissions due to support.",
        "The effect\n<em>of</em> the method.",
    ],
)
def test_planted_sentence_is_caught(text):
    assert find_causal_wording(PAGE.format(text=text))


def test_planted_label_and_text_inside_a_chart_are_caught():
    assert find_causal_wording('<div role="img" aria-label="Meer begeleiding leidt tot herstel">')
    chart = '<script type="application/json">{"hovertext":["Dit zorgt voor rust"]}</script>'
    assert find_causal_wording(chart)


@pytest.mark.parametrize(
    "text",
    [
        "Hogere modelgetrouwheid gaat samen met meer verandering.",
        "The houses were improved; both went together.",
        "Het woord impactvol staat hier niet los.",
    ],
)
def test_plain_description_is_not_caught(text):
    assert find_causal_wording(PAGE.format(text=text)) == []


def test_going_together_may_be_said_not_to_be_a_cause_and_nothing_more():
    _, allowed = read_list()
    for sentence in allowed:
        assert find_causal_wording(PAGE.format(text=sentence)) == []
        assert find_causal_wording(PAGE.format(text=f"{sentence} but it causes it."))
