"""Statuses in their order, pooling over teams and organisations, provisional periods."""

import pytest

from tests.spec.scenario import score_scenario


def write_assessments(answers: dict[str, int], team: str = "team", org: str = "org") -> str:
    """Assessments of one trajectory: answer -> how many (an empty answer is ``-``)."""
    rows = [
        f"{org} | {org}-{team}-{answer}-{place} | {org}-{team}-t | 2024-02-01 | {answer}"
        for answer, count in answers.items()
        for place in range(count)
    ]
    return "\n".join(
        [
            "trajectory",
            "organisation_id | trajectory_id | team_id | start_date",
            f"{org} | {org}-{team}-t | {team} | 2024-01-01",
            "",
            "strengths_assessment",
            "organisation_id | assessment_id | trajectory_id | assessment_date | own_words",
            *rows,
        ]
    )


@pytest.mark.parametrize(
    ("answers", "status", "value", "score"),
    [
        ({"yes": 4, "-": 1}, "too_few", 1.0, None),  # recorded 4 of 5 = .80: just enough
        ({"yes": 3, "-": 1}, "too_incomplete", 1.0, None),  # 3 of 4 = .75, comes before too few
        ({"-": 1}, "too_incomplete", None, None),  # nothing counted, and nothing recorded
        ({"yes": 4, "no": 1}, "scored", 0.8, 4),
        ({"yes": 9, "no": 1}, "scored", 0.9, 5),  # .90 exactly is the highest score
        ({"yes": 1, "no": 9}, "scored", 0.1, 2),  # .10 exactly is no longer the lowest
        ({"yes": 37, "no": 63}, "scored", 0.37, 3),
        ({"yes": 64, "no": 36}, "scored", 0.64, 4),
    ],
)
def test_statuses_stand_in_order_and_anchors_are_half_open(answers, status, value, score):
    row = score_scenario(write_assessments(answers)).score("KI-4", "2024-Q1")
    assert (row["status"], row["value"], row["score"]) == (status, value, score)


def test_organisation_and_all_are_pooled_never_a_mean_of_ratios():
    text = """
        organisation
        organisation_id | known_until
        org             | 2024-12-31
        org2            | 2024-12-31

        team
        organisation_id | team_id | start_date
        org             | team    | 2020-01-01
        org             | small   | 2020-01-01
        org2            | team    | 2020-01-01
        """
    scored = score_scenario(
        text,
        write_assessments({"yes": 8, "no": 2}),
        write_assessments({"no": 2}, team="small"),
        write_assessments({"yes": 6, "no": 0}, org="org2"),
    )
    organisation = scored.score("KI-4", "2024-Q1", team=None)
    assert (organisation["numerator"], organisation["denominator"]) == (8, 12)  # not (.8 + 0) / 2
    overall = scored.score("KI-4", "2024-Q1", team=None, org=None)
    assert (overall["numerator"], overall["denominator"]) == (14, 18)
    assert overall["organisations_counted"] == 2
    assert organisation["organisations_counted"] is None
    assert organisation["score_key"] == "KI-4|org||2024-Q1|v1"
    assert overall["score_key"] == "KI-4|||2024-Q1|v1"
    assert scored.score("KI-4", "2024-Q1")["score_key"] == "KI-4|org|team|2024-Q1|v1"


def test_a_period_is_provisional_until_the_slowest_organisation_knows_its_end():
    text = """
        organisation
        organisation_id | known_until
        org             | 2024-03-31
        org2            | 2024-03-30

        team
        organisation_id | team_id | start_date
        org             | team    | 2020-01-01
        org2            | team    | 2020-01-01
        """
    scored = score_scenario(
        text, write_assessments({"yes": 5}), write_assessments({"yes": 5}, org="org2")
    )
    assert not scored.score("KI-4", "2024-Q1")["is_provisional"]
    assert scored.score("KI-4", "2024-Q1", org="org2")["is_provisional"]
    assert scored.score("KI-4", "2024-Q1", team=None, org=None)["is_provisional"]
    assert scored.score("KI-4", "2024")["is_provisional"]


def test_a_share_has_a_wilson_interval():
    row = score_scenario(write_assessments({"yes": 15, "no": 133})).score("KI-4", "2024-Q1")
    # Newcombe 1998, table I, method 3: 15 of 148 is .0624 to .1605
    assert (round(row["ci_low"], 4), round(row["ci_high"], 4)) == (0.0624, 0.1605)


def test_clients_and_workers_behind_a_score_are_counted_once_each():
    scored = score_scenario(
        """
        trajectory
        trajectory_id | start_date | client_id
        t1            | 2024-01-01 | anna
        t2            | 2024-01-01 | anna
        t3            | 2024-01-01 | -

        strengths_assessment
        assessment_id | trajectory_id | assessment_date | own_words
        k1            | t1            | 2024-01-01      | yes
        k2            | t2            | 2024-01-01      | yes
        k3            | t3            | 2024-01-01      | yes

        worker
        worker_id | start_date | end_date   | role
        w1        | 2020-01-01 | 2024-01-01 | support_worker
        w2        | 2020-01-01 | 2023-12-31 | support_worker
        w3        | 2020-01-01 | -          | coach
        """
    )
    population = {
        key: (clients, workers)
        for key, clients, workers in scored.warehouse.fetch_all(
            "select score_key, clients_count, workers_count from score.indicator_population"
        )
    }
    assert population["KI-4|org|team|2024-Q1|v1"] == (1, 1)  # a client without an id is nobody
    assert population["ST-1|org|team|2024-Q1|v1"] == (None, 1)  # workers, not clients
