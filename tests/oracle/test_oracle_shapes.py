"""The oracle itself, shape by shape, on worlds small enough to check by eye.

Settings of these worlds: 10 days for assessment and plan, 30 days for what must be current, blocks
of 7 days. Every team exists since 2020.
"""

from fractions import Fraction

from tests.oracle.hand_made import HandMade


def make(known_until: str = "2026-12-31", method_start: str | None = None) -> HandMade:
    return HandMade(known_until, method_start).add("team", team_id="t").old_trajectory()


def test_an_event_counts_from_31_days_before_the_start_up_to_the_limit():
    world = make()
    # The first assessment ever is old, so that nothing is "not yet delivered".
    world.add(
        "strengths_assessment",
        assessment_id="x",
        trajectory_id="old-t",
        assessment_date="2020-01-01",
    )
    for name, day in {
        "on limit": "2025-03-11",
        "after limit": "2025-03-12",
        "31 before": "2025-01-29",
        "32 before": "2025-01-28",
    }.items():
        world.trajectory(name, "2025-03-01")
        world.assessment(name, name, day)
    assert world.tell("KI-1", "2025-Q1") == {
        "on limit": "met",
        "after limit": "not met",
        "31 before": "met",
        "32 before": "not met",
    }


def test_a_quick_end_excludes_also_when_the_event_happened():
    world = make()
    world.add(
        "strengths_assessment",
        assessment_id="x",
        trajectory_id="old-t",
        assessment_date="2020-01-01",
    )
    world.trajectory("early", "2025-03-01", "2025-03-10")
    world.add(
        "strengths_assessment",
        assessment_id="e",
        trajectory_id="early",
        assessment_date="2025-03-02",
    )
    world.trajectory("on limit", "2025-03-01", "2025-03-11")
    assert world.tell("KI-1", "2025-Q1") == {"early": "ended_before_limit", "on limit": "not met"}


def test_a_limit_after_the_last_known_day_is_not_yet_due_and_belongs_to_its_own_period():
    world = make(known_until="2025-03-20")
    world.add(
        "strengths_assessment",
        assessment_id="x",
        trajectory_id="old-t",
        assessment_date="2020-01-01",
    )
    world.trajectory("due", "2025-03-10")
    world.trajectory("later", "2025-03-11")
    world.trajectory("next quarter", "2025-03-22")
    assert world.tell("KI-1", "2025-Q1") == {"due": "not met", "later": "not_yet_due"}


def test_current_looks_at_the_last_days_of_open_trajectories_only():
    world = make()
    world.evaluation("first", "old-t", "2020-01-01")
    # E = 2025-03-31, 30 days: from 2025-03-02 on.
    for name, day in {
        "inside": "2025-03-02",
        "outside": "2025-03-01",
        "after": "2025-04-01",
    }.items():
        world.trajectory(name, "2025-01-01")
        world.evaluation(name, name, day)
    world.trajectory("ends on E", "2025-01-01", "2025-03-31")
    world.trajectory("young", "2025-03-01")
    world.trajectory("old enough", "2025-02-28")
    assert world.tell("EV-1", "2025-Q1") == {
        "inside": "met",
        "outside": "not met",
        "after": "not met",
        "young": "too_young",
        "old enough": "not met",
    }


def test_blocks_are_counted_from_a_fixed_monday_and_belong_to_their_last_day():
    world = make()
    world.add("team_review", review_id="x", held_date="2020-01-01")
    world.add("team_review", review_id="a", held_date="2025-01-05")
    world.add("team_review", review_id="b", held_date="2025-01-06", status="cancelled")
    told = world.tell("ST-4", "2025-Q1")
    # 2024-12-30 is a Monday; its week ends in 2025.
    assert list(told)[:2] == ["t|2024-12-30", "t|2025-01-06"]
    assert told["t|2024-12-30"] == "met"
    assert told["t|2025-01-06"] == "not met"
    assert list(told)[-1] == "t|2025-03-24"


