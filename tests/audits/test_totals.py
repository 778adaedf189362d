"""From items to subscales and total: four fifths, bounds, bands, means and sums."""

import pytest

from tests.audits.scenario import (
    Audited,
    declare_instrument,
    overlay,
    score_audits,
    write_audit,
    write_grid,
)

STRUCTURE, SUPERVISION = [4, 4, 4, 4], [3, 3, 3, 3]


def score_fourteen(*scores: object) -> Audited:
    return score_audits(write_audit("A", "2024-02-01", write_grid(*scores)))


def test_a_total_is_the_mean_of_its_items_and_not_of_its_subscales():
    found = score_fourteen(*STRUCTURE, *SUPERVISION, 5, 5, 5, 5, 5, 5)
    assert found.score("structure") == (4, "shown")
    assert found.score("supervision") == (3, "shown")
    assert found.score("practice") == (5, "shown")
    # (16 + 12 + 30) / 14, not (4 + 3 + 5) / 3
    assert found.score("total") == (pytest.approx(58 / 14, abs=1e-15), "shown")
    assert found.band() == (58 / 14, 58 / 14, "high")


def test_a_missing_item_widens_the_bounds_and_a_subscale_needs_four_fifths():
    found = score_fourteen(*STRUCTURE, *SUPERVISION, "?", 4, 4, 4, 4, 4)
    # 5 of 6 >= 4/5; the missing one can be 1 to 5
    assert found.score("practice") == (4, "shown")
    assert found.band("practice") == (21 / 6, 25 / 6, "not_determined")
    # S = 16 + 12 + 20 = 48 of 13: lowest (48 + 1) / 14, highest (48 + 5) / 14
    assert found.score("total") == (pytest.approx(48 / 13, abs=1e-15), "shown")
    assert found.band() == (49 / 14, 53 / 14, "moderate")


def test_a_total_waits_for_its_subscales():
    found = score_fourteen("?", 4, 4, 4, *SUPERVISION, 4, 4, 4, 4, 4, 4)
    assert found.score("structure") == (None, "too_incomplete")  # 3 of 4
    assert found.band("structure") == (13 / 4, 17 / 4, None)
    assert found.score("total") == (None, "too_incomplete")  # though 13 of 14
    assert found.band()[2] is None


def test_what_does_not_apply_leaves_the_denominator():
    found = score_fourteen("na", 4, 4, 4, "na", "na", "na", "na", 2, 2, 2, 2, 2, 2)
    assert found.score("SM01") == (None, "not_applicable")
    assert found.score("structure") == (4, "shown")  # 3 of 3
    assert found.score("supervision") == (None, "no_data")
    # a subscale without applicable items holds nothing up: (12 + 12) / 9
    assert found.score("total") == (pytest.approx(24 / 9, abs=1e-15), "shown")


def test_a_subscale_of_one_applicable_item_is_named_as_such_and_holds_nothing_up():
    found = score_fourteen("na", "na", "na", 5, *SUPERVISION, 4, 4, 4, 4, 4, 4)
    assert found.score("structure") == (5, "single_indicator")
    assert found.score("total")[1] == "shown"
    missing = score_fourteen("na", "na", "na", "?", *SUPERVISION, 4, 4, 4, 4, 4, 4)
    assert missing.score("structure") == (None, "too_incomplete")
    assert missing.score("total")[1] == "shown"  # 10 of 11, and structure has one item only


@pytest.mark.parametrize(
    ("scores", "band"),
    [
        ([4] * 14, "high"),
        ([(4, 4)] * 13 + [(3, 4)], "moderate"),  # 55.5 / 14 = 3.964, printed as 4.0
        ([3] * 14, "moderate"),
        ([3] * 13 + [(2, 3)], "low"),  # 41.5 / 14 = 2.964
    ],
)
def test_bands_compare_exact_means_and_never_rounded_ones(scores, band):
    assert score_fourteen(*scores).band()[2] == band


def test_thirds_add_up_to_a_whole_number_exactly():
    scores = [(4, 4, 5), (4, 4, 4), (3, 4, 4)] * 4 + [4, 4]
    grid = write_grid(*scores, assessors=("a", "b", "c"))
    found = score_audits(write_audit("A", "2024-02-01", grid))
    # every three items: 13/3 + 4 + 11/3 = 12; fourteen items: 56 / 14 = 4
    assert found.score("total") == (4, "shown")
    assert found.band()[2] == "high"


ELEVEN = {f"K{number:02d}": "one" if number <= 5 else "two" for number in range(1, 12)}
HIGH = {"band": "high", "lower": "45", "label": {"nl": "hoog", "en": "high"}}
BELOW = {"band": "below_high", "label": {"nl": "onder hoog", "en": "below high"}}
BANDS = {"provenance": "published", "source": "test", "steps": [HIGH, BELOW]}


def score_eleven(*scores: object, bands: dict | None = BANDS) -> Audited:
    instrument = declare_instrument("eleven", ELEVEN, total="sum", bands=bands)
    lines = [f"{item} | {score}" for item, score in zip(ELEVEN, scores, strict=True)]
    audit = write_audit("A", "2024-02-01", "\n".join(["item | a", *lines]), instrument="eleven")
    return score_audits(audit, catalogue=overlay(instrument))


def test_a_sum_adds_the_items_up_and_its_limit_is_of_the_sum():
    found = score_eleven(*[4] * 10, 5)
    assert found.score("total") == (45, "shown")
    assert found.band() == (45, 45, "high")
    assert found.score("one") == (4, "shown")  # a subscale stays a mean
    assert found.band("one") == (4, 4, None)  # and the bands are about the sum
    assert score_eleven(*[4] * 11).band() == (44, 44, "below_high")


def test_a_sum_with_a_gap_is_told_on_the_scale_of_all_items():
    found = score_eleven(*[4] * 10, "?")
    assert found.score("total") == (44, "shown")  # mean 4 x 11 items
    assert found.band() == (41, 45, "not_determined")  # 40 + 1, 40 + 5
    gone = score_eleven(*[5] * 10, "na")
    assert gone.score("total") == (55, "shown")  # what does not apply costs no points


def test_a_sum_without_bands_of_its_own_is_read_as_a_mean():
    assert score_eleven(*[4] * 11, bands=None).band()[2] == "high"  # 44 / 11 = 4
    assert score_eleven(*[4] * 10, 3, bands=None).band()[2] == "moderate"


@pytest.mark.parametrize("instrument", ["smf-nl-10", "sm-kansas-2012", "something own"])
def test_without_a_list_there_are_items_but_nothing_is_added_up(instrument):
    audit = write_audit("A", "2024-02-01", "item | a\nX1 | 4\nX2 | na", instrument=instrument)
    found = score_audits(audit)
    assert found.score("X1") == (4, "shown")
    assert found.score("X2") == (None, "not_applicable")
    assert found.score("total") == (None, "no_data")
    assert found.band() == (None, None, None)


def test_an_item_that_is_not_on_the_list_is_not_added_up():
    grid = write_grid(*[4] * 14) + "\nSM99 | 1 | 1"
    found = score_audits(write_audit("A", "2024-02-01", grid))
    assert found.score("total") == (4, "shown")
    assert found.rows("audit_scores", part="SM99") == []


@pytest.mark.parametrize("name", ["SM Kansas 2009", " sm-kansas-2009 ", "KANSAS 2009"])
def test_an_instrument_is_known_by_its_other_names(name):
    grid = write_grid(*[4] * 14)
    found = score_audits(write_audit("A", "2024-02-01", grid, instrument=name))
    assert found.row("audit_scores", part="total")["instrument"] == "sm-kansas-2009"
