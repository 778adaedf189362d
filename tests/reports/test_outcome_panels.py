"""Panels of outcomes, comparison and research as data: null, wide, hidden, empty, provisional."""

import json
import os
from pathlib import Path

import plotly.graph_objects as go
import pytest

from reports.chart_styles import plot_theme
from reports.outcome_book import Measure
from reports.outcome_words import OutcomeWords
from reports.panels import (
    change,
    estimates,
    fidelity_points,
    flow,
    funnel,
    goals,
    lost_at_start,
    over_time,
    reliable_change,
    shares,
    shrunken,
)
from reports.rendering import dump_json
from tests.reports.outcome_context import hide, make_context, show
from tests.reports.synthetic_outcomes import (
    list_compared_together,
    make_association,
    make_change,
    make_compared,
    make_flow,
    make_goals,
    make_place,
)

GOLDEN = Path(__file__).parent / "golden"
CONTEXT = make_context(teams=(("b", "Berk <i>"), ("a", "Akker"), ("k", "Klein")))
NAMES = OutcomeWords(CONTEXT)
WORDS, FORMATS = CONTEXT.words, CONTEXT.formats
WHOLE = ("total", None)


def protect_flow(rows, **flags):
    return [row | {"is_suppressed": False, "is_reasons_suppressed": False} | flags for row in rows]


def change_rows(**hidden):
    rows = {
        WHOLE: show(make_change(make_place("o"), 60, 40, 0.2, 5.0, improved=8)),
        ("team", "b"): show(make_change(make_place("o", "b"), 30, 20, 2.5, 4.0, improved=6)),
        ("team", "a"): show(make_change(make_place("o", "a"), 20, 12, -1.0, 30.0, improved=2)),
        ("team", "k"): hide(make_change(make_place("o", "k"), 8, 6, 1.0)),
    }
    return {key: hide(row) if hidden.get("all") else row for key, row in rows.items()}


def change_records(rows=None):
    rows = change_rows() if rows is None else rows
    return change.records(rows, NAMES.list_places(rows), {WHOLE: {"mean_change": 0.9}})


def compared(*teams, scope="organisation", **extra):
    rows = list_compared_together([make_compared("o", *team) for team in teams])
    named = {team.team_id: team.name for team in CONTEXT.organisation.teams}
    more = {"scope": scope, "others_low": None, "others_middle": None, "others_high": None}
    return [row | more | extra | {"team": named[row["team_id"]]} for row in rows]


def series(number, kind="xmr", **extra):
    limits = {"centre": 0.6, "lower_limit": 0.4, "upper_limit": 0.8, "chart_reason": None}
    if kind == "run":
        limits = dict.fromkeys(("centre", "lower_limit", "upper_limit"))
        limits["chart_reason"] = "too_few_points"
    return [
        {"period": f"{2020 + i // 4}-Q{i % 4 + 1}", "value": 0.9 if i in (9, 10) else 0.6,
         "rules": "outside_limits" if kind == "xmr" and i in (9, 10) else "",
         "is_provisional": i == number - 1, "is_suppressed": False, "chart_kind": kind,
         "points_count": number - 1, "false_flag_share": None if kind == "run" else 0.21}
        | limits | extra
        for i in range(number)
    ]  # fmt: skip


GOAL_ROWS = {
    (row["measure"], key): row | {"is_suppressed": False}
    for key, place in ((WHOLE, make_place("o")), (("team", "b"), make_place("o", "b")))
    for row in make_goals(place, 40, 20)
}
BY_END = {end: {key: row for (m, key), row in GOAL_ROWS.items() if m == end} for end in goals.ENDS}
GIVEN = make_association(
    "H-1", "given", reading="cannot_tell", estimate=0.1, ci_low=-3.0, ci_high=3.2,
    degrees_of_freedom=9, p_value=0.94,
)  # fmt: skip
BLANK = dict.fromkeys(("estimate", "ci_low", "ci_high", "degrees_of_freedom", "p_value"))
MODELS = [
    BLANK | make_association("H-1", "too_few_teams", model="mixed"),
    GIVEN,
    BLANK | make_association("H-1", "singular", model="mixed", term="within", estimate=0.4),
]
POINTS = [
    {"team_id": "b", "fidelity": 4.1, "mean_improvement": 2.0, "completers_count": 30,
     "is_suppressed": False},
    {"team_id": "k", "fidelity": None, "mean_improvement": None, "completers_count": None,
     "is_suppressed": True},
]  # fmt: skip


def make_figures():
    measure = Measure("iroc", "nl", "total", "client")
    found = [(measure, "T0-T1", change_rows()[WHOLE]),
             (measure, "T0-T2", hide(make_change(make_place("o"), 8, 6, 1.0)))]  # fmt: skip
    places = NAMES.list_places(BY_END["attained"], goals.BREAKDOWNS)
    stages = protect_flow(make_flow(make_place("o"), 60, 48, 40, 25, 30, 12, ended=10))
    teams = (("b", 30, 40), ("a", 10, 30), ("k", 12, 14))
    return {
        "flow": flow.figure(flow.records(stages), WORDS, FORMATS),
        "change": change.figure(change_records(), NAMES, FORMATS),
        "reliable_change": reliable_change.figure(
            reliable_change.records(change_records()), NAMES, FORMATS
        ),
        "lost_at_start": lost_at_start.figure(lost_at_start.records(found), NAMES, FORMATS),
        "goals": goals.figure(goals.records(BY_END, places), NAMES, FORMATS),
        "shares": shares.figure(
            shares.records([("Planmatig", "", GOAL_ROWS["attained", WHOLE], None),
                            ("Leeg", "", None, None)]), NAMES, FORMATS,
        ),
        "funnel": funnel.figure(funnel.records(compared(*teams)), WORDS, FORMATS),
        "shrunken": shrunken.figure(
            shrunken.records(compared(*teams)), "share", WORDS, FORMATS
        ),
        "over_time": over_time.figure(over_time.records(series(14)), "share", WORDS, FORMATS),
        "estimates": estimates.figure(estimates.records(MODELS), WORDS, FORMATS),
        "fidelity_points": fidelity_points.figure(
            fidelity_points.records(POINTS, {"b": "Berk <i>", "k": "Klein"}), WORDS, FORMATS
        ),
    }  # fmt: skip


