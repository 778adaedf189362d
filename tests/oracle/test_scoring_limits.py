"""Limits that random worlds hardly ever hit: what is told, and that SQL agrees."""

from tests.oracle.compare import ScoreWorld, list_differences
from tests.oracle.hand_made import HandMade


def make(known_until: str = "2026-12-31") -> HandMade:
    return HandMade(known_until).add("team", team_id="t").old_trajectory()


def assert_agreement(score_in_sql: ScoreWorld, made: HandMade) -> None:
    assert list_differences(score_in_sql(made.world), made.world) == []


def test_a_caseload_exactly_at_the_maximum_is_met(score_in_sql: ScoreWorld):
    made = make()
    for name in ("a", "b", "c"):
        made.add("worker", worker_id=name, fte="0.33")
    made.add("worker", worker_id="d", fte="0.01")
    for name in ("one", "two"):
        made.trajectory(name, "2025-01-01")
    # Two trajectories for 0.33 + 0.33 + 0.33 + 0.01 = 1 fte; the maximum of these worlds is 2.
    assert made.requirement("Q-05", "2025-Q1").status == "met"
    assert_agreement(score_in_sql, made)


def test_a_first_task_named_on_the_last_known_day_of_the_year_gives_seven_tasks(
    score_in_sql: ScoreWorld,
):
    for day, told in {"2025-12-31": "1/7", "2026-01-01": "1/5"}.items():
        made = make()
        made.trajectory("a", "2025-01-01", "2025-02-01")
        made.add("closure", trajectory_id="a", closure_date="2025-02-01")
        fields = {"contact_date": day, "basic_task": "BT1"}
        made.add("contact", contact_id="c", trajectory_id="a", **fields)
        assert made.tell("BT-1", "2025") == {"a": told}
        assert_agreement(score_in_sql, made)


def test_a_first_row_on_the_last_known_day_opens_its_kind(score_in_sql: ScoreWorld):
    for field in ("held_date", "planned_date"):
        made = make("2025-03-31").trajectory("a", "2025-01-01")
        fields = {field: "2025-03-31"}
        made.add("evaluation", evaluation_id="e", trajectory_id="a", **fields)
        # Known on that day, so not "not delivered"; but the 30 days before it cannot be seen.
        assert made.tell("EV-1", "2025-Q1") == {"a": "before_first_record"}
        assert_agreement(score_in_sql, made)


def test_early_contact_can_be_assessed_from_the_day_of_the_first_contact(score_in_sql: ScoreWorld):
    for day, reason in {"2025-06-30": "no_data", "2025-07-01": "kind_not_delivered"}.items():
        made = make().trajectory("a", "2025-01-01", programme="cti")
        made.add("contact", contact_id="c", trajectory_id="a", contact_date=day)
        assert made.requirement("Q-10", "2025-Q2").reason == reason
        assert_agreement(score_in_sql, made)


def test_a_quarter_of_which_one_day_is_known_has_a_row(score_in_sql: ScoreWorld):
    made = make("2025-04-01")
    made.add("worker", worker_id="a")
    assert made.score("ST-3", "2025-Q2").units_counted == 1
    assert_agreement(score_in_sql, made)


def test_a_total_waits_for_a_subscale_of_two_indicators(score_in_sql: ScoreWorld):
    """Structure: two of them, both hidden. Practice: enough to carry four fifths of the total."""
    made = make()
    for name in ("a", "b", "c"):
        made.add("worker", worker_id=name, contract_hours=None if name == "a" else "36")
    # The first assessment and plan ever are old, so that the limits in January count.
    made.assessment("old", "old-t", "2020-01-01")
    made.add("action_plan", plan_id="old", trajectory_id="old-t", plan_date="2020-01-01")
    for number in range(6):
        name = str(number)
        made.trajectory(name, "2025-01-05", "2025-03-02")
        made.assessment(name, name, "2025-03-02")
        made.add("action_plan", plan_id=name, trajectory_id=name, plan_date="2025-02-01")
        made.add("goal", goal_id=name, plan_id=name, start_date="2025-02-01")
        made.add("action", action_id=name, goal_id=name)
        made.add("contact", contact_id=name, trajectory_id=name, contact_date="2025-02-01")
        made.evaluation(name, name, "2025-03-02")
        made.add("closure", trajectory_id=name, closure_date="2025-03-02")
        # Still open trajectories, for what must be current.
        made.trajectory(f"open{name}", "2024-12-20")
    made.assessment("first", "open0", "2025-02-20").evaluation("first", "open0", "2025-02-20")
    parts = made.profile("2025-Q1")
    assert (parts["structure"].indicators_applicable, parts["structure"].status) == (
        2,
        "too_incomplete",
    )
    total = parts["total"]
    assert total.indicators_scored * 5 >= total.indicators_applicable * 4
    assert (total.status, total.score) == ("too_incomplete", None)
    assert_agreement(score_in_sql, made)


def test_the_yearly_rhythm_begins_the_day_after_28_february(score_in_sql: ScoreWorld):
    """A baseline on 29 February: two years later is 28 February, the day after is yearly."""
    for known_until, norm in {"2026-02-28": 214, "2026-03-01": 396}.items():
        made = make(known_until)
        made.add("fidelity_audit", audit_id="x", audit_date="2024-02-29", instrument="i")
        assert made.requirement("Q-09", "2026-Q1").norm == norm
        assert_agreement(score_in_sql, made)


def test_a_late_organisation_makes_all_provisional_from_the_period_it_begins_in(
    score_in_sql: ScoreWorld,
):
    for method_start, is_provisional in {"2025-03-31": True, "2025-04-01": False}.items():
        made = make()
        made.add_organisation("p", "2025-02-10", method_start)
        made.add("team", organisation_id="p", team_id="t").old_trajectory(organisation_id="p")
        assert made.score("ST-3", "2025-Q1", level="all").is_provisional is is_provisional
        assert_agreement(score_in_sql, made)