def test_a_block_in_which_the_team_starts_is_not_counted():
    world = HandMade().add("team", team_id="t", start_date="2025-01-07").old_trajectory()
    world.add("team_review", review_id="x", held_date="2025-01-08", team_id="t")
    told = world.tell("ST-4", "2025-Q1")
    assert told["t|2024-12-30"] == "kind_not_delivered"
    assert told["t|2025-01-06"] == "team_not_active"
    assert told["t|2025-01-13"] == "not met"


def test_a_share_leaves_out_what_is_not_recorded_and_plans_that_are_drafts():
    world = make()
    world.trajectory("a", "2025-01-01")
    for plan, status in {"p": "active", "draft": "draft"}.items():
        world.add(
            "action_plan", plan_id=plan, trajectory_id="a", plan_date="2025-01-01", status=status
        )
    for goal, answer in {"yes": True, "no": False, "empty": None}.items():
        world.add("goal", goal_id=goal, plan_id="p", start_date="2025-02-01", from_strengths=answer)
    world.add("goal", goal_id="of draft", plan_id="draft", start_date="2025-02-01")
    assert world.tell("AP-2", "2025-Q1") == {"yes": "met", "no": "not met", "empty": "not_recorded"}


def test_contact_moments_are_summed_and_not_rows():
    world = make().trajectory("a", "2025-01-01")
    for number, (place, moments) in enumerate(
        (("home", 3), ("facility", 2), ("community", 0), (None, 1))
    ):
        world.add(
            "contact",
            contact_id=str(number),
            trajectory_id="a",
            contact_date="2025-02-01",
            place=place,
            contact_count=moments,
        )
    score = world.score("OM-1", "2025-Q1")
    # 3 of 5 recorded moments; 5 of 6 are recorded, which is at least 4/5.
    assert (score.value, score.units_counted, score.status) == (Fraction(3, 5), 5, "scored")


def test_time_on_the_method_is_pooled_hours():
    world = make()
    for name, hours, other in (("a", "36", "3.6"), ("b", "24", "0"), ("c", "20", None)):
        world.add("worker", worker_id=name, contract_hours=hours, other_duty_hours=other)
    score = world.score("ST-1", "2025-Q1")
    assert score.value == Fraction(564, 600)
    assert score.status == "too_incomplete"  # 2 of 3 is below 4/5


def test_caseload_counts_every_programme_and_only_active_support_workers():
    world = make()
    for programme in ("krachtwerk", "other", "cti"):
        world.add(
            "trajectory", trajectory_id=programme, programme=programme, start_date="2025-01-01"
        )
    world.add("worker", worker_id="a", fte="0.5").add("worker", worker_id="b", fte="1")
    world.add("worker", worker_id="gone", end_date="2025-03-30")
    world.add("worker", worker_id="last day", fte="0", end_date="2025-03-31")
    world.add("worker", worker_id="boss", role="manager")
    score = world.score("ST-3", "2025-Q1")
    assert (score.value, score.units_counted, score.status) == (Fraction(2), 3, "no_norm")


def test_the_latest_assessment_decides_and_equal_dates_go_to_the_highest_version():
    world = make().trajectory("a", "2025-01-01")
    for name, version, domains in (("two", 2, 5), ("ten", 10, 3), ("none", None, 9)):
        world.add(
            "strengths_assessment",
            assessment_id=name,
            trajectory_id="a",
            assessment_date="2025-02-01",
            version=version,
        )
        for number in range(domains):
            world.add("strengths_assessment_domain", assessment_id=name, life_domain=f"L{number}")
    assert world.tell("KI-2", "2025-Q1") == {"a": "3/10"}


def test_basic_tasks_need_five_traces_when_contacts_name_no_task():
    world = make()
    world.trajectory("a", "2025-01-01", "2025-02-01")
    world.add("closure", trajectory_id="a", closure_date="2025-02-01")
    world.evaluation("e", "a", "2025-03-04")
    world.add("self_regulation_review", review_id="z", trajectory_id="a", review_date="2025-03-05")
    # The closure (BT7) and the evaluation 31 days after the end (BT6); one day later is too late.
    assert world.tell("BT-1", "2025-Q1") == {"a": "2/5"}
    world.add(
        "contact", contact_id="c", trajectory_id="a", contact_date="2025-11-01", basic_task="BT1"
    )
    # A task named anywhere in the year gives all seven; that contact itself is too late.
    assert world.tell("BT-1", "2025-Q1") == {"a": "2/7"}