FIGURES = make_figures()


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


def test_funnel_draws_own_teams_by_name_and_others_as_a_band_at_most():
    teams = (("b", 30, 40), ("a", 10, 30), ("k", 12, 14))
    alone = funnel.figure(funnel.records(compared(*teams)), WORDS, FORMATS)
    assert "shapes" not in alone["layout"]
    beside = compared(*teams, scope="all", others_low=0.4, others_high=0.8)
    figure = funnel.figure(funnel.records(beside), WORDS, FORMATS)
    (band,) = figure["layout"]["shapes"]
    assert (band["y0"], band["y1"]) == (0.4, 0.8)
    marks = next(trace for trace in figure["data"] if trace["meta"]["role"] == "team")
    assert len(marks["x"]) == 3


def test_every_team_has_the_same_mark_wherever_it_lies():
    record = funnel.records(compared(("b", 39, 40), ("a", 2, 40), ("k", 20, 40)))
    assert {row["position"] for row in record["teams"]} != {"within"}
    roles = [t["meta"]["role"] for t in funnel.figure(record, WORDS, FORMATS)["data"]]
    assert [role for role in roles if role.startswith("team")] == ["team"]


def test_teams_that_cannot_be_told_apart_are_said_not_to_be():
    rows = shrunken.records(compared(("b", 20, 40), ("a", 21, 40)))
    panel = shrunken.make_panel("s", "t", rows, "share", WORDS, FORMATS)
    assert panel.summary == WORDS("comparison.shrunken_same", teams=2)
    assert [row[-1] for row in panel.rows] == ["plaats niet te bepalen"] * 2
    assert [row[0] for row in panel.rows] == ["Akker", "Berk <i>"]


def test_rank_is_a_range_in_words():
    row = {"rank_low": 2, "rank_high": 4, "teams_count": 9}
    assert shrunken.describe_rank(row, WORDS) == (
        "ergens tussen plaats 2 en 4 van 9, van laag naar hoog"
    )
    assert shrunken.describe_rank(row | {"rank_low": 1, "rank_high": 9}, WORDS) == (
        "plaats niet te bepalen"
    )


def test_rule_that_fired_stands_at_its_first_point_only_and_in_every_row():
    figure = FIGURES["over_time"]
    (note,) = figure["layout"]["annotations"]
    assert (note["text"], note["x"]) == ("buiten grens", "K2 ’22")
    panel = over_time.make_panel("o", "t", over_time.records(series(14)), "share", WORDS, FORMATS)
    assert [row[-1] for row in panel.rows[9:11]] == ["buiten een grens"] * 2
    assert "21%" in panel.summary


def test_short_series_is_provisional_without_limits_or_flags():
    points = over_time.records(series(8, "run", rules=None))
    panel = over_time.make_panel("o", "t", points, "share", WORDS, FORMATS)
    assert "voorlopig" in panel.summary
    roles = {trace["meta"]["role"] for trace in panel.spec["data"]}
    assert roles == {"trend", "provisional"}


def test_hidden_baseline_is_said_and_a_hidden_point_is_a_gap():
    rows = series(8, "run", rules=None, chart_reason="baseline_hidden")
    rows[3] |= {"value": None, "is_suppressed": True}
    panel = over_time.make_panel("o", "t", over_time.records(rows), "share", WORDS, FORMATS)
    assert panel.summary == WORDS("comparison.time_hidden")
    assert panel.rows[3][1] == "afgeschermd"
    assert "gap" in {trace["meta"]["role"] for trace in panel.spec["data"]}


def test_p_value_stands_last_and_a_tiny_one_is_below():
    panel = estimates.make_panel("e", "t", estimates.records(MODELS), WORDS, FORMATS)
    assert panel.header[-1] == "p-waarde"
    assert panel.rows[0] == ("Lijn door de teams", "+0,10", "−3,00 tot +3,20", "", "9", "0,940")
    assert estimates.show_p_value(0.00002, FORMATS) == "< 0,001"
    assert "p-waarde" not in json.dumps(panel.spec)


def test_model_that_was_not_fitted_says_why():
    panel = estimates.make_panel("e", "t", estimates.records(MODELS), WORDS, FORMATS)
    states = [row[3] for row in panel.rows]
    assert states[1].startswith("minder dan 15 teams")
    assert "singulier" in states[2]


def test_points_without_a_shown_team_are_no_chart():
    rows = fidelity_points.records([POINTS[1]], {"k": "Klein"})
    assert fidelity_points.make_panel("p", "t", rows, WORDS, FORMATS) is None


def test_hidden_team_is_in_the_table_and_not_in_the_chart():
    rows = fidelity_points.records(POINTS, {"b": "Berk", "k": "Klein"})
    panel = fidelity_points.make_panel("p", "t", rows, WORDS, FORMATS)
    assert [row[0] for row in panel.rows] == ["Berk", "Klein"]
    assert panel.rows[1][-1] == "afgeschermd"
    assert panel.spec["data"][0]["text"] == ["Berk"]
