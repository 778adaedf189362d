"""Absence of a file is not absence of practice: first row of a kind, first day of a team."""

from tests.spec.scenario import score_scenario


def test_before_the_first_row_of_its_kind_a_unit_is_left_out_not_failed():
    # Registration begins on 1 March 2024 (the first assessment of the organisation).
    scored = score_scenario(
        """
        trajectory
        trajectory_id    | start_date
        limit before     | 2024-01-18   # + 42 = 29 February
        limit on the day | 2024-01-19   # + 42 = 1 March: started before the registration
        started the day  | 2024-03-01
        t9               | 2023-01-01

        strengths_assessment
        assessment_id | trajectory_id | assessment_date | own_words
        k1            | t9            | 2024-03-01      | yes
        """
    )
    assert scored.units("KI-1", "2024-Q1") == {
        "limit before": "kind_not_delivered",
        "limit on the day": "before_first_record",
    }
    assert scored.units("KI-1", "2024-Q2") == {"started the day": "not met"}
    # current: the window of 183 days must lie wholly after 1 March: first on 30 September
    assert set(scored.units("KI-3", "2024-Q1").values()) == {"before_first_record"}
    assert set(scored.units("KI-3", "2023-Q4").values()) == {"kind_not_delivered"}
    assert scored.units("KI-3", "2024-Q3")["t9"] == "not met"
    # The kind is delivered, all its units lie before: no value, but also no missing indicator.
    assert scored.score("KI-1", "2024-Q1")["status"] == "no_data"


def test_a_kind_that_was_never_delivered_fails_nobody():
    scored = score_scenario("trajectory\ntrajectory_id | start_date\nt1 | 2024-01-01\n")
    for indicator in ("KI-1", "AP-1", "ZR-1"):
        assert scored.units(indicator, "2024-Q1") == {"t1": "kind_not_delivered"}
        row = scored.score(indicator, "2024-Q1")
        assert (row["status"], row["value"]) == ("no_data", None)
    assert scored.part("practice", "2024")["indicators_applicable"] == 0


def test_a_training_without_a_date_opens_its_kind_from_the_beginning():
    text = """
        trajectory
        trajectory_id | start_date
        t1            | 2023-01-01

        worker
        worker_id
        w1

        training
        worker_id | kind    | completed | completed_date
        w1        | refresher | true    | {date}
        """
    assert score_scenario(text.format(date="-")).units("SV-1", "2023-Q1") == {"team|w1": "not met"}
    dated = score_scenario(text.format(date="2023-06-01"))
    assert dated.units("SV-1", "2023-Q1") == {"team|w1": "kind_not_delivered"}


def test_a_planned_evaluation_opens_the_kind_only_where_none_was_held():
    text = """
        trajectory
        trajectory_id | start_date
        t1            | 2022-01-01

        evaluation
        evaluation_id | trajectory_id | planned_date | held_date
        e1            | t1            | 2023-01-01   | {held}
        """
    planned = score_scenario(text.format(held="-"))
    assert planned.units("EV-1", "2023-Q4") == {"t1": "not met"}
    held = score_scenario(text.format(held="2024-12-01"))
    assert held.units("EV-1", "2023-Q4") == {"t1": "kind_not_delivered"}


METHOD_START = """
organisation
organisation_id | known_until | method_start
org             | 2024-12-31  | 2024-02-15

trajectory
trajectory_id | start_date
before        | 2024-01-01   # limit 12 February
across        | 2024-01-10   # limit 21 February
first         | 2023-06-01

strengths_assessment
assessment_id | trajectory_id | assessment_date | own_words
k0            | first         | 2023-06-02      | yes
k1            | across        | 2024-02-14      | yes
k2            | across        | 2024-02-15      | yes
"""


def test_a_unit_dated_before_the_first_day_of_the_team_is_before_first_record():
    scored = score_scenario(METHOD_START)
    assert scored.units("KI-1", "2024-Q1") == {"before": "before_first_record", "across": "met"}
    assert scored.units("KI-4", "2024-Q1") == {"k1": "before_first_record", "k2": "met"}


def test_periods_before_the_first_day_have_no_row():
    scored = score_scenario(METHOD_START)
    assert scored.score("KI-1", "2023") is None
    assert scored.score("KI-1", "2024-Q1") is not None
    outside = scored.warehouse.fetch_all(
        "select unit_id, period from score.unit_outside_activity where indicator_id = 'KI-1'"
    )
    assert outside == [("first", "2023-Q3")]  # 1 June + 42 = 13 July 2023


def test_a_team_without_trajectory_and_held_review_has_no_row():
    scored = score_scenario(
        """
        team
        team_id | start_date
        team    | 2020-01-01
        empty   | 2020-01-01

        trajectory
        trajectory_id | start_date
        t1            | 2024-01-01

        worker
        worker_id | team_id
        w1        | empty

        team_review
        review_id | team_id | planned_date | held_date | status
        r1        | empty   | 2024-01-08   | -         | cancelled
        """
    )
    assert scored.score("ST-1", "2024-Q1", team="empty") is None
    assert scored.units("ST-1", "2024-Q1", team=None) == {}
