"""The audit pages: everything a quality officer asks, and nobody by name."""

import re

import pytest

from tests.reports.synthetic_evidence import SECRET_ASSESSORS, SECRET_OWNER


@pytest.fixture(scope="module")
def read(site):
    return lambda name, language="nl": (
        site / "organisations" / "noordlicht" / language / name
    ).read_text()


def test_no_page_names_an_assessor_or_an_owner_in_free_text(site):
    for path in (site / "organisations").rglob("*.html"):
        text = path.read_text()
        for secret in (*SECRET_ASSESSORS, SECRET_OWNER):
            assert secret not in text
            assert secret.casefold() not in text.casefold()


def test_owner_that_is_no_known_role_is_shown_as_other(read):
    page = read("audits-team-nl-haven.html", "en")
    assert "team leader" in page
    assert "<td>other<br>" in page


def test_audit_of_a_small_team_says_suppressed_and_shows_no_score(read):
    page = read("audits-team-nl-klein.html")
    main = page[page.index("<main") : page.index("</main>")]
    assert "afgeschermd" in main
    assert "data-figure" not in page
    assert "Nulmeting" in main
    assert not re.search(r"\b[1-5],\d", main)
    assert "R1" not in main


def test_small_team_is_suppressed_on_the_page_of_the_organisation_as_well(read):
    page = read("audits.html")
    row = re.search(r"Klein Verlaat</bdi></a></th><td>nulmeting</td>.*?</tr>", page, re.S).group()
    assert "afgeschermd" in row
    assert not re.search(r"\d,\d", row)


def test_instrument_without_a_list_of_items_has_item_scores_and_no_total(read):
    page = read("audits-team-nl-akker.html")
    assert "De lijst van items van" in page
    assert "geen gebieden en geen totaal" in page
    assert ">I1<" in page


def test_latest_round_stands_beside_the_round_before(read):
    page = read("audits-team-nl-haven.html")
    assert re.search(r"De laatste audit \(24 maanden, 12 maart 2026\) geeft \d", page)
    assert "hoger dan in de ronde daarvoor (6 maanden)" in page


def test_ratings_show_source_and_assessor_by_letter(read):
    page = read("audits-team-nl-haven.html")
    assert re.search(r"Beoordelaar A: \d \(dossier\); beoordelaar B: \d \(dossier\)", page)
    assert "niet van toepassing" in page


def test_consensus_is_told_apart_from_the_assessors(read):
    assert "overeengekomen: 2" in read("audits-team-nl-vreemd.html")


def test_agreement_has_n_and_too_few_pairs_are_named(read):
    page = read("audits.html")
    assert "Gewogen kappa (kwadratisch, schaal 1–5)" in page
    assert "te weinig paren voor een getal (minder dan 10)" in page


def test_open_recommendations_stand_on_the_team_page_with_a_link(read):
    page = read("team-nl-haven.html")
    section = page[page.index('id="last-audit"') : page.index('class="lead quiet"')]
    assert section.count("<li>") == 2
    assert "Uit eerdere rondes staan nog 4 aanbevelingen open." in section
    assert 'href="audits-team-nl-haven.html"' in section
    assert "Van dit team zijn geen audits aangeleverd" in read("team-nl-laat.html")


def test_recommendations_are_followed_to_the_next_round(read):
    page = read("audits-team-nl-haven.html")
    assert re.search(r"\d(,\d)? → \d(,\d)? \(6 maanden\)", page)
    assert "herhaald in de volgende ronde" in page
    assert "over de datum" in page


def test_wide_difference_has_a_reason_in_words(read):
    page = read("audits-team-nl-haven.html")
    for row in re.findall(r"<tr>.*?</tr>", page, re.S):
        if "<strong>" in row:
            assert re.search(r"<td class=\"words\">\w", row)
