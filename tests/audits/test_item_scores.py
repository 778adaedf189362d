"""From ratings to the score of an item: sources, assessors, consensus, and reasons for no score."""

import pytest

from tests.audits.scenario import score_audits, write_audit, write_grid


def score_item(grid: str) -> tuple:
    return score_audits(write_audit("A", "2024-02-01", grid)).score("SM01")


@pytest.mark.parametrize(
    ("ratings", "expected"),
    [
        ("4 | 4", 4),
        ("3 | 4", 3.5),  # the mean over assessors
        ("file 2, interview 5 | -", 3.5),  # no overall judgement: the mean over sources
        ("file 1, interview 1, overall 4 | -", 4),  # the overall judgement goes before its sources
        ("file 1, interview 2, overall ? | -", 1.5),  # an overall judgement without score does not
        ("file 1, interview 2, observation 2 | 4", (5 / 3 + 4) / 2),  # first sources, then people
        ("file 5, interview na | -", 5),  # a source that does not apply plays no part
        ("5 | na", 5),
        ("5 | ?", 5),
    ],
)
def test_an_item_is_the_mean_over_assessors_of_their_judgement(ratings, expected):
    score, status = score_item(f"item | a | b\nSM01 | {ratings}")
    assert score == pytest.approx(expected, abs=1e-15)
    assert status == "shown"


def test_what_was_agreed_replaces_what_was_rated():
    assert score_item("item | a | b | consensus\nSM01 | 1 | 2 | 4") == (4, "shown")


@pytest.mark.parametrize(
    ("agreed", "status"), [("na", "not_applicable"), ("?", "no_data")]
)  # also when the assessors had given scores
def test_a_consensus_without_score_decides_by_its_reason(agreed, status):
    assert score_item(f"item | a | consensus\nSM01 | 5 | {agreed}") == (None, status)


@pytest.mark.parametrize(
    ("ratings", "status"),
    [
        ("na | na", "not_applicable"),
        ("na | ?", "no_data"),  # not every row says so
        ("file na, interview ? | na", "no_data"),
        ("? | ?", "no_data"),
        ("- | -", "no_data"),  # no row
    ],
)
def test_missing_and_not_applicable_are_kept_apart(ratings, status):
    assert score_item(f"item | a | b\nSM01 | {ratings}\nSM02 | 3 | 3") == (None, status)


def test_an_item_has_no_bounds_and_no_band():
    found = score_audits(write_audit("A", "2024-02-01", write_grid(*[4] * 14)))
    assert found.band("SM01") == (None, None, None)


@pytest.mark.parametrize(
    ("grid", "raters"),
    [
        ("item | a | b\nSM01 | 3 | 3\nSM02 | 3 | -", 2),
        ("item | a | b\nSM01 | ? | na", 2),  # whoever looked is an assessor
        ("item | a | consensus\nSM01 | 3 | 4", 1),  # entering the consensus makes no assessor
        ("item | consensus\nSM01 | 3", None),
        ("", None),
    ],
)
def test_raters_are_those_who_rated_by_themselves(grid, raters):
    found = score_audits(write_audit("A", "2024-02-01", grid))
    assert {row["raters"] for row in found.rows("audit_scores")} == {raters}


def test_an_audit_after_the_last_export_does_not_count():
    known, later = write_audit("A", "2024-12-31"), write_audit("B", "2025-01-01")
    found = score_audits(known, later)
    assert {row["audit_id"] for row in found.rows("audit_scores")} == {"A"}


def test_every_rating_stays_visible_beside_the_scores():
    grid = "item | a | b | consensus\nSM01 | file 2, interview 4 | 5 | 4\nSM99 | 1 | - | -"
    rows = score_audits(write_audit("A", "2024-02-01", grid)).rows("audit_rating")
    told = [(row["assessor_id"], row["evidence_source"], row["score"]) for row in rows]
    assert told == [("a", "file", 2), ("a", "interview", 4), ("b", "overall", 5),
                    ("consensus", "overall", 4), ("a", "overall", 1)]  # fmt: skip
    assert [row["is_known_item"] for row in rows] == [True, True, True, True, False]
