"""The record profile: parts, how much of them is scored, bounds and bands."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from tests.oracle.indicators import Indicator
from tests.oracle.own_rules import BANDS
from tests.oracle.scores import RECORDED_SHARE, Place, Score, Scorer

SUBSCALES = ("structure", "supervision", "practice")
PARTS = ("total", *SUBSCALES, "C", "E", "W", "M")
UNEXPECTED = ("kind_not_delivered", "before_first_record")
FEWEST_WORKERS = 3
Bands = tuple[tuple[str, Fraction], ...]


@dataclass(frozen=True)
class Part:
    part: str
    score: Fraction | None
    lowest: Fraction | None
    highest: Fraction | None
    band: str | None
    indicators_scored: int
    indicators_applicable: int
    status: str


def list_indicators(part: str, indicators: list[Indicator]) -> list[Indicator]:
    """The anchored indicators of a part; the closing elements are in none."""
    anchored = [indicator for indicator in indicators if indicator.anchors and indicator.subscale]
    if part == "total":
        return anchored
    return [indicator for indicator in anchored if part in (indicator.subscale, indicator.fit)]


def is_applicable(scorer: Scorer, place: Place, indicator: Indicator) -> bool:
    """Whether records could have told anything about the indicator here."""
    if place.level == "all":
        organisations = sorted({organisation_id for organisation_id, _ in place.members})
        return any(
            is_applicable(scorer, _organisation_place(place, organisation_id), indicator)
            for organisation_id in organisations
        )
    know = scorer.organisations[place.organisation_id]
    first_row = know.first_row_date(indicator.deciding_kind)
    if first_row is None or first_row > know.end_of(place.period):
        return False
    units = scorer.list_units(indicator, place)
    if units and all(unit.reason in UNEXPECTED for unit in units):
        return False
    if indicator.id in ("ST-1", "ST-2"):
        return len(units) >= FEWEST_WORKERS
    if indicator.id == "SV-1":
        return sum(unit.reason != "too_young" for unit in units) >= FEWEST_WORKERS
    return True


def _organisation_place(place: Place, organisation_id: str) -> Place:
    members = tuple(member for member in place.members if member[0] == organisation_id)
    return Place("organisation", organisation_id, None, place.period, members)


def build_profile(scorer: Scorer, place: Place, scores: dict[str, Score]) -> list[Part]:
    """All parts of a place, total first. ``scores`` by indicator id."""
    leading, bands = scorer.list_leading(place), scorer.rules_of(place).bands
    total = list_indicators("total", leading)
    applicable = {i.id for i in total if is_applicable(scorer, place, i)}
    parts = {}
    for name in PARTS:
        members = [i for i in list_indicators(name, leading) if i.id in applicable]
        points = [scores[i.id].score for i in members if scores[i.id].status == "scored"]
        parts[name] = build_part(name, points, len(members), bands)
    weak_subscale = any(
        parts[name].indicators_applicable >= 2 and parts[name].status != "shown"
        for name in SUBSCALES
    )
    if parts["total"].status == "shown" and weak_subscale:
        parts["total"] = hide_part(parts["total"])
    return [parts[name] for name in PARTS]


def build_part(name: str, points: list[Fraction], applicable: int, bands: Bands = BANDS) -> Part:
    """A part from the scores it has and the number it could have."""
    scored = len(points)
    if applicable == 0:
        return Part(name, None, None, None, None, 0, 0, "no_data")
    missing = applicable - scored
    lowest = (sum(points, Fraction(0)) + missing) / applicable
    highest = (sum(points, Fraction(0)) + 5 * missing) / applicable
    if Fraction(scored, applicable) < RECORDED_SHARE:
        return Part(name, None, lowest, highest, None, scored, applicable, "too_incomplete")
    status = "single_indicator" if applicable == 1 else "shown"
    score = sum(points, Fraction(0)) / scored
    band = find_band(lowest, bands)
    if band != find_band(highest, bands):
        band = "not_determined"
    return Part(name, score, lowest, highest, band, scored, applicable, status)


def hide_part(part: Part) -> Part:
    return Part(
        part.part,
        None,
        part.lowest,
        part.highest,
        None,
        part.indicators_scored,
        part.indicators_applicable,
        "too_incomplete",
    )


def find_band(score: Fraction, bands: Bands = BANDS) -> str:
    return next((band for band, lowest in bands if score >= lowest), "low")
