"""When a trajectory ends: its end date, else its closure, never something in the future."""

import pytest

from tests.spec.scenario import score_scenario

SCENARIO = """
organisation
organisation_id | known_until
org             | 2024-06-30

trajectory
trajectory_id    | start_date | end_date
end date         | 2024-01-01 | 2024-05-01
closure          | 2024-01-01 | -
temporary        | 2024-01-01 | -
change request   | 2024-01-01 | -
no reason        | 2024-01-01 | -
unknown reason   | 2024-01-01 | -
future end       | 2024-01-01 | 2024-07-01
future closure   | 2024-01-01 | -
end beats close  | 2024-01-01 | 2024-05-01
starts later     | 2024-07-01 | -

closure
trajectory_id    | closure_date | reason_code
closure          | 2024-05-02   | 19
temporary        | 2024-05-02   | 20
change request   | 2024-05-02   | 37
no reason        | 2024-05-02   | -
unknown reason   | 2024-05-02   | 77
future end       | 2024-05-02   | 19
future closure   | 2024-07-02   | 19
end beats close  | 2024-05-20   | 19
"""


@pytest.fixture(scope="module")
def ends():
    scored = score_scenario(SCENARIO)
    rows = scored.warehouse.fetch_all(
        "select trajectory_id, cast(end_date as varchar), is_end_from_closure from fact.trajectory"
    )
    return {trajectory: (end, from_closure) for trajectory, end, from_closure in rows}


def test_the_end_date_comes_first_and_a_closure_stands_in_for_an_empty_one(ends):
    assert ends["end date"] == ("2024-05-01", False)
    assert ends["end beats close"] == ("2024-05-01", False)
    assert ends["closure"] == ("2024-05-02", True)
    assert ends["no reason"] == ("2024-05-02", True)
    assert ends["unknown reason"] == ("2024-05-02", True)


def test_a_temporary_end_or_change_request_ends_nothing(ends):
    assert ends["temporary"] == (None, False)
    assert ends["change request"] == (None, False)


def test_nothing_after_the_last_known_day_counts(ends):
    assert ends["future end"] == (None, False)  # and its closure does not replace it
    assert ends["future closure"] == (None, False)
    assert "starts later" not in ends
