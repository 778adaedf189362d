"""Quality requirements: met, not met, or too few units to tell; and the CTI early contact."""

import pytest

from tests.spec.scenario import score_scenario


def write_timely(met: int, late: int) -> str:
    """Trajectories with and without an assessment in the focus period."""
    names = [f"met{n}" for n in range(met)] + [f"late{n}" for n in range(late)]
    return "\n".join(
        [
            "trajectory\ntrajectory_id | start_date",
            *(f"{name} | 2024-01-01" for name in names),
            "old | 2023-01-01",
            "",
            "strengths_assessment\nassessment_id | trajectory_id | assessment_date",
            "k-old | old | 2023-01-01",
            *(f"k-{name} | {name} | 2024-01-10" for name in names[:met]),
        ]
    )


@pytest.mark.parametrize(
    ("met", "late", "expected"),
    [
        (9, 1, ("met", "meets_norm", 0.9)),  # .90 exactly
        (4, 1, ("uncertain", "could_be_chance", 0.8)),  # Wilson: .38 to .96
        (10, 10, ("not_met", "fails_norm", 0.5)),  # Wilson: .30 to .70
        (4, 0, ("not_assessable", "too_few", 1.0)),
    ],
)
def test_below_the_norm_may_be_chance(met, late, expected):
    assert score_scenario(write_timely(met, late)).requirement("Q-01", "2024-Q1") == expected


def test_a_kind_that_is_not_delivered_cannot_be_assessed():
    scored = score_scenario(write_timely(5, 0))
    assert scored.requirement("Q-02", "2024-Q1") == ("not_assessable", "no_data", None)
    assert scored.requirement("Q-02", "2024-Q1", team=None)[0] == "not_assessable"


def test_full_counts_have_no_margin():
    workers = "worker\nworker_id | fte\nw1 | 0.1\nw2 | 0.05\nw3 | 0.05"  # 0.20 fte
    scored = score_scenario(write_timely(3, 0), workers)
    assert scored.requirement("Q-05", "2024-Q1") == ("met", "meets_norm", 20)  # 4 / .20 = 20
    scored = score_scenario(write_timely(4, 0), workers)
    assert scored.requirement("Q-05", "2024-Q1") == ("not_met", "fails_norm", 25)


def test_basic_training_is_tested_from_one_worker():
    text = "worker\nworker_id\nw1\n\ntraining\nworker_id | completed\nw1 | {completed}"
    trained = score_scenario(write_timely(1, 0), text.format(completed="true"))
    assert trained.score("SV-1", "2024-Q1")["status"] == "too_few"
    assert trained.requirement("Q-06", "2024-Q1") == ("met", "meets_norm", 1)
    untrained = score_scenario(write_timely(1, 0), text.format(completed="false"))
    assert untrained.requirement("Q-06", "2024-Q1") == ("not_met", "fails_norm", 0)


CTI = """
trajectory
trajectory_id | programme | start_date | end_date
three         | cti       | 2024-01-01 | -           # limit: 1 January + 91 = 1 April
last day      | cti       | 2024-01-01 | -
a day late    | cti       | 2024-01-01 | -
before start  | cti       | 2024-01-01 | -
could be      | cti       | 2024-01-01 | -
cannot be     | cti       | 2024-01-01 | -
no contact    | cti       | 2024-01-01 | -
ended         | cti       | 2024-01-01 | 2024-03-31
not cti       | krachtwerk| 2024-01-01 | -
old           | krachtwerk| 2023-01-01 | -

contact
contact_id | trajectory_id | contact_date | contact_count | place     | counterpart  | mode
c0         | old           | 2023-06-01   | 1             | home      | client       | phone
c1         | three         | 2024-01-01   | 2             | home      | client       | face_to_face
c2         | three         | 2024-02-01   | 1             | community | client       | face_to_face
c3         | last day      | 2024-04-01   | 3             | home      | client       | face_to_face
c4         | a day late    | 2024-04-02   | 3             | home      | client       | face_to_face
c5         | before start  | 2023-12-31   | 3             | home      | client       | face_to_face
c6         | could be      | 2024-02-01   | 1             | home      | client       | face_to_face
c7         | could be      | 2024-02-02   | 1             | -         | client       | face_to_face
c8         | could be      | 2024-02-03   | 1             | home      | -            | face_to_face
c9         | cannot be     | 2024-02-01   | 2             | -         | -            | face_to_face
c10        | cannot be     | 2024-02-02   | 5             | facility  | -            | face_to_face
c11        | cannot be     | 2024-02-03   | 5             | -         | professional | face_to_face
c12        | cannot be     | 2024-02-04   | 5             | -         | -            | phone
"""


def test_early_contact_counts_moments_with_the_client_outside_the_office():
    scored = score_scenario(CTI)
    units = dict(
        scored.warehouse.fetch_all(
            """
            select
                unit_id,
                coalesce(exclusion_reason, case when is_met then 'met' else 'not met' end)
            from score.unit where indicator_key = 'Q-10|v1' and period = '2024-Q2'
            """
        )
    )
    assert units == {
        "three": "met",
        "last day": "met",
        "a day late": "not met",
        "before start": "not met",
        "could be": "not_recorded",
        "cannot be": "not met",
        "no contact": "not met",
        "ended": "ended_before_limit",
    }
    # 2 met of 6 counted; recorded 6 of 7
    assert scored.requirement("Q-10", "2024-Q2") == ("not_met", "fails_norm", 2 / 6)
    assert scored.requirement("Q-10", "2024")[0] == "not_met"
    assert scored.requirement("Q-10", "2024-Q1") == ("not_applicable", "no_cti_limit", None)


def test_early_contact_needs_contacts_and_is_no_indicator():
    scored = score_scenario(CTI.split("contact\n")[0])
    assert scored.requirement("Q-10", "2024-Q2") == ("not_assessable", "kind_not_delivered", None)
    assert scored.score("Q-10", "2024-Q2") is None
