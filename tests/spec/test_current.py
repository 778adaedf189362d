"""Shape `current`: is the latest one recent enough? KI-3: an assessment in the last 183 days.

At the end of the second quarter, 30 June 2024, the window opens on 31 December 2023 (30 June - 183
days = 30 December, which is just outside). Trajectories younger than the window are left out.
"""

import pytest

from tests.spec.scenario import score_scenario

SCENARIO = """
trajectory
trajectory_id        | start_date | end_date
first day of window  | 2023-01-01 | -
day before window    | 2023-01-01 | -
on the last day      | 2023-01-01 | -
after the last day   | 2023-01-01 | -
never                | 2023-01-01 | -
old enough           | 2023-12-29 | -          # + 183 = 29 June: one day before the end
one day too young    | 2023-12-30 | -          # + 183 = 30 June: the end itself
closed on the day    | 2023-01-01 | 2024-06-30 # no longer open at the end of 30 June
closed a day later   | 2023-01-01 | 2024-07-01

strengths_assessment
assessment_id | trajectory_id       | assessment_date
k1            | first day of window | 2023-12-31
k2            | day before window   | 2023-12-30
k3            | on the last day     | 2024-06-30
k4            | after the last day  | 2024-07-01
k5            | one day too young   | 2024-05-01
k6            | never               | 2023-02-01
"""


@pytest.fixture(scope="module")
def scored():
    return score_scenario(SCENARIO)


def test_the_window_is_half_open_and_young_trajectories_are_left_out(scored):
    assert scored.units("KI-3", "2024-Q2") == {
        "first day of window": "met",
        "day before window": "not met",
        "on the last day": "met",
        "after the last day": "not met",
        "never": "not met",
        "old enough": "not met",
        "one day too young": "too_young",
        "closed a day later": "not met",
    }


def test_the_year_equals_its_last_quarter(scored):
    last, year = scored.units("KI-3", "2024-Q4"), scored.units("KI-3", "2024")
    assert last == year
    assert "closed a day later" not in year


def test_a_team_that_stopped_before_the_last_quarter_has_no_stock_in_the_year():
    stopped = score_scenario(
        SCENARIO
        + "\nteam\nteam_id | start_date | end_date\n"
        + "team | 2020-01-01 | 2024-07-15\nother | 2020-01-01 | -\n"
    )
    assert stopped.units("KI-3", "2024-Q3") != {}
    assert stopped.units("KI-3", "2024") == {}
    assert stopped.score("KI-3", "2024")["status"] == "no_data"
    assert stopped.score("KI-3", "2024-Q4") is None  # not active: no row
