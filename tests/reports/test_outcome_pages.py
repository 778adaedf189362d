"""Outcomes, comparison and research as pages: order, states in words, nobody given away."""

import re

import pytest

from reports.pages import comparison, outcomes, research
from tests.reports.outcome_context import make_context, show
from tests.reports.synthetic_outcome_rows import make_change, make_flow, make_place


def read(site, name, language="nl", organisation="noordlicht"):
    path = site / "organisations" / organisation / language / name
    # words of the glossary are links; what a reader reads is the same without them
    return re.sub(r'<a class="term"[^>]*>(.*?)</a>', r"\1", path.read_text(encoding="utf-8"))


@pytest.mark.parametrize("language", ["nl", "en"])
def test_who_was_measured_stands_before_any_change(site, language):
    page = read(site, "outcomes.html", language)
    places = [page.index(f'id="{one}"') for one in ("flow", "change", "reliable", "goal-results",
                                                     "closing")]  # fmt: skip
    assert places == sorted(places)
    assert page.index('data-figure="flow-') < page.index('data-figure="change-')


def test_both_sizes_of_change_are_named_in_full(site):
    page = read(site, "outcomes.html", "en")
    assert "divided by the standard deviation at T0" in page
    assert "divided by the standard deviation of the changes" in page
    assert "(test-retest)" in page
    assert '<span lang="en">Dutch study: ICC .856.</span>' in page
    assert "all 412 measurements at the start in this installation together" in page


def test_free_words_of_small_groups_are_on_no_page(site):
    for path in (site / "organisations").rglob("*.html"):
        text = path.read_text(encoding="utf-8")
        assert "oude bakker" not in text
        assert "tante Annie" not in text
    assert "kleine groepen" in read(site, "outcomes.html")


def test_team_with_three_workers_has_no_outcome_and_is_not_compared(site):
    page = read(site, "outcomes.html")
    rows = re.findall(r"<tr><th scope=\"row\">Klein Verlaat(.*?)(?=<tr|</tbody)", page, re.S)
    assert rows
    for row in rows:
        assert not re.search(r"<td>[+−]?\d", row)
        assert "afgeschermd" in row
    assert "Klein Verlaat" not in read(site, "comparison.html").split("</header>")[2]


def test_scale_of_few_clients_is_named_as_hidden_and_not_drawn(site):
    page = read(site, "outcomes.html")
    note = re.search(r"Hier is geen enkel cijfer om te tonen.*?</p>", page, re.S).group()
    assert "huisvesting" in note
    assert 'data-figure="change-zrm' not in page


def test_research_refuses_below_eight_teams_in_words():
    answer = make_answer(status="scatter_only", teams_count=5).answer
    assert answer.startswith("With 5 teams we calculate nothing.")


def test_question_without_an_estimate_shows_points_and_no_p_value(site):
    page = read(site, "research.html")
    section = page[page.index('id="H-2"') : page.index('id="H-3"')]
    assert "p-waarde" not in section
    assert 'data-figure="points-H-2"' in section


def test_estimate_over_two_organisations_is_suppressed_in_words(site):
    page = read(site, "research.html")
    section = page[page.index('id="H-1"') : page.index('id="H-2"')]
    assert "De berekening over alle teams is afgeschermd" in section
    assert "0,92" not in section


def test_published_evidence_is_told_as_mixed(site):
    for language, words in (("nl", "Het beeld is gemengd"), ("en", "The picture is mixed")):
        page = read(site, "research.html", language)
        assert words in page
        for fact in ("14 teams", "311", "251", "198"):
            assert fact in page


def test_rule_that_fired_and_the_flags_to_expect_stand_on_the_page(site):
    page = read(site, "comparison-time.html")
    assert "buiten een grens" in page
    assert "naar verwachting 0,1" in page
    assert "nog voorlopig" in page


