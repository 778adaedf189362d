"""Panels of outcomes, comparison and research as data: null, wide, hidden, empty, provisional."""

import json
import os

import plotly.graph_objects as go
import pytest

from reports.chart_styles import plot_theme
from reports.outcome_book import Measure
from reports.panels import (
    change,
    flow,
    goals,
    lost_at_start,
    reliable_change,
)
from reports.rendering import dump_json
from tests.reports.outcome_context import show
from tests.reports.outcome_figures import (
    BY_END,
    FIGURES,
    FORMATS,
    GOLDEN,
    NAMES,
    WHOLE,
    WORDS,
    change_records,
    change_rows,
    protect_flow,
)
from tests.reports.synthetic_outcome_rows import (
    make_change,
    make_flow,
    make_place,
)


@pytest.mark.parametrize("name", sorted(FIGURES))
def test_figure_is_valid_for_plotly_and_equals_its_golden_file(name):
    go.Figure(FIGURES[name])
    path = GOLDEN / f"{name}.json"
    found = json.loads(dump_json(FIGURES[name]))
    if os.environ.get("KRACHTWERK_WRITE_GOLDEN"):
        path.write_text(json.dumps(found, indent=1, sort_keys=True, ensure_ascii=False) + "\n")
    assert found == json.loads(path.read_text())


@pytest.mark.parametrize("name", sorted(FIGURES))
def test_figure_holds_no_colour_and_names_only_what_the_theme_knows(name):
    figure = FIGURES[name]
    for theme in plot_theme().values():
        assert {trace["meta"]["role"] for trace in figure["data"]} <= set(theme["traces"])
        layout = figure["layout"]
        assert {one["name"] for one in layout.get("shapes", [])} <= set(theme["shapes"])
        assert {one["name"] for one in layout.get("annotations", [])} <= set(theme["annotations"])
    text = json.dumps(figure)
    assert "#" not in text
    assert "rgb" not in text
    assert "<i>" not in text


def test_flow_tells_every_reason_and_adds_up_to_the_step_before():
    stages = flow.records(
        protect_flow(make_flow(make_place("o"), 60, 48, 40, 25, 30, 12, ended=10))
    )
    t1 = next(row for row in stages if row["stage"] == "t1")
    assert (t1["total"], t1["reached"], t1["not_yet_due"], t1["ended"], t1["missed"]) == (
        48, 25, 8, 10, 5,
    )  # fmt: skip
    assert t1["untold"] == 0


def test_hidden_reasons_are_one_part_that_says_so_and_no_number():
    rows = protect_flow(make_flow(make_place("o"), 60, 48, 40, 25), is_reasons_suppressed=True)
    t1 = next(row for row in flow.records(rows) if row["stage"] == "t1")
    assert (t1["ended"], t1["missed"], t1["untold"]) == (None, None, 23)
    panel = flow.make_panel("f", "t", flow.records(rows), WORDS, FORMATS)
    assert ("flow_untold", WORDS("outcomes.flow_part.untold")) in panel.legend
    assert "afgeschermd" in panel.rows[2]


def test_hidden_stage_is_drawn_as_hidden_and_never_as_nought():
    rows = [row | ({"numerator": None, "is_suppressed": True} if row["stage"] == "t1" else {})
            for row in protect_flow(make_flow(make_place("o"), 60, 48, 40, 25))]  # fmt: skip
    panel = flow.make_panel("f", "t", flow.records(rows), WORDS, FORMATS)
    assert panel.rows[2][1] == "afgeschermd"
    notes = [trace for trace in panel.spec["data"] if trace["meta"]["role"] == "note"]
    assert [text.strip() for text in notes[0]["text"]] == ["afgeschermd"]


def test_flow_without_any_stage_is_an_empty_chart_and_not_an_error():
    panel = flow.make_panel("f", "t", flow.records([]), WORDS, FORMATS)
    assert panel.rows == []
    assert "–" in panel.summary


def test_teams_stand_by_name_whatever_their_change():
    labels = [record["place"].name for record in change_records()]
    assert labels == ["Hele organisatie", "Akker", "Berk <i>", "Klein"]


