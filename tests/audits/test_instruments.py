"""Every audit instrument is walked: what is public stands in it, what is not does not."""

import pytest
from pydantic import ValidationError

from pipelines.audits.catalogue_tables import list_band_rows, list_item_rows, list_name_rows
from pipelines.catalogue import CatalogueError
from pipelines.catalogue.overlay import read_overlay
from tests.audits.scenario import (
    CATALOGUE,
    ITEMS,
    WORDS,
    declare_instrument,
    score_audits,
    write_audit,
    write_grid,
)

INSTRUMENTS = CATALOGUE.audit_instruments.values()
SUBSCALES = ("structure", "supervision", "practice")


@pytest.mark.parametrize("instrument", INSTRUMENTS, ids=lambda one: one.instrument)
def test_every_instrument_says_what_is_public_and_what_is_to_be_supplied(instrument):
    for text in (instrument.label, instrument.public, instrument.to_supply):
        assert text.nl.strip() and text.en.strip()
    assert instrument.source.strip()
    assert tuple(instrument.subscales) == SUBSCALES
    assert (instrument.lowest_rating, instrument.highest_rating) == (1, 5)


@pytest.mark.parametrize("instrument", INSTRUMENTS, ids=lambda one: one.instrument)
def test_every_instrument_can_score_an_audit(instrument):
    lines = [f"{item} | 3" for item in instrument.items or ["X1"]]
    grid = "\n".join(["item | a", *lines])
    found = score_audits(write_audit("A", "2024-02-01", grid, instrument=instrument.instrument))
    parts = {row["part"] for row in found.rows("audit_scores")}
    assert {*SUBSCALES, "total"} < parts
    expected = (3, "shown") if instrument.items else (None, "no_data")
    assert found.score("total") == expected


def test_the_fourteen_topics_stand_in_their_three_areas():
    items = CATALOGUE.audit_instruments["sm-kansas-2009"].items
    areas = ["structure"] * 4 + ["supervision"] * 4 + ["practice"] * 6
    assert [item.subscale for item in items.values()] == areas
    assert [item.topic for item in items.values()] == list(items) == list(ITEMS)


@pytest.mark.parametrize(("name", "count"), [("smf-nl-10", 10), ("sm-kansas-2012", 11)])
def test_items_that_are_not_public_are_not_invented(name, count):
    instrument = CATALOGUE.audit_instruments[name]
    assert (instrument.item_count, instrument.items) == (count, {})


def test_high_fidelity_begins_at_45_of_11_to_55():
    instrument = CATALOGUE.audit_instruments["sm-kansas-2012"]
    assert (instrument.total, instrument.item_count) == ("sum", 11)
    rows = [row for row in list_band_rows(CATALOGUE) if row[0] == "sm-kansas-2012"]
    assert rows == [
        ("sm-kansas-2012", "total", "high", 4500, None, 11, "instrument"),
        ("sm-kansas-2012", "total", "below_high", None, 4500, 11, "instrument"),
    ]


def test_bands_that_are_borrowed_from_the_record_profile_are_said_to_be():
    rows = [row for row in list_band_rows(CATALOGUE) if row[0] == "sm-kansas-2009"]
    assert {row[-1] for row in rows} == {"record_profile"}
    assert {row[1] for row in rows} == {"total", "subscale"}


def test_every_topic_of_an_indicator_is_rated_by_assessors_as_well():
    rated = {topic for *_, topic in list_item_rows(CATALOGUE)}
    assert {one.topic for one in CATALOGUE.indicators.values() if one.topic} <= rated


def test_no_name_stands_for_two_instruments():
    names = [name for name, _ in list_name_rows(CATALOGUE)]
    assert len(names) == len(set(names))


OVERLAY = """
instrument: smf-nl-10
version: 2
label: {nl: eigen vorm, en: own form}
lowest_rating: 1
highest_rating: 5
total: mean
item_count: 2
subscales:
  structure: {label: {nl: structuur, en: structure}}
items:
  I1: {subscale: structure, topic: SM02, label: {nl: een, en: one}}
  I2: {subscale: structure, label: {nl: twee, en: two}}
public: {nl: p, en: p}
to_supply: {nl: s, en: s}
provenance: organisation
source: licence holder
"""


def test_an_overlay_supplies_the_items(tmp_path):
    folder = tmp_path / "audit_instruments"
    folder.mkdir()
    (folder / "smf-nl-10.yaml").write_text(OVERLAY, encoding="utf-8")
    catalogue = read_overlay(tmp_path, CATALOGUE)
    audit = write_audit("A", "2024-02-01", "item | a\nI1 | 3\nI2 | 4", instrument="smf-nl-10")
    found = score_audits(audit, catalogue=catalogue)
    assert found.score("total") == (3.5, "shown")
    assert found.band() == (3.5, 3.5, "moderate")


def test_two_instruments_with_one_name_are_a_fault(tmp_path):
    folder = tmp_path / "audit_instruments"
    folder.mkdir()
    text = OVERLAY.replace("instrument: smf-nl-10", "instrument: own\nsynonyms: [Kansas 2009]")
    (folder / "own.yaml").write_text(text, encoding="utf-8")
    with pytest.raises(CatalogueError, match="also stands for"):
        read_overlay(tmp_path, CATALOGUE)


STEP = {"band": "low", "label": WORDS}


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        ({"item_count": 3}, "item_count"),
        ({"items": {"total": {"label": WORDS}}}, "name of a part"),
        ({"items": {"I1": {"label": WORDS, "subscale": "other"}}}, "no subscale"),
        ({"items": {"I1": {"label": WORDS, "topic": "SM15"}}}, "topic"),
        ({"lowest_rating": 5}, "not below"),
        ({"highest_rating": 6}, "highest_rating"),
        ({"subscales": {"total": {"label": WORDS}}, "items": {}}, "called `total`"),
        ({"bands": {"provenance": "default", "source": "x", "steps": [STEP, STEP]}}, "every band"),
    ],
)
def test_a_faulty_instrument_is_refused_with_the_reason(fields, message):
    with pytest.raises(ValidationError, match=message):
        declare_instrument("own", {"I1": "structure"}, **fields)


def test_scores_of_an_audit_name_the_instrument_and_the_round():
    grid = write_grid(*[4] * 14)
    row = score_audits(write_audit("A", "2024-02-01", grid, round="m6")).row(
        "audit_scores", part="total"
    )
    assert (row["instrument"], row["round"], row["team_id"]) == ("sm-kansas-2009", "m6", "team")
