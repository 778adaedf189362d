"""Shape `ratio`: a sum by a sum. Hours, caseload, attendance, steps, contact moments."""

from tests.spec.scenario import score_scenario


def test_time_on_the_method_is_hours_by_hours_and_rows_of_one_worker_are_added():
    scored = score_scenario(
        """
        trajectory
        trajectory_id | start_date
        t1            | 2024-01-01

        worker
        worker_id | team_id | start_date | end_date   | contract_hours | other_duty_hours
        full      | team    | 2020-01-01 | -          | 36             | 3.6
        part      | team    | 2020-01-01 | 2024-01-31 | 16             | 16
        part      | team    | 2024-02-01 | -          | 24             | 2.4
        half time | team    | 2020-01-01 | -          | 18             | 0
        not said  | team    | 2020-01-01 | -          | 36             | -
        """
    )
    # (36 - 3.6 + 24 - 2.4 + 18 - 0) / (36 + 24 + 18) = 72 / 78; the earlier stay of "part" is over
    row = scored.score("ST-1", "2024-Q1")
    assert (row["numerator"], row["denominator"], row["value"]) == (72, 78, 72 / 78)
    # 3 counted of 3 + 1 not recorded is .75 < .80
    assert (row["units_counted"], row["units_excluded"]) == (3, 1)
    assert (row["status"], row["score"]) == ("too_incomplete", None)
    assert (row["ci_low"], row["ci_high"]) == (None, None)  # a ratio has no interval


def test_an_anchor_that_is_hit_exactly_belongs_to_the_higher_score():
    rows = "\n".join(f"w{place} | 10 | 0.5" for place in range(3))
    scored = score_scenario(
        "trajectory\ntrajectory_id | start_date\nt1 | 2024-01-01\n\n"
        f"worker\nworker_id | contract_hours | other_duty_hours\n{rows}\n"
    )
    row = scored.score("ST-1", "2024-Q1")  # 28.5 / 30 = .95
    assert (row["value"], row["status"], row["score"]) == (0.95, "scored", 5)


CASELOAD = """
trajectory
trajectory_id | programme  | start_date | end_date
t1            | krachtwerk | 2024-01-01 | -
t2            | other      | 2024-01-01 | -          # caseload is caseload
t3            | krachtwerk | 2024-01-01 | 2024-04-01

worker
worker_id | fte
w1        | 0.5
w2        | 0.75
w3        | 0.75
"""


def test_caseload_is_open_trajectories_of_every_programme_by_fte():
    scored = score_scenario(CASELOAD)
    row = scored.score("ST-3", "2024-Q1")  # 3 trajectories / 2.00 fte
    assert (row["numerator"], row["denominator"], row["value"]) == (3, 2, 1.5)
    assert row["units_counted"] == 3  # the workers
    assert (row["status"], row["score"]) == ("no_norm", None)
    assert set(scored.units("ST-3", "2024-Q1")) == {
        "team|w1",
        "team|w2",
        "team|w3",
        "t1",
        "t2",
        "t3",
    }
    assert scored.score("ST-3", "2024-Q2")["value"] == 1.0


def test_without_an_open_trajectory_the_caseload_has_no_data():
    scored = score_scenario(CASELOAD.replace("2024-01-01 | -", "2024-01-01 | 2024-02-01"))
    assert scored.score("ST-3", "2024-Q2")["status"] == "no_data"


def test_attendance_never_counts_more_people_than_expected():
    scored = score_scenario(
        """
        team_review
        review_id | planned_date | held_date  | status    | expected_count | present_count
        r1        | 2024-01-08   | 2024-01-08 | held      | 4              | 3
        r2        | 2024-01-15   | 2024-01-15 | held      | 4              | 6
        r3        | 2024-01-22   | 2024-01-22 | held      | 0              | 2
        r4        | 2024-01-29   | -          | cancelled | 4              | 0

        team_review_step
        review_id | step_code | done
        r1        | s1        | true
        r1        | s2        | false
        r2        | s1        | true
        r4        | s1        | true
        """
    )
    row = scored.score("ST-5", "2024-Q1")  # (3 + 4 + 0) / (4 + 4 + 0)
    assert (row["numerator"], row["denominator"], row["units_counted"]) == (7, 8, 3)
    # steps: (1 + 1) / (2 + 1); a review without step rows is no unit
    assert scored.units("ST-7", "2024-Q1") == {"r1": "counted", "r2": "counted"}
    assert scored.score("ST-7", "2024-Q1")["value"] == 2 / 3


def test_community_contact_weighs_rows_by_their_contact_moments():
    scored = score_scenario(
        """
        trajectory
        trajectory_id | start_date
        t1            | 2024-01-01

        contact
        contact_id | trajectory_id | contact_date | contact_count | mode | place | no_show
        home       | t1 | 2024-01-02   | 3             | face_to_face | home      | false
        community  | t1 | 2024-01-03   | 1             | face_to_face | community | false
        facility   | t1 | 2024-01-04   | 4             | face_to_face | facility  | false
        none       | t1 | 2024-01-05   | 0             | face_to_face | other     | false
        no place   | t1 | 2024-01-06   | 2             | face_to_face | -         | false
        no show    | t1 | 2024-01-07   | 1             | face_to_face | home      | true
        phone      | t1 | 2024-01-08   | 1             | phone        | home      | false
        """
    )
    row = scored.score("OM-1", "2024-Q1")
    # (3 + 1) / (3 + 1 + 4 + 0); recorded 8 of 8 + 2 moments = .80, just enough
    assert (row["numerator"], row["denominator"], row["value"]) == (4, 8, 0.5)
    assert (row["units_counted"], row["units_excluded"]) == (8, 1)
    assert (row["status"], row["score"]) == ("scored", 3)
    assert scored.units("OM-1", "2024-Q1") == {
        "home": "counted",
        "community": "counted",
        "facility": "counted",
        "none": "counted",
        "no place": "not_recorded",
    }
    assert scored.units("OM-1", "2024") == scored.units("OM-1", "2024-Q1")
