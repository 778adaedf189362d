"""Seeded random small worlds, nasty on purpose.

The same seed gives the same world. Ids repeat across organisations, dates coincide with each other
and with limits, kinds start late or never come, ratios land on anchor limits.
"""

from datetime import date
from random import Random

from tests.oracle.world import PROGRAMMES, Draft, Row, World, days
from tests.oracle.world_audits import write_audits
from tests.oracle.world_teams import write_teams
from tests.oracle.world_trajectories import write_ratings, write_trajectories

SETTING_CHOICES = {
    "focus_days": (7, 14, 21, 42),
    "plan_days": (7, 14, 28, 42),
    "evaluation_days": (14, 30, 61, 183),
    "assessment_refresh_days": (14, 30, 61, 183),
    "team_review_days": (7, 10, 14, 30),
    "reach_days": (10, 30, 61, 183),
    "training_days": (10, 45, 91, 183),
    "caseload_max": (1, 2, 3, 20),
}
# Kinds that an organisation may deliver late or never; the others are always there.
LATE_KINDS = (
    "worker",
    "training",
    "supervision",
    "team_review",
    "team_review_case",
    "team_review_step",
    "contact",
    "strengths_assessment",
    "strengths_assessment_domain",
    "self_regulation_review",
    "action_plan",
    "goal",
    "action",
    "evaluation",
    "closure",
    "quality_rating",
    "fidelity_audit",
)
LAST_DAYS = ((3, 31), (6, 30), (9, 30), (12, 31))


def make_world(seed: int) -> World:
    """The world of a seed: one to three organisations that started in the same half year."""
    rng = Random(seed)
    begin = date(2023, 1, 1) + days(rng.randrange(800))
    world = World(seed, as_of=begin)
    for number in range(rng.choice((1, 1, 2, 2, 3))):
        organisation = _make_organisation(rng, begin, number)
        world.organisations.append(organisation)
        world.as_of = max(world.as_of, organisation["known_until"])
        _write_settings(world, rng, organisation["organisation_id"])
        _write_records(world, rng, organisation, begin + days(rng.randrange(60)))
    return world


def merge_worlds(worlds: list[World]) -> World:
    """One world of all organisations; ``org0`` of the world of seed 7 is called ``7-org0``."""
    merged = World(worlds[0].seed, max(world.as_of for world in worlds))
    for world in worlds:

        def rename(row: Row, seed: int = world.seed) -> Row:
            return {**row, "organisation_id": f"{seed}-{row['organisation_id']}"}

        merged.organisations += [rename(row) for row in world.organisations]
        for (organisation_id, programme, name), value in world.settings.items():
            merged.settings[f"{world.seed}-{organisation_id}", programme, name] = value
        for organisation_id, rules in world.own_rules.items():
            merged.own_rules[f"{world.seed}-{organisation_id}"] = rules
        for kind, rows in world.records.items():
            merged.records[kind] += [rename(row) for row in rows]
    return merged


def _make_organisation(rng: Random, begin: date, number: int) -> Row:
    known_until = begin + days(rng.randrange(70, 420))
    if rng.random() < 0.3:
        # On the last day of a quarter, on the next day, or 30 or 31 days later (basic tasks).
        month, day = rng.choice(LAST_DAYS)
        known_until = date(known_until.year, month, day) + days(rng.choice((0, 0, 1, 30, 31)))
        known_until = max(known_until, begin + days(70))
    method_start = None
    if rng.random() < 0.35:
        method_start = begin + days(rng.randrange(-30, 120))
        if rng.random() < 0.15:
            method_start = known_until + days(rng.randrange(1, 40))
    return {
        "organisation_id": f"org{number}",
        "name": f"Organisation {number}",
        "source": "canonical",
        "method_start": method_start,
        "known_until": known_until,
        "disclosure_threshold": 10,
    }


def _write_settings(world: World, rng: Random, organisation_id: str) -> None:
    for programme in PROGRAMMES:
        for setting, choices in SETTING_CHOICES.items():
            world.settings[organisation_id, programme, setting] = rng.choice(choices)


def _write_records(world: World, rng: Random, organisation: Row, begin: date) -> None:
    if rng.random() < 0.02:
        return  # an organisation that delivered nothing that counts
    draft = Draft(world, rng, organisation, begin)
    late, never = (0.05, 0.02) if draft.is_rich else (0.15, 0.07)
    for kind in LATE_KINDS:
        if draft.chance(never):
            draft.first_dates[kind] = date.max
        elif draft.chance(late):
            draft.first_dates[kind] = draft.pick_day(begin, draft.known_until)
    team_ids = write_teams(draft)
    write_trajectories(draft, team_ids)
    write_ratings(draft)
    write_audits(draft, team_ids)
