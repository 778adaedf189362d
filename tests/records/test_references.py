"""Rows must refer to something that stands; a child of a quarantined parent is told so."""

import pytest

from pipelines.catalogue import load_catalogue
from pipelines.records.references import list_parents, order_kinds
from tests.records.world import CONTACT, TEAM, TRAJECTORY, WORKER, World

PLAN = {
    "plan_id": "P1",
    "trajectory_id": "J1",
    "plan_date": "2024-01-15",
    "status": "active",
}
GOAL = {"goal_id": "G1", "plan_id": "P1", "start_date": "2024-01-15", "status": "open"}
RATING = {
    "rating_id": "B1",
    "subject": "action_plan",
    "subject_id": "P1",
    "criterion": "q1",
    "score": "4",
    "rater_id": "W9",
    "rater_role": "coach",
    "rated_date": "2024-02-01",
}
AUDIT = {
    "audit_id": "A1",
    "team_id": "T1",
    "audit_date": "2024-05-01",
    "round": "baseline",
    "instrument": "scale",
    "instrument_version": "1",
}
SCORE = {
    "audit_id": "A1",
    "assessor_id": "W8",
    "item_id": "i1",
    "evidence_source": "overall",
    "is_consensus": "nee",
    "score": "3",
}


def test_parents_come_before_children() -> None:
    records = load_catalogue().records
    order = order_kinds(records)
    assert sorted(order) == sorted(records)
    for name, kind in records.items():
        assert all(order.index(parent) < order.index(name) for parent in list_parents(kind))


def test_row_that_refers_to_nothing_is_quarantined(world: World) -> None:
    world.deliver("team", TEAM)
    world.deliver("trajectory", TRAJECTORY | {"team_id": "T9", "worker_id": None})
    world.stage()
    assert world.read_reasons("trajectory") == [(2, "team_id", "unknown_reference")]


def test_row_of_another_organisation_is_no_parent(world: World) -> None:
    world.deliver("team", TEAM, organisation_id="a")
    world.deliver("trajectory", TRAJECTORY | {"worker_id": None}, organisation_id="b")
    world.stage()
    assert world.read_reasons("trajectory") == [(2, "team_id", "unknown_reference")]


def test_one_typo_reads_as_one_fault_down_to_the_grandchildren(world: World) -> None:
    world.deliver("team", TEAM)
    world.deliver("worker", WORKER)
    world.deliver("trajectory", TRAJECTORY | {"start_date": "31-02-2024"})
    world.deliver("action_plan", PLAN)
    world.deliver("goal", GOAL)
    world.stage()
    assert world.read_reasons("trajectory") == [(2, "start_date", "not_a_date")]
    assert world.read_reasons("action_plan") == [(2, "trajectory_id", "parent_quarantined")]
    assert world.read_reasons("goal") == [(2, "plan_id", "parent_quarantined")]


def test_newer_faulty_parent_does_not_take_the_children_along(world: World) -> None:
    world.deliver_base()
    world.deliver("trajectory", TRAJECTORY | {"start_date": "x"}, file_date="2025-01-31")
    world.deliver("contact", CONTACT)
    world.stage()
    assert world.read_reasons("contact") == []
    assert len(world.read("select * from staged.contact")) == 1


def test_unknown_worker_of_a_contact_is_emptied_with_a_warning(world: World) -> None:
    world.deliver_base()
    world.deliver("contact", CONTACT | {"worker_id": "W9"}, CONTACT | {"contact_id": "X2"})
    world.stage()
    assert world.read("select contact_id, worker_id from staged.contact order by 1") == [
        ("X1", None),
        ("X2", "W1"),
    ]
    assert world.read_warnings("contact") == [(2, "worker_id", "reference_emptied")]


def test_unknown_worker_of_a_training_is_quarantined(world: World) -> None:
    world.deliver("training", {"worker_id": "W9", "kind": "basic", "completed": "ja"})
    world.stage()
    assert world.read_reasons("training") == [(2, "worker_id", "unknown_reference")]


def test_raters_and_assessors_are_not_checked(world: World) -> None:
    world.deliver_base()
    world.deliver("action_plan", PLAN)
    world.deliver("quality_rating", RATING)
    world.deliver("fidelity_audit", AUDIT)
    world.deliver("audit_rating", SCORE)
    world.stage()
    assert world.read("select * from quality.quarantine") == []


@pytest.mark.parametrize("subject", ["strengths_assessment", "team_review"])
def test_rated_document_must_be_of_the_named_kind(world: World, subject: str) -> None:
    world.deliver_base()
    world.deliver("action_plan", PLAN)
    world.deliver("quality_rating", RATING | {"subject": subject})
    world.stage()
    assert world.read_reasons("quality_rating") == [(2, "subject_id", "unknown_reference")]


def test_two_consensus_scores_for_one_item_are_both_quarantined(world: World) -> None:
    world.deliver("team", TEAM)
    world.deliver("fidelity_audit", AUDIT)
    consensus = SCORE | {"is_consensus": "ja"}
    world.deliver(
        "audit_rating",
        SCORE,
        consensus,
        consensus | {"assessor_id": "W7"},
        consensus | {"item_id": "i2"},
    )
    world.stage()
    assert world.read_reasons("audit_rating") == [
        (3, "is_consensus", "two_consensus_rows"),
        (4, "is_consensus", "two_consensus_rows"),
    ]
    assert world.read("select row_number from staged.audit_rating order by 1") == [(2,), (5,)]


def test_consensus_that_was_corrected_is_one_row(world: World) -> None:
    world.deliver("team", TEAM)
    world.deliver("fidelity_audit", AUDIT)
    world.deliver("audit_rating", SCORE | {"is_consensus": "ja"}, file_date="2024-06-01")
    world.deliver("audit_rating", SCORE | {"is_consensus": "ja", "score": "5"})
    world.stage()
    assert world.read("select score from staged.audit_rating") == [(5,)]
