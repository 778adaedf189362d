"""The oracle's own table of indicators: subscale, level of fit, shape, deciding kind, anchors.

Written by hand from the rules. It repeats the catalogue on purpose and must not read it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

from tests.oracle import coverages, events
from tests.oracle import file_candidates as files
from tests.oracle import team_candidates as teams
from tests.oracle.shapes import Current, Rate, Records, Recurring, Within

Shape = Within | Current | Recurring | Records | Rate
InYear = Literal["quarters", "stock", "itself"]
Interval = Literal["wilson", "t", None]
Anchors = Callable[[Fraction], Fraction]


def ten_percent_anchors(value: Fraction) -> Fraction:
    """A10: below .10, .37, .64, .90; a limit belongs to the higher score."""
    limits = (Fraction(10, 100), Fraction(37, 100), Fraction(64, 100), Fraction(90, 100))
    return Fraction(1 + sum(value >= limit for limit in limits))


def time_on_method_anchors(value: Fraction) -> Fraction:
    limits = (Fraction(70, 100), Fraction(80, 100), Fraction(90, 100), Fraction(95, 100))
    return Fraction(1 + sum(value >= limit for limit in limits))


def mixed_duties_anchors(value: Fraction) -> Fraction:
    """Lower is better; .90 and .70 belong to the lower score, .50 and .25 to the higher."""
    if value >= Fraction(90, 100):
        return Fraction(1)
    if value >= Fraction(70, 100):
        return Fraction(2)
    if value > Fraction(50, 100):
        return Fraction(3)
    return Fraction(4) if value > Fraction(25, 100) else Fraction(5)


def rating_is_score(value: Fraction) -> Fraction:
    return value


@dataclass(frozen=True)
class Indicator:
    """One indicator. ``in_year`` says what a year is made of:

    quarters: the units of its quarters; stock: those of the quarter that holds the last known day;
    itself: the rule applied to the year as a whole.
    """

    id: str
    subscale: str | None
    fit: str | None
    shape: Shape
    deciding_kind: str
    anchors: Anchors | None
    in_year: InYear
    interval: Interval
    minimum_units: int = 5
    version: int = 1


def _indicator(
    id: str,
    place: str,
    kind: str,
    shape: Shape,
    in_year: InYear,
    interval: Interval = "wilson",
    anchors: Anchors | None = ten_percent_anchors,
    minimum: int = 5,
) -> Indicator:
    """``place`` is "subscale/fit"."""
    subscale, _, fit = place.partition("/")
    return Indicator(
        id, subscale or None, fit or None, shape, kind, anchors, in_year, interval, minimum
    )


def _list_structure() -> list[Indicator]:
    worker, review, case = "worker", "team_review", "team_review_case"
    w, c, m = "structure/W", "structure/C", "structure/M"
    return [
        _indicator("ST-1", w, worker, Records(teams.time_on_method), "stock", None,
                   time_on_method_anchors, 3),
        _indicator("ST-2", w, worker, Records(teams.mixed_duties), "stock", "wilson",
                   mixed_duties_anchors, 3),
        _indicator("ST-3", m, worker, Records(teams.caseload), "stock", None, None, 3),
        _indicator("ST-4", w, review, Recurring("team_review_days"), "quarters", minimum=3),
        _indicator("ST-5", w, review, Records(teams.attendance), "quarters", None, minimum=3),
        _indicator("ST-6", c, case, Records(teams.assessment_tabled), "quarters"),
        _indicator("ST-7", w, "team_review_step", Records(teams.steps_followed), "quarters", None,
                   minimum=3),
        _indicator("ST-8", w, case, Current(events.team_review_cases, "reach_days"), "stock"),
    ]  # fmt: skip


def _list_supervision() -> list[Indicator]:
    c, m, kind = "supervision/C", "supervision/M", "supervision"
    return [
        _indicator("SV-1", m, "training", Records(teams.basic_training), "stock", minimum=3),
        _indicator("SV-2", c, kind, Rate("field_mentoring"), "quarters", None, None),
        _indicator("SV-3", c, kind, Rate("tool_review"), "quarters", None, None),
        _indicator("SV-4", c, kind, Rate("feedback"), "quarters", None, None),
    ]


def _list_assessments_and_plans() -> list[Indicator]:
    c, e = "practice/C", "practice/E"
    ki, plan, domain = "strengths_assessment", "action_plan", "strengths_assessment_domain"
    rated_ki, rated_plan = f"quality_rating:{ki}", f"quality_rating:{plan}"
    refresh = "assessment_refresh_days"
    return [
        _indicator("KI-1", c, ki, Within(events.assessments, "focus_days"), "quarters"),
        _indicator("KI-2", c, domain, Records(coverages.life_domains), "stock", "t"),
        _indicator("KI-3", c, ki, Current(events.assessments, refresh), "stock"),
        _indicator("KI-4", c, ki, Records(files.own_words_in_assessment), "quarters"),
        _indicator("KI-5", c, rated_ki, Records(files.ratings_of(ki)), "itself", "t",
                   rating_is_score),
        _indicator("AP-1", c, plan, Within(events.plans_in_use, "plan_days"), "quarters"),
        _indicator("AP-2", c, "goal", Records(files.goals_with("from_strengths")), "quarters"),
        _indicator("AP-3", c, "goal", Records(files.goals_with("own_words")), "quarters"),
        _indicator("AP-4", c, "action", Records(files.concrete_actions), "quarters"),
        _indicator("AP-5", e, "action", Records(files.natural_resources), "quarters"),
        _indicator("AP-6", c, rated_plan, Records(files.ratings_of(plan)), "itself", "t",
                   rating_is_score),
    ]  # fmt: skip


def _list_other_practice() -> list[Indicator]:
    c, e, w = "practice/C", "practice/E", "practice/W"
    self_reviews = Within(events.self_regulation_reviews, "focus_days")
    evaluations = Current(events.held_evaluations, "evaluation_days")
    return [
        _indicator("OM-1", e, "contact", Records(files.community_contact), "quarters", None),
        _indicator("BT-1", w, "closure", Records(coverages.basic_tasks), "quarters", "t"),
        _indicator("ZR-1", c, "self_regulation_review", self_reviews, "quarters"),
        _indicator("EV-1", w, "evaluation", evaluations, "stock"),
        _indicator("EV-2", c, "evaluation", Records(files.client_at_evaluation), "quarters"),
    ]


def _list_closing() -> list[Indicator]:
    w, kind, without = "practice/W", "closure", Records(coverages.closed_without_contact)
    elements = [
        _indicator(f"AF-1.{number}", "", kind, Records(coverages.closing_element(name)), "quarters")
        for number, name in enumerate(coverages.ELEMENTS, start=1)
    ]
    return [
        _indicator("AF-1", w, kind, Records(coverages.complete_closing), "quarters", "t"),
        _indicator("AF-2", w, kind, without, "quarters", anchors=None),
        *elements,
    ]


INDICATORS: tuple[Indicator, ...] = (
    *_list_structure(),
    *_list_supervision(),
    *_list_assessments_and_plans(),
    *_list_other_practice(),
    *_list_closing(),
)
INDICATOR_BY_ID = {indicator.id: indicator for indicator in INDICATORS}
