"""A world written by hand, one visible fact at a time, and its scores by short names."""

from __future__ import annotations

from collections import Counter
from datetime import date

from tests.oracle.audit_requirements import check_audits
from tests.oracle.indicators import INDICATOR_BY_ID
from tests.oracle.profile import Part, build_profile
from tests.oracle.requirements import Result, build_requirements
from tests.oracle.scores import Place, Score, Scorer
from tests.oracle.world import PROGRAMMES, Row, World

LONG_AGO = "2020-01-01"
SETTINGS = {
    "focus_days": 10,
    "plan_days": 10,
    "evaluation_days": 30,
    "assessment_refresh_days": 30,
    "team_review_days": 7,
    "reach_days": 30,
    "training_days": 30,
    "caseload_max": 2,
}
# Fields that a test only names when they matter.
USUAL: dict[str, Row] = {
    "team": {"end_date": None, "start_date": LONG_AGO},
    "worker": {
        "team_id": "t",
        "role": "support_worker",
        "start_date": LONG_AGO,
        "end_date": None,
        "fte": "1",
        "contract_hours": "36",
        "other_duty_hours": "0",
    },
    "training": {"kind": "basic", "completed": True, "completed_date": None},
    "supervision": {"kind": "feedback"},
    "trajectory": {"team_id": "t", "programme": "krachtwerk", "end_date": None},
    "contact": {
        "contact_count": 1,
        "mode": "face_to_face",
        "place": "home",
        "counterpart": "client",
        "basic_task": None,
        "no_show": False,
    },
    "strengths_assessment": {"version": None, "own_words": "yes"},
    "strengths_assessment_domain": {"filled": True},
    "self_regulation_review": {},
    "action_plan": {"status": "active"},
    "goal": {"from_strengths": True, "own_words": True},
    "action": {"owner": "client", "due_date": "2025-06-01", "resource": "informal"},
    "evaluation": {"planned_date": None, "held_date": None, "client_present": True},
    "closure": {
        "reason_code": "19",
        "planned": None,
        "without_contact": False,
        "exit_interview": True,
        "safety_plan": True,
        "final_evaluation": True,
        "network_meeting": True,
        "final_report": True,
    },
    "team_review": {
        "team_id": "t",
        "planned_date": None,
        "held_date": None,
        "status": "held",
        "expected_count": 4,
        "present_count": 4,
    },
    "team_review_case": {"strengths_assessment_present": True},
    "team_review_step": {"done": True},
    "fidelity_audit": {"team_id": "t", "round": "baseline"},
    "audit_rating": {"item_id": "SM01", "evidence_source": "overall", "is_consensus": False},
    "quality_rating": {"subject": "strengths_assessment", "rater_role": "colleague"},
}


class HandMade:
    """One organisation ``o``; dates are written as text."""

    def __init__(self, known_until: str = "2026-12-31", method_start: str | None = None):
        self.world = World(0, as_of=date.fromisoformat(known_until))
        self.add_organisation("o", known_until, method_start)
        self._row_number = 1

    def add_organisation(
        self, name: str, known_until: str, method_start: str | None = None
    ) -> None:
        start = None if method_start is None else date.fromisoformat(method_start)
        self.world.organisations.append(
            {
                "organisation_id": name,
                "known_until": date.fromisoformat(known_until),
                "method_start": start,
            }
        )
        for programme in PROGRAMMES:
            for setting, value in SETTINGS.items():
                self.world.settings[name, programme, setting] = value

    def add(self, kind: str, /, organisation_id: str = "o", **fields: object) -> HandMade:
        """Adds a row; returns itself so that facts can be chained."""
        self._row_number += 1
        row = {**USUAL[kind], **fields}
        for name, value in row.items():
            if name.endswith("_date") and isinstance(value, str):
                row[name] = date.fromisoformat(value)
        origin = {"delivery_rank": 1, "row_number": self._row_number}
        self.world.records[kind].append({"organisation_id": organisation_id, **row, **origin})
        return self

    def trajectory(self, name: str, start: str, end: str | None = None, **fields) -> HandMade:
        dates = {"start_date": start, "end_date": end}
        return self.add("trajectory", trajectory_id=name, **dates, **fields)

    def assessment(self, name: str, trajectory: str, day: str, **fields) -> HandMade:
        return self.add(
            "strengths_assessment",
            assessment_id=name,
            trajectory_id=trajectory,
            assessment_date=day,
            **fields,
        )

    def evaluation(self, name: str, trajectory: str, day: str) -> HandMade:
        return self.add("evaluation", evaluation_id=name, trajectory_id=trajectory, held_date=day)

    def old_trajectory(self, team_id: str = "t", organisation_id: str = "o") -> HandMade:
        """A trajectory of another programme, long ago: the team has a first date."""
        fields = {"team_id": team_id, "programme": "other", "organisation_id": organisation_id}
        return self.trajectory(f"old-{team_id}", LONG_AGO, LONG_AGO, **fields)

    def _find_place(self, scorer: Scorer, period: str, level: str, team_id: str) -> Place:
        found = {
            (place.level, place.team_id): place
            for place in scorer.list_places()
            if place.period.name == period
        }
        return found[level, team_id if level == "team" else None]

    def score(self, id: str, period: str, level: str = "team", team_id: str = "t") -> Score:
        scorer = Scorer(self.world)
        return scorer.score(INDICATOR_BY_ID[id], self._find_place(scorer, period, level, team_id))

    def tell(self, id: str, period: str, **where: str) -> dict[str, str]:
        """Unit id -> "met", "not met", "numerator/denominator" or the reason it is excluded."""
        return {unit.unit_id: _describe(unit) for unit in self.score(id, period, **where).units}

    def reasons(self, id: str, period: str) -> Counter:
        return Counter(unit.reason for unit in self.score(id, period).units)

    def profile(self, period: str, level: str = "team") -> dict[str, Part]:
        scorer = Scorer(self.world)
        place = self._find_place(scorer, period, level, "t")
        scores = {id: scorer.score(INDICATOR_BY_ID[id], place) for id in INDICATOR_BY_ID}
        return {part.part: part for part in build_profile(scorer, place, scores)}

    def requirement(self, id: str, period: str) -> Result:
        scorer = Scorer(self.world)
        place = self._find_place(scorer, period, "team", "t")
        scores = {name: scorer.score(INDICATOR_BY_ID[name], place) for name in INDICATOR_BY_ID}
        audits = check_audits(scorer.organisations["o"], place)
        results = build_requirements(scorer, place, scores) + audits
        return {result.requirement_id: result for result in results}[id]


def _describe(unit) -> str:
    if unit.reason:
        return unit.reason
    if unit.is_yes_no:
        return "met" if unit.met else "not met"
    return f"{unit.numerator}/{unit.denominator}"
