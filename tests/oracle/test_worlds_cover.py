"""The random worlds reach every corner: otherwise agreeing on them would prove little."""

from collections import Counter
from fractions import Fraction
from itertools import product

import pytest

from tests.oracle.indicators import INDICATORS
from tests.oracle.profile import PARTS
from tests.oracle.requirements import STATUSES as REQUIREMENT_STATUSES
from tests.oracle.scores import STATUSES
from tests.oracle.tables import score_world
from tests.oracle.units import REASONS
from tests.oracle.worlds import make_world

WORLD_COUNT = 120
A10_LIMITS = [Fraction(n, 100) for n in (10, 37, 64, 90)]


@pytest.fixture(scope="module")
def seen() -> Counter:
    """How often each thing that must happen happens."""
    seen: Counter = Counter()
    for seed in range(WORLD_COUNT):
        tables = score_world(make_world(seed))
        for row in tables["indicator_scores"]:
            seen[row["indicator_id"], row["status"]] += 1
            seen["level", row["level"]] += 1
            seen["provisional", row["is_provisional"]] += 1
            seen["value", row["indicator_id"], row["value"]] += 1
            seen["score", row["score"]] += 1
        for row in tables["indicator_units"]:
            seen["reason", row["exclusion_reason"]] += 1
        for row in tables["record_profile"]:
            seen["part", row["part"], row["status"]] += 1
            seen["band", row["band"]] += 1
        for row in tables["requirement_results"]:
            seen["requirement", row["requirement_id"], row["status"]] += 1
            seen["requirement reason", row["requirement_id"], row["reason"]] += 1
    return seen


@pytest.mark.parametrize("status", STATUSES)
def test_every_status_occurs(seen: Counter, status: str):
    assert any(seen[indicator.id, status] for indicator in INDICATORS)


@pytest.mark.parametrize("indicator", INDICATORS, ids=lambda indicator: indicator.id)
def test_every_indicator_gets_a_result(seen: Counter, indicator):
    best = "scored" if indicator.anchors else "no_norm"
    assert seen[indicator.id, best] and seen[indicator.id, "no_data"]


@pytest.mark.parametrize("reason", REASONS)
def test_every_reason_to_exclude_occurs(seen: Counter, reason: str):
    assert seen["reason", reason]


@pytest.mark.parametrize("score", [1, 2, 3, 4, 5])
def test_every_score_occurs(seen: Counter, score: int):
    assert seen["score", score]


@pytest.mark.parametrize("limit", A10_LIMITS)
def test_every_limit_between_two_scores_is_hit_exactly(seen: Counter, limit: Fraction):
    assert sum(seen["value", indicator.id, limit] for indicator in INDICATORS) >= 3


def test_every_level_occurs_with_known_and_provisional_periods(seen: Counter):
    assert all(seen["level", level] for level in ("team", "organisation", "all"))
    assert seen["provisional", True] and seen["provisional", False]


@pytest.mark.parametrize("part", PARTS)
def test_every_part_of_the_profile_is_shown_and_hidden(seen: Counter, part: str):
    # Supervision and management have one indicator that can be scored.
    shown = "single_indicator" if part in ("supervision", "M") else "shown"
    assert seen["part", part, shown] and seen["part", part, "no_data"]
    if shown == "shown":
        assert seen["part", part, "too_incomplete"]


@pytest.mark.parametrize("band", ["high", "moderate", "low", "not_determined"])
def test_every_band_occurs(seen: Counter, band: str):
    assert seen["band", band]


GUARDED = product(("Q-01", "Q-02", "Q-03", "Q-07", "Q-10"), ("met", "not_met", "uncertain"))
FULL_COUNTS = product(("Q-04", "Q-05", "Q-06"), ("met", "not_met"))


@pytest.mark.parametrize(("requirement", "status"), [*GUARDED, *FULL_COUNTS])
def test_every_requirement_is_met_and_not_met(seen: Counter, requirement: str, status: str):
    assert seen["requirement", requirement, status]


AUDIT_REASONS = (
    *(("Q-08", reason) for reason in ("no_audit", "raters_unknown", "meets_norm", "fails_norm")),
    *(("Q-09", reason) for reason in ("team_not_active", "kind_not_delivered", "not_yet_due")),
    *(("Q-09", reason) for reason in ("no_baseline", "meets_norm", "fails_norm")),
)


@pytest.mark.parametrize(("requirement", "reason"), AUDIT_REASONS)
def test_every_outcome_of_the_audits_occurs(seen: Counter, requirement: str, reason: str):
    assert seen["requirement reason", requirement, reason]


@pytest.mark.parametrize("status", REQUIREMENT_STATUSES)
def test_every_status_of_a_requirement_occurs(seen: Counter, status: str):
    assert any(seen["requirement", f"Q-{n:02}", status] for n in (*range(1, 8), 10))
