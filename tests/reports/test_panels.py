"""Panels as data, as valid plotly figures, and as golden JSON.

A changed golden file is a changed picture: look at it, then write the files anew with
``KRACHTWERK_WRITE_GOLDEN=1 pytest tests/reports/test_panels.py``.
"""

import json
import os
from pathlib import Path

import pandas as pd
import plotly.graph_objects as go
import pytest

from pipelines.catalogue import load_catalogue
from pipelines.catalogue.wording import load_words
from reports.chart_styles import plot_theme
from reports.formats import Formats
from reports.panels import (
    audit_totals,
    intervals,
    profile,
    requirement_counts,
    rows_read,
    trend,
    triangulation,
)
from reports.rendering import dump_json

GOLDEN = Path(__file__).parent / "golden"
WORDS = load_words("nl")
FORMATS = Formats(WORDS)
BANDS = load_catalogue().bands["profile"]


def profile_frame() -> pd.DataFrame:
    columns = ["period", "part", "score", "lowest", "highest", "band", "indicators_scored",
               "indicators_applicable", "status"]  # fmt: skip
    return pd.DataFrame(
        [
            ("2025", "practice", 2.5, 2.4, 3.1, "not_determined", 13, 15, "shown"),
            ("2025", "total", 3.5, 3.4, 3.6, "moderate", 22, 24, "shown"),
            ("2025", "structure", None, 2.2, 3.8, None, 4, 7, "too_incomplete"),
            ("2025", "supervision", 4.0, 4.0, 4.0, "high", 1, 1, "single_indicator"),
            ("2025", "M", None, None, None, None, None, None, "suppressed"),
            ("2024", "total", 3.2, 3.2, 3.2, "moderate", 24, 24, "shown"),
        ],
        columns=columns,
    ).astype(object).where(lambda frame: frame.notna(), None)  # fmt: skip


def score_frame() -> pd.DataFrame:
    columns = ["indicator_id", "period", "value", "ci_low", "ci_high", "units_counted", "status",
               "score", "is_provisional"]  # fmt: skip
    frame = pd.DataFrame(
        [
            ("KI-1", "2025", 0.64, 0.51, 0.75, 50, "scored", 4.0, False),
            ("KI-1", "2024", 0.5, 0.4, 0.6, 44, "scored", 3.0, False),
            ("AF-2", "2025", 0.08, 0.03, 0.2, 40, "no_norm", None, False),
            ("KI-3", "2025", None, None, None, None, "suppressed", None, False),
            ("ST-3", "2025", 14.2, None, None, 8, "no_norm", None, False),
            ("KI-1", "2025-Q2", 0.5, 0.3, 0.7, 12, "scored", 3.0, False),
            ("KI-1", "2025-Q4", 0.7, 0.5, 0.85, 13, "scored", 4.0, True),
            ("KI-1", "2025-Q3", None, None, None, None, "suppressed", None, False),
        ],
        columns=columns,
    )
    frame["score_key"] = frame["indicator_id"] + "|org|team|" + frame["period"] + "|v1"
    return frame.astype(object).where(frame.notna(), None)


def requirement_frame() -> pd.DataFrame:
    return pd.DataFrame(
        [("Q-01", "met"), ("Q-01", "met"), ("Q-01", "suppressed"), ("Q-04", "not_met")],
        columns=["requirement_id", "status"],
    )


DELIVERIES = [
    {"record_kind": "contact", "rows_read": 10, "staged": 7, "superseded": 1, "quarantined": 2,
     "not_a_record": 0, "refused_reason": None},
    {"record_kind": "contact", "rows_read": 5, "staged": 4, "superseded": 0, "quarantined": 0,
     "not_a_record": 1, "refused_reason": None},
    {"record_kind": None, "rows_read": None, "staged": None, "superseded": None,
     "quarantined": None, "not_a_record": None, "refused_reason": "no_header"},
]  # fmt: skip
NAMES = {"KI-1": "tijdige <b>inventarisatie</b>", "AF-2": "zonder contact", "KI-3": "actueel"}


