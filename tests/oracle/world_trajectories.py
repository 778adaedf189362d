"""Random trajectories, and the ratings of their documents."""

from datetime import date
from itertools import count

from tests.oracle.world import Draft, days
from tests.oracle.world_files import File

MIXTURES = (
    ("krachtwerk",),
    ("krachtwerk", "houvast"),
    ("krachtwerk", "houvast", "cti", "other"),
    ("cti", "cti", "krachtwerk"),
    ("cti",),
)
RATER_ROLES = ("colleague", "coach", "auditor", "self", "self")


def write_trajectories(draft: Draft, team_ids: list[str]) -> None:
    """The trajectories of all teams; one team may stay empty."""
    rng, number = draft.rng, count()
    mixture = rng.choice(MIXTURES)
    names_tasks = draft.chance(0.6)
    for team_id in team_ids:
        if draft.chance(0.1):
            continue
        size = rng.randrange(8, 15) if draft.is_rich else rng.randrange(10)
        if draft.is_big:
            size = rng.randrange(18, 32)
        for _ in range(size):
            trajectory_id = f"t{next(number)}"
            programme = rng.choice(mixture)
            start = _pick_start(draft, programme)
            end = _pick_end(draft, programme, start) if draft.chance(0.55) else None
            draft.add(
                "trajectory",
                None,
                trajectory_id=trajectory_id,
                client_id=draft.maybe(f"client{rng.randrange(25)}"),
                team_id=team_id,
                worker_id=None,
                programme=programme,
                start_date=start,
                planned_end_date=None,
                end_date=end,
            )
            File(draft, draft.world.records["trajectory"][-1]).write(names_tasks)


def _pick_start(draft: Draft, programme: str) -> date:
    """Often so that a limit falls on the last day of a period or of what is known."""
    if draft.chance(0.25):
        limit = draft.rng.choice(draft.limit_days)
        name = draft.rng.choice(("focus_days", "plan_days", "evaluation_days"))
        span = 91 if programme == "cti" and draft.chance(0.5) else draft.setting(programme, name)
        return limit - days(span)
    return draft.pick_day(draft.begin - days(20), draft.known_until + days(3))


def _pick_end(draft: Draft, programme: str, start: date) -> date:
    """Often on or beside a limit, on the first day, or after what is known."""
    chance = draft.rng.random()
    if chance < 0.3:
        span = draft.setting(programme, draft.rng.choice(("focus_days", "plan_days")))
        if programme == "cti":
            span = 91
        return start + days(max(0, span - draft.rng.choice((0, 0, 1))))
    if chance < 0.35:
        return start
    if chance < 0.42:
        return max(start, draft.known_until + days(draft.rng.choice((0, 1, 30))))
    return draft.pick_day(start, max(start, draft.known_until))


def write_ratings(draft: Draft) -> None:
    """Ratings of documents, mostly on or after their day."""
    documents = (
        ("strengths_assessment", "assessment_id", "assessment_date"),
        ("action_plan", "plan_id", "plan_date"),
        ("team_review", "review_id", "planned_date"),
    )
    number = count()
    for subject, key, date_field in documents:
        for row in list(draft.world.records[subject]):
            if row["organisation_id"] != draft.organisation_id or not draft.chance(0.5):
                continue
            earliest = (row[date_field] or draft.begin) - days(draft.rng.choice((0, 0, 5)))
            for _ in range(draft.rng.choice((1, 2, 3, 7))):
                day = draft.pick_day(earliest, draft.known_until + days(2))
                draft.add(
                    "quality_rating",
                    day,
                    rating_id=f"q{next(number)}",
                    subject=subject,
                    subject_id=row[key],
                    criterion="whole",
                    score=draft.rng.randrange(1, 6),
                    rater_id="rater",
                    rater_role=draft.rng.choice(RATER_ROLES),
                    rated_date=day,
                )
