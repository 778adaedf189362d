"""Random teams, workers, trainings, supervision and team reviews."""

from datetime import date
from decimal import Decimal

from tests.oracle.world import Draft, days

ROLES = ("support_worker",) * 6 + ("team_leader", "coach", "expert_by_experience", "manager")
SESSION_KINDS = ("field_mentoring", "tool_review", "feedback", "individual")
# (contract, other duties) that land on .70, .80, .90, .95 and beside them.
HOURS = (
    ("20", "6"),
    ("20", "4"),
    ("20", "2"),
    ("20", "1"),
    ("36", "0"),
    ("24.5", "0.01"),
    ("0", "0"),
)
# (expected, present) that land on the anchors .10, .37, .64, .90, and odd ones.
ATTENDANCE = ((10, 1), (100, 37), (25, 16), (10, 9), (8, 8), (5, 7), (0, 0), (6, 0))
STEPS = ("S1", "S2", "S3", "S4", "S5")


def write_teams(draft: Draft) -> list[str]:
    """Writes the teams and what hangs on them but not on trajectories; returns the team ids."""
    rng, begin, last = draft.rng, draft.begin, draft.known_until
    team_ids = [f"team{number}" for number in range(rng.choice((1, 2, 2, 3)))]
    worker_ids = [f"w{number}" for number in range(3 + 3 * len(team_ids))]
    for team_id in team_ids:
        start = begin - days(rng.choice((0, 31, 400)))
        if draft.chance(0.2):
            start = draft.pick_day(begin, last + days(20))
        end = None
        if draft.chance(0.25):
            end = draft.pick_day(start, max(start, last + days(40)))
        draft.add(
            "team",
            None,
            team_id=team_id,
            name=team_id,
            setting="outreach",
            start_date=start,
            end_date=end,
        )
        _write_workers(draft, team_id, worker_ids, start)
        _write_reviews(draft, team_id)
    delivered = sorted({row["worker_id"] for row in _own_rows(draft, "worker")})
    for worker_id in delivered:
        _write_trainings(draft, worker_id)
        _write_sessions(draft, worker_id)
    return team_ids


def _own_rows(draft: Draft, kind: str) -> list[dict]:
    rows = draft.world.records[kind]
    return [row for row in rows if row["organisation_id"] == draft.organisation_id]


def _write_workers(draft: Draft, team_id: str, worker_ids: list[str], team_start: date) -> None:
    """Workers of a team, some in two teams, some with several rows that never overlap."""
    rng = draft.rng
    habit = rng.choice(HOURS)
    count = rng.choice((0, 1, 2, 3, 4, 5, 5)) if not draft.is_rich else rng.choice((3, 4, 5, 6))
    for worker_id in rng.sample(worker_ids, min(count, len(worker_ids))):
        start = draft.pick_day(draft.begin - days(200), draft.known_until - days(20))
        if draft.chance(0.4):
            start = team_start
        for _ in range(rng.choice((1, 1, 1, 2, 3))):
            end = (
                draft.pick_day(start, draft.known_until + days(30)) if draft.chance(0.35) else None
            )
            contract, other = habit if draft.chance(0.7) else rng.choice(HOURS)
            draft.add(
                "worker",
                start,
                worker_id=worker_id,
                team_id=team_id,
                start_date=start,
                role="support_worker" if draft.is_rich else rng.choice(ROLES),
                fte=Decimal(rng.choice(("0", "0.33", "0.5", "0.89", "1", "1.5"))),
                contract_hours=draft.maybe(Decimal(contract)),
                other_duty_hours=draft.maybe(Decimal(other)),
                end_date=end,
            )
            if end is None:
                break
            start = end + days(rng.choice((1, 1, 30)))


def _write_trainings(draft: Draft, worker_id: str) -> None:
    for kind in ("basic", "advanced"):
        if draft.chance(0.7 if kind == "basic" else 0.15):
            day = draft.pick_day(draft.begin - days(300), draft.known_until + days(5))
            if draft.chance(0.15):
                day = None
            completed = draft.chance(0.9)
            draft.add(
                "training",
                day,
                worker_id=worker_id,
                kind=kind,
                completed_date=day,
                completed=completed,
            )


def _write_sessions(draft: Draft, worker_id: str) -> None:
    for number in range(draft.rng.choice((0, 1, 3, 6))):
        day = draft.pick_day(draft.begin, draft.known_until + days(5))
        draft.add(
            "supervision",
            day,
            supervision_id=f"{worker_id}-s{number}",
            worker_id=worker_id,
            supervisor_id="boss",
            session_date=day,
            kind=draft.rng.choice(SESSION_KINDS),
            duration_minutes=60,
        )


def _list_review_days(draft: Draft) -> list[date]:
    """A steady rhythm with holes, or a few loose days."""
    rng = draft.rng
    if draft.chance(0.1):
        return []
    if draft.is_rich or draft.chance(0.3):
        rhythm = max(14, draft.setting("krachtwerk", "team_review_days"))
        first, span = draft.begin + days(rng.randrange(30)), (draft.known_until - draft.begin).days
        dates = [first + days(rhythm * number) for number in range(span // rhythm + 1)]
        return [day for day in dates if draft.chance(0.85)]
    return [
        draft.pick_day(draft.begin, draft.known_until + days(5)) for _ in range(rng.randrange(7))
    ]


def _write_reviews(draft: Draft, team_id: str) -> None:
    rng = draft.rng
    habit = rng.choice(ATTENDANCE)
    for number, day in enumerate(_list_review_days(draft)):
        review_id = f"{team_id}-r{number}"
        held = draft.chance(0.9)
        expected, present = habit if draft.chance(0.8) else rng.choice(ATTENDANCE)
        held_date = day if held or draft.chance(0.2) else None
        planned = None if draft.chance(0.02) else day - days(rng.choice((0, 0, 7)))
        added = draft.add(
            "team_review",
            day,
            review_id=review_id,
            team_id=team_id,
            planned_date=planned,
            held_date=held_date,
            status="held" if held else "cancelled",
            duration_minutes=None,
            expected_count=expected,
            present_count=present,
        )
        if added and draft.chance(0.8):
            for step in STEPS[: rng.choice((1, 3, 5))]:
                draft.add(
                    "team_review_step",
                    day,
                    review_id=review_id,
                    step_code=step,
                    done=draft.chance(0.6),
                )
