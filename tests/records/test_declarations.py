"""Walks every declaration: mappings can be run, reasons have words, steps stand alone."""

from pathlib import Path

import pytest

from pipelines.catalogue import load_catalogue
from pipelines.records.reasons import Reason, RowWarning, read_reason_words
from pipelines.records.schema import list_staged_columns
from pipelines.records.steps import STEPS, list_steps
from tests.records.world import World

SOURCES = load_catalogue().sources


@pytest.mark.parametrize("source", sorted(SOURCES))
def test_every_export_of_a_mapping_can_be_staged(source: str, tmp_path: Path) -> None:
    world = World(tmp_path, sources=(SOURCES[source],))
    for export in SOURCES[source].exports:
        world.deliver(export.id, {}, source=source)
    world.stage()
    assert world.read("select sum(rows_read) from quality.delivery_report") == world.read(
        "select sum(staged + superseded + quarantined + not_a_record) from quality.delivery_report"
    )


def test_every_record_kind_of_the_canonical_source_can_be_staged(world: World) -> None:
    for kind in load_catalogue().records:
        world.deliver(kind, {})
    world.stage()
    kinds = {kind for (kind,) in world.read("select record_kind from quality.quarantine")}
    assert kinds == set(load_catalogue().records)


@pytest.mark.parametrize("language", ["nl", "en"])
def test_every_reason_and_warning_has_words(language: str) -> None:
    catalogue = load_catalogue()
    words = read_reason_words(catalogue, language)
    rules = {rule.name for kind in catalogue.records.values() for rule in kind.rules}
    assert {*Reason, *RowWarning, *rules} <= set(words)
    assert all(text.endswith(".") for text in words.values())


def test_both_languages_have_the_same_words() -> None:
    catalogue = load_catalogue()
    assert set(read_reason_words(catalogue, "nl")) == set(read_reason_words(catalogue, "en"))


def test_rule_with_one_name_says_the_same_everywhere() -> None:
    messages: dict[str, set[str]] = {}
    for kind in load_catalogue().records.values():
        for rule in kind.rules:
            messages.setdefault(rule.name, set()).add(rule.message.nl)
    assert all(len(texts) == 1 for texts in messages.values())


def test_every_record_kind_has_one_step_and_reads_only_earlier_ones() -> None:
    tables = [step.table for step in STEPS]
    assert len(tables) == len(set(tables))
    assert {f"staged.{kind}" for kind in load_catalogue().records} <= set(tables)
    for number, step in enumerate(STEPS):
        assert set(step.reads) <= set(tables[:number]), step.table


def test_every_step_makes_its_table_with_the_declared_columns(world: World) -> None:
    world.deliver_base()
    for step in list_steps(world.catalogue):
        step.build(world.warehouse, world.run)
        assert world.warehouse.has_table(step.table)
    for kind in load_catalogue().records.values():
        columns = world.read(f"select column_name from (describe staged.{kind.kind})")
        assert [name for (name,) in columns] == list(list_staged_columns(kind))
