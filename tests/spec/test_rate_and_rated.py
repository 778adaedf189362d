"""Shapes `rate` (sessions by worker-months) and `rated` (means of ratings of documents)."""

from math import sqrt

import pytest

from pipelines.statistics.intervals import compute_t_quantile
from tests.spec.scenario import score_scenario

RATE = """
team
team_id | start_date
team    | 2020-01-01
other   | 2020-01-01

trajectory
trajectory_id | team_id | start_date
t1            | team    | 2023-01-01
t2            | other   | 2023-01-01

worker
worker_id | team_id | start_date | end_date   | role
whole     | team    | 2020-01-01 | -          | support_worker
leaves    | team    | 2020-01-01 | 2024-01-31 | support_worker
promoted  | team    | 2020-01-01 | 2024-01-10 | support_worker
promoted  | team    | 2024-01-11 | -          | team_leader
both      | team    | 2024-01-01 | -          | support_worker
both      | other   | 2024-02-01 | -          | support_worker

supervision
supervision_id | worker_id | session_date | kind
s0             | whole     | 2023-06-01   | individual     # opens the registration
s1             | whole     | 2024-01-01   | field_mentoring
s2             | whole     | 2024-03-31   | field_mentoring
s3             | whole     | 2024-02-01   | tool_review    # another kind
s4             | leaves    | 2024-01-31   | field_mentoring
s5             | leaves    | 2024-02-01   | field_mentoring # no longer in service
s6             | promoted  | 2024-01-11   | field_mentoring # no longer a support worker
s7             | both      | 2024-01-31   | field_mentoring # in one team only
s8             | both      | 2024-02-01   | field_mentoring # in two: the stay that began last
"""


@pytest.fixture(scope="module")
def rate():
    return score_scenario(RATE)


def test_a_rate_is_sessions_by_months_in_service(rate):
    # days: whole 91, leaves 31, promoted 10, both 91 = 223; sessions: s1, s2, s4, s7
    row = rate.score("SV-2", "2024-Q1")
    assert row["numerator"] == 4
    assert row["denominator"] == pytest.approx(223 / 30.4375)
    assert row["value"] == 4 * 30.4375 / 223
    assert (row["units_counted"], row["status"]) == (4, "no_norm")


def test_a_session_of_a_worker_in_two_teams_counts_in_one(rate):
    other = rate.score("SV-2", "2024-Q1", team="other")  # 60 days from 1 February
    assert (other["numerator"], other["denominator"]) == (1, pytest.approx(60 / 30.4375))
    assert other["status"] == "too_few"  # under three worker-months
    both = rate.score("SV-2", "2024-Q1", team=None)
    assert both["numerator"] == 5
    assert both["units_counted"] == 5  # a worker within a team


def test_a_year_adds_sessions_and_days_and_counts_each_worker_once(rate):
    year = rate.score("SV-2", "2024")
    # 366 + 31 + 10 + 366 days
    assert year["denominator"] == pytest.approx(773 / 30.4375)
    assert year["units_counted"] == 4


def test_days_before_the_first_row_of_the_organisation_do_not_count():
    without_early_rows = RATE.replace("s0 ", "#  ").replace("s1 ", "#  ")
    row = score_scenario(without_early_rows).score("SV-2", "2024-Q1")
    # The first row of the kind is now s6 on 11 January, although it counts for nobody:
    # whole 81 days, leaves 21, both 81
    assert row["denominator"] == pytest.approx(183 / 30.4375)


RATED = """
trajectory
trajectory_id | start_date
t1            | 2024-01-01

strengths_assessment
assessment_id | trajectory_id | assessment_date
a             | t1            | 2024-01-10
b             | t1            | 2024-01-11
self only     | t1            | 2024-01-12

quality_rating
rating_id | subject_id | score | rater_role | rated_date
r1        | a          | 5     | coach      | 2024-02-01
r2        | a          | 4     | colleague  | 2024-02-01
r3        | a          | 4     | auditor    | 2024-03-31
r4        | a          | 1     | self       | 2024-02-01   # never counts
r5        | b          | 2     | coach      | 2024-02-01
r6        | self only  | 5     | self       | 2024-02-01
r7        | a          | 1     | coach      | 2024-06-01
"""


@pytest.fixture(scope="module")
def rated():
    return score_scenario(RATED)


def test_the_value_is_the_mean_over_documents_of_the_mean_of_their_ratings(rated):
    row = rated.score("KI-5", "2024-Q1")
    # a: 13/3, b: 2; (13/3 + 2) / 2 = 19/6
    assert row["value"] == 19 / 6
    assert row["denominator"] == 2
    assert rated.units("KI-5", "2024-Q1")["self only"] == "not_applicable"
    assert row["status"] == "too_few"


def test_the_year_takes_all_ratings_of_a_document_together(rated):
    # a: (5 + 4 + 4 + 1) / 4 = 3.5, b: 2: 2.75, not the mean of the quarters
    assert rated.score("KI-5", "2024")["value"] == 2.75


def test_the_value_is_the_score_and_has_a_t_interval():
    documents = "\n".join(f"d{place} | t1 | 2024-01-10" for place in range(5))
    ratings = "\n".join(f"q{place} | d{place} | {place + 1} | 2024-02-01" for place in range(5))
    scored = score_scenario(
        "trajectory\ntrajectory_id | start_date\nt1 | 2024-01-01\n\n"
        f"strengths_assessment\nassessment_id | trajectory_id | assessment_date\n{documents}\n\n"
        f"quality_rating\nrating_id | subject_id | score | rated_date\n{ratings}\n"
    )
    row = scored.score("KI-5", "2024-Q1")
    assert (row["value"], row["score"], row["status"]) == (3, 3, "scored")
    half_width = compute_t_quantile(4) * sqrt(2.5 / 5)  # variance of 1..5 is 2.5
    assert row["ci_low"] == pytest.approx(3 - half_width)
    assert row["ci_high"] == pytest.approx(3 + half_width)
