"""Rows and figures of the outcome panels: null, wide, hidden, empty, provisional."""

from pathlib import Path

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
from tests.reports.outcome_context import hide, make_context, show
from tests.reports.synthetic_outcome_rows import (
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
    GIVEN | {"model": "team_line", "is_leading": False, "estimate": 1.2},
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
