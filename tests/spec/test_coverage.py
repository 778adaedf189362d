"""Shape `coverage`: how much of a list was touched? Life domains, basic tasks, closing elements."""

import pytest

from tests.spec.scenario import score_scenario


def test_life_domains_are_those_filled_in_the_latest_assessment():
    scored = score_scenario(
        """
        trajectory
        trajectory_id | start_date
        two           | 2024-01-01
        tie           | 2024-01-01
        no domains    | 2024-01-01
        no assessment | 2024-01-01

        strengths_assessment
        assessment_id | trajectory_id | assessment_date | version
        old           | two           | 2024-02-01      | -
        new           | two           | 2024-03-01      | -
        later         | two           | 2024-04-01      | -
        v9            | tie           | 2024-03-01      | 9
        v10           | tie           | 2024-03-01      | 10     # a number: ten comes after nine
        none          | tie           | 2024-03-01      | -
        bare          | no domains    | 2024-03-01      | -

        strengths_assessment_domain
        assessment_id | life_domain | filled
        old           | L01         | true
        old           | L02         | true
        old           | L03         | true
        new           | L01         | true
        new           | L02         | false
        later         | L04         | true
        v9            | L01         | true
        v10           | L01         | true
        v10           | L02         | true
        none          | L01         | true
        """
    )
    assert scored.units("KI-2", "2024-Q1") == {
        "two": "counted",
        "tie": "counted",
        "no domains": "not_recorded",
    }
    row = scored.score("KI-2", "2024-Q1")  # (1 + 2) / (2 x 10)
    assert (row["numerator"], row["denominator"], row["value"]) == (3, 20, 0.15)


TASKS = """
trajectory
trajectory_id  | start_date | end_date
all by contact | 2024-01-01 | 2024-03-01
by documents   | 2024-01-01 | 2024-03-01
too late       | 2024-01-01 | 2024-03-01
no closure     | 2024-01-01 | 2024-03-01
odd reason     | 2024-01-01 | 2024-03-01
premature      | 2024-01-01 | 2024-03-01
no contact     | 2024-01-01 | 2024-03-01
delivered no   | 2024-01-01 | 2024-03-01

closure
trajectory_id  | closure_date | reason_code | planned | without_contact
all by contact | 2024-03-01   | 19          | -       | -
by documents   | 2024-03-01   | 21          | true    | false   # as delivered wins over the code
too late       | 2024-04-02   | 19          | -       | false
odd reason     | 2024-03-01   | 99          | -       | false
premature      | 2024-03-01   | 21          | -       | false
no contact     | 2024-03-01   | -           | -       | true
delivered no   | 2024-03-01   | 19          | false   | false

contact
contact_id | trajectory_id  | contact_date | basic_task | no_show | mode
c1         | all by contact | 2024-01-02   | BT1        | false   | phone
c2         | all by contact | 2024-01-03   | BT5        | false   | face_to_face
c3         | all by contact | 2024-01-04   | BT5        | false   | face_to_face
c4         | all by contact | 2024-01-05   | BT3        | true    | face_to_face  # no task

strengths_assessment
assessment_id | trajectory_id | assessment_date
k1            | by documents  | 2024-01-15

self_regulation_review
review_id | trajectory_id | review_date
z1        | by documents  | 2024-04-01    # 31 days after the end

action_plan
plan_id | trajectory_id | plan_date  | status
p1      | by documents  | 2024-01-20 | draft
p2      | too late      | 2024-01-20 | active

evaluation
evaluation_id | trajectory_id | planned_date | held_date
e1            | by documents  | -            | 2024-02-20
e2            | too late      | -            | 2024-04-02   # 32 days after the end
"""


@pytest.fixture(scope="module")
def tasks():
    return score_scenario(TASKS)


def test_only_planned_closures_with_contact_are_looked_at(tasks):
    assert tasks.units("BT-1", "2024-Q1") == {
        "all by contact": "counted",
        "by documents": "counted",
        "too late": "counted",
        "no closure": "not_recorded",
        "odd reason": "not_recorded",  # no such reason code
        "premature": "not_applicable",
        "no contact": "not_applicable",  # before "planned is unknown"
        "delivered no": "not_applicable",
    }


def test_tasks_show_in_contacts_and_documents_up_to_31_days_after_the_end(tasks):
    # all by contact: BT1, BT5, BT7 (closing elements) = 3
    # by documents: BT2, BT3, BT6, BT7 = 4; a draft plan is no plan
    # too late: BT4 = 1; evaluation and closure come 32 days after the end
    row = tasks.score("BT-1", "2024-Q1")
    assert (row["numerator"], row["denominator"]) == (3 + 4 + 1, 3 * 7)


def test_without_basic_tasks_in_contacts_two_tasks_leave_the_list():
    scored = score_scenario(
        TASKS.replace("BT1 ", "-   ").replace("BT5 ", "-   ").replace("BT3 ", "-   ")
    )
    row = scored.score("BT-1", "2024-Q1")  # all by contact: BT7 = 1
    assert (row["numerator"], row["denominator"]) == (1 + 4 + 1, 3 * 5)


def test_the_quarter_stays_provisional_until_the_tasks_can_all_be_recorded(tasks):
    def is_provisional(known_until: str, indicator: str) -> bool:
        organisation = f"organisation\norganisation_id | known_until\norg | {known_until}"
        return score_scenario(TASKS, organisation).score(indicator, "2024-Q1")["is_provisional"]

    assert is_provisional("2024-04-30", "BT-1")  # 31 March + 31 days = 1 May
    assert not is_provisional("2024-05-01", "BT-1")
    assert not is_provisional("2024-04-30", "AF-1")


def test_complete_closing_needs_all_five_elements_recorded():
    scored = score_scenario(
        """
        trajectory
        trajectory_id | start_date
        four          | 2024-01-01
        one empty     | 2024-01-01
        premature     | 2024-01-01
        no contact    | 2024-01-01

        closure
        trajectory_id | closure_date | reason_code | without_contact | safety_plan | final_report
        four          | 2024-03-01   | 19          | false           | false       | true
        one empty     | 2024-03-01   | 19          | -               | true        | -
        premature     | 2024-03-01   | 23          | false           | true        | true
        no contact    | 2024-03-01   | 19          | true            | true        | true
        """
    )
    assert scored.units("AF-1", "2024-Q1") == {
        "four": "counted",
        "one empty": "not_recorded",
        "premature": "not_applicable",
        "no contact": "not_applicable",
    }
    assert scored.score("AF-1", "2024-Q1")["value"] == 4 / 5
    # one element: only its own emptiness counts; read as no contact-less closing when empty
    assert scored.units("AF-1.2", "2024-Q1")["one empty"] == "met"
    assert scored.units("AF-1.5", "2024-Q1")["one empty"] == "not_recorded"
    # closed without contact looks at every closure, and needs the answer itself
    assert scored.units("AF-2", "2024-Q1") == {
        "four": "not met",
        "one empty": "not_recorded",
        "premature": "not met",
        "no contact": "met",
    }
