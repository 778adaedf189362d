"""A suppressed figure planted in any kind of place of a page or file stops publication.

One page or file is looked at at a time: a site of that file alone is as forbidden as all of it.
"""

import json
import re
import shutil
from dataclasses import replace

import openpyxl
import pytest

from pipelines.errors import PublicationRefusedError
from reports.rendered import check_site
from reports.rendered.known import read_known_texts
from reports.rendered.page_parts import ABOUT, NO_FIGURE
from reports.rendered.pages import read_page

FOLDER = "organisations/noordlicht"
TEAM = "team-nl-klein.html"  # three support workers
KADE = "downloads/team-nl-kade-{}.csv"  # fewer than ten measured twice
PROTECTED = "is protected and stands in"
OTHER = "does not tell"
NO_NAME = "is of no figure"

# name -> file, what stands there, what is put there, the fault that is told
PLACES = {
    "headline of the overview": (
        "index.html", r'(<p class="headline"[^>]*>)', r"\g<1>Van de 4711 cliënten. ", OTHER),
    "headline of a team": (
        TEAM, r'(<p class="headline"[^>]*>)', r"\1Dossierprofiel: 3,4. ",
        rf"record_profile\|team\|noordlicht\|nl-klein.*{PROTECTED}"),
    "sentence about change": (
        "team-nl-haven.html", r"(<p data-tells='[^']*\"change[^>]*>)", r"\1Van 31 naar 37. ",
        rf"change\|noordlicht\|nl-haven.*{OTHER} 3"),
    "sentence about change of a protected figure": (
        TEAM, r'(<h2 id="questions">)',
        r"""<p data-tells='["KI-1|noordlicht|nl-klein|2026|v1","",[""]]'>Van 7 naar 9.</p>\1""",
        rf"KI-1\|noordlicht\|nl-klein\|2026.*{PROTECTED}"),
    "learning question": (
        "team-nl-haven.html", r"(class=\"questions\".*?<li[^>]*>)", r"\1 7 cliënten. ", OTHER),
    "learning question without a figure": (
        TEAM, r"(class=\"questions\".*?<li>)", r"\1 7 cliënten. ", NO_NAME),
    "step that would lift the profile": (
        "team-nl-haven.html", r"(class=\"lift\".*?<li[^>]*>)", r"\g<1>13 trajecten. ",
        rf"profile_lift\|.*{OTHER} 13"),
    "value of the year before": (
        TEAM,
        r"(data-of='\[\"record_profile.*?<tbody>\s*<tr><th[^>]*>.*?<td>–(?:<td>[^<]*){3}<td>)–",
        r"\g<1>3,4", rf"record_profile\|team\|noordlicht\|nl-klein\|2025.*{PROTECTED}"),
    "value of the year before of an indicator": (
        TEAM, r"(data-before='\[\"ST-.*?<tbody>\s*<tr><th[^>]*>[^<]*(?:<td>[^<]*){4}<td>)–",
        r"\g<1>71,4%", rf"ST-1\|noordlicht\|nl-klein\|2025.*{PROTECTED}"),
    "card of a team on the overview": (
        "index.html",
        r"(data-of='\[\"record_profile\|team\|noordlicht\|nl-klein.*?<tbody>\s*<tr><th[^>]*>[^<]*<td>)–",
        r"\g<1>3,4", rf"record_profile\|team\|noordlicht\|nl-klein.*{PROTECTED}"),
    "what changed on the overview": (
        "index.html", r"(<h2 id=\"changes\">.*?<li[^>]*>)", r"\g<1>4711 van ", OTHER),
    "reason in words": (
        TEAM, r"(<td class=\"words\"><span class=\"state\">)", r"\g<1>7 van 9 plannen. ", NO_NAME),
    "page of an audit": (
        "audits-team-nl-klein.html", r'(<p class="headline"[^>]*>)', r"\g<1>Totaal 3,4. ",
        rf"audit\|noordlicht\|nl-klein.*{PROTECTED}"),
    "round of an audit": (
        "audits-team-nl-klein.html", r'(<td class="num">)afgeschermd', r"\g<1>3,4",
        rf"audit\|noordlicht\|nl-klein.*{PROTECTED}"),
    "last audit on the page of a team": (
        TEAM, r"(class=\"last-audit\".*?<p>)", r"\1 3,4. ",
        rf"audit\|noordlicht\|nl-klein.*{PROTECTED}"),
    "audits of an organisation": (
        "audits.html", r"(<td>nulmeting</td><td>8 mei 2025</td><td class=\"num\">)afgeschermd",
        r"\g<1>3,4", rf"audit\|noordlicht\|nl-klein.*{PROTECTED}"),
    "open recommendations": (
        "audits.html", r"(data-cell=\"audit\|noordlicht\|nl-klein.*?</a>: )afgeschermd",
        r"\g<1>4 open", rf"audit\|noordlicht\|nl-klein.*{PROTECTED}"),
    "records beside assessors": (
        "audits-team-nl-haven.html", r'(data-twin="beside".*?<td class="num">)[^<]*',
        r"\g<1>1,7", rf"triangulation\|.*{OTHER} 1,7"),
    "flow of an instrument": (
        "outcomes.html", r"(data-of='\[\"outcome_flow[^>]*zrm.*?<td>)afgeschermd", r"\g<1>7",
        rf"outcome_flow\|organisation\|noordlicht.*zrm.*{PROTECTED}"),
    "flow per team": (
        "outcomes.html",
        r"(<tr data-tells='\[\"outcome_flow\|team.*?<td class=\"num\">)afgeschermd",
        r"\g<1>7", rf"outcome_flow\|team.*{PROTECTED}"),
    "change of a group": (
        "outcomes.html", r"(id=\"change-iroc[^>]*>.*?>Kade<td>)–", r"\g<1>7",
        rf"outcome_change\|team\|noordlicht\|nl-kade.*{PROTECTED}"),
    "those who were lost": (
        "outcomes.html", r"(T0–T1<td>–<td>)afgeschermd", r"\g<1>7",
        rf"outcome_change\|.*zrm.*{PROTECTED}"),
    "norm beside a chart": (
        "outcomes.html", r"(<p class=\"reading\" data-tells=[^>]*>)", r"\g<1>Van 4711. ",
        rf"outcome_change\|.*{PROTECTED}"),
    "teams beside each other": (
        "comparison.html", r"(<p class=\"headline\">)", r"\g<1>Kade: 54 van 96. ", NO_NAME),
    "measure over time": (
        "comparison-time.html", r"(<td>)45–75%", r"\g<1>45–71%",
        rf"monitoring_point\|.*{OTHER} 71"),
    "answer of research": (
        "research.html", r'(<p class="answer"[^>]*>)', r"\g<1>Een verschil van 0,37. ",
        rf"fidelity_outcome\|H-1.*{PROTECTED}"),
    "page about the release": (
        "releases.html", r"(<main.*?</header>)",
        r'\1<table><tbody><tr><td data-cell="KI-1|noordlicht|nl-klein|2026|v1">71%</table>',
        rf"KI-1\|noordlicht\|nl-klein.*{PROTECTED}"),
    "any other text": (
        "requirements.html", r"(<p class=\"headline\">)", r"\g<1>Kade: 7. ", NO_NAME),
    "text that pops up": (
        TEAM, r'(class="questions".*?<ol>)', r'\1<li title="7 van 9 plannen">.', NO_NAME),
    "file on change": (
        KADE.format("change"), r"afgeschermd[^;]*", "7",
        rf"outcome_change\|team\|noordlicht\|nl-kade.*{PROTECTED}"),
    "file on flow": (
        KADE.format("flow"), r"(T2 gemeten;)afgeschermd[^;]*", r"\g<1>7",
        rf"outcome_flow\|team\|noordlicht\|nl-kade.*{PROTECTED}"),
    "file on goals": (
        KADE.format("goals"), r"afgeschermd[^;]*", "0,7",
        rf"goal_attainment\|team\|noordlicht\|nl-kade.*{PROTECTED}"),
    "file on closures": (
        KADE.format("closures"), r"afgeschermd[^;]*", "0,7",
        rf"closures\|team\|noordlicht\|nl-kade.*{PROTECTED}"),
    "file on audits": (
        "downloads/team-nl-klein-audits.csv", r"afgeschermd[^;]*", "3,4",
        rf"audit\|noordlicht\|nl-klein.*{PROTECTED}"),
    "words of a row in a file": (
        KADE.format("indicators"), r"(;afgeschermd)(;nee)", r"\1 (7 van 9)\2",
        rf"\|noordlicht\|nl-kade\|.*{PROTECTED}"),
}  # fmt: skip


