"""What agreement is measured on: SQL and the oracle take the same ratings and the same totals."""

from dataclasses import replace
from fractions import Fraction

import pytest

from pipelines.audits.agreement import read_sheets
from pipelines.catalogue import load_catalogue
from pipelines.run import Run
from pipelines.warehouse import open_warehouse
from pipelines.warehouse.steps import build_all
from tests.oracle.audits import list_agreement_inputs
from tests.oracle.load import load_world
from tests.oracle.test_audits_agree import (
    BROUGHT,
    NEEDED_STEPS,
    NOWHERE,
    choose_overlays,
    make_catalogue,
    make_own_world,
    make_shipped_world,
)
from tests.oracle.worlds import merge_worlds

BATCHES = range(5000, 5060, 20)


def read_inputs(world) -> tuple[dict, dict]:
    """(ratings, totals) as the statements of the audits room give them."""
    chosen = choose_overlays(world)
    overlays = {name: make_catalogue(has_own_bands) for name, has_own_bands in chosen.items()}
    run = Run(NOWHERE, NOWHERE, NOWHERE, load_catalogue(), overlays=overlays)
    with open_warehouse() as warehouse:
        load_world(warehouse, load_catalogue(), world)
        build_all(NEEDED_STEPS, warehouse, run)
        sheets = read_sheets(warehouse)
    ratings, totals = {}, {}
    for instrument, sheet in sheets.items():
        ratings |= {(instrument, *key): sorted(found) for key, found in sheet.ratings.items()}
        totals |= {(instrument, *key): sorted(found) for key, found in sheet.totals.items()}
    return ratings, totals


def make_batch(first: int):
    worlds = [
        (make_own_world if number % 2 else make_shipped_world)(first + number)
        for number in range(20)
    ]
    return merge_worlds(worlds)


@pytest.mark.parametrize("first", BATCHES)
def test_sql_and_oracle_compare_the_same_ratings_and_totals(first: int):
    world = make_batch(first)
    ratings, totals = list_agreement_inputs(world, dict.fromkeys(choose_overlays(world), BROUGHT))
    found_ratings, found_totals = read_inputs(world)
    assert found_ratings == ratings
    assert found_totals.keys() == totals.keys()
    for key, expected in totals.items():
        assert found_totals[key] == pytest.approx([float(one) for one in expected]), key


def test_the_worlds_have_what_makes_a_difference():
    """Without these the comparison above would hold whatever the rules were."""
    world = make_batch(BATCHES[0])
    own = dict.fromkeys(choose_overlays(world), BROUGHT)
    ratings, totals = list_agreement_inputs(world, own)
    assert any(one.denominator > 1 for found in ratings.values() for one in found)
    assert {len(found) for found in ratings.values()} >= {1, 2, 3}
    assert {len(found) for found in totals.values()} >= {1, 2}
    talked = replace(world, records={**world.records})
    talked.records["audit_rating"] = [
        {**row, "is_consensus": False} for row in world.records["audit_rating"]
    ]
    assert len(list_agreement_inputs(talked, own)[0]) > len(ratings)
    assert Fraction(1) <= min(min(found) for found in ratings.values())
