"""From round to round: change, recommendations and their follow-up, fidelity between audits."""

from datetime import date

import numpy as np
import pytest

from tests.audits.scenario import OLD_TRAJECTORY, Audited, score_audits, write_audit, write_grid


def make_rounds(*totals: int, days: tuple[str, ...] = ("2023-02-01", "2023-08-01", "2024-02-01")):
    names = zip("ABC", ("baseline", "m6", "m12"), totals, days, strict=False)
    return [
        write_audit(name, day, write_grid(*[total] * 14), round=round)
        for name, round, total, day in names
    ]


def test_every_score_is_set_beside_the_round_before():
    found = score_audits(*make_rounds(2, 3, 5))
    changes = found.rows("audit_change", part="total")
    assert [
        (row["audit_id"], row["previous_audit_id"], row["score_change"]) for row in changes
    ] == [
        ("B", "A", 1),
        ("C", "B", 2),
    ]
    assert len(found.rows("audit_change", audit_id="C")) == 14 + 3 + 1
    assert changes[1]["previous_round"] == "m6"


def test_another_version_or_instrument_is_no_round_before():
    first, second = write_grid(*[2] * 14), write_grid(*[4] * 14)
    for other in ({"version": "2010"}, {"instrument": "own"}, {"team": "two"}):
        team = (
            f"team\nteam_id | start_date\nteam | 2020-01-01\ntwo | 2020-01-01\n\n{OLD_TRAJECTORY}"
        )
        audits = (
            write_audit("A", "2023-02-01", first),
            write_audit("B", "2023-08-01", second, **other),
        )
        assert score_audits(*audits, other=team).rows("audit_change") == []


def follow(
    status: str, status_date: str = "-", known_until: str = "2024-12-31", code="R1"
) -> Audited:
    """An audit on 2023-02-01 (+ 183 days: 2023-08-03) with one recommendation."""
    other = f"""
organisation
organisation_id | known_until
org | {known_until}

audit_recommendation
audit_id | item_id | recommendation_code | priority | owner_role | due_date | status | status_date
A | SM04 | R1 | 1 | teamleider | 2023-06-01 | {status} | {status_date}
B | SM04 | {code} | 2 | teamleider | 2024-06-01 | open | -

{OLD_TRAJECTORY}"""
    return score_audits(*make_rounds(2, 4), other=other)


@pytest.mark.parametrize(
    ("status", "status_date", "known_until", "expected"),
    [
        ("done", "2023-08-03", "2024-12-31", "done"),  # on the day itself
        ("done", "2023-08-04", "2024-12-31", "done_late"),
        ("done", "-", "2024-12-31", "done_undated"),
        ("done", "2023-03-01", "2023-04-01", "done"),  # known before half a year is over
        ("dropped", "2023-03-01", "2024-12-31", "dropped"),
        ("open", "-", "2023-08-02", "not_yet_due"),
        ("open", "-", "2023-08-03", "open"),
        ("in_progress", "2023-03-01", "2024-12-31", "in_progress"),
        ("done", "2023-08-04", "2023-08-03", "open"),  # dated after the last export
    ],
)
def test_a_recommendation_is_looked_at_after_half_a_year(
    status, status_date, known_until, expected
):
    found = follow(status, status_date, known_until)
    row = found.row("audit_recommendation", audit_id="A")
    assert (row["follow_up_date"], row["follow_up"]) == (date(2023, 8, 3), expected)


def test_a_recommendation_is_followed_to_the_item_in_the_next_round():
    row = follow("done", "2023-07-01").row("audit_recommendation", audit_id="A")
    assert (row["item_score"], row["next_audit_id"], row["next_item_score"]) == (2, "B", 4)
    assert (row["item_score_change"], row["next_round"]) == (2, "m6")
    assert row["is_repeated"] is True
    assert (
        follow("done", code="R2").row("audit_recommendation", audit_id="A")["is_repeated"] is False
    )
    last = follow("done").row("audit_recommendation", audit_id="B")
    assert (last["item_score"], last["next_audit_id"], last["item_score_change"]) == (4, None, None)


@pytest.mark.parametrize(
    ("status", "known_until", "expected"),
    [
        ("open", "2023-06-01", False),  # the day itself
        ("open", "2023-06-02", True),
        ("in_progress", "2023-06-02", True),
        ("done", "2023-06-02", False),
    ],
)
def test_a_recommendation_is_overdue_the_day_after_its_date(status, known_until, expected):
    row = follow(status, "2023-03-01", known_until).row("audit_recommendation", audit_id="A")
    assert row["is_overdue"] is expected


def test_fidelity_between_audits_lies_on_a_straight_line_and_nowhere_else():
    found = score_audits(*make_rounds(2, 3, 5))
    rows = {row["period"]: row for row in found.rows("audit_interpolated")}
    # before 2023-02-01 and after 2024-02-01 nothing is known
    assert sorted(rows) == ["2023", "2023-Q1", "2023-Q2", "2023-Q3", "2023-Q4"]
    # 2023-03-31 is day 58 of the 181 days from 1 February to 1 August
    assert rows["2023-Q1"]["score"] == pytest.approx(2 + 58 / 181, abs=1e-12)
    assert rows["2023"]["score"] == rows["2023-Q4"]["score"]
    days = [day.toordinal() for day in (date(2023, 2, 1), date(2023, 8, 1), date(2024, 2, 1))]
    for row in rows.values():
        expected = np.interp(row["at_date"].toordinal(), days, [2.0, 3.0, 5.0])
        assert row["score"] == pytest.approx(expected, abs=1e-12)


def test_an_audit_on_the_last_day_of_a_period_is_its_fidelity():
    found = score_audits(*make_rounds(2, 4, days=("2023-03-31", "2023-06-30")))
    told = [(row["period"], row["score"]) for row in found.rows("audit_interpolated")]
    assert told == [("2023-Q1", 2), ("2023-Q2", 4)]


def test_two_audits_on_one_day_count_with_their_mean():
    found = score_audits(*make_rounds(2, 4, days=("2023-03-31", "2023-03-31")))
    assert [row["score"] for row in found.rows("audit_interpolated")] == [3]


def test_a_total_that_is_not_shown_is_no_point_of_the_line():
    hidden = write_audit("B", "2023-06-30", write_grid(*["?"] * 14))
    first, last = make_rounds(2, 4, days=("2023-03-31", "2023-09-30"))
    last["fidelity_audit"] = [last["fidelity_audit"][0].replace("B |", "C |")]
    last["audit_rating"] = [line.replace("B |", "C |", 1) for line in last["audit_rating"]]
    rows = score_audits(first, hidden, last).rows("audit_interpolated", period="2023-Q2")
    # 30 June is day 91 of 183
    assert [row["score"] for row in rows] == [pytest.approx(2 + 2 * 91 / 183, abs=1e-12)]
