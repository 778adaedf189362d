"""Scoring in SQL and the oracle agree on every cell of many random small worlds.

``KRACHTWERK_ORACLE_WORLDS`` sets how many worlds are compared (default 300).
"""

import os

import pytest

from pipelines.catalogue import load_catalogue
from tests.oracle.compare import ScoreWorld, find_differences, list_differences, read_table
from tests.oracle.hand_made import HandMade
from tests.oracle.population import count_clients, count_workers
from tests.oracle.scores import Scorer
from tests.oracle.tables import TABLES, score_world
from tests.oracle.world import World
from tests.oracle.worlds import make_world, merge_worlds

WORLD_COUNT = int(os.environ.get("KRACHTWERK_ORACLE_WORLDS", "300"))
# Nearly all the time of a small world is planning SQL. So only the first worlds are scored one by
# one (few organisations make the level "all" interesting), the others ten at a time.
SINGLE_COUNT = min(30, WORLD_COUNT)
BATCH_SIZE = 10
SHOWN_DIFFERENCES = 25


def assert_agreement(score_in_sql: ScoreWorld, world: World) -> None:
    differences = list_differences(score_in_sql(world), world)
    shown = "\n".join(differences[:SHOWN_DIFFERENCES])
    assert not differences, f"world {world.seed}: {len(differences)} differences\n{shown}"


@pytest.mark.parametrize("seed", range(SINGLE_COUNT))
def test_sql_and_oracle_agree_on_every_cell(seed: int, score_in_sql: ScoreWorld):
    assert_agreement(score_in_sql, make_world(seed))


@pytest.mark.parametrize("seed", range(SINGLE_COUNT, WORLD_COUNT, BATCH_SIZE))
def test_sql_and_oracle_agree_on_many_organisations(seed: int, score_in_sql: ScoreWorld):
    worlds = [make_world(seed + number) for number in range(BATCH_SIZE)]
    assert_agreement(score_in_sql, merge_worlds(worlds))


@pytest.mark.parametrize("seed", [0, 10, 20])
def test_sql_and_oracle_count_the_same_persons_behind_a_score(seed: int, score_in_sql: ScoreWorld):
    world = merge_worlds([make_world(seed + number) for number in range(5)])
    rows = score_in_sql(world).fetch_all(
        "select score_key, clients_count, workers_count from score.indicator_population"
    )
    found = {key: persons for key, *persons in rows}
    scorer = Scorer(world)
    for score in scorer.score_all():
        expected = [count_clients(scorer, score), count_workers(scorer, score)]
        assert found[score.key] == expected, f"world {seed} {score.key}"


def test_every_score_says_where_its_rule_comes_from(score_in_sql: ScoreWorld):
    rows = score_in_sql(make_world(0)).fetch_all(
        "select distinct indicator_id, provenance from results.indicator_scores order by 1"
    )
    indicators = load_catalogue().indicators
    assert rows == [(id, indicators[id].provenance.value) for id in sorted(indicators)]


def test_a_mean_of_exactly_three_is_moderate_although_doubles_add_up_to_less(
    score_in_sql: ScoreWorld,
):
    world = HandMade().add("team", team_id="t").old_trajectory()
    assert 1.0 + 5.0 + 150 / 35 + 60 / 35 < 12
    # KI-3 scores 1, KI-4 scores 5, KI-5 150/35 and AP-6 60/35: together 12 on four indicators.
    given = {"strengths_assessment": (5, 5, 4, 4, 4, 4, 4), "action_plan": (1, 1, 2, 2, 2, 2, 2)}
    for number in range(5):
        name = str(number)
        world.trajectory(name, "2025-01-01").assessment(name, name, "2025-01-05")
        world.add("action_plan", plan_id=name, trajectory_id=name, plan_date="2025-01-05")
        for subject, scores in given.items():
            for rater, score in enumerate(scores):
                rating = {"subject": subject, "subject_id": name, "score": score}
                rating_id = f"{subject}{name}{rater}"
                world.add("quality_rating", rating_id=rating_id, rated_date="2025-02-01", **rating)
    warehouse = score_in_sql(world.world)
    assert list_differences(warehouse, world.world) == []
    found = warehouse.fetch_one(
        "select indicators_scored, indicators_applicable, band from results.record_profile "
        "where level = 'team' and period = '2025-Q1' and part = 'C'"
    )
    assert found == (4, 4, "moderate")


@pytest.mark.parametrize("table", TABLES)
def test_a_changed_cell_and_a_lost_row_are_found(table: str, score_in_sql: ScoreWorld):
    world = make_world(0)
    warehouse = score_in_sql(world)
    expected = score_world(world)[table]
    found = read_table(warehouse, table, list(expected[0]))
    assert find_differences(table, expected, found) == []
    number = next(name for name, value in found[0].items() if isinstance(value, int | float))
    changed = [{**found[0], number: found[0][number] + 1e-9}, *found[1:]]
    assert len(find_differences(table, expected, changed)) == 1
    assert len(find_differences(table, expected, found[1:])) == 1