AUDIT_TOTALS = [
    {"team": "Team <Oost>", "round": "6 maanden", "score": 3.46, "lowest": 3.3, "highest": 3.7,
     "band": "gemiddeld", "previous_score": 3.0, "state": ""},
    {"team": "Klein", "round": "nulmeting", "score": None, "lowest": None, "highest": None,
     "band": "", "previous_score": None, "state": "afgeschermd"},
]  # fmt: skip
BESIDE = [
    {"topic": "caseload", "audit_score": 3.0, "record_score": None, "difference": None, "sign": "",
     "state": "indicator zonder norm", "reasons": [], "is_wide": False},
    {"topic": "werkblad hersteldoelen (actieplan)", "audit_score": 5.0, "record_score": 3.5,
     "difference": -1.5, "sign": "−1,5", "state": "beoordelaars 1,5 hoger",
     "reasons": ["in de dossiers ontbreken gegevens"], "is_wide": True},
]  # fmt: skip


def make_figures() -> dict[str, dict]:
    indicators = [load_catalogue().indicators[name] for name in ("KI-1", "KI-3", "AF-2", "ST-3")]
    parts = profile.records(profile_frame(), "2025", "2024")
    points = trend.records(score_frame(), ["2025-Q1", "2025-Q2", "2025-Q3", "2025-Q4"])["KI-1"]
    return {
        "profile": profile.figure(
            parts, BANDS, WORDS, FORMATS, {"supervision": "basistraining"}, {"total": 3.3}
        ),
        "intervals": intervals.figure(
            intervals.records(score_frame(), indicators, "2025", "2024"), NAMES, WORDS, FORMATS
        ),
        "trend": trend.figure(points, "share", FORMATS),
        "requirement_counts": requirement_counts.figure(
            requirement_counts.records(requirement_frame(), ["Q-04", "Q-01"]),
            {"Q-01": "op tijd", "Q-04": "ritme"},
            WORDS,
            FORMATS,
        ),
        "audit_totals": audit_totals.figure(AUDIT_TOTALS, (1, 5), BANDS.steps, WORDS, FORMATS),
        "triangulation": triangulation.figure(BESIDE, WORDS, FORMATS),
        "rows_read": rows_read.figure(
            rows_read.records(DELIVERIES), {"contact": "contact"}, WORDS, FORMATS
        ),
    }


FIGURES = make_figures()


@pytest.mark.parametrize("name", sorted(FIGURES))
def test_figure_is_valid_for_plotly(name):
    go.Figure(FIGURES[name])


@pytest.mark.parametrize("name", sorted(FIGURES))
def test_figure_equals_its_golden_file(name):
    path = GOLDEN / f"{name}.json"
    found = json.loads(dump_json(FIGURES[name]))
    if os.environ.get("KRACHTWERK_WRITE_GOLDEN"):
        path.write_text(json.dumps(found, indent=1, sort_keys=True, ensure_ascii=False) + "\n")
    assert found == json.loads(path.read_text())


@pytest.mark.parametrize("name", sorted(FIGURES))
def test_figure_names_roles_of_the_theme_and_holds_no_colour(name):
    figure = FIGURES[name]
    for theme in plot_theme().values():
        assert {trace["meta"]["role"] for trace in figure["data"]} <= set(theme["traces"])
    text = json.dumps(figure)
    assert "#" not in text
    assert "rgb" not in text


@pytest.mark.parametrize("name", ["light", "dark"])
def test_theme_makes_valid_plotly_parts(name):
    theme = plot_theme()[name]
    go.Figure({"data": [], "layout": {"template": theme["template"]}})
    for role, style in theme["traces"].items():
        kind = "bar" if role.startswith(("status_", "fate_", "flow_", "goal_")) else "scatter"
        go.Figure({"data": [{"type": kind, **style}]})
    for layout in theme["layouts"].values():
        go.Figure({"layout": layout})


def test_profile_has_one_record_per_part_in_fixed_order_with_last_years_score():
    found = profile.records(profile_frame(), "2025", "2024")
    assert [row["part"] for row in found] == ["total", "structure", "supervision", "practice", "M"]
    assert [row["previous_score"] for row in found] == [3.2, None, None, None, None]


def test_part_without_a_score_has_words_in_the_chart_and_no_mark():
    rows = profile.records(profile_frame(), "2025", None)
    traces = {
        trace["meta"]["role"]: trace
        for trace in profile.figure(rows, BANDS, WORDS, FORMATS)["data"]
    }
    assert traces["note"]["text"] == ["te weinig scores", "afgeschermd"]
    marks = dict(zip([row["part"] for row in rows], traces["score"]["x"], strict=True))
    assert marks["structure"] is None
    assert marks["M"] is None


