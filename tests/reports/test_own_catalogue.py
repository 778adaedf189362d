"""What pages say of an organisation's own catalogue: its changes, and two lines never joined."""

from pathlib import Path

import pandas as pd

from pipelines.catalogue import load_catalogue
from pipelines.catalogue.overlay import read_overlay
from pipelines.catalogue.wording import load_words
from reports.formats import Formats
from reports.organisation import find_leading
from reports.own_catalogue import list_changes, list_own_lists
from reports.panels import trend, two_versions

SHIPPED = load_catalogue()
SAMPLE = Path(__file__).parents[2] / "sample_data" / "overlays" / "zilverhorst"
OWN = read_overlay(SAMPLE, SHIPPED)
WORDS = load_words("nl")
FORMATS = Formats(WORDS)
POINT = {
    "indicator_id": "EV-2",
    "ci_low": None,
    "ci_high": None,
    "units_counted": 20,
    "status": "scored",
    "score": 4.0,
    "is_provisional": False,
    "score_key": "EV-2|org||2025|v2",
}


def make_points(*values: float | None) -> list[dict]:
    return [
        {**POINT, "period": f"2025-Q{n}", "value": value} for n, value in enumerate(values, start=1)
    ]


def add_line(own: list[dict], kept: list[dict]):
    panel = trend.make_panel("trend-EV-2", "x", own, "share", WORDS, FORMATS)
    return panel, two_versions.add_shipped_line(panel, own, kept, 1, "share", WORDS, FORMATS)


def test_both_versions_have_a_line_of_their_own_and_rows_that_name_the_version():
    panel, both = add_line(make_points(None, 0.5, 0.6), make_points(0.3, 0.4, 0.7))
    own_line, shipped_line = both.spec["data"][0], both.spec["data"][-1]
    assert (own_line["y"], shipped_line["y"]) == ([None, 0.5, 0.6], [0.3, 0.4, 0.7])
    assert shipped_line["line"] == {"dash": "dot"}
    assert both.rows[:3] == panel.rows
    assert [row[0] for row in both.rows[3:]] == [
        f"{row[0]}, meegeleverde versie 1" for row in panel.rows
    ]
    assert len({row[0] for row in both.rows}) == 6


def test_a_shipped_version_without_a_value_adds_nothing():
    panel, same = add_line(make_points(0.5, 0.6), make_points(None, None))
    assert same == panel


def test_the_same_values_under_other_limits_are_told_by_their_scores_and_not_drawn_twice():
    own, kept = make_points(None, 0.5, 0.6), make_points(None, 0.5, 0.6)
    kept[-1] = {**kept[-1], "score": 5.0}
    panel, same = add_line(own, kept)
    assert (same.spec, same.rows) == (panel.spec, panel.rows)
    assert same.summary.startswith(panel.summary)
    assert "is de score 4,0 met de eigen grenzen en 5,0 met de meegeleverde" in same.summary


def test_pages_lead_with_the_version_of_the_organisation():
    scores = pd.DataFrame(
        [("EV-2", 1), ("EV-2", 2), ("KI-1", 1)], columns=["indicator_id", "indicator_version"]
    )
    assert list(find_leading(scores, OWN)) == [False, True, True]
    assert list(find_leading(scores, SHIPPED)) == [True, False, True]


def test_every_change_is_listed_with_version_and_source():
    changes = {change.id: change for change in list_changes(OWN, SHIPPED, WORDS)}
    assert sorted(changes) == [
        *("EV-2", "KI-4", "Q-07", "ZH-1", "life_domain", "presence"),
        *("strengths_assessment_criterion", "team_review_step"),
    ]
    assert changes["EV-2"].what == (
        "vervangen, versie 2, meegeleverde versie 1 wordt ernaast berekend"
    )
    assert changes["ZH-1"].what == "toegevoegd, versie 1"
    assert {change.source for change in changes.values()} == {"Invented for the sample data"}
    assert list_changes(SHIPPED, SHIPPED, WORDS) == []


def test_names_of_life_domains_steps_and_criteria_are_listed():
    lists = dict(list_own_lists(OWN, SHIPPED, WORDS))
    assert lists["leefgebied"] == [f"Leefgebied {n} (voorbeeld)" for n in range(1, 11)]
    assert lists["stap van de teamkrachtbespreking"][0] == "Stap 1 (voorbeeld)"
    assert len(lists) == 3