@pytest.fixture
def put_alone(site, tmp_path):
    """Puts one file of the pages of an organisation in a site of its own; its path."""

    def copy(name, language="nl"):
        target = tmp_path / "site" / FOLDER / language / name
        target.parent.mkdir(parents=True, exist_ok=True)
        return shutil.copy(site / FOLDER / language / name, target)

    return copy


def check_alone(run, tmp_path, language="nl"):
    return check_site(replace(run, languages=(language,)), tmp_path / "site")


@pytest.mark.parametrize("place", PLACES)
def test_number_planted_in_a_place_stops_publishing(run, put_alone, tmp_path, place):
    name, pattern, replacement, fault = PLACES[place]
    path = put_alone(name)
    text = path.read_text(encoding="utf-8")
    changed = re.sub(f"(?s){pattern}", replacement, text, count=1)
    assert changed != text, f"{pattern} is not in {name}"
    path.write_text(changed, encoding="utf-8")
    with pytest.raises(PublicationRefusedError, match=f"(?s){fault}") as refused:
        check_alone(run, tmp_path)
    assert name in str(refused.value)


@pytest.mark.parametrize("number", ["3.4", "3,4"])
def test_number_planted_on_an_english_page_stops_publishing(run, put_alone, tmp_path, number):
    path = put_alone(TEAM, "en")
    text = path.read_text(encoding="utf-8")
    changed = re.sub(r'(<p class="headline"[^>]*>)', rf"\g<1>{number} ", text, count=1)
    path.write_text(changed, encoding="utf-8")
    with pytest.raises(PublicationRefusedError, match=PROTECTED):
        check_alone(run, tmp_path, "en")


