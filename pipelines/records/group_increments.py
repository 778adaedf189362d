"""Makes a table again for the groups of rows that changed, and leaves the rows of the others.

For a table that holds organisations beside each other, group by group: a group whose source rows
are those of before keeps its rows. What does not belong here: tables with rows of each organisation
apart (``increments``).
"""

from collections.abc import Sequence
from dataclasses import replace

from pipelines.records.increments import PART, BuildOnNews
from pipelines.records.made_from import find_changed, forget_table, knows_fingerprints, note_made
from pipelines.run import Run
from pipelines.warehouse import TableStep, Warehouse

GROUP_MADE_FROM = "quality.group_made_from"


def by_group(step: TableStep, source: str, columns: Sequence[str]) -> TableStep:
    """The step, building anew only the groups of rows whose source changed.

    Args:
        step: the rows of its table follow from the rows of ``source`` with the same ``columns``,
            and from the declarations and the code.
        source: the one table it reads.
        columns: what makes a group; columns of both tables.
    """
    build = BuildOnNews(_build_changed_groups, step=step, source=source, columns=columns)
    return replace(step, build=build)


def _build_changed_groups(
    warehouse: Warehouse, run: Run, step: TableStep, source: str, columns: Sequence[str]
) -> None:
    if not knows_fingerprints(warehouse):
        step.build(warehouse, run)
        return
    changed, is_most = find_changed(warehouse, step.table)
    if not changed and not is_most:
        return
    _write_groups(warehouse, source, columns)
    # Other code or declarations are news of every organisation.
    if is_most:
        forget_table(warehouse, step.table)
        step.build(warehouse, run)
    else:
        _make_groups(warehouse, run, step, source, columns)
    with warehouse.transaction():
        note_made(warehouse, step.table, ())
        warehouse.execute(f"delete from {GROUP_MADE_FROM} where table_name = ?", [step.table])
        warehouse.execute(
            f"insert into {GROUP_MADE_FROM} select ?, group_name, fingerprint from group_now",
            [step.table],
        )


def _write_groups(warehouse: Warehouse, source: str, columns: Sequence[str]) -> None:
    """Temp table ``group_now``: every group of the source with what it holds, in any order."""
    warehouse.execute(
        f"create table if not exists {GROUP_MADE_FROM}"
        " (table_name VARCHAR, group_name VARCHAR, fingerprint VARCHAR)"
    )
    warehouse.execute(
        f"""
        create or replace temp table group_now as
        select
            {_name_group(columns)} as group_name,
            concat_ws(' ', version(), count(*), sum(hash(one))) as fingerprint
        from {source} as one
        group by group_name
        """
    )


def _make_groups(
    warehouse: Warehouse, run: Run, step: TableStep, source: str, columns: Sequence[str]
) -> None:
    (home,) = warehouse.fetch_one("select current_database()")
    warehouse.execute(
        f"""
        create or replace temp table group_changed as
        select group_name
        from group_now
        full join (select * from {GROUP_MADE_FROM} where table_name = ?) as before
            using (group_name)
        where group_now.fingerprint is distinct from before.fingerprint
        """,
        [step.table],
    )
    is_changed = f"{_name_group(columns)} in (select group_name from temp.group_changed)"
    warehouse.execute(f"detach database if exists {PART}")
    warehouse.execute(f"attach ':memory:' as {PART}")
    for table in (source, step.table):
        warehouse.execute(f"create schema if not exists {PART}.{table.partition('.')[0]}")
    warehouse.execute(
        f"create table {PART}.{source} as select * from {home}.{source} where {is_changed}"
    )
    warehouse.execute(f"use {PART}")
    try:
        step.build(warehouse, run)
    finally:
        warehouse.execute(f"use {home}")
    with warehouse.transaction():
        warehouse.execute(f"delete from {step.table} where {is_changed}")
        warehouse.execute(f"insert into {step.table} by name select * from {PART}.{step.table}")
    warehouse.execute(f"detach {PART}")


def _name_group(columns: Sequence[str]) -> str:
    """A SQL expression: the columns of a group as one text."""
    cells = ", ".join(f"coalesce(cast({column} as varchar), '')" for column in columns)
    return f"concat_ws('|', {cells})"
