"""The catalogue as tables: nothing is lost between YAML and SQL."""

import re
from importlib import resources
from typing import get_args

import pytest

from pipelines.catalogue import load_catalogue
from pipelines.catalogue.models.rules import DECIDING_KINDS, Answer, Event, Measure, Population
from pipelines.facts.catalogue_rows import list_anchor_step_rows, list_band_rows
from pipelines.facts.mean_share import EXACT_RATING_COUNT, MEAN_PARTS, SMALL_BASES

CATALOGUE = load_catalogue()
SPEC_IDS = (
    *(f"ST-{n}" for n in range(1, 9)),
    *(f"SV-{n}" for n in range(1, 5)),
    *(f"KI-{n}" for n in range(1, 6)),
    *(f"AP-{n}" for n in range(1, 7)),
    *("OM-1", "BT-1", "ZR-1", "EV-1", "EV-2", "AF-1", "AF-2"),
    *(f"AF-1.{n}" for n in range(1, 6)),
)
FACT_NAMES = {
    "event": get_args(Event),
    "answer": get_args(Answer),
    "tally": get_args(Measure),
    "coverage_unit": get_args(Population),
    "first_record": sorted(DECIDING_KINDS),
}


def test_every_indicator_of_the_method_is_declared():
    assert sorted(CATALOGUE.indicators) == sorted(SPEC_IDS)


def test_requirements_on_records_are_declared():
    expected = [*(f"Q-0{n}" for n in range(1, 8)), "Q-10"]
    assert [one for one in CATALOGUE.requirements if one in expected] == expected


@pytest.mark.parametrize("indicator", CATALOGUE.indicators.values(), ids=lambda one: one.id)
def test_every_indicator_says_what_it_is_in_two_languages_with_its_origin(indicator):
    for text in (indicator.name, indicator.rule_text, indicator.unit_label):
        assert text.nl.strip() and text.en.strip()
    assert indicator.source.strip()
    assert indicator.minimum_units in (3, 5)


def test_limits_between_scores_are_exact_ten_thousandths():
    steps = {row[2]: row[3:] for row in list_anchor_step_rows(CATALOGUE) if row[0] == "A10"}
    assert steps[1] == (None, 1000, True, False)
    assert steps[2] == (1000, 3700, True, False)
    assert steps[5] == (9000, None, True, False)


def test_bands_lie_end_to_end():
    rows = [("high", 400, None), ("moderate", 300, 400), ("low", None, 300)]
    assert list(list_band_rows(CATALOGUE)) == rows


@pytest.mark.parametrize(("file", "names"), FACT_NAMES.items(), ids=FACT_NAMES)
def test_every_name_an_indicator_may_ask_for_is_made_by_the_facts(file, names):
    text = (resources.files("pipelines.facts") / f"{file}.sql").read_text(encoding="utf-8")
    made = set(re.findall(r"'([a-z_.]+)'", text))
    assert all(name in made for name in names), set(names) - made


def test_ratings_of_up_to_forty_per_document_are_exact():
    assert all(MEAN_PARTS % count == 0 for count in range(1, EXACT_RATING_COUNT + 1))
    assert all(MEAN_PARTS % base == 0 for base in SMALL_BASES)
