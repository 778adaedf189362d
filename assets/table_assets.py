"""One Dagster asset per table, generated from the table steps of the rooms.

What does not belong here: how a table is built (its room says) and which rooms there are
(``rooms``).
"""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager

import dagster as dg

from assets.session import SESSION, Session
from pipelines.warehouse import TableStep, Warehouse, build_step


def make_key(name: str) -> dg.AssetKey:
    """``schema.table`` as asset key."""
    return dg.AssetKey(name.split("."))


def make_table_asset(
    step: TableStep, group: str, extra_reads: Sequence[str] = ()
) -> dg.AssetsDefinition:
    """The asset of one table; building it says how many rows and which columns there are."""

    def build(session: Session) -> dg.MaterializeResult:
        build_step(step, session.warehouse, session.run)
        return dg.MaterializeResult(metadata=describe_table(session.warehouse, step.table))

    reads = dict.fromkeys((*step.reads, *extra_reads))
    return make_asset(step.table, group, step.description, tuple(reads), build, kinds={"duckdb"})


def make_asset(
    name: str,
    group: str,
    description: str,
    reads: Sequence[str],
    build: Callable[[Session], dg.MaterializeResult],
    **settings,
) -> dg.AssetsDefinition:
    """An asset that runs ``build`` on the session of the run and tells its progress."""

    @dg.asset(
        key=make_key(name),
        group_name=group,
        description=description,
        deps=[make_key(read) for read in reads],
        required_resource_keys={SESSION},
        **settings,
    )
    def asset(context):
        session: Session = context.resources.session
        with keep_failure(session), session.measure(group, name) as measured:
            result = build(session)
            measured.row_count = (result.metadata or {}).get("dagster/row_count", 0)
        return result

    return asset


@contextmanager
def keep_failure(session: Session) -> Iterator[None]:
    """Remembers the exception itself: Dagster keeps only its text."""
    try:
        yield
    except Exception as error:
        session.failure = session.failure or error
        raise


def describe_table(warehouse: Warehouse, table: str) -> dict:
    """Row count and columns of a table; never a value. Of a view the columns only."""
    columns = warehouse.fetch_all(f"select column_name, column_type from (describe {table})")
    described = {
        "dagster/column_schema": dg.TableSchema(
            [dg.TableColumn(name, column_type) for name, column_type in columns]
        ),
    }
    # Counting the rows of a view is computing it: the units of all scores, for nothing.
    if not warehouse.is_view(table):
        described["dagster/row_count"] = warehouse.count_rows(table)
    return described
