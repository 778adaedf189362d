"""The attacker on the written pages: planted leaks stop publishing, and the old site stays."""

import json
import re
import shutil

import openpyxl
import pytest

from pipelines.errors import PublicationRefusedError
from pipelines.protection import PublishedSystem
from pipelines.run import Run
from pipelines.warehouse import open_warehouse
from reports import publish
from reports.rendered import check_site
from reports.rendered.pages import read_page

TEAM = "organisations/noordlicht/nl/team-nl-klein.html"
DOWNLOAD = "organisations/noordlicht/nl/downloads/team-nl-klein-indicators.csv"


@pytest.fixture
def copy(run, site, tmp_path):
    """The site of the invented organisations, to spoil."""
    return shutil.copytree(site, tmp_path / "site")


def change(path, pattern, replacement):
    text = path.read_text(encoding="utf-8")
    changed = re.sub(pattern, replacement, text, count=1)
    assert changed != text, f"{pattern} is not in {path}"
    path.write_text(changed, encoding="utf-8")


def test_written_site_gives_nothing_away(run, site):
    assert check_site(run, site) > 500


def test_numbers_of_tables_charts_and_files_are_all_seen(run, site):
    found = read_page(site / "organisations/noordlicht/nl/team-nl-haven.html")
    counted = sorted({one.key for one in found if one.is_count})
    assert [key for key in counted if "|2026|" in key], "the table of the year"
    quarter = next(key for key in counted if "-Q" in key and key.startswith("AP-1"))
    texts = [one.text for one in found if one.key == quarter]
    assert len([text for text in texts if text.startswith("0.")]) == 1, "the point of the chart"
    assert len([text for text in texts if text.endswith("%")]) == 2, "value and interval"


@pytest.mark.parametrize(
    ("place", "pattern", "replacement"),
    [
        # the row of a protected figure: in sight, on pointing at it, read aloud
        (TEAM, r'(data-cell="KI-1[^>]*>.*?<td>[^<]*<td>)[^<]*', r"\g<1>71,4%"),
        (TEAM, r'(data-cell="KI-1[^>]*>.*?<td>[^<]*<td)', r'\1 title="5 van 7"'),
        (TEAM, r'(data-cell="KI-1[^>]*)>', r'\1 aria-label="7 trajecten">'),
        # the table of a chart
        (TEAM, r'(trend-KI-1.*?<tbody>\s*<tr><th>[^<]*<td>)–', r"\g<1>33,3%"),
        (DOWNLOAD, r"(2025;KI-1;[^\n]*?;)afgeschermd", r"\g<1>7"),
    ],
)  # fmt: skip
def test_number_of_a_protected_figure_stops_publishing(run, copy, place, pattern, replacement):
    change(copy / place, "(?s)" + pattern, replacement)
    with pytest.raises(PublicationRefusedError, match=r"KI-1.*is protected and stands in"):
        check_site(run, copy)


def test_hover_text_of_a_chart_with_a_protected_number_stops_publishing(run, copy):
    path = copy / TEAM
    text = path.read_text(encoding="utf-8")
    block = re.search(r'(?s)<script type="application/json" id="figures">(.*?)</script>', text)
    specs = json.loads(block.group(1))
    trace = specs["trend-KI-1"]["data"][0]
    trace["hovertext"] = ["7 trajecten"] * len(trace["x"])
    path.write_text(text.replace(block.group(1), json.dumps(specs)), encoding="utf-8")
    with pytest.raises(PublicationRefusedError, match=r"KI-1.*is protected"):
        check_site(run, copy)


def test_other_n_than_the_released_one_stops_publishing(run, copy):
    page = copy / "organisations/noordlicht/nl/team-nl-haven.html"
    change(page, r"(?s)(<tr id=.row-(?:(?!</tr>).)*?data-n>)\d+", r"\g<1>99999")
    with pytest.raises(PublicationRefusedError, match=r"\|noordlicht\|nl-haven.*another n"):
        check_site(run, copy)


@pytest.fixture
def home(run, tmp_path):
    for folder in ("protected", "attacker"):
        shutil.copytree(run.home / folder, tmp_path / folder)
    return Run(tmp_path / "inbox", tmp_path, tmp_path / "key", run.catalogue)


