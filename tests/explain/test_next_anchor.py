"""What the next anchor would have taken, with the arithmetic in sight, for every shape.

Anchors A10: .10, .37, .64 and .90 open the scores 2 to 5.
"""

from fractions import Fraction

import pytest

from pipelines.explain.next_anchor import (
    NextAnchor,
    NotReachable,
    count_fewest,
    find_next_anchor,
    find_next_rating,
)
from pipelines.explain.reach import find_reach
from pipelines.explain.recompute import AnchorRange
from pipelines.explain.score_key import ScoreKey
from pipelines.explain.scores import read_anchors, read_score
from tests.spec.scenario import score_scenario

ONE = Fraction(1)


@pytest.fixture(scope="module")
def anchors():
    warehouse = score_scenario("trajectory\ntrajectory_id | start_date\nt1 | 2024-01-01").warehouse
    return {
        name: read_anchors(warehouse, "org", name, 1)
        for name in ("A10", "mixed_duties", "time_on_method")
    }


def reach_of(scored, indicator, period="2024-Q1"):
    score = read_score(scored.warehouse, ScoreKey(indicator, "org", "team", period, 1))
    return score, find_reach(scored.warehouse, score)


def text_of(kind, header, rows):
    return "\n".join((kind, header, *rows))


# --- within, current, recurring, share: units that are met or not


def test_units_met_are_rounded_up_to_whole_units(anchors):
    # 5 of 11 = .4545 (score 3); .64 x 11 = 7.04, so 8 of 11: 3 more
    anchor = find_next_anchor(Fraction(5), Fraction(11), anchors["A10"], ONE, Fraction(11))
    assert (anchor.amount, anchor.value_after, anchor.score_after) == (3, Fraction(8, 11), 4)
    assert (anchor.limit, anchor.is_rise) == (Fraction(64, 100), True)


def test_a_limit_hit_exactly_is_enough_when_it_belongs_to_the_higher_score(anchors):
    # 15 of 25 = .60 (score 3); .64 x 25 = 16 exactly: 1 more
    anchor = find_next_anchor(Fraction(15), Fraction(25), anchors["A10"], ONE, Fraction(25))
    assert (anchor.amount, anchor.value_after) == (1, Fraction(16, 25))
    assert anchor.is_limit_enough


def test_one_unit_of_a_small_group_can_jump_over_a_score(anchors):
    # 1 of 3 = .33 (score 2); .37 x 3 = 1.11, so 2 of 3 = .67: score 4, not 3
    anchor = find_next_anchor(Fraction(1), Fraction(3), anchors["A10"], ONE, Fraction(3))
    assert (anchor.amount, anchor.score_after) == (1, 4)


def test_where_lower_is_better_units_must_lose_the_feature(anchors):
    # 7 of 8 = .875 (score 2); score 3 is below .70: .70 x 8 = 5.6, so 5 of 8: 2 fewer
    anchor = find_next_anchor(Fraction(7), Fraction(8), anchors["mixed_duties"], ONE, Fraction(8))
    assert (anchor.amount, anchor.is_rise, anchor.value_after) == (2, False, Fraction(5, 8))
    # 6 of 10 = .60 (score 3); score 4 holds .50 itself: 5 of 10, 1 fewer
    anchor = find_next_anchor(Fraction(6), Fraction(10), anchors["mixed_duties"], ONE, Fraction(10))
    assert (anchor.amount, anchor.is_limit_enough) == (1, True)
    # 7 of 10 = .70 (score 2); score 3 does not hold .70: 6 of 10
    anchor = find_next_anchor(Fraction(7), Fraction(10), anchors["mixed_duties"], ONE, Fraction(10))
    assert (anchor.amount, anchor.is_limit_enough, anchor.score_after) == (1, False, 3)


def test_at_the_top_there_is_no_next_anchor(anchors):
    top = find_next_anchor(Fraction(9), Fraction(10), anchors["A10"], ONE, Fraction(10))
    assert top == NotReachable("at_top")


