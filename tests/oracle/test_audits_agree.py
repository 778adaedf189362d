"""Audit scores in SQL and the oracle agree on every cell of many random small worlds.

About six in ten organisations bring audit instruments of their own, three of those bands as well.

``KRACHTWERK_ORACLE_WORLDS`` sets how many worlds are compared (default 300).
"""

import os
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import replace
from fractions import Fraction
from pathlib import Path
from random import Random

import pytest

from pipelines.audits import STEPS
from pipelines.catalogue import Catalogue, load_catalogue
from pipelines.catalogue.models.audit_instruments import AuditInstrument
from pipelines.catalogue.models.bands import BandSet
from pipelines.facts import STEPS as FACT_STEPS
from pipelines.run import Run
from pipelines.warehouse import open_warehouse
from pipelines.warehouse.steps import build_all
from tests.oracle.audit_worlds import replace_audits
from tests.oracle.audits import KANSAS_2009, Instrument, score_audits
from tests.oracle.compare import is_same
from tests.oracle.load import load_world
from tests.oracle.own_rules import OwnRules
from tests.oracle.world import Row, World
from tests.oracle.worlds import make_world, merge_worlds

WORLD_COUNT = int(os.environ.get("KRACHTWERK_ORACLE_WORLDS", "300"))
BATCH_SIZE = 25
KEY = ("organisation_id", "audit_id", "part")
STATUSES = ("shown", "single_indicator", "too_incomplete", "no_data", "not_applicable")
# Eleven items: one, five and five.
OWN = dict.fromkeys(("SM01",), "structure")
OWN |= dict.fromkeys(("SM02", "SM03", "SM04", "SM05", "SM06"), "supervision")
OWN |= dict.fromkeys(("SM07", "SM08", "SM09", "SM10", "SM11"), "practice")
# As an overlay would bring them: eleven items added up, and bands of an own mean.
SUMMED = Instrument(("summed",), OWN, is_sum=True, item_count=11, high_from=45)
UNBANDED = Instrument(("unbanded",), OWN, is_sum=True, item_count=11)
BANDED = Instrument(("banded",), OWN, item_count=11, high_from=4)
# The name of a shipped instrument with another list behind it.
REPLACED = Instrument(KANSAS_2009.names, OWN, item_count=11)
BROUGHT = (SUMMED, UNBANDED, BANDED, REPLACED)
OWN_BANDS = (("high", Fraction(333, 100)), ("moderate", Fraction(5, 2)))
WORDS = {"nl": "woord", "en": "word"}
NOWHERE = Path("unused")
NEEDED_FACTS = {"catalogue.code", "catalogue.programme", "fact.trajectory", "fact.review"}
NEEDED_FACTS |= {"fact.team", "fact.day", "fact.period", "fact.audit"}
LAST_STEP = next(n for n, step in enumerate(STEPS) if step.table == "results.audit_scores")
NEEDED_STEPS = tuple(step for step in FACT_STEPS if step.table in NEEDED_FACTS)
NEEDED_STEPS += STEPS[: LAST_STEP + 1]

ScoreAudits = Callable[[World], list[Row]]


def declare(instrument: Instrument) -> AuditInstrument:
    """The declaration of an instrument that the oracle knows."""
    steps = [{"band": "high", "lower": instrument.high_from, "label": WORDS}]
    steps.append({"band": "below_high", "label": WORDS})
    bands = {"provenance": "organisation", "source": "test", "steps": steps}
    return AuditInstrument.model_validate(
        {
            "instrument": instrument.names[0],
            "synonyms": instrument.names[1:],
            "version": 1,
            "label": WORDS,
            "lowest_rating": 1,
            "highest_rating": 5,
            "total": "sum" if instrument.is_sum else "mean",
            "item_count": instrument.item_count,
            "subscales": {name: {"label": WORDS} for name in instrument.subscales},
            "items": {
                name: {"label": WORDS, "subscale": part} for name, part in instrument.items.items()
            },
            "bands": bands if instrument.high_from else None,
            "public": WORDS,
            "to_supply": WORDS,
            "provenance": "organisation",
            "source": "test",
        }
    )


def make_catalogue(has_own_bands: bool) -> Catalogue:
    """The catalogue of an organisation with audit instruments, and maybe bands, of its own."""
    shipped = load_catalogue()
    own = {one.names[0]: declare(one) for one in BROUGHT}
    catalogue = replace(shipped, audit_instruments={**shipped.audit_instruments, **own})
    if not has_own_bands:
        return catalogue
    steps = [{"band": band, "lower": str(float(low)), "label": WORDS} for band, low in OWN_BANDS]
    bands = {**shipped.bands["profile"].model_dump(), "version": 2}
    bands["steps"] = [*steps, {"band": "low", "label": WORDS}]
    return replace(catalogue, bands={"profile": BandSet.model_validate(bands)})


