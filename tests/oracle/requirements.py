"""The quality requirements on indicators, and early community contact (CTI)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from fractions import Fraction

from tests.oracle.intervals import wilson
from tests.oracle.knowledge import Knowledge
from tests.oracle.periods import Period, quarters_of
from tests.oracle.scores import RECORDED_SHARE, Place, Score, Scorer
from tests.oracle.shapes import find_limit_reason
from tests.oracle.units import Unit, find_early_reason, make_unit, yes_no

STATUSES = ("met", "not_met", "uncertain", "not_assessable", "not_applicable")

# Requirement -> indicator, norm, and whether a value below the norm may be chance.
GUARDED = {
    "Q-01": ("KI-1", Fraction(90, 100)),
    "Q-02": ("AP-1", Fraction(90, 100)),
    "Q-03": ("EV-1", Fraction(90, 100)),
    "Q-07": ("AF-1.3", Fraction(90, 100)),
}
EARLY_DAYS = timedelta(days=91)
EARLY_CONTACTS = 3
EARLY_NORM = Fraction(90, 100)
EARLY_MINIMUM = 5


@dataclass(frozen=True)
class Result:
    requirement_id: str
    value: Fraction | None
    norm: Fraction | None
    status: str
    reason: str


def build_requirements(scorer: Scorer, place: Place, scores: dict[str, Score]) -> list[Result]:
    """All requirements of a team or organisation. ``scores`` by indicator id."""
    know = scorer.organisations[place.organisation_id]
    own_norms = scorer.rules_of(place).norms
    results = [
        check_share(id, scores[indicator_id], own_norms.get(id, norm))
        for id, (indicator_id, norm) in GUARDED.items()
    ]
    rhythm_norm = own_norms.get("Q-04", Fraction(80, 100))
    results.append(check_full_count("Q-04", scores["ST-4"], rhythm_norm))
    maximum = Fraction(know.setting("krachtwerk", "caseload_max"))
    results.append(check_full_count("Q-05", scores["ST-3"], maximum, is_maximum=True))
    results.append(check_full_count("Q-06", scores["SV-1"], Fraction(1), from_one_unit=True))
    results.append(check_early_contact(know, place))
    return results


def check_share(id: str, score: Score, norm: Fraction) -> Result:
    if score.status not in ("scored", "no_norm"):
        return Result(id, score.value, norm, "not_assessable", score.status)
    return judge_share(id, int(score.numerator), score.units_counted, norm)


def judge_share(id: str, met: int, counted: int, norm: Fraction) -> Result:
    """Below the norm is only a failure when chance is an unlikely explanation."""
    value = Fraction(met, counted)
    if value >= norm:
        return Result(id, value, norm, "met", "meets_norm")
    if wilson(met, counted)[1] < norm:
        return Result(id, value, norm, "not_met", "fails_norm")
    return Result(id, value, norm, "uncertain", "could_be_chance")


def check_full_count(
    id: str, score: Score, norm: Fraction, is_maximum: bool = False, from_one_unit: bool = False
) -> Result:
    """Requirements on a full count: no guard against chance."""
    testable = ("scored", "no_norm", "too_few") if from_one_unit else ("scored", "no_norm")
    if score.status not in testable:
        return Result(id, score.value, norm, "not_assessable", score.status)
    is_met = score.value <= norm if is_maximum else score.value >= norm
    if is_met:
        return Result(id, score.value, norm, "met", "meets_norm")
    return Result(id, score.value, norm, "not_met", "fails_norm")


def check_early_contact(know: Knowledge, place: Place) -> Result:
    """Three contacts in the client's own surroundings in the first 91 days (CTI)."""
    units = [
        unit
        for _, team_id in place.members
        for quarter in quarters_of(place.period)
        if know.team_has_row(team_id, quarter)
        for unit in list_early_units(know, team_id, quarter)
    ]
    counted = [unit for unit in units if unit.is_counted]
    missing = sum(unit.reason == "not_recorded" for unit in units)
    met = sum(unit.met for unit in counted)
    value = Fraction(met, len(counted)) if counted else None
    first_contact = know.first_row_date("contact")
    if not units:
        return Result("Q-10", None, EARLY_NORM, "not_applicable", "no_cti_limit")
    if first_contact is None or first_contact > know.end_of(place.period):
        return Result("Q-10", None, EARLY_NORM, "not_assessable", "kind_not_delivered")
    if missing and Fraction(len(counted), len(counted) + missing) < RECORDED_SHARE:
        return Result("Q-10", value, EARLY_NORM, "not_assessable", "too_incomplete")
    if not counted:
        return Result("Q-10", None, EARLY_NORM, "not_assessable", "no_data")
    if len(counted) < EARLY_MINIMUM:
        return Result("Q-10", value, EARLY_NORM, "not_assessable", "too_few")
    return judge_share("Q-10", met, len(counted), EARLY_NORM)


def list_early_units(know: Knowledge, team_id: str, period: Period) -> list[Unit]:
    """The CTI trajectories whose 91st day lies in the quarter."""
    units = []
    for trajectory in know.method_trajectories(team_id):
        limit = trajectory.start + EARLY_DAYS
        if trajectory.programme != "cti" or not period.first <= limit <= period.last:
            continue
        contacts = [
            row
            for row in know.known("contact", "contact_date")
            if row["trajectory_id"] == trajectory.trajectory_id
            and trajectory.start <= row["contact_date"] <= limit
            and row["mode"] == "face_to_face"
            and not row["no_show"]
        ]
        sure = sum(row["contact_count"] for row in contacts if _fits(row, empty_fits=False))
        possible = sum(row["contact_count"] for row in contacts if _fits(row, empty_fits=True))
        reason = find_early_reason(know, "contact", team_id, limit, trajectory.start)
        reason = reason or find_limit_reason(know, trajectory.end, limit)
        if reason is None and sure < EARLY_CONTACTS <= possible:
            reason = "not_recorded"
        answer = yes_no("trajectory", trajectory.trajectory_id, limit, sure >= EARLY_CONTACTS)
        units.append(make_unit(know, team_id, answer, reason))
    return units


def _fits(contact: dict, empty_fits: bool) -> bool:
    """With the client, at home or in the community; an empty field fits when told so."""
    empty = (None,) if empty_fits else ()
    in_surroundings = contact["place"] in ("home", "community", *empty)
    return in_surroundings and contact["counterpart"] in ("client", *empty)
