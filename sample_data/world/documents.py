"""What is written in a trajectory: strengths assessments, plans, goals, reviews, evaluations."""

from datetime import date, timedelta

from sample_data.world.dice import Dice, share_of
from sample_data.world.records import Record, World, next_id
from sample_data.world.settings import FIRST_DAY, Organisation, Team

LIFE_DOMAINS = tuple(f"L{number:02d}" for number in range(1, 11))


def add_documents(world: World, organisation: Organisation, team: Team, trajectory: Record) -> None:
    """All documents of one trajectory; a system that was new on the first day knows none before."""
    dice = Dice("documents", trajectory["trajectory_id"], team.team_id)
    last = trajectory["end_date"] or organisation.known_until

    def keep(day: date) -> bool:
        return FIRST_DAY <= day <= min(last, organisation.known_until)

    days = _list_days(team, trajectory, "assessment", last, dice)
    for version, day in enumerate(filter(keep, days), start=1):
        _add_assessment(world, organisation, team, trajectory, version, day, dice)
    start = trajectory["start_date"]
    if dice.chance(share_of(team, "self_regulation_in_time", start)):
        day = dice.workday(start + timedelta(days=dice.between(10, 38)))
        if keep(day):
            _add(world, organisation, trajectory, "self_regulation_review", "review", "z", day)
    if dice.chance(share_of(team, "ecogram", start)):
        day = dice.workday(start + timedelta(days=dice.between(10, 80)))
        if keep(day):
            _add(world, organisation, trajectory, "ecogram", "ecogram", "e", day)
    for version, day in enumerate(filter(keep, _list_plan_days(team, trajectory, dice)), start=1):
        _add_plan(world, organisation, team, trajectory, version, day, dice)
    _add_evaluations(world, organisation, team, trajectory, last, dice)


def _add(
    world: World, organisation: Organisation, trajectory: Record, kind: str, stem: str, letter: str,
    day: date,
) -> None:  # fmt: skip
    world[kind].append(
        {
            f"{stem}_id": next_id(world, organisation, kind, letter),
            "trajectory_id": trajectory["trajectory_id"],
            f"{stem}_date": day,
        }
    )


def _list_days(team: Team, trajectory: Record, topic: str, last: date, dice: Dice) -> list[date]:
    """The first document in time, late or never; then again and again, or not."""
    start = trajectory["start_date"]
    if dice.chance(share_of(team, f"{topic}_in_time", start)):
        day = start + timedelta(days=dice.between(5, 40))
    elif dice.chance(share_of(team, f"{topic}_late", start)):
        day = start + timedelta(days=dice.between(45, 120))
    else:
        return []
    days = [dice.workday(day)]
    while day < last:
        day += timedelta(days=dice.between(120, 178))
        if not dice.chance(share_of(team, f"{topic}_refresh", day)):
            day += timedelta(days=dice.between(60, 160))
        days.append(dice.workday(day))
    return days


def _add_assessment(
    world: World, organisation: Organisation, team: Team, trajectory: Record, version: int,
    day: date, dice: Dice,
) -> None:  # fmt: skip
    assessment_id = next_id(world, organisation, "strengths_assessment", "k")
    is_own = dice.chance(share_of(team, "assessment_own_words", day))
    own_words = "yes" if is_own else dice.pick_weighted((("partly", 5), ("no", 4), (None, 1)))
    world["strengths_assessment"].append(
        {
            "assessment_id": assessment_id,
            "trajectory_id": trajectory["trajectory_id"],
            "version": version,
            "assessment_date": day,
            "own_words": own_words,
            "client_agreed": dice.chance(share_of(team, "assessment_agreed", day)),
        }
    )
    for life_domain in LIFE_DOMAINS:
        is_filled = dice.chance(share_of(team, "domain_filled", day))
        world["strengths_assessment_domain"].append(
            {
                "assessment_id": assessment_id,
                "life_domain": life_domain,
                "filled": is_filled,
                "item_count": dice.between(1, 4) if is_filled else 0,
            }
        )


def _list_plan_days(team: Team, trajectory: Record, dice: Dice) -> list[date]:
    start = trajectory["start_date"]
    if dice.chance(share_of(team, "plan_in_time", start)):
        day = start + timedelta(days=dice.between(14, 40))
    elif dice.chance(share_of(team, "plan_late", start)):
        day = start + timedelta(days=dice.between(45, 110))
    else:
        return []
    second = [day + timedelta(days=dice.between(170, 230))] if dice.chance(0.5) else []
    return [dice.workday(found) for found in [day, *second]]


