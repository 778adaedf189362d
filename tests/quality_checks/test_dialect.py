"""Canary: the road from Great Expectations to the open warehouse, link by link."""

import pytest
import sqlalchemy as sa

from pipelines.warehouse import open_warehouse
from quality_checks.dialect import lend
from quality_checks.validator import answer


def ask(warehouse):
    """The way a statement takes, without the process in between."""

    def execute(statement, parameters):
        _, names, rows = answer(warehouse, statement, parameters)
        return names, rows

    return execute


@pytest.fixture
def engine():
    with open_warehouse() as warehouse:
        warehouse.execute(
            "create table staged.thing (id BIGINT, name VARCHAR, day DATE, amount DECIMAL(9,2))"
        )
        warehouse.execute(
            "insert into staged.thing values (1, 'a', '2026-01-01', 1.5), (2, null, null, null)"
        )
        with lend(ask(warehouse)) as address:
            yield sa.create_engine(address)


def test_rows_can_be_read_after_the_connection_was_closed(engine):
    with engine.connect() as connection:
        result = connection.execute(sa.text("select id from staged.thing order by id"))
    assert result.fetchall() == [(1,), (2,)]


def test_fetching_in_parts_gives_every_row_once(engine):
    with engine.connect() as connection:
        result = connection.execute(sa.text("select range as n from range(5)"))
        assert result.fetchone() == (0,)
        assert result.fetchmany(2) == [(1,), (2,)]
        assert result.fetchall() == [(3,), (4,)]


def test_columns_are_found_with_their_types(engine):
    columns = sa.inspect(engine).get_columns("thing", schema="staged")
    assert [(c["name"], type(c["type"]).__name__) for c in columns] == [
        ("id", "BigInteger"),
        ("name", "String"),
        ("day", "Date"),
        ("amount", "Numeric"),
    ]


def test_a_bound_value_reaches_duckdb(engine):
    thing = sa.table("thing", sa.column("id"), sa.column("name"), schema="staged")
    with engine.connect() as connection:
        result = connection.execute(sa.select(thing.c.id).where(thing.c.name.in_(["a", "b"])))
    assert result.fetchall() == [(1,)]


def test_the_warehouse_stays_open_when_a_lent_connection_is_closed():
    with open_warehouse() as warehouse:
        with lend(ask(warehouse)) as address, sa.create_engine(address).connect() as lent:
            lent.execute(sa.text("select 1"))
        assert warehouse.fetch_one("select 2") == (2,)