def show_again(run: Run, key: str, count: int) -> None:
    """A protected table that forgot to hide one figure."""
    path = run.home / "protected" / "indicator_scores.parquet"
    with open_warehouse() as warehouse:
        warehouse.execute(f"create table protected.t as select * from read_parquet('{path}')")
        warehouse.execute(
            "update protected.t set units_counted = ?, value = 0.5, status = 'no_norm',"
            " is_suppressed = false where score_key = ?",
            [count, key],
        )
        warehouse.execute(f"copy protected.t to '{path}' (format parquet)")


def test_both_complements_published_let_the_small_one_follow_and_the_old_site_stays(home):
    first = publish(home)
    system = PublishedSystem(home, "score")
    shown = {key: count for key, count in system.totals.items() if key not in system.hidden}
    assert system.list_leaks(shown) == []
    neighbour = next(
        key
        for key in sorted(system.hidden)
        if "|noordlicht|nl-" in key
        and key not in (leaks := system.list_leaks({**shown, key: system.totals[key]}))
        and leaks
    )
    show_again(home, neighbour, system.totals[neighbour])
    with pytest.raises(PublicationRefusedError) as refused:
        publish(home)
    assert refused.value.exit_code == 1
    assert neighbour in str(refused.value)
    assert "follows from other figures" in str(refused.value)
    assert home.site.resolve().name == first.release_id
    assert [path.name for path in home.releases.iterdir()] == [first.release_id]


MATRIX = "organisations/noordlicht/nl/requirements.html"
PROFILE_FILE = DOWNLOAD.replace("indicators", "profile")
REQUIREMENT_FILE = DOWNLOAD.replace("indicators", "requirements")
ROWS = {
    "profile": (
        TEAM,
        r"(<table data-of='\[\"record_profile.*?<tbody>\s*<tr><th[^>]*>[^<]*<td>)[^<]*",
        r"\g<1>3,4",
        "record_profile",
    ),
    "requirement": (
        TEAM,
        r'(data-start="requirement_results.*?<td class="num" data-cell="[^>]*>)(?=<td>)',
        r"\g<1>71%",
        "requirement_results",
    ),
    "matrix": (
        MATRIX,
        r'(data-start="requirement_results\|noordlicht\|nl-klein.*?afgeschermd)',
        r"\1 3 van 4",
        "requirement_results",
    ),
    "profile_csv": (PROFILE_FILE, r"(2025;[^;]*;)afgeschermd[^;]*", r"\g<1>3,4", "record_profile"),
    "requirement_csv": (
        REQUIREMENT_FILE,
        r"(2025;[^;]*;[^;]*;)afgeschermd[^;]*",
        r"\g<1>0,7",
        "requirement_results",
    ),
}


@pytest.mark.parametrize("name", ROWS)
def test_number_of_a_protected_row_of_another_table_stops_publishing(run, copy, name):
    place, pattern, replacement, table = ROWS[name]
    change(copy / place, "(?s)" + pattern, replacement)
    with pytest.raises(PublicationRefusedError, match=rf"{table}.*is protected and stands in"):
        check_site(run, copy)


def test_number_of_a_protected_row_in_a_workbook_stops_publishing(run, copy):
    path = copy / DOWNLOAD.replace("-indicators.csv", ".xlsx")
    book = openpyxl.load_workbook(path)
    sheet = book["Dossierprofiel"]
    cell = next(
        cell for row in sheet.iter_rows(min_row=2) for cell in row
        if str(cell.value).startswith("afgeschermd")
    )  # fmt: skip
    cell.value = 3.4
    book.save(path)
    with pytest.raises(PublicationRefusedError, match=r"record_profile.*is protected"):
        check_site(run, copy)


def test_sentence_of_a_chart_that_tells_more_than_its_table_stops_publishing(run, copy):
    change(copy / TEAM, r'(?s)(<p class="summary[^>]*>)', r"\g<1>Van de 4711 cliënten. ")
    with pytest.raises(PublicationRefusedError, match=r"the sentence of .* tells 4711"):
        check_site(run, copy)


def test_line_with_a_point_of_a_protected_quarter_stops_publishing(run, copy):
    line = '<svg class="spark"><path d="M1 1h0L9 4"/></svg>'
    change(copy / TEAM, r'(?s)(data-cell="KI-1.*?data-n>\s*<td>)', rf"\g<1>{line}")
    with pytest.raises(PublicationRefusedError, match=r"KI-1.*is protected and stands in"):
        check_site(run, copy)