def choose_overlays(world: World) -> dict[str, bool]:
    """Organisations with an overlay -> whether it has bands too; tells the bands to the oracle."""
    chosen = {}
    for organisation in world.organisations:
        organisation_id = organisation["organisation_id"]
        dice = Random(f"audit overlay of {organisation_id}").random()
        if dice < 0.6:
            chosen[organisation_id] = dice < 0.3
            bands = {"bands": OWN_BANDS} if dice < 0.3 else {}
            world.own_rules[organisation_id] = OwnRules(**bands)
    return chosen


def score_with_oracle(world: World) -> list[Row]:
    return score_audits(world, dict.fromkeys(choose_overlays(world), BROUGHT))


@pytest.fixture(scope="module")
def score_in_sql() -> Iterator[ScoreAudits]:
    run = Run(NOWHERE, NOWHERE, NOWHERE, load_catalogue())
    own = {has_own_bands: make_catalogue(has_own_bands) for has_own_bands in (True, False)}
    with open_warehouse() as warehouse:

        def score(world: World) -> list[Row]:
            load_world(warehouse, run.catalogue, world)
            chosen = choose_overlays(world)
            overlays = {name: own[has_own_bands] for name, has_own_bands in chosen.items()}
            build_all(NEEDED_STEPS, warehouse, replace(run, overlays=overlays))
            result = warehouse.execute("select * from results.audit_scores")
            names = [column[0] for column in result.description]
            return [dict(zip(names, row, strict=True)) for row in result.fetchall()]

        yield score


def list_differences(expected: list[Row], found: list[Row]) -> list[str]:
    ours = {tuple(row[name] for name in KEY): row for row in expected}
    theirs = {tuple(row[name] for name in KEY): row for row in found}
    assert len(ours) == len(expected) and len(theirs) == len(found)
    different = [f"{key}: only one side" for key in ours.keys() ^ theirs.keys()]
    for key in ours.keys() & theirs.keys():
        assert ours[key].keys() == theirs[key].keys()
        different += [
            f"{key} {name}: oracle {value}, SQL {theirs[key][name]}"
            for name, value in ours[key].items()
            if not (value == theirs[key][name] or is_same(name, value, theirs[key][name]))
        ]
    return different


def make_shipped_world(seed: int) -> World:
    """A world whose audits use the shipped instruments, and one that nobody declared."""
    return replace_audits(make_world(seed))


def make_own_world(seed: int) -> World:
    """A world whose audits use the instruments of the overlay."""
    return replace_audits(make_world(seed), ("summed", "unbanded", "banded", "sm-kansas-2009"))


@pytest.mark.parametrize("first", range(0, WORLD_COUNT, BATCH_SIZE))
def test_sql_and_oracle_agree_on_every_audit(first: int, score_in_sql: ScoreAudits):
    make = make_shipped_world if first % (2 * BATCH_SIZE) == 0 else make_own_world
    world = merge_worlds([make(first + number) for number in range(BATCH_SIZE)])
    assert list_differences(score_with_oracle(world), score_in_sql(world)) == []


def test_a_changed_cell_and_a_lost_row_are_found(score_in_sql: ScoreAudits):
    world = merge_worlds([make_shipped_world(number) for number in range(5)])
    expected, found = score_with_oracle(world), score_in_sql(world)
    place = next(n for n, row in enumerate(found) if row["score"] is not None)
    changed = [*found]
    changed[place] = {**found[place], "score": found[place]["score"] + 1e-9}
    assert len(list_differences(expected, changed)) == 1
    assert len(list_differences(expected, found[1:])) == 1


@pytest.fixture(scope="module")
def seen() -> Counter:
    """How often each thing that must happen happens."""
    seen: Counter = Counter()
    for seed in range(80):
        for make in (make_shipped_world, make_own_world):
            for row in score_with_oracle(make(seed)):
                kind = row["part"] if row["part"] == "total" else "other"
                seen[kind, row["status"]] += 1
                seen["band", row["instrument"], kind, row["band"]] += 1
                seen["raters", row["raters"]] += 1
    return seen


@pytest.mark.parametrize("status", STATUSES)
def test_every_status_of_an_audit_score_occurs(seen: Counter, status: str):
    assert seen["other", status]


@pytest.mark.parametrize("status", ["shown", "too_incomplete", "no_data"])
def test_every_status_of_a_total_occurs(seen: Counter, status: str):
    assert seen["total", status]


@pytest.mark.parametrize("band", ["high", "moderate", "low", "not_determined"])
def test_every_band_of_the_shipped_instrument_occurs(seen: Counter, band: str):
    assert seen["band", "sm-kansas-2009", "total", band]
    assert seen["band", "unbanded", "total", band]


@pytest.mark.parametrize("band", ["high", "below_high", "not_determined"])
def test_every_band_of_a_sum_occurs_and_only_for_its_total(seen: Counter, band: str):
    assert seen["band", "summed", "total", band]
    assert seen["band", "banded", "other", band]
    assert not seen["band", "summed", "other", band]


@pytest.mark.parametrize("raters", [None, 1, 2, 3, 7])
def test_every_number_of_assessors_occurs(seen: Counter, raters: int | None):
    assert seen["raters", raters]