def test_anchors_with_the_best_in_the_middle_are_reached_from_both_sides():
    def range_(score, lower, upper):
        return AnchorRange(
            score,
            None if lower is None else Fraction(lower),
            None if upper is None else Fraction(upper),
            True,
            False,
        )

    middle = (range_(1, None, 5), range_(3, 5, 10), range_(1, 10, None))
    low = find_next_anchor(Fraction(8), Fraction(2), middle, ONE, None)  # 4 -> 5: 2 more
    assert (low.amount, low.is_rise) == (2, True)
    high = find_next_anchor(Fraction(24), Fraction(2), middle, ONE, None)  # 12 -> below 10: 5 less
    assert (high.amount, high.is_rise, high.value_after) == (5, False, Fraction(19, 2))


def test_within_counts_trajectories():
    rows = [f"t{place} | 2024-01-01" for place in range(6)]
    scored = score_scenario(
        text_of("trajectory", "trajectory_id | start_date", [*rows, "first | 2023-01-01"]),
        text_of(
            "strengths_assessment",
            "assessment_id | trajectory_id | assessment_date",
            ["a0 | first | 2023-01-02", "a1 | t0 | 2024-01-02", "a2 | t1 | 2024-02-12"],
        ),
    )
    score, reach = reach_of(scored, "KI-1")
    # 2 of 6 = .33 (score 2); .37 x 6 = 2.22, so 3 of 6: 1 more trajectory
    assert (score.score, reach.anchor.amount, reach.fewest_units) == (2, 1, 1)


def test_recurring_counts_blocks():
    held = [
        f"r{place} | 2024-01-{day} | 2024-01-{day} | held" for place, day in enumerate(("01", "08"))
    ]
    scored = score_scenario(
        text_of("trajectory", "trajectory_id | start_date", ["t1 | 2023-01-02"]),
        text_of(
            "team_review",
            "review_id | planned_date | held_date | status",
            ["early | 2023-01-02 | - | cancelled", *held],
        ),
    )
    score, reach = reach_of(scored, "ST-4")
    # blocks ending in the first quarter of 2024: 7 January to 31 March = 13
    # 2 of 13 = .15 (score 2); .37 x 13 = 4.81, so 5 of 13: 3 more blocks
    assert (score.denominator, score.numerator, score.score) == (13, 2, 2)
    assert (reach.anchor.amount, reach.fewest_units) == (3, 3)


def test_current_and_share_without_enough_units_have_no_next_anchor_yet():
    scored = score_scenario(
        text_of("trajectory", "trajectory_id | start_date", ["t1 | 2023-01-02"]),
        text_of(
            "evaluation",
            "evaluation_id | trajectory_id | kind | held_date | client_present",
            ["e0 | t1 | interim | 2023-01-02 | true", "e1 | t1 | interim | 2024-02-01 | false"],
        ),
    )
    for indicator in ("EV-1", "EV-2"):
        score, reach = reach_of(scored, indicator)
        assert (score.status, reach.anchor) == ("too_few", NotReachable("no_score"))


# --- ratio, coverage, rate, rated: amounts


def test_hours_of_a_ratio_change_in_hundredths():
    workers = [f"w{place} | 36 | 6" for place in range(3)]
    scored = score_scenario(
        text_of("trajectory", "trajectory_id | start_date", ["t1 | 2024-01-01"]),
        text_of("worker", "worker_id | contract_hours | other_duty_hours", workers),
    )
    score, reach = reach_of(scored, "ST-1")
    # 90 of 108 hours = .833 (score 3); .90 x 108 = 97.2: 7.2 hours more
    assert (score.numerator, score.denominator, score.score) == (90, 108, 3)
    assert reach.anchor.amount == Fraction(72, 10)
    # each worker has 6 other hours: 7.2 is more than one can give up, two can
    assert reach.fewest_units == 2


def test_contact_moments_of_a_ratio_are_whole_and_fewest_contacts_hold_the_most():
    contacts = ["c0 | t1 | 2024-01-05 | 3 | home", "c1 | t1 | 2024-01-06 | 4 | facility"]
    contacts += [f"d{place} | t1 | 2024-01-07 | 1 | facility" for place in range(3)]
    scored = score_scenario(
        text_of("trajectory", "trajectory_id | start_date", ["t1 | 2024-01-01"]),
        text_of(
            "contact",
            "contact_id | trajectory_id | contact_date | contact_count | place",
            contacts,
        ),
    )
    score, reach = reach_of(scored, "OM-1")
    # 3 of 10 = .30 (score 2); .37 x 10 = 3.7, so 4 of 10: 1 more moment, of one contact
    assert (score.numerator, score.denominator, score.score) == (3, 10, 2)
    assert (reach.anchor.amount, reach.anchor.score_after, reach.fewest_units) == (1, 3, 1)


