"""Shape `within`: did it happen before the limit? KI-1: a strengths assessment within 42 days.

The limit of a trajectory that starts on 1 January 2024 is 12 February 2024 (1 + 42 = day 43).
It counts in the quarter of its limit, and events count from 31 days before the start.
"""

import pytest

from tests.spec.scenario import score_scenario

SCENARIO = """
trajectory
trajectory_id       | start_date | end_date   | programme
on the limit        | 2024-01-01 | -          | krachtwerk   # limit 12 February
a day late          | 2024-01-01 | -          | krachtwerk
31 days before      | 2024-01-01 | -          | krachtwerk
32 days before      | 2024-01-01 | -          | krachtwerk
nothing             | 2024-01-01 | -          | krachtwerk
ended on the limit  | 2024-01-01 | 2024-02-12 | krachtwerk
ended before        | 2024-01-01 | 2024-02-11 | krachtwerk
limit on 31 March   | 2024-02-18 | -          | krachtwerk   # 18 Feb + 42 = 31 March: first quarter
limit on 1 April    | 2024-02-19 | -          | krachtwerk   # 19 Feb + 42 = 1 April: second quarter
due after the data  | 2024-11-20 | -          | krachtwerk   # 20 Nov + 42 = 1 January 2025
due on the last day | 2024-11-19 | -          | krachtwerk   # 19 Nov + 42 = 31 December
another programme   | 2024-01-01 | -          | other

strengths_assessment
assessment_id | trajectory_id      | assessment_date
k0            | nothing            | 2023-06-01        # opens the registration, too early
k1            | on the limit       | 2024-02-12
k2            | a day late         | 2024-02-13
k3            | 31 days before     | 2023-12-01
k4            | 32 days before     | 2023-11-30
k5            | ended on the limit | 2024-01-15
k6            | ended before       | 2024-01-15        # happened, and still is not counted
k7            | another programme  | 2024-01-15
"""


@pytest.fixture(scope="module")
def scored():
    return score_scenario(SCENARIO)


def test_the_limit_day_itself_and_31_days_before_the_start_are_in_time(scored):
    assert scored.units("KI-1", "2024-Q1") == {
        "on the limit": "met",
        "a day late": "not met",
        "31 days before": "met",
        "32 days before": "not met",
        "nothing": "not met",
        "ended on the limit": "met",
        "ended before": "ended_before_limit",
        "limit on 31 March": "not met",
    }


def test_a_trajectory_counts_in_the_quarter_of_its_limit(scored):
    assert scored.units("KI-1", "2024-Q2") == {"limit on 1 April": "not met"}


def test_a_limit_after_the_last_known_day_is_not_yet_due(scored):
    assert scored.units("KI-1", "2024-Q4") == {"due on the last day": "not met"}
    late = score_scenario(SCENARIO, "organisation\norganisation_id | known_until\norg | 2024-12-30")
    assert late.units("KI-1", "2024-Q4") == {"due on the last day": "not_yet_due"}


def test_the_value_is_met_by_counted_and_the_year_unites_the_quarters(scored):
    quarter = scored.score("KI-1", "2024-Q1")  # 3 met of 7 counted
    assert (quarter["numerator"], quarter["denominator"], quarter["value"]) == (3, 7, 3 / 7)
    assert (quarter["units_counted"], quarter["units_excluded"]) == (7, 1)
    assert (quarter["status"], quarter["score"]) == ("scored", 3)  # .37 <= .43 < .64
    year = scored.score("KI-1", "2024")  # 3 + 0 + 0 met of 7 + 1 + 1
    assert (year["numerator"], year["denominator"], year["units_excluded"]) == (3, 9, 1)
