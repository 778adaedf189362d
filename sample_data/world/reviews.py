"""Team strengths reviews with cases and steps, and quality ratings of documents."""

from datetime import date, timedelta

from sample_data.world.dice import Dice, share_of
from sample_data.world.records import Record, World, next_id
from sample_data.world.settings import FIRST_DAY, Organisation, Team
from sample_data.world.staff import active_workers

# The steps of the method's own plan are not public: neutral codes.
STEPS = ("stap-1", "stap-2", "stap-3", "stap-4", "stap-5")


def add_reviews(
    world: World, organisation: Organisation, team: Team, trajectories: list[Record]
) -> None:
    """One planned review a week; whether it is held is a matter of the team's quality."""
    dice = Dice("reviews", team.team_id)
    discussed: dict[str, date] = {}
    first = max(FIRST_DAY, team.first_trajectory)
    day = first - timedelta(days=first.weekday()) + timedelta(days=1)  # Tuesdays
    if day < first:
        day += timedelta(days=7)
    while day <= organisation.known_until:
        share = team.held_share or share_of(team, "review_held", day)
        is_held = dice.chance(share)
        expected = max(2, len(active_workers(world, team.team_id, day, "support_worker")))
        present = sum(dice.chance(share_of(team, "review_present", day)) for _ in range(expected))
        review = {
            "review_id": next_id(world, organisation, "team_review", "b"),
            "team_id": team.team_id,
            "planned_date": day,
            "held_date": day if is_held else None,
            "status": "held" if is_held else "cancelled",
            "duration_minutes": dice.pick((60, 75, 90, 90)) if is_held else None,
            "expected_count": expected,
            "present_count": max(present, 2) if is_held else 0,
        }
        world["team_review"].append(review)
        if is_held:
            _add_cases(world, team, review, trajectories, discussed, dice)
            for step in STEPS:
                is_done = dice.chance(share_of(team, "review_step", day))
                world["team_review_step"].append(
                    {"review_id": review["review_id"], "step_code": step, "done": is_done}
                )
        day += timedelta(days=7)


def _add_cases(
    world: World, team: Team, review: Record, trajectories: list[Record],
    discussed: dict[str, date], dice: Dice,
) -> None:  # fmt: skip
    """Two or three open trajectories; better teams take those that waited longest."""
    day = review["held_date"]
    open_now = [
        record["trajectory_id"]
        for record in trajectories
        if record["start_date"] + timedelta(days=14) <= day
        and (record["end_date"] is None or record["end_date"] > day)
    ]
    for _ in range(dice.between(2, 3)):
        if not open_now:
            return
        waited = min(open_now, key=lambda found: (discussed.get(found, date.min), found))
        chosen = waited if dice.chance(team.quality_on(day)) else dice.pick(open_now)
        open_now.remove(chosen)
        discussed[chosen] = day
        ideas = dice.between(3, 14)
        world["team_review_case"].append(
            {
                "review_id": review["review_id"],
                "trajectory_id": chosen,
                "strengths_assessment_present": dice.chance(
                    share_of(team, "review_assessment_tabled", day)
                ),
                "idea_count": ideas,
                "chosen_count": min(ideas, dice.between(0, 3)),
            }
        )


def add_quality_ratings(world: World, organisation: Organisation) -> None:
    """Ratings of a part of the documents by coaches, colleagues and the workers themselves."""
    teams = {team.team_id: team for team in organisation.teams}
    team_of = {record["trajectory_id"]: record["team_id"] for record in world["trajectory"]}
    dice = Dice("ratings", organisation.organisation_id)
    for document in world["strengths_assessment"]:
        team = teams[team_of[document["trajectory_id"]]]
        subject = ("strengths_assessment", document["assessment_id"], document["assessment_date"])
        if dice.chance(0.4):
            _add_ratings(world, organisation, team, subject, dice)
    for document in world["action_plan"]:
        team = teams[team_of[document["trajectory_id"]]]
        # Plans are written once: fewer ratings would leave most teams under ten rated clients.
        if dice.chance(0.85):
            subject = ("action_plan", document["plan_id"], document["plan_date"])
            _add_ratings(world, organisation, team, subject, dice)
    for review in world["team_review"]:
        if review["status"] == "held" and dice.chance(0.08):
            subject = ("team_review", review["review_id"], review["held_date"])
            _add_ratings(world, organisation, teams[review["team_id"]], subject, dice)


def _add_ratings(
    world: World, organisation: Organisation, team: Team, subject: tuple[str, str, date], dice: Dice
) -> None:
    kind, document_id, written = subject
    day = dice.workday(written + timedelta(days=dice.between(3, 30)))
    if day > organisation.known_until:
        return
    role = dice.pick_weighted((("coach", 5), ("colleague", 3), ("self", 2)))
    raters = active_workers(
        world, team.team_id, day, "coach" if role == "coach" else "support_worker"
    )
    if not raters:
        return
    for criterion in ("criterium-1", "criterium-2"):
        score = max(1, min(5, round(dice.normal(1.2 + 3.8 * team.quality_on(day), 0.7))))
        world["quality_rating"].append(
            {
                "rating_id": next_id(world, organisation, "quality_rating", "q"),
                "subject": kind,
                "subject_id": document_id,
                "criterion": criterion,
                "score": score,
                "rater_id": raters[0]["worker_id"],
                "rater_role": role,
                "rated_date": day,
            }
        )