def test_null_change_is_told_as_not_to_be_told():
    panel = change.make_panel("c", "t", change_records(), NAMES, FORMATS)
    assert panel.summary.startswith("Niet te zeggen of er iets veranderde")
    assert "d (SD van T0)" in panel.header
    assert "SRM (d_z)" in panel.header


def test_very_wide_interval_stays_whole_within_the_axis():
    figure = FIGURES["change"]
    span = next(trace for trace in figure["data"] if trace["meta"]["role"] == "span")
    low, high = figure["layout"]["xaxis"]["range"]
    assert low < min(x for x in span["x"] if x is not None)
    assert high > max(x for x in span["x"] if x is not None)
    assert high - low > 30


def test_change_that_is_wholly_hidden_has_one_row_for_its_teams_and_no_mark():
    records = change_records(change_rows(all=True))
    assert [record["hidden_count"] for record in records] == [0, 3]
    panel = change.make_panel("c", "t", records, NAMES, FORMATS)
    assert panel.summary == WORDS("outcomes.change_none")
    score = next(t for t in panel.spec["data"] if t["meta"]["role"] == "score")
    assert score["x"] == []
    assert all(not any(c.isdigit() for c in "".join(row[1:])) for row in panel.rows)


def test_change_of_one_team_is_one_row():
    rows = {("team", "b"): show(make_change(make_place("o", "b"), 30, 20, 2.5, 4.0))}
    (record,) = change.records(rows, NAMES.list_places(rows))
    assert (record["place"].name, record["hidden_count"]) == ("Berk <i>", 0)


def test_provisional_change_is_an_open_mark():
    place = make_place("o", is_provisional=True)
    rows = {WHOLE: show(make_change(place, 30, 20, 2.5, 4.0))}
    figure = change.figure(change.records(rows, NAMES.list_places(rows)), NAMES, FORMATS)
    marks = {trace["meta"]["role"]: trace["x"] for trace in figure["data"]}
    assert (marks["score"], marks["open"]) == ([], [2.5])


def test_band_of_the_lost_is_left_out_where_it_is_hidden():
    rows = {WHOLE: show(make_change(make_place("o"), 60, 40, 0.2, improved=8),
                        is_lost_suppressed=True, share_improved_lowest=None,
                        share_improved_highest=None)}  # fmt: skip
    records = reliable_change.records(change.records(rows, NAMES.list_places(rows)))
    panel = reliable_change.make_panel("r", "t", records, NAMES, FORMATS)
    assert "bounds" not in {trace["meta"]["role"] for trace in panel.spec["data"]}
    assert panel.rows[0][4] == "afgeschermd"


def test_scale_without_a_norm_has_no_reliable_change():
    rows = {WHOLE: show(make_change(make_place("o"), 60, 40, 0.2))}
    assert reliable_change.records(change.records(rows, NAMES.list_places(rows))) == []


def test_nobody_lost_means_nothing_to_compare():
    row = show(make_change(make_place("o"), 40, 40, 0.2))
    assert lost_at_start.records([(Measure("iroc", "nl", "total", "client"), "T0-T1", row)]) == []


def test_goal_shares_of_a_row_add_up_to_one():
    traces = FIGURES["goals"]["data"]
    assert sum(trace["x"][0] for trace in traces) == pytest.approx(1)


def test_suppressed_goals_have_words_and_no_bar():
    empty = {"value": None, "denominator": None, "ci_low": None, "ci_high": None,
             "status": "suppressed"}  # fmt: skip
    by_end = {end: {key: row | empty for key, row in rows.items()} for end, rows in BY_END.items()}
    records = goals.records(by_end, NAMES.list_places(by_end["attained"], goals.BREAKDOWNS))
    panel = goals.make_panel("g", "t", records, NAMES, FORMATS)
    assert panel.summary == WORDS("outcomes.goals_none")
    assert all(set(t["x"]) == {None} for t in panel.spec["data"] if t["type"] == "bar")
