"""The oracle itself: the requirements on audits."""

from datetime import date

import pytest

from tests.oracle.audit_requirements import add_two_years
from tests.oracle.hand_made import HandMade


def make() -> HandMade:
    return HandMade().add("team", team_id="t").old_trajectory()


def add_audit(world: HandMade, name: str, day: str, round: str, raters: tuple[str, ...]) -> None:
    world.add("fidelity_audit", audit_id=name, audit_date=day, round=round)
    for rater in raters:
        world.add("audit_rating", audit_id=name, assessor_id=rater)


def tell(world: HandMade, id: str, period: str) -> str:
    return world.requirement(id, period).reason


def test_one_audit_with_one_assessor_is_enough_to_fail():
    world = make()
    add_audit(world, "good", "2025-01-10", "baseline", ("a", "b"))
    assert tell(world, "Q-08", "2025-Q1") == "meets_norm"
    add_audit(world, "unknown", "2025-02-10", "extra", ())
    assert tell(world, "Q-08", "2025-Q1") == "raters_unknown"
    add_audit(world, "poor", "2025-03-10", "extra", ("a",))
    assert tell(world, "Q-08", "2025-Q1") == "fails_norm"
    assert tell(world, "Q-08", "2025-Q2") == "no_audit"


def test_who_enters_the_consensus_is_not_an_assessor_by_that():
    world = make()
    add_audit(world, "x", "2025-01-10", "baseline", ("a",))
    world.add("audit_rating", audit_id="x", assessor_id="b", is_consensus=True)
    assert world.requirement("Q-08", "2025-Q1").value == 1


@pytest.mark.parametrize(
    ("baseline", "last", "reason"),
    [
        # The period ends on 2025-03-31: 214 days before it is 2024-08-29.
        ("2024-01-01", "2024-08-29", "meets_norm"),
        ("2024-01-01", "2024-08-28", "fails_norm"),
        # Two years after the baseline the rhythm is yearly: 396 days before is 2024-02-29.
        ("2023-03-31", "2024-08-28", "fails_norm"),
        ("2023-03-30", "2024-02-29", "meets_norm"),
        ("2023-03-30", "2024-02-28", "fails_norm"),
    ],
)
def test_audits_are_half_yearly_for_two_years_and_then_yearly(baseline, last, reason):
    world = make()
    add_audit(world, "first", baseline, "baseline", ("a", "b"))
    add_audit(world, "last", last, "extra", ("a", "b"))
    assert tell(world, "Q-09", "2025-Q1") == reason


def test_a_team_has_214_days_for_its_first_audit():
    for start, reason in {"2024-08-29": "not_yet_due", "2024-08-28": "no_baseline"}.items():
        world = HandMade().add("team", team_id="t", start_date=start).old_trajectory()
        assert tell(world, "Q-09", "2025-Q1") == "kind_not_delivered"
        add_audit(world, "later", "2026-01-01", "baseline", ())
        assert tell(world, "Q-09", "2025-Q1") == reason


def test_two_years_after_a_leap_day_is_the_28th():
    assert add_two_years(date(2024, 2, 29)) == date(2026, 2, 28)
    assert add_two_years(date(2024, 3, 1)) == date(2026, 3, 1)
