"""Support trajectories: who came when, for how long, in which programme."""

from datetime import date, timedelta

from sample_data.world.dice import Dice
from sample_data.world.records import Record, World
from sample_data.world.settings import FIRST_DAY, Organisation, Team
from sample_data.world.staff import active_workers

AGE_BANDS = {
    "youth_shelter": (("under_18", 1), ("from_18_to_22", 8), ("from_23_to_29", 3)),
    "womens_shelter": (("from_18_to_22", 2), ("from_23_to_29", 4), ("from_30_to_44", 6)),
}
ALL_AGE_BANDS = (
    ("from_23_to_29", 3),
    ("from_30_to_44", 5),
    ("from_45_to_64", 5),
    ("from_65", 1),
)
TARGET_GROUPS = ("dak- en thuisloos", "na geweld", "schulden", "uitstroom", "zelfstandig wonen")


def list_trajectories(organisation: Organisation, team: Team, world: World) -> list[Record]:
    """All trajectories of a team, in the order of their start."""
    dice = Dice("caseload", team.team_id)
    trajectories: list[Record] = []
    ended: list[Record] = []
    first_number = len(world["trajectory"]) + 1
    for offset, start in enumerate(_list_starts(organisation, team, dice)):
        duration = int(30 + 330 * dice.random.random() + 330 * dice.random.random() ** 2)
        end: date | None = dice.workday(start + timedelta(days=duration))
        if end <= FIRST_DAY:
            end = dice.workday(FIRST_DAY + timedelta(days=duration))
        if end > organisation.known_until:
            end = None
        earlier = _find_returning_client(ended, start, dice)
        workers = active_workers(world, team.team_id, start, "support_worker")
        counter = first_number + offset
        record: Record = {
            "trajectory_id": _trajectory_number(organisation, counter, start),
            "client_id": earlier["client_id"] if earlier else _client_number(organisation, counter),
            "team_id": team.team_id,
            "worker_id": dice.pick(workers)["worker_id"] if workers else None,
            "programme": dice.pick_weighted(team.programmes),
            "sequence": earlier["sequence"] + 1 if earlier else 1,
            "target_group": dice.pick(TARGET_GROUPS),
            "age_band": dice.pick_weighted(AGE_BANDS.get(team.setting, ALL_AGE_BANDS)),
            "gender": _pick_gender(team, dice),
            "registration_date": start - timedelta(days=dice.between(2, 40)),
            "start_date": start,
            "planned_end_date": start + timedelta(days=364),
            "end_date": end,
        }
        trajectories.append(record)
        if end:
            ended.append(record)
    return trajectories


def _list_starts(organisation: Organisation, team: Team, dice: Dice) -> list[date]:
    starts = [
        dice.workday(FIRST_DAY - timedelta(days=dice.between(10, 170))) for _ in range(team.stock)
    ]
    day = team.first_trajectory
    while day < organisation.known_until:
        count = max(1, team.starts_per_quarter + dice.between(-2, 2)) if team.stock else 0
        count = count or max(1, team.starts_per_quarter + dice.between(-1, 3))
        if team.starts_per_quarter == 1:
            count = 1
        for _ in range(count):
            starts.append(dice.workday(day + timedelta(days=dice.between(0, 88))))
        day += timedelta(days=91)
    if team.stock == 0:
        starts.append(team.first_trajectory)  # the first day of a team is certain
    return sorted(start for start in starts if start <= organisation.known_until)


def _find_returning_client(ended: list[Record], start: date, dice: Dice) -> Record | None:
    """A client who left before ``start`` and comes back, for one in twenty-five trajectories."""
    if not dice.chance(0.04):
        return None
    free = [record for record in ended if record["end_date"] < start and record["sequence"] == 1]
    if not free:
        return None
    earlier = dice.pick(free)
    ended.remove(earlier)
    return earlier


def _trajectory_number(organisation: Organisation, counter: int, start: date) -> str:
    if organisation.source == "aanlevertemplate":
        return f"T{start:%y}-{counter:04d}"
    if organisation.source == "clientdossier":
        return str(4_000 + counter)
    return f"{organisation.id_prefix}t{counter:04d}"


def _client_number(organisation: Organisation, counter: int) -> str:
    if organisation.source == "aanlevertemplate":
        return f"{31_000 + counter * 13:08d}"
    if organisation.source == "clientdossier":
        return f"RIS-{70_000 + counter * 3}"
    return f"{organisation.id_prefix}c{counter:04d}"


def _pick_gender(team: Team, dice: Dice) -> str | None:
    if team.setting == "womens_shelter":
        return "female"
    return dice.pick_weighted((("male", 6), ("female", 3.6), ("other", 0.2), (None, 0.2)))
