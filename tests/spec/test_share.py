"""Shape `share`: which records meet a condition? Goals, actions, evaluations, closures, workers."""

import pytest

from tests.spec.scenario import score_scenario

SCENARIO = """
trajectory
trajectory_id | start_date
t1            | 2024-01-01
t2            | 2024-01-01

strengths_assessment
assessment_id | trajectory_id | assessment_date | own_words
own           | t1            | 2024-02-01      | yes
partly own    | t1            | 2024-02-02      | partly
not own       | t1            | 2024-02-03      | no
not recorded  | t1            | 2024-02-04      | -
next quarter  | t1            | 2024-04-01      | yes

action_plan
plan_id | trajectory_id | plan_date  | status
active  | t1            | 2024-01-20 | active
closed  | t1            | 2024-01-20 | closed
draft   | t1            | 2024-01-20 | draft

goal
goal_id       | plan_id | start_date | from_strengths | own_words
g1            | active  | 2024-03-31 | true           | true
g2            | closed  | 2024-03-31 | false          | -
of a draft    | draft   | 2024-03-31 | true           | true
next quarter  | active  | 2024-04-01 | true           | true

action
action_id    | goal_id    | owner  | due_date   | resource
both         | g1         | client | 2024-05-01 | informal
no owner     | g1         | -      | 2024-05-01 | formal
no date      | g2         | client | -          | -
of a draft   | of a draft | client | 2024-05-01 | informal

evaluation
evaluation_id | trajectory_id | planned_date | held_date  | client_present
with          | t1            | -            | 2024-03-01 | true
without       | t1            | -            | 2024-03-01 | false
not said      | t1            | -            | 2024-03-01 | -
only planned  | t1            | 2024-03-01   | -          | true
"""


@pytest.fixture(scope="module")
def scored():
    return score_scenario(SCENARIO)


def test_only_wholly_own_words_count_and_an_empty_answer_is_not_recorded(scored):
    assert scored.units("KI-4", "2024-Q1") == {
        "own": "met",
        "partly own": "not met",
        "not own": "not met",
        "not recorded": "not_recorded",
    }


def test_goals_count_by_their_start_date_when_their_plan_is_active_or_closed(scored):
    assert scored.units("AP-2", "2024-Q1") == {"g1": "met", "g2": "not met"}
    assert scored.units("AP-3", "2024-Q1") == {"g1": "met", "g2": "not_recorded"}
    assert scored.units("AP-2", "2024-Q2") == {"next quarter": "met"}


def test_actions_count_by_the_start_date_of_their_goal(scored):
    # An action without owner or due date is not concrete: not met, not "not recorded".
    assert scored.units("AP-4", "2024-Q1") == {
        "both": "met",
        "no owner": "not met",
        "no date": "not met",
    }
    assert scored.units("AP-5", "2024-Q1") == {
        "both": "met",
        "no owner": "not met",
        "no date": "not_recorded",
    }


def test_evaluations_count_by_the_date_they_were_held(scored):
    assert scored.units("EV-2", "2024-Q1") == {
        "with": "met",
        "without": "not met",
        "not said": "not_recorded",
    }


def test_a_case_counts_for_the_team_that_held_the_review():
    scored = score_scenario(
        """
        team
        team_id | start_date
        team    | 2020-01-01
        host    | 2020-01-01

        trajectory
        trajectory_id | team_id | start_date
        t1            | team    | 2024-01-01
        t2            | host    | 2024-01-01

        team_review
        review_id | team_id | planned_date | held_date  | status
        r1        | host    | 2024-02-01   | 2024-02-01 | held

        team_review_case
        review_id | trajectory_id | strengths_assessment_present
        r1        | t1            | true
        r1        | t2            | false
        """
    )
    assert scored.units("ST-6", "2024-Q1", team="host") == {"r1|t1": "met", "r1|t2": "not met"}
    assert scored.units("ST-6", "2024-Q1", team="team") == {}


def test_mixed_duties_and_training_look_at_the_workers_in_service_on_the_last_day():
    # 31 March 2024 - 183 days = 30 September 2023: who began then or earlier is not too young.
    scored = score_scenario(
        """
        trajectory
        trajectory_id | start_date
        t1            | 2023-01-01

        worker
        worker_id    | start_date | end_date   | role            | contract_hours | other_duty_hours
        mixed        | 2020-01-01 | -          | support_worker  | 36             | 4
        only method  | 2020-01-01 | 2024-03-31 | support_worker  | 36             | 0
        no hours     | 2023-09-30 | -          | support_worker  | 36             | -
        no contract  | 2023-10-01 | -          | support_worker  | -              | 4
        left         | 2020-01-01 | 2024-03-30 | support_worker  | 36             | 4
        leads        | 2020-01-01 | -          | team_leader     | 36             | 30

        training
        worker_id   | completed | completed_date
        mixed       | true      | 2024-03-31
        only method | true      | -
        no hours    | true      | 2024-04-01
        no contract | true      | 2024-01-01
        """
    )
    assert scored.units("ST-2", "2024-Q1") == {
        "team|mixed": "met",
        "team|only method": "not met",
        "team|no hours": "not_recorded",
        "team|no contract": "not_recorded",
    }
    assert scored.units("SV-1", "2024-Q1") == {
        "team|mixed": "met",
        "team|only method": "met",  # completed without a date
        "team|no hours": "not met",  # completed a day after the quarter
        "team|no contract": "too_young",  # trained, and still left out
    }
