import pytest

from pipelines.catalogue.wording import load_words
from reports.formats import Formats

nl, en = Formats(load_words("nl")), Formats(load_words("en"))


def test_dutch_numbers_have_a_decimal_comma_and_english_ones_a_point():
    assert nl.number(1234.5) == "1.234,5"
    assert en.number(1234.5) == "1,234.5"


def test_percentage_is_made_of_a_share():
    assert nl.percent(0.6349, 1) == "63,5%"
    assert en.percent(0.6349) == "63%"


def test_empty_value_is_a_dash_and_never_a_zero():
    assert nl.number(None) == nl.percent(None) == nl.score(None) == nl.date(None) == "–"


@pytest.mark.parametrize(
    ("value", "shown"),
    [(3.94, "3,9"), (3.95, "3,95"), (3.999, "3,99"), (4.0, "4,0"), (4.04, "4,0")],
)
def test_score_below_a_band_is_never_rounded_into_it(value, shown):
    assert nl.score(value) == shown


def test_periods_and_dates_in_the_language_of_the_reader():
    assert nl.period("2026-Q1") == "eerste kwartaal 2026"
    assert en.period("2026-Q1") == "first quarter of 2026"
    assert nl.period("2026") == en.period("2026") == "2026"
    assert nl.short_period("2026-Q1") == "K1 ’26"
    assert en.short_period("2026-Q1") == "Q1 ’26"


def test_value_is_printed_in_its_own_unit():
    assert nl.value(0.5, "share") == "50,0%"
    assert nl.value(14.23, "per_fte") == "14,2 per fte"
    assert en.value(1.26, "per_month") == "1.3 a month"
    assert nl.value(3.95, "rating") == "3,95"


def test_bounds_that_are_the_same_are_told_once():
    assert nl.bounds(3.25, 3.25) == nl.score(3.25)
    assert nl.bounds(3.1, 3.9) == "3,1–3,9"
    assert nl.bounds(None, None) == "–"


def test_quarter_of_a_sentence_has_its_whole_year():
    assert (nl.quarter("2026-Q1"), en.quarter("2026-Q1")) == ("K1 2026", "Q1 2026")
