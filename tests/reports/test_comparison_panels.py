"""Panels of comparison, of series over time and of research as data."""

import json

from reports.panels import (
    estimates,
    fidelity_points,
    funnel,
    over_time,
    shrunken,
)
from tests.reports.outcome_figures import FIGURES, FORMATS, MODELS, POINTS, WORDS, compared, series


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
    assert panel.rows[0] == ("Binnen organisaties", "+0,10", "−3,00 tot +3,20", "", "9", "0,940")
    assert estimates.show_p_value(0.00002, FORMATS) == "< 0,001"
    assert "p-waarde" not in json.dumps(panel.spec)


def test_model_that_was_not_fitted_says_why():
    panel = estimates.make_panel("e", "t", estimates.records(MODELS), WORDS, FORMATS)
    states = [row[3] for row in panel.rows]
    assert states[2].startswith("minder dan 15 teams")
    assert "singulier" in states[3]


def test_points_without_a_shown_team_are_no_chart():
    rows = fidelity_points.records([POINTS[1]], {"k": "Klein"})
    assert fidelity_points.make_panel("p", "t", rows, WORDS, FORMATS) is None


def test_hidden_team_is_in_the_table_and_not_in_the_chart():
    rows = fidelity_points.records(POINTS, {"b": "Berk", "k": "Klein"})
    panel = fidelity_points.make_panel("p", "t", rows, WORDS, FORMATS)
    assert [row[0] for row in panel.rows] == ["Berk", "Klein"]
    assert panel.rows[1][-1] == "afgeschermd"
    assert panel.spec["data"][0]["text"] == ["Berk"]


def test_axis_of_a_funnel_holds_every_mark_and_limit_and_no_more_than_it_needs():
    record = funnel.records(compared(("b", 36, 40), ("a", 33, 40)))
    low, high = funnel.figure(record, WORDS, FORMATS)["layout"]["yaxis"]["range"]
    drawn = [0.9, 33 / 40, *(limit for pairs in record["limits"].values()
                             for pair in pairs for limit in pair)]  # fmt: skip
    assert -0.04 <= low < min(drawn)
    assert max(drawn) < high <= 1.06
    assert low > 0.2
