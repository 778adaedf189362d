"""Seeded worlds full of edges: dates on limits, two versions, missing answers, several teams."""

from __future__ import annotations

from datetime import date, timedelta
from random import Random

from tests.oracle.world import World
from tests.outcomes.small_world import SmallWorld

INSTRUMENTS = (
    ("HHI", "NL", "client", ("totaal",), (12, 48)),
    ("herth hope index", None, "client", ("TOTAAL",), (10, 50)),
    ("ZRM", "2017", "worker", ("Huisvesting", "Sociaal netwerk"), (1, 5)),
    ("zrm", "2010", "worker", ("huisvesting",), (1, 5)),
    ("BSI", None, "client", ("DEP",), (0, 4)),
    ("Eigen lijst", "x", "client", ("Score",), (0, 9)),
)
# Days after the start, on and beside the limits of every window.
SPECIAL_DAYS = (-32, -31, 0, 31, 32, 121, 122, 150, 183, 244, 245, 212, 213, 274, 335, 336)
DOMAINS = ("L01", "L02", None)


def make_world(seed: int) -> World:
    rng = Random(seed)
    small = SmallWorld()
    for number in range(2):
        organisation = f"o{number}"
        known = date(2026, rng.choice((3, 9, 12)), rng.choice((1, 30)))
        method_start = date(2025, 2, 1) if rng.random() < 0.4 else None
        small.organisation(organisation, known, method_start)
        for team in ("a", "b"):
            end = date(2025, 8, 15) if team == "b" and rng.random() < 0.5 else None
            small.team(team, organisation, start_date=date(2024, 12, 1), end_date=end)
        for index in range(rng.choice((25, 60))):
            _add_trajectory(small, rng, organisation, known, f"{organisation}-{index}")
    return small.world


def _add_trajectory(
    small: SmallWorld, rng: Random, organisation: str, known: date, name: str
) -> None:
    start = date(2024, 12, 20) + timedelta(days=rng.randint(0, 700))
    length = rng.choice((None, 10, 31, 60, 121, 122, 200, 300, 400))
    has_end_date = rng.random() < 0.7
    end = start + timedelta(days=length) if length else None
    small.trajectory(
        name,
        start,
        end if has_end_date else None,
        organisation=organisation,
        team_id=rng.choice("ab"),
        client_id=rng.choice((None, f"{organisation}-c{rng.randint(0, 15)}")),
        programme=rng.choice(("krachtwerk", "krachtwerk", "houvast", "other")),
        target_group=rng.choice((None, "Jongeren", "gezinnen ")),
    )
    if end and rng.random() < 0.9:
        small.add(
            "closure",
            organisation,
            trajectory_id=name,
            closure_date=end + timedelta(days=rng.choice((0, 0, 3))),
            reason_code=rng.choice((None, "19", "21", "31", "20", "77")),
            planned=rng.choice((None, None, True, False)),
            without_contact=rng.choice((None, True, False, False)),
            housing_after=rng.choice((None, "Eigen woning", "eigen woning ", "Opvang")),
        )
    _add_measurements(small, rng, organisation, name, start, end)
    small.add("action_plan", organisation, plan_id=f"p{name}", trajectory_id=name, plan_date=start)
    for index in range(rng.randint(0, 3)):
        _add_goal(small, rng, organisation, name, f"{name}-g{index}", start)


def _add_measurements(
    small: SmallWorld, rng: Random, organisation: str, name: str, start: date, end: date | None
) -> None:
    for instrument, version, informant, scales, (low, high) in INSTRUMENTS:
        if rng.random() < 0.35:
            continue
        for moment in ("T0", "T1", "T2", "T3"):
            for _ in range(rng.choice((0, 1, 1, 1, 2))):
                usual = {"T0": 5, "T1": 183, "T2": 274, "T3": 400}[moment]
                days = rng.choice((usual, usual, usual - 9, usual + 9, rng.choice(SPECIAL_DAYS)))
                on = start + timedelta(days=days)
                if moment == "T1" and end and rng.random() < 0.4:
                    on = end + timedelta(days=rng.choice((-31, 0, 31, 32)))
                for scale in scales:
                    score = rng.randint(low * 2, high * 2) / 2
                    if instrument.lower() == "zrm" and rng.random() < 0.1:
                        score = 99
                    small.measure(
                        name,
                        moment,
                        on,
                        score,
                        organisation=organisation,
                        instrument=instrument,
                        instrument_version=version,
                        informant=informant,
                        scale=scale,
                        delivery_rank=rng.randint(1, 2),
                    )


def _add_goal(
    small: SmallWorld, rng: Random, organisation: str, trajectory: str, name: str, start: date
) -> None:
    closed = start + timedelta(days=rng.randint(0, 400)) if rng.random() < 0.9 else None
    small.add(
        "goal",
        organisation,
        goal_id=name,
        plan_id=f"p{trajectory}",
        start_date=start,
        closed_date=closed,
        status=rng.choice(("open", "attained", "attained", "partly", "not_attained", "stopped")),
        life_domain=rng.choice(DOMAINS),
        recovery_form=rng.choice(("personal", "social", None)),
        own_words=rng.choice((True, False, None)),
        from_strengths=rng.choice((True, False, None)),
        gas_score=rng.choice((None, -2, -1, 0, 1, 2)),
        weight=rng.choice((None, 0, 1, 2, 5)),
    )
    for index in range(rng.randint(0, 2)):
        small.add(
            "action",
            organisation,
            action_id=f"{name}-a{index}",
            goal_id=name,
            resource=rng.choice(("informal", "formal", None)),
        )
