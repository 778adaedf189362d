"""Shape `recurring`: does it keep happening? ST-4: a team review in every block of seven days.

Blocks run from Monday to Sunday because counting starts on Monday 1 January 2001. A block belongs
to the quarter of its last day: Monday 25 to Sunday 31 December 2023 is the last of 2023.
"""

import pytest

from tests.spec.scenario import score_scenario

SCENARIO = """
team
team_id | start_date | end_date
team    | 2024-01-03 | 2024-02-14   # Wednesday to Wednesday

trajectory
trajectory_id | start_date
t1            | 2024-01-03

team_review
review_id | planned_date | held_date  | status
r0        | 2023-06-01   | -          | cancelled   # opens the registration
r1        | 2024-01-08   | 2024-01-08 | held        # Monday: first day of its block
r2        | 2024-01-21   | 2024-01-21 | held        # Sunday: last day of its block
r3        | 2024-01-19   | 2024-01-19 | held        # a second one in the same block
r4        | 2024-01-30   | -          | cancelled
"""


@pytest.fixture(scope="module")
def scored():
    return score_scenario(SCENARIO)


def test_a_block_is_met_by_at_least_one_review_that_was_held(scored):
    units = scored.units("ST-4", "2024-Q1")
    assert units["team|2024-01-08"] == "met"
    assert units["team|2024-01-15"] == "met"
    assert units["team|2024-01-22"] == "not met"
    assert units["team|2024-01-29"] == "not met"  # cancelled is not held
    assert units["team|2024-02-05"] == "not met"


def test_a_block_counts_only_when_the_team_was_active_on_all_its_days(scored):
    units = scored.units("ST-4", "2024-Q1")
    assert units["team|2024-01-01"] == "team_not_active"  # the team began on Wednesday
    assert units["team|2024-02-12"] == "team_not_active"  # and stopped on a Wednesday
    assert len(units) == 13  # blocks that end in the quarter, 7 January to 31 March


def test_the_value_is_blocks_met_by_blocks_counted(scored):
    row = scored.score("ST-4", "2024-Q1")
    assert (row["numerator"], row["denominator"], row["value"]) == (2, 5, 0.4)
    assert (row["status"], row["score"]) == ("scored", 3)


def test_a_block_that_begins_before_the_first_record_of_the_team_is_left_out():
    scored = score_scenario(
        SCENARIO.replace("2024-01-03 | 2024-02-14", "2020-01-01 | -").replace(
            "t1            | 2024-01-03", "t1            | 2024-01-10"
        )
    )
    units = scored.units("ST-4", "2024-Q1")
    # The first record is the review of 8 January, a Monday: that block counts.
    assert units["team|2024-01-01"] == "before_first_record"
    assert units["team|2024-01-08"] == "met"


def test_blocks_of_other_lengths_are_counted_from_the_same_monday():
    # 14 days: 2001-01-01 + 14 x 600 = Monday 1 January 2024.
    scored = score_scenario(SCENARIO, settings={"team_review_days": 14})
    units = scored.units("ST-4", "2024-Q1")
    assert units["team|2024-01-15"] == "met"
    assert units["team|2024-01-01"] == "team_not_active"
