"""Makes a table again for the organisations that changed, and leaves the rows of the others.

Many tables hold, for every organisation, rows that follow from its own rows alone. When some of the
organisations changed, such a table is built in a database in memory that shows only those
organisations, by the same statements, and their rows take the place of the old ones. A table with
rows about all organisations together is built anew, or left when none changed. What does not belong
here: what a table holds, and what decides that an organisation changed (``fingerprint``).
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import partial

from pipelines.run import Run
from pipelines.warehouse import TableStep, Warehouse

MADE_FROM = "quality.made_from"
PART = "part"  # the database in memory
# Rooms whose tables hold the same rows for all organisations, or rows for all of them together.
SHARED_SCHEMAS = ("catalogue.",)


@dataclass(frozen=True)
class Beside:
    """Rows that a step writes into another table than its own."""

    table: str
    condition: str  # on the rows of this step


def by_organisation(step: TableStep, *beside: Beside) -> TableStep:
    """The step, building anew only the rows of the organisations that changed.

    Args:
        step: every row of its table has an ``organisation_id`` and follows from rows of that
            organisation and from tables that are the same for all.
        beside: what it writes elsewhere.
    """
    return replace(step, build=partial(_build_changed, step=step, beside=beside))


def on_news(step: TableStep) -> TableStep:
    """The step, building its table only when it is not there or an organisation changed.

    Args:
        step: its table follows from the staged rows, the declarations and the code alone, and is
            built after ``staged.fingerprint``.
    """
    return replace(step, build=partial(_build_on_news, step=step))


def is_made_on_news(step: TableStep) -> bool:
    """True when the step asks which organisations changed."""
    return getattr(step.build, "func", None) in (_build_changed, _build_on_news)


def forget_made(warehouse: Warehouse, except_schema: str) -> None:
    """Lets every table be made again in full, but those of one schema."""
    if warehouse.has_table(MADE_FROM):
        warehouse.execute(
            f"delete from {MADE_FROM} where table_name not like ?", [f"{except_schema}.%"]
        )


def forget_table(warehouse: Warehouse, table: str) -> None:
    """Lets one table be made again in full."""
    if warehouse.has_table(MADE_FROM):
        warehouse.execute(f"delete from {MADE_FROM} where table_name = ?", [table])


def _build_changed(
    warehouse: Warehouse, run: Run, step: TableStep, beside: Sequence[Beside]
) -> None:
    if not _knows_fingerprints(warehouse):
        step.build(warehouse, run)
        return
    changed, present_count = _find_changed(warehouse, step.table)
    if not warehouse.has_table(step.table) or 2 * len(changed) > present_count:
        _build_anew(warehouse, run, step)
    elif changed:
        _replace_rows(warehouse, run, step, beside, changed)


def _build_on_news(warehouse: Warehouse, run: Run, step: TableStep) -> None:
    if not _knows_fingerprints(warehouse):
        step.build(warehouse, run)
    elif not warehouse.has_table(step.table) or _find_changed(warehouse, step.table)[0]:
        _build_anew(warehouse, run, step)


def _build_anew(warehouse: Warehouse, run: Run, step: TableStep) -> None:
    # Two notes, two moments: a run that is cut off in between builds the table once more.
    forget_table(warehouse, step.table)
    step.build(warehouse, run)
    _note(warehouse, step.table)


def _knows_fingerprints(warehouse: Warehouse) -> bool:
    """False for a warehouse filled by hand, as in many tests: it has no files to be made from."""
    if not warehouse.has_table("staged.fingerprint"):
        return False
    warehouse.execute(
        f"create table if not exists {MADE_FROM} (table_name VARCHAR, fingerprint VARCHAR)"
    )
    warehouse.execute(f"alter table {MADE_FROM} add column if not exists organisation_id VARCHAR")
    return True


def _find_changed(warehouse: Warehouse, table: str) -> tuple[list[str], int]:
    """The organisations with other, new or no more files, and how many there are now."""
    rows = warehouse.fetch_all(
        f"""
        select organisation_id, now.fingerprint is not null
        from staged.fingerprint as now
        full join (select * from {MADE_FROM} where table_name = ?) as made
            using (organisation_id)
        where now.fingerprint is distinct from made.fingerprint and organisation_id is not null
        order by organisation_id
        """,
        [table],
    )
    return [name for name, _ in rows], warehouse.count_rows("staged.fingerprint")


def _note(warehouse: Warehouse, table: str) -> None:
    warehouse.execute(f"delete from {MADE_FROM} where table_name = ?", [table])
    warehouse.execute(
        f"insert into {MADE_FROM} (table_name, organisation_id, fingerprint)"
        " select ?, organisation_id, fingerprint from staged.fingerprint",
        [table],
    )


def _replace_rows(
    warehouse: Warehouse, run: Run, step: TableStep, beside: Sequence[Beside], changed: list[str]
) -> None:
    parts = [Beside(step.table, "true"), *beside]
    with _show_only(warehouse, step, beside, changed):
        step.build(warehouse, run)
    with warehouse.transaction():
        for part in parts:
            warehouse.execute(
                f"delete from {part.table} where {part.condition}"
                " and (organisation_id is null or list_contains(?, organisation_id))",
                [changed],
            )
            warehouse.execute(
                f"insert into {part.table} by name"
                f" select * from {PART}.{part.table} where {part.condition}"
            )
        _note(warehouse, step.table)
    warehouse.execute(f"detach {PART}")


@contextmanager
def _show_only(
    warehouse: Warehouse, step: TableStep, beside: Sequence[Beside], changed: list[str]
) -> Iterator[None]:
    """Inside, every table that the step may read holds the rows of ``changed`` only."""
    (home,) = warehouse.fetch_one("select current_database()")
    tables = warehouse.list_tables()
    read = {*step.reads, *(name for name in tables if name.startswith("staged."))} - {step.table}
    names = ", ".join("'" + name.replace("'", "''") + "'" for name in changed)
    warehouse.execute(f"detach database if exists {PART}")
    warehouse.execute(f"attach ':memory:' as {PART}")
    for schema in sorted({name.partition(".")[0] for name in tables}):
        warehouse.execute(f"create schema if not exists {PART}.{schema}")
    for name in sorted(read):
        is_split = (
            name.partition(".")[0] not in SHARED_SCHEMAS and "organisation_id" in tables[name]
        )
        condition = f"where organisation_id in ({names})" if is_split else ""
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
