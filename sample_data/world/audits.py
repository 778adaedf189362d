"""Audits of model fidelity by two assessors, with recommendations."""

from datetime import date, timedelta

from sample_data.world.dice import Dice
from sample_data.world.records import Record, World
from sample_data.world.settings import FIRST_DAY, Organisation, Team

ROUNDS = ("baseline", "m6", "m12", "m18", "m24")
ITEMS = tuple(f"SM{number:02d}" for number in range(1, 15))
OWNERS = ("teamleider", "werkbegeleider", "manager")


def add_audits(world: World, organisation: Organisation, team: Team) -> None:
    """A baseline audit and one every half year."""
    dice = Dice("audits", team.team_id)
    first = max(FIRST_DAY, team.first_trajectory) + timedelta(days=45)
    assessors = [f"{organisation.id_prefix}beoordelaar {letter}" for letter in "AB"]
    for index, round_code in enumerate(ROUNDS[: team.audit_count]):
        day = dice.workday(first + timedelta(days=index * 182))
        if day > organisation.known_until:
            return
        audit_id = f"AU-{team.team_id}-{round_code}"
        world["fidelity_audit"].append(
            {
                "audit_id": audit_id,
                "team_id": team.team_id,
                "audit_date": day,
                "round": round_code,
                "instrument": "sm-kansas-2009",
                "instrument_version": "2009",
                "file_count": dice.between(8, 10),
                "focus_group_count": dice.between(3, 5),
                "interview_count": 2,
                "questionnaire_count": dice.between(5, 10),
            }
        )
        used = (
            assessors[: 1 if round_code == "m24" else 2] if team.assessor_count == 1 else assessors
        )
        _add_ratings(world, team, audit_id, day, used, dice)
        _add_recommendations(world, organisation, audit_id, day, dice)


def _add_ratings(
    world: World, team: Team, audit_id: str, day: date, assessors: list[str], dice: Dice
) -> None:
    has_consensus = audit_id.endswith(("m6", "m18"))
    for item_id in ITEMS:
        level = dice.normal(1 + 4 * team.quality_on(day), 0.5)
        is_applicable = item_id != "SM03" or team.setting != "youth_shelter"
        for assessor_id in assessors:
            for source in ("overall",) if dice.chance(0.7) else ("file", "interview"):
                score = max(1, min(5, round(dice.normal(level, 0.35)))) if is_applicable else None
                _append_rating(world, audit_id, assessor_id, item_id, source, False, score)
        if has_consensus:
            score = max(1, min(5, round(level))) if is_applicable else None
            _append_rating(world, audit_id, assessors[0], item_id, "overall", True, score)


def _append_rating(
    world: World, audit_id: str, assessor_id: str, item_id: str, source: str, is_consensus: bool,
    score: int | None,
) -> None:  # fmt: skip
    world["audit_rating"].append(
        {
            "audit_id": audit_id,
            "assessor_id": assessor_id,
            "item_id": item_id,
            "evidence_source": source,
            "is_consensus": is_consensus,
            "score": score,
            "null_reason": "not_applicable" if score is None else None,
        }
    )


def _add_recommendations(
    world: World, organisation: Organisation, audit_id: str, day: date, dice: Dice
) -> None:
    for index in range(dice.between(2, 4)):
        due = day + timedelta(days=182)
        is_past = due < organisation.known_until
        status = dice.pick(("done", "done", "in_progress", "dropped")) if is_past else "open"
        record: Record = {
            "audit_id": audit_id,
            "item_id": ITEMS[(index * 4 + dice.between(0, 3)) % len(ITEMS)],
            "recommendation_code": f"R{index + 1}",
            "priority": dice.between(1, 3),
            "owner_role": dice.pick(OWNERS),
            "due_date": due,
            "status": status,
            "status_date": day if status == "open" else min(due, organisation.known_until),
        }
        world["audit_recommendation"].append(record)
