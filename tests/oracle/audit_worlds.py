"""Random audits: two assessors or one or three, sources that contradict, consensus, gaps, typos.

They come from dice of their own, so that the rest of a world stays what it was without audits.
"""

from datetime import date
from random import Random

from tests.oracle.world import Row, World, days

ROUNDS = ("baseline", "baseline", "m6", "m12", "m18", "m24", "yearly", "extra")
ITEMS = tuple(f"SM{number:02d}" for number in range(1, 15))
SOURCES = ("file", "focus_group", "interview", "questionnaire", "observation", "export")
INSTRUMENTS = ("sm-kansas-2009",) * 7 + (" SM Kansas 2009", "sm-kansas-2012", "smf-nl-10", "own")
ASSESSORS = ("anna", "bert", "cees", "dora", "emma", "fred", "gerda")
# Days since the previous audit: on the limits of the rhythm and beside them.
STEPS = (0, 1, 90, 183, 213, 214, 215, 365, 395, 396, 397)


def replace_audits(world: World, instruments: tuple[str, ...] = INSTRUMENTS) -> World:
    """Puts new audits, ratings and recommendations into a world; returns the world."""
    for kind in ("fidelity_audit", "audit_rating", "audit_recommendation"):
        world.records[kind] = []
    rng = Random(f"audits of {world.seed}")
    for organisation in world.organisations:
        if rng.random() < 0.1:
            continue
        for team in _own_teams(world, organisation["organisation_id"]):
            _write_team(world, rng, organisation, team, instruments)
    return world


def _own_teams(world: World, organisation_id: str) -> list[Row]:
    return [t for t in world.records["team"] if t["organisation_id"] == organisation_id]


def _add(world: World, kind: str, organisation: Row, fields: Row) -> None:
    rows = world.records[kind]
    origin = {"delivery": "delivery", "delivery_rank": 1, "row_number": len(rows) + 2}
    rows.append({"organisation_id": organisation["organisation_id"], **fields, **origin})


def _write_team(world: World, rng: Random, organisation: Row, team: Row, instruments) -> None:
    known_until = organisation["known_until"]
    day: date = known_until - days(rng.choice((0, 1, 100, 213, 214, 215, 500, 731, 900)))
    if rng.random() < 0.3:
        day = team["start_date"] + days(rng.randrange(120))
    if rng.random() < 0.1:
        day = date(2024, 2, 29)
    instrument = rng.choice(instruments)
    for number in range(rng.choice((0, 1, 1, 2, 3))):
        name = rng.choice(instruments) if rng.random() < 0.2 else instrument
        fields = {
            "audit_id": f"{team['team_id']}-a{number}",
            "team_id": team["team_id"],
            "audit_date": day,
            "round": rng.choice(ROUNDS),
            "instrument": name,
            "instrument_version": rng.choice(("1", "1", "1 ", "2")),
        }
        _add(world, "fidelity_audit", organisation, fields)
        _write_ratings(world, rng, organisation, fields["audit_id"])
        _write_recommendations(world, rng, organisation, fields)
        day += days(rng.choice(STEPS))


def _write_ratings(world: World, rng: Random, organisation: Row, audit_id: str) -> None:
    assessors = rng.sample(ASSESSORS, rng.choice((0, 1, 2, 2, 2, 2, 3, 7)))
    gap, level = rng.choice((0.0, 0.0, 0.05, 0.12, 0.5)), rng.choice((1, 2, 3, 4, 4, 5))
    talks = rng.random() < 0.35
    habit = rng.choice((0.2, 0.9))
    gone = rng.choice(((), (), (), (), ITEMS[:4], ITEMS[1:4], ITEMS[4:8], ITEMS))
    lost = rng.choice((None, None, "SM10", "SM11"))  # one item nobody looked at
    for item_id in (*ITEMS, "SM99") if rng.random() < 0.2 else ITEMS:
        if item_id == lost or rng.random() < gap:
            continue
        for assessor in assessors:
            sources = ("overall",) if rng.random() < habit else _draw_sources(rng)
            for source in sources:
                chance = 0.95 if item_id in gone else gap
                score = None if rng.random() < chance else _draw_score(rng, level)
                reason = _draw_reason(rng, item_id in gone) if score is None else None
                _add_rating(world, organisation, audit_id, assessor, item_id, source, False,
                            score, reason)  # fmt: skip
        if talks and rng.random() < 0.8:
            score = None if rng.random() < gap else _draw_score(rng, level)
            reason = _draw_reason(rng, False) if score is None else None
            _add_rating(world, organisation, audit_id, rng.choice(ASSESSORS), item_id, "overall",
                        True, score, reason)  # fmt: skip


def _draw_sources(rng: Random) -> tuple[str, ...]:
    drawn = tuple(rng.sample(SOURCES, rng.choice((1, 2, 3, 6))))
    return (*drawn, "overall") if rng.random() < 0.3 else drawn


def _draw_score(rng: Random, level: int) -> int:
    return max(1, min(5, level + rng.choice((-1, 0, 0, 0, 1))))


def _draw_reason(rng: Random, is_gone: bool) -> str | None:
    if is_gone:
        return "not_applicable" if rng.random() < 0.98 else "missing"
    return rng.choice(("not_applicable", "missing", None))


def _add_rating(
    world: World, organisation: Row, audit_id: str, assessor: str, item_id: str, source: str,
    is_consensus: bool, score: int | None, reason: str | None,
) -> None:  # fmt: skip
    fields = {
        "audit_id": audit_id,
        "assessor_id": assessor,
        "item_id": item_id,
        "evidence_source": source,
        "is_consensus": is_consensus,
        "score": score,
        "null_reason": reason,
    }
    _add(world, "audit_rating", organisation, fields)


def _write_recommendations(world: World, rng: Random, organisation: Row, audit: Row) -> None:
    for number in range(rng.choice((0, 1, 2))):
        status = rng.choice(("open", "in_progress", "done", "done", "dropped"))
        moved = audit["audit_date"] + days(rng.choice((0, 182, 183, 184, 400)))
        fields = {
            "audit_id": audit["audit_id"],
            "item_id": rng.choice(ITEMS),
            "recommendation_code": f"R{number}",
            "priority": 1,
            "owner_role": None,
            "due_date": audit["audit_date"] + days(rng.choice((90, 183))),
            "status": status,
            "status_date": None if rng.random() < 0.2 else moved,
        }
        _add(world, "audit_recommendation", organisation, fields)
