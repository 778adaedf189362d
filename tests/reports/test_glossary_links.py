"""Links to the glossary: whole words, the first use only, never inside a link or heading."""

from pipelines.catalogue.wording import load_words
from reports.glossary_links import link_terms, list_forms

NL = load_words("nl")


def page(body: str) -> str:
    return f'<p>score</p><main id="main">{body}</main>'


def test_the_first_use_of_a_term_is_linked_in_every_form():
    html = link_terms(page("<p>Twee scores en een score.</p>"), NL, "index.html")
    assert html.count("<a ") == 1
    assert '<a class="term" href="method.html#term-score">scores</a> en een score' in html


def test_a_part_of_a_word_is_not_a_term():
    untouched = page("<p>De kernscore en de score-kaart</p>")
    assert link_terms(untouched, NL, "index.html") == untouched


def test_headings_links_and_scripts_stay_as_they_are():
    untouched = page('<h2>De score</h2><p><a href="x">score</a></p><script>score</script>')
    assert link_terms(untouched, NL, "index.html") == untouched


def test_on_the_method_page_the_links_stay_on_the_page():
    assert 'href="#term-score"' in link_terms(page("<p>Een score</p>"), NL, "method.html")


def test_a_longer_term_wins_from_a_shorter_one_in_it():
    html = link_terms(page("<p>Het niveau van passendheid</p>"), NL, "index.html")
    assert ">niveau van passendheid</a>" in html


def test_every_term_of_the_glossary_has_a_form_in_both_languages():
    keys = {
        language: {key for _, key in list_forms(load_words(language))} for language in ("nl", "en")
    }
    assert keys["nl"] == keys["en"]
    assert len(keys["nl"]) > 10
