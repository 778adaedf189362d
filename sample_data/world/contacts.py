"""Contacts within a trajectory: when, how, where, with whom, on which basic task."""

from datetime import date, timedelta

from sample_data.world.dice import Dice, share_of
from sample_data.world.records import Record, World, next_id
from sample_data.world.settings import FIRST_DAY, Organisation, Team

MODES = (("face_to_face", 7), ("phone", 2), ("message", 1), ("video", 0.5), ("group", 0.5))
COUNTERPARTS = (("client", 8), ("network", 1), ("professional", 1))


def add_contacts(world: World, organisation: Organisation, team: Team, trajectory: Record) -> None:
    """The contacts of one trajectory; a row stands for one or more contact moments."""
    dice = Dice("contacts", trajectory["trajectory_id"], team.team_id)
    start, end = trajectory["start_date"], trajectory["end_date"]
    last = min(end or organisation.known_until, organisation.known_until)
    is_cti = trajectory["programme"] == "cti"
    day = dice.workday(start)
    while day <= last:
        if day >= FIRST_DAY:
            contact = _make_contact(team, trajectory, day, last, dice)
            contact["contact_id"] = next_id(world, organisation, "contact", "c")
            world["contact"].append(contact)
        early = is_cti and (day - start).days < 91
        gap = dice.between(4, 11) if early else dice.between(16, 40)
        day = dice.workday(day + timedelta(days=gap))


def _make_contact(team: Team, trajectory: Record, day: date, last: date, dice: Dice) -> Record:
    mode = dice.pick_weighted(MODES)
    is_outside = dice.chance(share_of(team, "community_contact", day))
    place = dice.pick_weighted((("home", 3), ("community", 2))) if is_outside else "facility"
    has_place = mode == "face_to_face" and not dice.chance(0.04)
    return {
        "contact_id": "",
        "trajectory_id": trajectory["trajectory_id"],
        "worker_id": trajectory["worker_id"] if dice.chance(0.95) else None,
        "contact_date": day,
        "duration_minutes": dice.pick((15, 30, 30, 45, 60, 60, 90)),
        "contact_count": dice.pick_weighted(((1, 8), (2, 3), (3, 1), (0, 0.1))),
        "mode": mode,
        "place": place if has_place else None,
        "counterpart": dice.pick_weighted(COUNTERPARTS),
        "basic_task": _pick_task(team, trajectory, day, last, dice),
        "no_show": dice.chance(0.06),
    }


def _pick_task(team: Team, trajectory: Record, day: date, last: date, dice: Dice) -> str | None:
    """The task that fits the part of the trajectory; weaker teams note it less often."""
    if not dice.chance(0.35 + 0.6 * team.quality_on(day)):
        return None
    if (day - trajectory["start_date"]).days <= 42:
        return dice.pick_weighted((("BT1", 4), ("BT2", 3), ("BT3", 2), ("BT4", 2)))
    if trajectory["end_date"] and (last - day).days < 35:
        return dice.pick_weighted((("BT7", 5), ("BT6", 3), ("BT5", 2)))
    return dice.pick_weighted((("BT5", 6), ("BT6", 2), ("BT3", 1), ("BT4", 1)))