def _add_plan(
    world: World, organisation: Organisation, team: Team, trajectory: Record, version: int,
    day: date, dice: Dice,
) -> None:  # fmt: skip
    plan_id = next_id(world, organisation, "action_plan", "p")
    is_over = trajectory["end_date"] is not None
    status = "draft" if dice.chance(0.02) else "closed" if is_over else "active"
    world["action_plan"].append(
        {
            "plan_id": plan_id,
            "trajectory_id": trajectory["trajectory_id"],
            "version": version,
            "plan_date": day,
            "status": status,
        }
    )
    for _ in range(dice.between(1, 3)):
        goal = _make_goal(organisation, team, trajectory, plan_id, day, dice)
        goal["goal_id"] = next_id(world, organisation, "goal", "d")
        world["goal"].append(goal)
        for _ in range(dice.between(1, 2)):
            action = _make_action(organisation, team, goal, day, dice)
            action["action_id"] = next_id(world, organisation, "action", "a")
            world["action"].append(action)


def _make_goal(
    organisation: Organisation, team: Team, trajectory: Record, plan_id: str, day: date, dice: Dice
) -> Record:
    target = day + timedelta(days=dice.between(60, 240))
    is_over = bool(trajectory["end_date"]) or target < organisation.known_until - timedelta(days=60)
    quality = team.quality_on(day)
    gas = max(-2, min(2, round(dice.normal(-0.9 + 1.6 * quality, 0.9)))) if is_over else None
    closed = min(target, trajectory["end_date"] or organisation.known_until)
    statuses = {-2: "stopped", -1: "not_attained", 0: "attained", 1: "attained", 2: "attained"}
    status = "open" if gas is None else statuses[gas]
    if gas == -1 and dice.chance(0.6):
        status = "partly"
    return {
        "goal_id": "",
        "plan_id": plan_id,
        "life_domain": dice.pick(LIFE_DOMAINS),
        "term": dice.pick_weighted((("long", 2), ("short", 3))),
        "recovery_form": dice.pick(("personal", "social", "functional", "societal")),
        "from_strengths": dice.chance(share_of(team, "goal_from_strengths", day)),
        "own_words": None
        if dice.chance(0.04)
        else dice.chance(share_of(team, "goal_own_words", day)),
        "start_date": day,
        "target_date": target,
        "status": status,
        "closed_date": closed if is_over else None,
        "gas_score": gas,
        "weight": dice.pick((1, 1, 2, 3)),
    }


def _make_action(
    organisation: Organisation, team: Team, goal: Record, day: date, dice: Dice
) -> Record:
    is_concrete = dice.chance(share_of(team, "action_concrete", day))
    due = day + timedelta(days=dice.between(20, 150))
    is_done = due < organisation.known_until and dice.chance(0.7)
    is_informal = dice.chance(share_of(team, "action_informal", day))
    owners = (("client", 6), ("network", 2), ("worker", 3), ("other_professional", 1))
    return {
        "action_id": "",
        "goal_id": goal["goal_id"],
        "owner": dice.pick_weighted(owners) if is_concrete or dice.chance(0.4) else None,
        "due_date": due if is_concrete else None,
        "done_date": due if is_done else None,
        "result": dice.pick_weighted((("yes", 6), ("partly", 2), ("no", 1))) if is_done else None,
        "resource": None if dice.chance(0.05) else "informal" if is_informal else "formal",
    }


def _add_evaluations(
    world: World, organisation: Organisation, team: Team, trajectory: Record, last: date, dice: Dice
) -> None:
    planned = trajectory["start_date"] + timedelta(days=dice.between(150, 175))
    while planned < min(last, organisation.known_until):
        is_in_rhythm = dice.chance(share_of(team, "evaluation_in_rhythm", planned))
        held: date | None = dice.workday(planned + timedelta(days=dice.between(-5, 6)))
        if not is_in_rhythm:
            late = dice.workday(planned + timedelta(days=dice.between(40, 120)))
            held = late if dice.chance(0.4) else None
        if held and held > min(last, organisation.known_until):
            held = None
        if planned >= FIRST_DAY and (held is None or held >= FIRST_DAY):
            add_evaluation(world, organisation, team, trajectory, "interim", planned, held, dice)
        planned += timedelta(days=dice.between(150, 175))


def add_evaluation(
    world: World, organisation: Organisation, team: Team, trajectory: Record, kind: str,
    planned: date, held: date | None, dice: Dice,
) -> None:  # fmt: skip
    """One evaluation, planned and perhaps held."""
    quality = team.quality_on(planned)
    rating = max(1, min(10, round(dice.normal(5.2 + 3 * quality, 1.2))))
    world["evaluation"].append(
        {
            "evaluation_id": next_id(world, organisation, "evaluation", "v"),
            "trajectory_id": trajectory["trajectory_id"],
            "kind": kind,
            "planned_date": planned,
            "held_date": held,
            "client_present": dice.chance(share_of(team, "evaluation_with_client", planned))
            if held
            else None,
            "network_present": dice.chance(0.3) if held else None,
            "client_rating": rating if held and dice.chance(0.8) else None,
            "report": dice.chance(0.9) if held else None,
        }
    )
