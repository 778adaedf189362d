"""Why, on the page: the same words as the command, and silence about what is suppressed."""

import re

import pytest

from pipelines.catalogue import load_catalogue
from pipelines.catalogue.wording import load_words
from pipelines.explain import explain_score
from pipelines.explain.phrases import Phrases
from pipelines.explain.score_key import read_score_key
from pipelines.protection import STEPS, protected_folder
from pipelines.run import Run
from pipelines.warehouse import open_warehouse
from pipelines.warehouse.steps import build_all
from reports.formats import Formats
from reports.organisation import read_organisation
from reports.pages.page import PageContext
from reports.tables import ProtectedTables, to_rows
from reports.why import explain_on_page
from tests.reports.synthetic import fabricate_results


@pytest.fixture(scope="module")
def world(tmp_path_factory):
    home = tmp_path_factory.mktemp("why")
    run = Run(home / "inbox", home, home / "key", load_catalogue())
    with open_warehouse() as warehouse:
        fabricate_results(warehouse, run.catalogue)
        build_all(STEPS, warehouse, run)
        with ProtectedTables(protected_folder(run)) as tables:
            row = to_rows(tables.read("organisation", "noordlicht"))[0]
            organisation = read_organisation(tables, row, set(), load_catalogue())
        yield warehouse, run.catalogue, organisation


@pytest.mark.parametrize("language", ["nl", "en"])
def test_page_says_what_the_command_says_of_every_score_that_may_be_shown(world, language):
    warehouse, catalogue, organisation = world
    words = load_words(language)
    context = PageContext(organisation, catalogue, words, Formats(words))
    compared = 0
    for entity in (organisation.itself, organisation.teams[1]):
        for one in catalogue.indicators.values():
            row = entity.score(organisation.year, one.id)
            why = explain_on_page(context, entity, row, one, "")
            if row["is_suppressed"]:
                continue
            found = explain_score(warehouse, catalogue, read_score_key(row["score_key"]), 0)
            phrases = Phrases(found, words)
            told = phrases.write_sentence().removesuffix(
                " " + words("explain.sentence.provisional")
            )
            assert why.sentence == told  # that the year is not over stands above the page, once
            past = words("explain.next.past")
            told = [line for line in phrases.list_next() if line != past]
            if not found.score.is_about_clients and found.reach.fewest_units is not None:
                told = told[:1]  # how many workers it takes is for the command alone
            assert why.next == " ".join(told)
            compared += 1
    assert compared > 40


def test_suppressed_score_has_its_rule_and_not_one_number_of_its_own(world):
    _, catalogue, organisation = world
    words = load_words("nl")
    context = PageContext(organisation, catalogue, words, Formats(words))
    small = next(team for team in organisation.teams if team.team_id == "nl-klein")
    for one in catalogue.indicators.values():
        row = small.score(organisation.year, one.id)
        why = explain_on_page(context, small, row, one, "")
        if row["is_suppressed"]:
            assert (why.sentence, why.units, why.missing, why.next) == ("", "", "", "")
            assert one.rule_text.in_language("nl") in why.rule


def test_page_of_a_suppressed_team_has_no_change_and_no_step(site):
    page = (site / "organisations" / "noordlicht" / "nl" / "team-nl-klein.html").read_text()
    assert 'id="since"' not in page
    assert "het dossierprofiel zou" not in page
    assert not re.search(r"\d+ \w+ meegeteld", page.replace("0 ", ""))


def test_team_page_says_in_one_sentence_what_moved_since_the_year_before_and_why(site):
    page = (site / "organisations" / "noordlicht" / "nl" / "team-nl-haven.html").read_text()
    section = page[page.index('id="since"') : page.index('id="attention"')]
    assert re.search(r"<p[^>]*>2026 naast 2025: .*\(score \d.* → \d.*\), vooral door", section)
    assert len(re.findall("<p[ >]", section)) == 2


def test_two_steps_that_would_lift_the_profile_are_named(site):
    page = (site / "organisations" / "noordlicht" / "en" / "organisation.html").read_text()
    section = page[page.index('id="lift"') : page.index('id="block-')]
    assert len(re.findall("<li", section)) == 2
    assert "the record profile would rise by" in section
