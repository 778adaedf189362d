"""Workers, their trainings and their supervision."""

from datetime import date, timedelta
from decimal import Decimal

from sample_data.world.dice import Dice, share_of
from sample_data.world.names import person_name
from sample_data.world.records import Record, World, next_id
from sample_data.world.settings import FIRST_DAY, Organisation, Team

FTE_CHOICES = (
    (Decimal("0.56"), 1),
    (Decimal("0.67"), 2),
    (Decimal("0.78"), 2),
    (Decimal("0.89"), 3),
    (Decimal("1.00"), 3),
)
OTHER_ROLES = ("team_leader", "coach", "expert_by_experience")


def add_staff(world: World, organisation: Organisation) -> None:
    """Support workers with successors, and the others of each team, with their trainings."""
    counter = 0
    for team in organisation.teams:
        dice = Dice("staff", team.team_id)
        roles = ["support_worker"] * team.worker_count
        roles += OTHER_ROLES if team.worker_count > 2 else OTHER_ROLES[:1]
        for role in roles:
            start: date | None = _first_day(team, dice)
            while start:
                counter += 1
                worker = _make_worker(organisation, team, role, start, counter, dice)
                world["worker"].append(worker)
                _add_trainings(world, team, worker, dice)
                start = worker["end_date"] and worker["end_date"] + timedelta(days=14)


def _first_day(team: Team, dice: Dice) -> date:
    if team.start > FIRST_DAY:
        return team.start
    return FIRST_DAY - timedelta(days=dice.between(60, 1500))


def _make_worker(
    organisation: Organisation, team: Team, role: str, start: date, counter: int, dice: Dice
) -> Record:
    fte = dice.pick_weighted(FTE_CHOICES)
    hours = fte * 36
    has_other_duties = dice.chance(share_of(team, "mixed_duties", max(start, FIRST_DAY)))
    share = Decimal(dice.between(5, 9 if team.quality[1] > 0.5 else 40)) / 100
    leaves = start >= FIRST_DAY - timedelta(days=400) and dice.chance(0.3)
    end = max(start, FIRST_DAY) + timedelta(days=dice.between(240, 900)) if leaves else None
    is_named = organisation.source == "clientdossier"
    return {
        "worker_id": person_name(counter) if is_named else _staff_number(organisation, counter),
        "team_id": team.team_id,
        "start_date": start,
        "role": role,
        "fte": fte,
        "contract_hours": hours.quantize(Decimal("0.01")),
        "other_duty_hours": (hours * share * has_other_duties).quantize(Decimal("0.1")),
        "end_date": end if end and end < organisation.known_until else None,
    }


def _staff_number(organisation: Organisation, counter: int) -> str:
    if organisation.source == "aanlevertemplate":
        return f"{200 + counter * 7:06d}"
    return f"{organisation.id_prefix}w{counter:03d}"


def _add_trainings(world: World, team: Team, worker: Record, dice: Dice) -> None:
    start = worker["start_date"]
    if worker["role"] in ("support_worker", "coach", "team_leader"):
        is_done = dice.chance(share_of(team, "trained", max(start, FIRST_DAY)))
        day = start + timedelta(days=dice.between(20, 170))
        _append_training(world, worker, "basic", day if is_done else None)
        if is_done and dice.chance(0.35):
            _append_training(
                world, worker, "advanced", day + timedelta(days=dice.between(150, 400))
            )
        if is_done and dice.chance(0.2):
            _append_training(
                world, worker, "refresher", day + timedelta(days=dice.between(370, 600))
            )
    if worker["role"] == "coach":
        _append_training(world, worker, "team_review_chair", start + timedelta(days=90))
    if worker["role"] == "team_leader":
        _append_training(world, worker, "management", start + timedelta(days=120))


def _append_training(world: World, worker: Record, kind: str, day: date | None) -> None:
    if day and day > date(2026, 6, 20):
        day = None
    world["training"].append(
        {
            "worker_id": worker["worker_id"],
            "kind": kind,
            "completed_date": day,
            "completed": day is not None,
        }
    )


def active_workers(world: World, team_id: str, day: date, role: str | None = None) -> list[Record]:
    """The workers of a team that are there on ``day``, of one role or of all."""
    return [
        worker
        for worker in world["worker"]
        if worker["team_id"] == team_id
        and worker["start_date"] <= day
        and (worker["end_date"] is None or day <= worker["end_date"])
        and (role is None or worker["role"] == role)
    ]


def add_supervision(world: World, organisation: Organisation) -> None:
    """Sessions of the team's coach with its support workers, more of them in better teams."""
    kinds = (("field_mentoring", 0.5), ("tool_review", 0.6), ("feedback", 0.8), ("individual", 0.7))
    for team in organisation.teams:
        dice = Dice("supervision", team.team_id)
        day = max(FIRST_DAY, team.first_trajectory)
        while day + timedelta(days=30) <= organisation.known_until:
            coaches = active_workers(world, team.team_id, day) and (
                active_workers(world, team.team_id, day, "coach")
                or active_workers(world, team.team_id, day, "team_leader")
            )
            for worker in active_workers(world, team.team_id, day, "support_worker"):
                for kind, rate in kinds:
                    session = dice.workday(day + timedelta(days=dice.between(0, 27)))
                    gone = worker["end_date"] and session > worker["end_date"]
                    if coaches and not gone and dice.chance(rate * team.quality_on(day)):
                        world["supervision"].append(
                            {
                                "supervision_id": next_id(world, organisation, "supervision", "s"),
                                "worker_id": worker["worker_id"],
                                "supervisor_id": coaches[0]["worker_id"],
                                "session_date": session,
                                "kind": kind,
                                "duration_minutes": dice.pick((30, 45, 60, 60, 90)),
                            }
                        )
            day += timedelta(days=30)
