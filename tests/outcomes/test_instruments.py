"""Instruments: what is declared, what stays empty, and how exports spell them."""

from __future__ import annotations

import pytest
from pydantic import ValidationError

from pipelines.catalogue.models.instruments import Instrument
from pipelines.outcomes.scale_names import COLUMNS, choose_reliability, describe_scale
from tests.outcomes.small_world import CATALOGUE

INSTRUMENTS = CATALOGUE.instruments


def describe(instrument: str, version: str, scale: str) -> dict:
    return dict(zip(COLUMNS, describe_scale(CATALOGUE, (instrument, version, scale)), strict=True))


@pytest.mark.parametrize("instrument", INSTRUMENTS.values(), ids=lambda each: each.instrument)
def test_every_instrument_has_words_in_both_languages_and_a_source_for_every_fact(instrument):
    named = (instrument, *instrument.versions.values(), *instrument.scales.values())
    assert all(each.label.nl.strip() and each.label.en.strip() for each in named)
    facts = (*instrument.reliabilities, *instrument.standard_deviations)
    assert instrument.source.strip() and all(fact.source.strip() for fact in facts)


@pytest.mark.parametrize("instrument", INSTRUMENTS.values(), ids=lambda each: each.instrument)
def test_no_instrument_carries_item_texts(instrument):
    words = [*instrument.synonyms, *(scale.label.nl for scale in instrument.scales.values())]
    assert all("?" not in word and len(word) < 60 for word in words)


def test_what_nobody_published_stays_empty():
    assert INSTRUMENTS["iroc"].minimum is None
    assert INSTRUMENTS["rs_nl"].reliabilities == ()
    assert INSTRUMENTS["self_determination"].reliabilities == ()
    assert all(each.standard_deviations == () for each in INSTRUMENTS.values())


@pytest.mark.parametrize(
    ("instrument", "version", "scale", "kind", "value"),
    [
        ("iroc", "nl", "total", "test_retest", 0.856),
        ("hhi", "nl", "total", "test_retest", 0.79),
        ("zrm", "2010", "total", "alpha", 0.85),
        ("bsi_53", "", "dep", "alpha", 0.76),
        ("wai_red", "", "bond", "alpha", 0.804),
    ],
)
def test_test_retest_is_chosen_before_alpha_and_the_lowest_of_a_range(
    instrument, version, scale, kind, value
):
    found = choose_reliability(INSTRUMENTS[instrument], version, scale)
    assert (found.kind, float(found.lowest)) == (kind, value)


def test_the_alpha_of_eleven_domains_says_nothing_of_thirteen_or_of_one_domain():
    assert choose_reliability(INSTRUMENTS["zrm"], "2017", "total") is None
    assert choose_reliability(INSTRUMENTS["zrm"], "2010", "housing") is None


@pytest.mark.parametrize(
    ("delivered", "named"),
    [
        (("I.ROC", "NL", "Totaal"), ("iroc", "nl", "total")),
        (("iroc", "", "total"), ("iroc", "nl", "total")),
        (("ZRM", "2017", "Financiën"), ("zrm", "2017", "finances")),
        (("zrm", "v1", "Dagbesteding"), ("zrm", "2010", "day_activity")),
        (("ZRM", "", "Justitie"), ("zrm", "", "justice")),
        (("ZRM", "2017", "iets eigens"), ("zrm", "2017", "iets eigens")),
        (("Eigen lijst", "2", "A"), ("Eigen lijst", "2", "A")),
    ],
)
def test_spellings_of_exports_are_brought_together(delivered, named):
    found = describe(*delivered)
    assert (found["instrument"], found["instrument_version"], found["scale"]) == named


def test_an_own_range_of_a_scale_wins_and_an_unknown_scale_has_no_norm():
    assert describe("QoLI", "", "finance adequacy")["maximum"] == 5
    assert describe("QoLI", "", "totaal")["maximum"] is None
    unknown = describe("HHI", "NL", "iets eigens")
    assert (unknown["is_declared"], unknown["reliability"]) == (False, None)
    assert unknown["is_higher_better"] is True


def make_instrument(**changes: object) -> Instrument:
    text = {"nl": "x", "en": "x"}
    usual = {
        "instrument": "x",
        "label": text,
        "is_higher_better": True,
        "scales": {"total": {"label": text}},
        "provenance": "published",
        "source": "somewhere",
    }
    return Instrument.model_validate({**usual, **changes})


def test_a_reliability_of_a_scale_that_is_not_there_is_a_fault():
    fact = {"kind": "alpha", "lowest": "0.8", "highest": "0.9", "scales": ["sum"], "source": "y"}
    with pytest.raises(ValidationError, match="no scale 'sum'"):
        make_instrument(reliabilities=[fact])
    with pytest.raises(ValidationError, match="above"):
        make_instrument(reliabilities=[{**fact, "lowest": "0.95", "scales": ["total"]}])


def test_a_synonym_of_two_scales_is_a_fault():
    text = {"nl": "x", "en": "x"}
    scales = {name: {"label": text, "synonyms": ["Som"]} for name in ("total", "sum")}
    with pytest.raises(ValidationError, match="stands for two"):
        make_instrument(scales=scales)
