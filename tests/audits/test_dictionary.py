"""Every column of every result table is described, in order, and every table stands by itself."""

from pathlib import Path

import pytest

from pipelines import audits
from pipelines.audits import STEPS
from pipelines.catalogue.loader import read_yaml
from pipelines.facts import STEPS as FACT_STEPS
from pipelines.results.dictionary import TableEntry
from pipelines.scoring import STEPS as SCORING_STEPS
from tests.audits.scenario import OLD_TRAJECTORY, score_beside_records

DICTIONARY = read_yaml(Path(audits.__file__).with_name("dictionary.yaml"))
TABLES = [step.table for step in STEPS if step.table.startswith("results.")]


@pytest.fixture(scope="module")
def warehouse():
    return score_beside_records(other=OLD_TRAJECTORY).warehouse


def test_the_tables_of_the_room_are_described():
    assert sorted(f"results.{name}" for name in DICTIONARY) == sorted(TABLES)


@pytest.mark.parametrize("table", TABLES)
def test_the_described_columns_are_the_columns_of_the_table(warehouse, table):
    entry = TableEntry.model_validate(DICTIONARY[table.partition(".")[2]])
    columns = [name for name, *_ in warehouse.fetch_all(f"describe {table}")]
    assert list(entry.columns) == columns
    assert all(meaning.strip() for meaning in entry.columns.values())


@pytest.mark.parametrize("table", TABLES)
def test_without_audits_every_table_is_empty_but_there(warehouse, table):
    assert warehouse.count_rows(table) == 0


def test_every_table_is_built_after_the_tables_it_reads():
    built = {step.table for step in FACT_STEPS + SCORING_STEPS}
    for step in STEPS:
        reads = {read for read in step.reads if not read.startswith("staged.")}
        assert reads <= built, step.table
        built.add(step.table)