def test_coverage_counts_entries_and_the_fewest_trajectories_that_lack_them():
    trajectories = [f"t{place} | 2024-01-01" for place in range(5)]
    assessments = [f"a{place} | t{place} | 2024-01-05" for place in range(5)]
    # filled domains: 9, 9, 9, 0 and 0 of 10 each
    domains = [
        f"a{place} | L{number:02d} | {'true' if place < 3 else 'false'}"
        for place in range(5)
        for number in range(1, 10)
    ]
    scored = score_scenario(
        text_of("trajectory", "trajectory_id | start_date", trajectories),
        text_of(
            "strengths_assessment", "assessment_id | trajectory_id | assessment_date", assessments
        ),
        text_of("strengths_assessment_domain", "assessment_id | life_domain | filled", domains),
    )
    score, reach = reach_of(scored, "KI-2")
    # 27 of 50 = .54 (score 3); .64 x 50 = 32: 5 more domains; one empty assessment lacks 10
    assert (score.numerator, score.denominator, score.score) == (27, 50, 3)
    assert (reach.anchor.amount, reach.fewest_units) == (5, 1)


def test_a_rate_without_anchors_has_no_next_anchor_and_says_so():
    scored = score_scenario(
        text_of("trajectory", "trajectory_id | start_date", ["t1 | 2023-01-01"]),
        text_of("worker", "worker_id | start_date", ["w1 | 2020-01-01", "w2 | 2020-01-01"]),
        text_of(
            "supervision",
            "supervision_id | worker_id | session_date",
            ["s0 | w1 | 2023-01-01", "s1 | w1 | 2024-01-05"],
        ),
    )
    score, reach = reach_of(scored, "SV-2")
    assert (score.status, reach.anchor) == ("no_norm", NotReachable("no_norm"))


def test_a_rate_with_anchors_counts_whole_sessions_and_no_worker_is_full(anchors):
    # 4 sessions in 10 months = .40 (score 3); .64 x 10 = 6.4, so 7 sessions: 3 more
    anchor = find_next_anchor(Fraction(4), Fraction(10), anchors["A10"], ONE, None)
    assert anchor.amount == 3


def test_a_rating_needs_higher_ratings_not_more_documents():
    # means 3, 3.5 and 4 = 10.5 over 3 documents = 3.5; score 4 needs 12: 1.5 more
    anchor = find_next_rating(Fraction(21, 2), Fraction(3))
    assert (anchor.amount, anchor.score_after) == (Fraction(3, 2), 4)
    # rooms to 5: 2, 1.5 and 1; one document can hold 1.5
    rooms = [(Fraction(2), 1), (Fraction(3, 2), 1), (Fraction(1), 1)]
    assert count_fewest(rooms, anchor.amount) == 1
    # exactly 4: the next is 5, 3 more in all
    assert find_next_rating(Fraction(12), Fraction(3)).amount == 3
    assert find_next_rating(Fraction(15), Fraction(3)) == NotReachable("at_top")


# --- fewest units


def test_the_fewest_units_are_those_with_the_most_room():
    rooms = [(Fraction(1), 10), (Fraction(4), 2), (Fraction(0), 7)]
    assert count_fewest(rooms, Fraction(4)) == 1
    assert count_fewest(rooms, Fraction(9)) == 3  # 4 + 4 + 1
    assert count_fewest(rooms, Fraction(18)) == 12  # everything there is
    assert count_fewest(rooms, Fraction(19)) is None


def test_an_amount_beyond_the_denominator_is_out_of_reach():
    beyond = (
        AnchorRange(1, None, Fraction(2), True, False),
        AnchorRange(2, Fraction(2), None, True, False),
    )
    assert find_next_anchor(ONE, ONE, beyond, ONE, ONE) == NotReachable("out_of_reach")
    assert isinstance(find_next_anchor(ONE, ONE, beyond, ONE, None), NextAnchor)
