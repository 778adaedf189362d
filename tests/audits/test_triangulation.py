"""Records beside assessors, topic by topic: how much they differ, and what may explain it."""

import pytest

from tests.audits.scenario import ITEMS, Audited, score_beside_records, write_audit, write_grid


def contacts(home: int, facility: int, day: str = "2024-01-15", unknown: int = 0) -> str:
    """One contact per place, standing for so many contact moments."""
    places = {"home": home, "facility": facility, "-": unknown}
    lines = [f"{place} | x | {day} | {count} | {place}" for place, count in places.items() if count]
    return "\n".join(
        [
            "trajectory\ntrajectory_id | start_date\nx | 2023-01-01",
            "",
            "contact\ncontact_id | trajectory_id | contact_date | contact_count | place",
            *lines,
        ]
    )


def beside(records: str, score: object, day: str = "2024-03-01") -> Audited:
    """Fourteen items with one score, beside the records."""
    return score_beside_records(write_audit("A", day, write_grid(*[score] * 14)), other=records)


def find(found: Audited, item: str = "SM12", period: str = "2024-Q1") -> dict:
    return found.row("triangulation", item_id=item, period=period)


@pytest.fixture(scope="module")
def eighty() -> Audited:
    # 16 of 20 contact moments at home = .80: score 4; the assessors gave 5
    return beside(contacts(16, 4), 5)


def test_the_difference_has_a_size_and_a_direction(eighty):
    row = find(eighty)
    assert (row["record_score"], row["audit_score"], row["difference"]) == (4, 5, -1)
    assert (row["direction"], row["size"]) == ("assessors_higher", "one_or_more")
    assert (row["record_status"], row["indicators_scored"]) == ("single_indicator", 1)


def test_the_quarter_and_the_year_of_the_audit_stand_side_by_side(eighty):
    assert [row["period"] for row in eighty.rows("triangulation", item_id="SM12")] == [
        "2024",
        "2024-Q1",
    ]


def test_the_indicators_behind_a_topic_are_listed(eighty):
    row = eighty.row("triangulation_indicator", item_id="SM12", period="2024-Q1")
    assert (row["indicator_id"], row["value"], row["score"]) == ("OM-1", 0.8, 4)
    assert row["score_key"] == "OM-1|org|team|2024-Q1|v1"


@pytest.mark.parametrize(
    ("item", "status"),
    [
        ("SM03", "no_indicator"),  # nothing in the records is about it
        ("SM05", "no_norm"),  # a rate without anchors
        ("SM09", "no_data"),  # no strengths assessment delivered
    ],
)
def test_a_topic_without_a_record_score_says_why(eighty, item, status):
    row = find(eighty, item)
    assert (row["record_status"], row["record_score"], row["difference"]) == (status, None, None)
    assert row["direction"] is None and row["size"] is None
    assert row["audit_score"] == 5


def test_every_item_with_a_topic_stands_there(eighty):
    rows = eighty.rows("triangulation", period="2024")
    assert [row["item_id"] for row in rows] == list(ITEMS)


@pytest.mark.parametrize(
    ("score", "direction", "size"),
    [
        (4, "equal", "none"),
        (3, "records_higher", "one_or_more"),
        ("file 3, interview 4", "records_higher", "below_one"),
    ],
)
def test_records_can_be_higher_or_equal(score, direction, size):
    row = find(beside(contacts(16, 4), score))
    assert (row["direction"], row["size"]) == (direction, size)


def test_an_item_without_score_is_not_compared():
    row = find(beside(contacts(16, 4), "na"))
    assert (row["record_score"], row["audit_status"]) == (4, "not_applicable")
    assert row["difference"] is None


def test_few_units_are_named_as_a_reason(eighty):
    assert find(eighty)["has_few_units"] is False
    # 9 moments are fewer than twice the minimum of 5
    assert find(beside(contacts(9, 0), 5))["has_few_units"] is True
    row = find(beside(contacts(4, 0), 5))  # and 4 are too few for a score
    assert (row["record_status"], row["has_few_units"]) == ("too_incomplete", True)


def test_missing_records_are_named_as_a_reason(eighty):
    assert find(eighty)["has_missing_records"] is False
    row = find(beside(contacts(10, 0, unknown=10), 5))  # half of the places is empty
    assert (row["record_status"], row["has_missing_records"]) == ("too_incomplete", True)
    assert find(eighty, "SM09")["has_missing_records"] is True


@pytest.mark.parametrize(
    ("day", "quarter", "year"),
    [
        ("2024-02-14", True, True),  # 44 days of the quarter before it, 46 after
        ("2024-02-15", False, True),  # 45 and 45
        ("2024-03-01", False, True),
    ],
)
def test_an_audit_early_in_the_period_is_named_as_a_reason(day, quarter, year):
    found = beside(contacts(16, 4), 5, day)
    assert find(found)["is_other_period"] is quarter
    assert find(found, period="2024")["is_other_period"] is year


def test_days_after_the_last_export_do_not_make_another_period():
    known = "organisation\norganisation_id | known_until\norg | 2024-03-10\n\n"
    found = beside(known + contacts(16, 4), 5, "2024-02-10")
    assert find(found)["is_other_period"] is False  # 40 days before it, 29 known after


def test_an_audit_before_the_first_record_stands_alone():
    found = beside(contacts(16, 4), 5, "2022-02-01")
    row = found.row("triangulation", item_id="SM12")
    assert (row["period"], row["record_status"], row["audit_score"]) == (None, "no_row", 5)