# page, chart, role of the marks, fault
MARKS = {
    "year before": (TEAM, "profile", "previous", rf"record_profile\|.*2025.*{PROTECTED}"),
    "flow": ("outcomes.html", "flow-zrm-worker-2026", "flow_reached", "the chart flow-zrm.*tells"),
    "audit": ("audits.html", "totals-0", "score", "the chart totals-0 tells"),
    "records": ("audits-team-nl-haven.html", "beside", "record", "the chart beside tells"),
}


@pytest.mark.parametrize("name", MARKS)
def test_mark_that_its_table_does_not_tell_stops_publishing(run, put_alone, tmp_path, name):
    page, chart, role, fault = MARKS[name]
    path = put_alone(page)
    text = path.read_text(encoding="utf-8")
    block = re.search(r'(?s)<script type="application/json" id="figures">(.*?)</script>', text)
    specs = json.loads(block.group(1))
    trace = next(one for one in specs[chart]["data"] if one["meta"]["role"] == role)
    trace["x"] = [1.73 for _ in trace["x"]]
    path.write_text(text.replace(block.group(1), json.dumps(specs)), encoding="utf-8")
    with pytest.raises(PublicationRefusedError, match=fault):
        check_alone(run, tmp_path)


def test_length_of_a_bar_of_a_protected_quarter_stops_publishing(run, put_alone, tmp_path):
    path = put_alone(TEAM)
    text = path.read_text(encoding="utf-8")
    block = re.search(r'(?s)<script type="application/json" id="figures">(.*?)</script>', text)
    specs = json.loads(block.group(1))
    trace = specs["trend-KI-1"]["data"][0]
    trace["error_y"] = {"array": [0.2] * len(trace["x"])}
    path.write_text(text.replace(block.group(1), json.dumps(specs)), encoding="utf-8")
    with pytest.raises(PublicationRefusedError, match=rf"KI-1\|.*{PROTECTED}"):
        check_alone(run, tmp_path)


@pytest.mark.parametrize(
    ("sheet", "fault"),
    [("Verandering", r"outcome_change\|.*"), ("Doelen", r"goal_attainment\|.*"), ("Uitleg", "")],
)
def test_number_in_a_sheet_of_a_workbook_stops_publishing(run, put_alone, tmp_path, sheet, fault):
    path = put_alone("downloads/team-nl-kade.xlsx")
    book = openpyxl.load_workbook(path)
    cells = [cell for row in book[sheet].iter_rows() for cell in row]
    cell = next((one for one in cells if str(one.value).startswith("afgeschermd")), cells[-1])
    cell.value = "7 cliënten" if sheet == "Uitleg" else 7
    book.save(path)
    with pytest.raises(PublicationRefusedError, match=f"{fault}(?:{PROTECTED}|{NO_NAME})"):
        check_alone(run, tmp_path)


def test_every_number_of_every_page_and_file_has_a_name_or_says_what_it_is_about(run, site):
    """A panel, sentence or table that forgets to name its figures fails here."""
    known = read_known_texts(run)
    kinds = {"named": 0, "told": 0}
    for path in sorted((site / "organisations").rglob("*.html")):
        is_dutch = "nl" in path.parts
        if path.name in ("method.html", "data.html"):
            continue
        for one in read_page(path, known):
            assert not one.is_stray, (path.name, one)
            if one.is_unnamed:
                assert not known.list_numbers(one.text, is_dutch), (path.name, one.key, one.text)
            kinds["told" if one.tells else "named"] += 1
    assert min(kinds.values()) > 1000


def test_places_without_figures_are_few_and_declared():
    assert set(ABOUT) == {"files", "release", "rules", "teams"}
    assert {"header", "nav", "footer", "style", "script", "title", "button",
                         "noscript"} == NO_FIGURE  # fmt: skip