def test_closures_are_excluded_in_order_and_never_failed():
    world = make()
    for name, fields in {
        "no contact": {"without_contact": True, "reason_code": None},
        "unknown": {"reason_code": "99"},
        "early": {"reason_code": "21"},
        "said planned": {"reason_code": "21", "planned": True},
        "gap": {"final_report": None},
        "partly": {"safety_plan": False, "without_contact": None},
    }.items():
        world.trajectory(name, "2025-01-01")
        world.add("closure", trajectory_id=name, closure_date="2025-02-01", **fields)
    assert world.tell("AF-1", "2025-Q1") == {
        "no contact": "not_applicable",
        "unknown": "not_recorded",
        "early": "not_applicable",
        "said planned": "5/5",
        "gap": "not_recorded",
        "partly": "4/5",
    }
    assert world.tell("AF-1.2", "2025-Q1")["gap"] == "met"
    assert world.tell("AF-2", "2025-Q1")["partly"] == "not_recorded"


def test_sessions_are_counted_per_month_of_active_support_work():
    world = make()
    world.add("supervision", supervision_id="x", worker_id="a", session_date="2020-01-01")
    world.add("worker", worker_id="a", end_date="2025-01-30")
    world.add("worker", worker_id="a", start_date="2025-01-31", role="coach")
    for number, day in enumerate(("2025-01-01", "2025-01-30", "2025-01-31")):
        world.add("supervision", supervision_id=str(number), worker_id="a", session_date=day)
    score = world.score("SV-4", "2025-Q1")
    # 30 days of 30.4375; the third session fell in her work as a coach.
    assert (score.numerator, score.denominator) == (2, Fraction(30) / Fraction("30.4375"))
    assert score.status == "too_few"


def test_a_session_of_a_worker_in_two_teams_goes_to_the_row_that_started_last():
    world = make().add("team", team_id="u").old_trajectory("u")
    world.add("supervision", supervision_id="x", worker_id="a", session_date="2020-01-01")
    world.add("worker", worker_id="a").add(
        "worker", worker_id="a", team_id="u", start_date="2025-02-01"
    )
    world.add("supervision", supervision_id="1", worker_id="a", session_date="2025-01-31")
    world.add("supervision", supervision_id="2", worker_id="a", session_date="2025-02-01")
    assert world.score("SV-4", "2025-Q1").numerator == 1
    assert world.score("SV-4", "2025-Q1", team_id="u").numerator == 1
    assert world.score("SV-4", "2025-Q1", level="organisation").numerator == 2


def test_a_document_counts_once_with_the_mean_of_what_others_gave():
    world = make().trajectory("a", "2025-01-01")
    ratings = {"k": ((3, "coach"), (4, "auditor"), (1, "self")), "own": ((5, "self"),)}
    for document, given in ratings.items():
        world.add(
            "strengths_assessment",
            assessment_id=document,
            trajectory_id="a",
            assessment_date="2025-01-05",
        )
        for number, (score, role) in enumerate(given):
            world.add(
                "quality_rating",
                rating_id=f"{document}{number}",
                subject_id=document,
                score=score,
                rater_role=role,
                rated_date="2025-02-01",
            )
    assert world.tell("KI-5", "2025-Q1") == {"k": "7/2/1", "own": "not_applicable"}


def test_new_workers_are_left_out_trained_or_not():
    world = make()
    world.add("worker", worker_id="old").add("worker", worker_id="untrained")
    world.add("worker", worker_id="new", start_date="2025-03-02")
    world.add("worker", worker_id="30 days", start_date="2025-03-01")
    for name in ("old", "new", "30 days"):
        world.add("training", worker_id=name)
    world.add("training", worker_id="untrained", completed_date="2025-04-01")
    assert world.tell("SV-1", "2025-Q1") == {
        "t|old": "met",
        "t|untrained": "not met",
        "t|new": "too_young",
        "t|30 days": "met",
    }
