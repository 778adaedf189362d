"""How far assessors agree: which ratings are compared, and when nothing is said."""

import pytest

from tests.audits.scenario import ITEMS, Audited, score_audits, write_audit, write_grid

# Two assessors on fourteen items, and what follows from the pairs by hand.
FOURTEEN = [(1, 1), (2, 2), (3, 3), (4, 4), (5, 5), (1, 2), (2, 3), (3, 4), (4, 5), (5, 4)]
FOURTEEN += [(1, 3), (3, 5), (2, 2), (4, 4)]
STATISTICS = [
    "share_exact",
    "share_within_one",
    "weighted_kappa_quadratic",
    "ac2_quadratic",
    "icc_2_1_total",
    "krippendorff_alpha_ordinal",
]


def tell(found: Audited, statistic: str, instrument: str = "sm-kansas-2009") -> tuple:
    row = found.row("rater_agreement", instrument=instrument, statistic=statistic)
    return row["value"], row["n"], row["status"], row["reason"]


def test_the_statistics_of_fourteen_pairs():
    found = score_audits(write_audit("A", "2024-02-01", write_grid(*FOURTEEN)))
    rows = found.rows("rater_agreement")
    assert [row["statistic"] for row in rows] == STATISTICS
    assert tell(found, "share_exact") == (7 / 14, 14, "given", None)
    assert tell(found, "share_within_one") == (12 / 14, 14, "given", None)
    # sum of squared differences: 5 x 1 + 2 x 4 = 13; expected from the margins, kappa = 1 - 13/14/e
    first, second = zip(*FOURTEEN, strict=True)
    expected = sum((a - b) ** 2 for a in first for b in second) / 14**2
    kappa, *rest = tell(found, "weighted_kappa_quadratic")
    assert kappa == pytest.approx(1 - 13 / 14 / expected, abs=1e-12)
    assert rest == [14, "given", None]
    assert tell(found, "ac2_quadratic")[1:] == (14, "given", None)
    assert tell(found, "krippendorff_alpha_ordinal")[1:] == (14, "given", None)
    assert tell(found, "icc_2_1_total") == (None, 1, "too_few", "fewer_than_10")


def test_nine_pairs_say_nothing():
    found = score_audits(write_audit("A", "2024-02-01", write_grid(*FOURTEEN[:9])))
    for statistic in set(STATISTICS) - {"icc_2_1_total"}:
        assert tell(found, statistic) == (None, 9, "too_few", "fewer_than_10")
    ten = score_audits(write_audit("A", "2024-02-01", write_grid(*FOURTEEN[:10])))
    assert tell(ten, "share_exact") == (0.5, 10, "given", None)


def test_ratings_that_are_all_equal_leave_a_coefficient_undefined():
    found = score_audits(write_audit("A", "2024-02-01", write_grid(*[4] * 14)))
    assert tell(found, "share_exact") == (1, 14, "given", None)
    undefined = (None, 14, "undefined")
    assert tell(found, "weighted_kappa_quadratic") == (*undefined, "both_raters_constant")
    assert tell(found, "ac2_quadratic") == (*undefined, "all_ratings_equal")
    assert tell(found, "krippendorff_alpha_ordinal") == (*undefined, "all_ratings_equal")


def test_an_audit_with_consensus_talk_plays_no_part():
    talked = [f"{item} | {a} | {b} | -" for item, (a, b) in zip(ITEMS, FOURTEEN, strict=True)]
    talked[0] = "SM01 | 1 | 1 | 1"
    talked_audit = write_audit("B", "2024-03-01", "\n".join(["item | a | b | consensus", *talked]))
    assert tell(score_audits(talked_audit), "share_exact") == (None, 0, "too_few", "fewer_than_10")
    audit = write_audit("A", "2024-02-01", write_grid(*FOURTEEN))
    assert tell(score_audits(audit, talked_audit), "share_exact")[1] == 14


def test_a_rating_between_two_categories_counts_for_equality_but_not_for_kappa():
    grid = write_grid(*FOURTEEN[:13], ("file 4, interview 5", 4))
    found = score_audits(write_audit("A", "2024-02-01", grid))
    assert tell(found, "share_exact")[:2] == (6 / 14, 14)
    assert tell(found, "share_within_one")[:2] == (12 / 14, 14)  # 4.5 against 4
    assert tell(found, "weighted_kappa_quadratic")[1] == 13
    assert tell(found, "ac2_quadratic")[1] == 13
    assert tell(found, "krippendorff_alpha_ordinal")[1] == 14


def test_three_assessors_are_three_pairs_an_item():
    grid = write_grid(*[(1, 2, 2)] * 7 + [(4, 4, 4)] * 7, assessors=("a", "b", "c"))
    found = score_audits(write_audit("A", "2024-02-01", grid))
    assert tell(found, "share_exact")[:2] == ((7 + 21) / 42, 42)
    assert tell(found, "ac2_quadratic")[1] == 14  # items with two or more ratings


def test_ten_audits_give_the_agreement_on_totals():
    # Assessor b is always one point above a: totals 1 and 2, 2 and 3, 3 and 4, 4 and 5.
    audits = [
        write_audit(f"A{n}", "2024-02-01", write_grid(*[(1 + n % 4, 2 + n % 4)] * 14))
        for n in range(10)
    ]
    value, count, status, _ = tell(score_audits(*audits), "icc_2_1_total")
    assert (count, status) == (10, "given")
    # a: 3 x 1, 3 x 2, 2 x 3, 2 x 4 has variance 12.1 / 9 (n - 1); BMS = 2 x that, EMS = 0, and
    # JMS = 10 x 2 x .5^2 = 5: ICC = BMS / (BMS + 2 x 5 / 10)
    between = 2 * 12.1 / 9
    assert value == pytest.approx(between / (between + 1), abs=1e-12)


def test_who_rated_less_than_four_fifths_has_no_total():
    audits = [
        write_audit(f"A{n}", "2024-02-01", write_grid(*[(n % 4 + 1, 3)] * 11 + [("-", 3)] * 3))
        for n in range(10)
    ]
    assert tell(score_audits(*audits), "icc_2_1_total")[1] == 0  # a: 11 of 14


def test_what_does_not_apply_is_not_asked_of_an_assessor():
    audits = [
        write_audit(f"A{n}", "2024-02-01", write_grid(*[(n % 4 + 1, 3)] * 11 + [("na", "na")] * 3))
        for n in range(10)
    ]
    assert tell(score_audits(*audits), "icc_2_1_total")[1] == 10  # 11 of 11


def test_an_organisation_is_told_its_own_agreement():
    other = "\n\n".join(
        [
            "organisation\norganisation_id | known_until\norg | 2024-12-31\ntwo | 2024-12-31",
            "team\norganisation_id | team_id | start_date\norg | team | 2020-01-01\n"
            "two | team | 2020-01-01",
        ]
    )
    grids = [write_grid(*[(3, 3)] * 7, *[(2, 4)] * 7), write_grid(*[(1, 1)] * 14)]
    found = score_audits(
        write_audit("A", "2024-02-01", grids[0]),
        write_audit("A", "2024-02-01", grids[1], organisation="two"),
        other=other,
    )
    assert tell(found, "share_exact")[:2] == (21 / 28, 28)
    own = found.rows("rater_agreement_organisation", statistic="share_exact")
    assert [(row["organisation_id"], row["value"], row["n"]) for row in own] == [
        ("org", 0.5, 14),
        ("two", 1, 14),
    ]


def test_without_audits_nothing_is_said_of_any_instrument():
    assert score_audits().rows("rater_agreement") == []
