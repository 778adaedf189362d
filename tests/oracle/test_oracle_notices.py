"""The oracle notices: changing one kind of fact in a random world changes its results."""

from collections.abc import Callable
from datetime import timedelta
from functools import cache

import pytest

from tests.oracle.compare import find_differences
from tests.oracle.tables import TABLES, score_world
from tests.oracle.world import Row, World
from tests.oracle.worlds import make_world

# Not every organisation delivers every kind: the first world that notices is enough.
SEEDS = range(8)
ONE_DAY = timedelta(days=1)


def change(field: str, value: object) -> Callable[[Row], Row]:
    return lambda row: {**row, field: value}


def shift(field: str) -> Callable[[Row], Row]:
    return lambda row: {**row, field: row[field] and row[field] + ONE_DAY}


CHANGES = {
    "worker fte": ("worker", change("fte", "0.25")),
    "worker role": ("worker", change("role", "coach")),
    "other duties": ("worker", change("other_duty_hours", "0")),
    "training completed": ("training", change("completed", False)),
    "training date": ("training", change("completed_date", None)),
    "session kind": ("supervision", change("kind", "individual")),
    "session day": ("supervision", shift("session_date")),
    "programme": ("trajectory", change("programme", "other")),
    "start": ("trajectory", shift("start_date")),
    "end": ("trajectory", shift("end_date")),
    "moments": ("contact", change("contact_count", 2)),
    "mode": ("contact", change("mode", "phone")),
    "place": ("contact", change("place", None)),
    "task": ("contact", change("basic_task", None)),
    "no-show": ("contact", change("no_show", True)),
    "assessment day": ("strengths_assessment", shift("assessment_date")),
    "assessment version": ("strengths_assessment", change("version", None)),
    "assessment words": ("strengths_assessment", change("own_words", None)),
    "domain": ("strengths_assessment_domain", change("filled", False)),
    "self-regulation day": ("self_regulation_review", shift("review_date")),
    "plan status": ("action_plan", change("status", "draft")),
    "plan day": ("action_plan", shift("plan_date")),
    "goal strengths": ("goal", change("from_strengths", False)),
    "goal words": ("goal", change("own_words", None)),
    "action owner": ("action", change("owner", None)),
    "action resource": ("action", change("resource", "formal")),
    "evaluation day": ("evaluation", shift("held_date")),
    "client at evaluation": ("evaluation", change("client_present", False)),
    "closure day": ("closure", shift("closure_date")),
    "closure reason": ("closure", change("reason_code", "20")),
    "closure planned": ("closure", change("planned", True)),
    "closure contact": ("closure", change("without_contact", True)),
    "closing element": ("closure", change("final_evaluation", None)),
    "review status": ("team_review", change("status", "cancelled")),
    "review attendance": ("team_review", change("present_count", 0)),
    "review day": ("team_review", shift("held_date")),
    "case": ("team_review_case", change("strengths_assessment_present", False)),
    "step": ("team_review_step", change("done", False)),
    "rating": ("quality_rating", change("score", 1)),
    "rater": ("quality_rating", change("rater_role", "self")),
    "audit day": ("fidelity_audit", shift("audit_date")),
    "audit round": ("fidelity_audit", change("round", "extra")),
    "assessor": ("audit_rating", change("assessor_id", "a")),
    "consensus": ("audit_rating", change("is_consensus", True)),
    "team end": ("team", lambda row: {**row, "end_date": row["start_date"]}),
}


@cache
def score_seed(seed: int) -> dict[str, list[Row]]:
    return score_world(make_world(seed))


def is_noticed(seed: int, change_world: Callable[[World], None]) -> bool:
    world = make_world(seed)
    change_world(world)
    before, after = score_seed(seed), score_world(world)
    return any(find_differences(table, before[table], after[table]) for table in TABLES)


@pytest.mark.parametrize("name", CHANGES)
def test_a_changed_fact_changes_the_results_of_a_world(name: str):
    kind, change_row = CHANGES[name]

    def change_world(world: World) -> None:
        world.records[kind] = [change_row(row) for row in world.records[kind]]

    assert any(is_noticed(seed, change_world) for seed in SEEDS)


def test_one_day_less_of_knowledge_changes_the_results():
    def change_world(world: World) -> None:
        for organisation in world.organisations:
            organisation["known_until"] -= ONE_DAY

    assert all(is_noticed(seed, change_world) for seed in (0, 1, 3))


def test_the_same_seed_gives_the_same_world():
    assert make_world(0) == make_world(0)
    assert make_world(0) != make_world(1)
