"""Makes a table again for the organisations that changed, and leaves the rows of the others.

Many tables hold, for every organisation, rows that follow from its own rows alone. When some of the
organisations changed, such a table is built in a database in memory that shows only those
organisations, by the same statements, and their rows take the place of the old ones. Rows about all
organisations together count as those of one more organisation, which changes with every other. A
table that only knows all of them is built anew, or left when none changed. What does not belong
here: what a table holds, and what decides that an organisation changed (``fingerprint``).
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import partial

from pipelines.records.ledger import list_ledger_tables
from pipelines.records.made_from import (
    find_changed,
    forget_table,
    is_made_from,
    knows_fingerprints,
    note_made,
)
from pipelines.run import Run
from pipelines.warehouse import TableStep, Warehouse

PART = "part"  # the database in memory
# Rooms whose tables hold the same rows for all organisations, or rows for all of them together.
SHARED_SCHEMAS = ("catalogue.",)
# How a row about all organisations together names its organisation.
ALL_TOGETHER = "coalesce(organisation_id, '') = ''"


class BuildOnNews(partial):
    """A way of building a table that asks first which organisations changed."""


@dataclass(frozen=True)
class Beside:
    """Rows that a step writes into another table than its own."""

    table: str
    condition: str  # on the rows of this step


def by_organisation(step: TableStep, *beside: Beside, shared: tuple[str, ...] = ()) -> TableStep:
    """The step, building anew only the rows of the organisations that changed.

    Args:
        step: every row of its table follows from rows of its own organisation and from tables that
            are the same for all. A row without an organisation is about all together; it follows
            from such rows alone, and is always made again.
        beside: what it writes elsewhere.
        shared: tables it reads that follow from the rows of all organisations; when one holds other
            rows than before, the whole table is made again.
    """
    build = BuildOnNews(_build_changed, step=step, beside=beside, shared=shared)
    return replace(step, build=build)


def on_news(step: TableStep) -> TableStep:
    """The step, building its table only when it is not there or an organisation changed.

    Args:
        step: its table follows from the staged rows, the declarations and the code alone, and is
            built after ``staged.fingerprint``.
    """
    return replace(step, build=BuildOnNews(_build_on_news, step=step))


def on_change(step: TableStep) -> TableStep:
    """The step, building its table only when what it reads holds other rows than before.

    For what takes long and follows from small tables.

    Args:
        step: its table follows from ``step.reads``, the declarations and the code alone.
    """
    return replace(step, build=BuildOnNews(_build_on_change, step=step))


def is_made_on_news(step: TableStep) -> bool:
    """True when the step asks which organisations changed."""
    return isinstance(step.build, BuildOnNews)


def _build_changed(
    warehouse: Warehouse,
    run: Run,
    step: TableStep,
    beside: Sequence[Beside],
    shared: tuple[str, ...],
) -> None:
    if not knows_fingerprints(warehouse):
        step.build(warehouse, run)
        return
    changed, is_most = find_changed(warehouse, step.table)
    if is_most or (changed and not is_made_from(warehouse, step.table, shared)):
        _build_anew(warehouse, run, step, shared)
    elif changed:
        _replace_rows(warehouse, run, step, beside, changed, shared)


def _build_on_news(warehouse: Warehouse, run: Run, step: TableStep) -> None:
    if not knows_fingerprints(warehouse):
        step.build(warehouse, run)
    elif not warehouse.has_table(step.table) or find_changed(warehouse, step.table)[0]:
        _build_anew(warehouse, run, step)


def _build_on_change(warehouse: Warehouse, run: Run, step: TableStep) -> None:
    if not knows_fingerprints(warehouse):
        step.build(warehouse, run)
        return
    changed, is_most = find_changed(warehouse, step.table)
    # Other code or declarations are news of every organisation.
    if is_most or (changed and not is_made_from(warehouse, step.table, step.reads)):
        _build_anew(warehouse, run, step, step.reads)
    elif changed:
        note_made(warehouse, step.table, step.reads)


def _build_anew(
    warehouse: Warehouse, run: Run, step: TableStep, shared: tuple[str, ...] = ()
) -> None:
    # Two notes, two moments: a run that is cut off in between builds the table once more.
    forget_table(warehouse, step.table)
    step.build(warehouse, run)
    note_made(warehouse, step.table, shared)


def _replace_rows(
    warehouse: Warehouse,
    run: Run,
    step: TableStep,
    beside: Sequence[Beside],
    changed: list[str],
    shared: Sequence[str],
) -> None:
    parts = [Beside(step.table, "true"), *beside]
    with _show_only(warehouse, step, beside, changed):
        step.build(warehouse, run)
    with warehouse.transaction():
        for part in parts:
            warehouse.execute(
                f"delete from {part.table} where {part.condition}"
                f" and ({ALL_TOGETHER} or list_contains(?, organisation_id))",
                [changed],
            )
            warehouse.execute(
                f"insert into {part.table} by name"
                f" select * from {PART}.{part.table} where {part.condition}"
            )
        note_made(warehouse, step.table, shared)
    warehouse.execute(f"detach {PART}")


@contextmanager
def _show_only(
    warehouse: Warehouse, step: TableStep, beside: Sequence[Beside], changed: list[str]
) -> Iterator[None]:
    """Inside, tables that the step may read hold the rows of ``changed`` and of all together."""
    (home,) = warehouse.fetch_one("select current_database()")
    tables = warehouse.list_tables()
    staged = (name for name in tables if name.startswith("staged."))
    written = {step.table, *(part.table for part in beside)}
    read = {*step.reads, *staged, *(set(list_ledger_tables()) & set(tables))} - written
    names = ", ".join("'" + name.replace("'", "''") + "'" for name in changed)
    warehouse.execute(f"detach database if exists {PART}")
    warehouse.execute(f"attach ':memory:' as {PART}")
    for schema in sorted({name.partition(".")[0] for name in tables}):
        warehouse.execute(f"create schema if not exists {PART}.{schema}")
    for name in sorted(read):
        is_split = (
            name.partition(".")[0] not in SHARED_SCHEMAS and "organisation_id" in tables[name]
        )
        condition = f"where organisation_id in ({names}) or {ALL_TOGETHER}" if is_split else ""
        warehouse.execute(f"create view {PART}.{name} as select * from {home}.{name} {condition}")
    for part in beside:  # tables to write into as well as to read
        warehouse.execute(
            f"create table {PART}.{part.table} as"
            f" select * from {home}.{part.table} where organisation_id in ({names})"
        )
    warehouse.execute(f"use {PART}")
    try:
        yield
    finally:
        warehouse.execute(f"use {home}")
