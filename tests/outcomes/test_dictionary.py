"""Every column of every result table is described, in order, and nothing else is."""

from pathlib import Path

import pytest

from pipelines import outcomes
from pipelines.catalogue.loader import read_yaml
from pipelines.outcomes import STEPS
from pipelines.results.dictionary import TableEntry
from tests.outcomes.small_world import CATALOGUE, SmallWorld

DICTIONARY = read_yaml(Path(outcomes.__file__).with_name("dictionary.yaml"))
TABLES = [step.table for step in STEPS if step.table.startswith("results.")]


@pytest.fixture(scope="module")
def warehouse():
    return SmallWorld().organisation("o").team("t").trajectory("x", "2025-01-06").build()


def test_the_tables_of_the_room_are_described():
    assert [f"results.{name}" for name in DICTIONARY] == sorted(TABLES, key=TABLES.index)


@pytest.mark.parametrize("table", TABLES)
def test_the_described_columns_are_the_columns_of_the_table(warehouse, table):
    entry = TableEntry.model_validate(DICTIONARY[table.partition(".")[2]])
    columns = [name for name, *_ in warehouse.fetch_all(f"describe {table}")]
    assert list(entry.columns) == columns
    assert all(meaning.strip() for meaning in entry.columns.values())


def test_every_table_is_built_after_the_tables_it_reads():
    own = {step.table for step in STEPS}
    built: set[str] = set()
    for step in STEPS:
        assert {read for read in step.reads if read in own} <= built, step.table
        built.add(step.table)


def test_without_any_organisation_every_table_is_empty_but_there():
    warehouse = SmallWorld().build()
    for table in TABLES:
        # A hypothesis without teams is told as such, once per model.
        hypotheses = 2 * len(CATALOGUE.hypotheses)
        expected = hypotheses if table == "results.fidelity_outcome" else 0
        assert warehouse.count_rows(table) == expected, table