def test_bounds_of_a_too_incomplete_part_are_drawn_and_a_suppressed_part_has_none():
    rows = profile.records(profile_frame(), "2025", None)
    bounds = profile.figure(rows, BANDS, WORDS, FORMATS)["data"][0]
    assert bounds["x"] == [3.4, 3.6, None, 2.2, 3.8, None, 4.0, 4.0, None, 2.4, 3.1, None]


def test_interval_chart_leaves_out_other_units_than_shares():
    indicators = [load_catalogue().indicators[name] for name in ("KI-1", "ST-3", "KI-5")]
    rows = intervals.records(score_frame(), indicators, "2025", None)
    assert [row["indicator_id"] for row in rows] == ["KI-1"]


def test_unscored_value_is_drawn_apart_from_scored_ones():
    traces = {trace["meta"]["role"]: trace for trace in FIGURES["intervals"]["data"]}
    assert traces["scored"]["x"] == [0.64]
    assert traces["scored"]["text"] == ["4"]
    assert traces["unscored"]["x"] == [0.08]
    assert traces["note"]["text"] == ["afgeschermd"]


def test_markup_in_a_name_is_shown_as_text():
    assert "<b>" not in json.dumps(FIGURES["intervals"])


def test_trend_starts_with_the_first_quarter_that_has_rows():
    points = trend.records(score_frame(), ["2025-Q1", "2025-Q2", "2025-Q3", "2025-Q4"])["KI-1"]
    assert [point["period"] for point in points] == ["2025-Q2", "2025-Q3", "2025-Q4"]


def test_trend_does_not_bridge_a_gap_nor_draw_it_as_a_value():
    line, provisional, gap = FIGURES["trend"]["data"]
    assert line["y"] == [0.5, None, 0.7]
    assert "connectgaps" not in line
    assert gap["x"] == ["K3 ’25"]
    assert gap["y"][0] < 0
    assert provisional["x"] == ["K4 ’25"]


def test_quarter_without_a_row_says_so_in_the_table():
    frame = score_frame()
    frame = frame[frame["period"] != "2025-Q3"]
    points = trend.records(frame, ["2025-Q2", "2025-Q3", "2025-Q4"])["KI-1"]
    panel = trend.make_panel("k", "t", points, "share", WORDS, FORMATS)
    assert panel.rows[1] == ("K3 ’25", "–", "–", "–", "team niet actief of nog niet begonnen")
    assert panel.rows[2][-1] == "voorlopig"


def test_requirement_counts_follow_the_catalogue_and_count_every_status():
    rows = requirement_counts.records(requirement_frame(), ["Q-04", "Q-01"])
    assert [row["requirement_id"] for row in rows] == ["Q-04", "Q-01"]
    assert (rows[1]["met"], rows[1]["suppressed"], rows[1]["not_met"]) == (2, 1, 0)


def test_rows_are_added_up_per_record_kind_without_refused_files():
    assert rows_read.records(DELIVERIES) == [
        {
            "record_kind": "contact",
            "staged": 11,
            "superseded": 1,
            "quarantined": 2,
            "not_a_record": 1,
        }
    ]


def test_topic_with_one_side_has_one_mark_and_no_line():
    between, audit, record = FIGURES["triangulation"]["data"]
    assert between["x"] == [5.0, 3.5, None]
    assert audit["x"] == [3.0, 5.0]
    assert record["x"] == [None, 3.5]


def test_suppressed_audit_total_has_words_and_no_mark():
    traces = {trace["meta"]["role"]: trace for trace in FIGURES["audit_totals"]["data"]}
    assert traces["score"]["x"] == [3.46, None]
    assert traces["note"]["text"] == ["afgeschermd"]
    assert traces["bounds"]["x"] == [3.3, 3.7, None]


def test_kind_of_which_most_was_not_used_comes_first():
    clean = {**DELIVERIES[1], "record_kind": "action", "staged": 5, "not_a_record": 0}
    found = rows_read.records([clean, *DELIVERIES])
    assert [row["record_kind"] for row in found] == ["contact", "action"]


def test_cross_of_a_gap_stands_between_the_lowest_line_and_the_words_below():
    assert -0.16 < trend.place_gaps({}) < 0
    assert 0.4 < trend.place_gaps(trend.RATING_AXIS) < 1


def test_trend_of_one_value_tells_it_once():
    points = trend.records(score_frame(), ["2025-Q1", "2025-Q2", "2025-Q3"])["KI-1"]
    assert trend.make_panel("k", "t", points, "share", WORDS, FORMATS).summary == (
        "Alleen 50% (K2 2025)."
    )