@pytest.mark.parametrize("name", ["outcomes.html", "comparison.html", "research.html"])
def test_teams_stand_by_name_in_every_table(site, name):
    page = read(site, name)
    names = ["Akkerstraat", "Haven", "Kade", "Wijkteam Oost"]
    orders = [
        [one for one in re.findall(r'scope="row">(?:<bdi>)?([^<\n]+)', body) if one in names]
        for body in re.findall(r"<tbody>(.*?)</tbody>", page, re.S)
    ]
    assert any(len(order) > 2 for order in orders)
    assert all(order == sorted(order) for order in orders)


def test_organisation_with_one_team_has_nothing_to_compare_and_says_so(site):
    page = read(site, "comparison.html", organisation="zuiderlicht")
    assert "er is dus niets te vergelijken" in page
    assert "data-figure" not in page


def test_without_any_outcome_the_pages_say_so():
    context = make_context()
    (page,) = outcomes.build(context)
    assert page.values["headline"] == "Er zijn over 2025 nog geen uitkomsten aangeleverd."
    assert page.panels == []
    (page,) = research.build(context)
    assert {one.answer for one in page.values["questions"]} == {
        context.words("research.refused_none")
    }
    assert [page.panels for page in comparison.build(context)] == [[], [], []]


def make_answer(**line):
    told = {"level": "all", "hypothesis_id": "H-1", "model": "team_line_within",
            "term": "fidelity", "is_leading": True,
            "status": "given", "reading": "no_inference", "teams_count": 11,
            "organisations_counted": 3, "completers_count": 200, "fidelity_lowest": 2.0,
            "fidelity_highest": 4.5, "fidelity_sd": 0.6, "estimate": None, "ci_low": None,
            "ci_high": None, "degrees_of_freedom": None, "p_value": None}  # fmt: skip
    (page,) = research.build(make_context("en", associations=[told | line]))
    return page.values["questions"][0]


def test_null_result_is_told_as_not_to_be_told_and_not_as_absence():
    answer = make_answer(reading="cannot_tell", estimate=0.0, ci_low=-9.5, ci_high=9.5).answer
    assert answer.startswith("Cannot be told.")
    assert "−9.50 to +9.50" in answer
    assert "not the same as showing that there is none" in answer


def test_negative_association_is_told_as_plainly_as_a_positive_one():
    answer = make_answer(reading="less_improvement", estimate=-1.2, ci_low=-2.0, ci_high=-0.4)
    assert "less favourable change: −1.20 per point" in answer.answer


def test_facts_come_before_the_answer_and_teams_first():
    question = make_answer(reading="cannot_tell", estimate=0.0, ci_low=-9.5, ci_high=9.5)
    assert [label for label, _ in question.facts] == [
        "Teams", "Organisations", "Clients measured twice", "Spread of fidelity",
    ]  # fmt: skip
    assert question.facts[0][1] == "11"


def test_all_teams_alike_is_said():
    for model in ("team_line", "team_line_within"):
        question = make_answer(status="no_fidelity_spread", model=model)
        assert "same fidelity" in question.answer
        assert question.leading == ""
    assert question.answer.startswith("Within every organisation")


def test_page_says_which_line_leads_and_why():
    given = {"reading": "cannot_tell", "estimate": 0.0, "ci_low": -9.5, "ci_high": 9.5}
    question = make_answer(**given)
    assert question.leading.startswith("The comparison within organisations comes first")
    assert "in a hundred" in question.leading
    # of one organisation there is one line: nothing to choose
    assert make_answer(**given, model="team_line").leading == ""


def test_change_without_an_interval_is_told_without_a_direction():
    place = make_place("o")
    row = show(make_change(place, 30, 20, 2.0), ci_low=None, ci_high=None)
    stages = [one | {"is_suppressed": False, "is_reasons_suppressed": False}
              for one in make_flow(place, 60, 40, 30, 20)]  # fmt: skip
    (page,) = outcomes.build(make_context("en", flow=stages, change=[row]))
    (block,) = page.values["blocks"]
    assert block.panel.summary.startswith("Too few measurements for an interval")
    assert page.values["headline"].startswith("60 trajectories began in 2025.")
