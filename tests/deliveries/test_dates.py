"""Dates as Dutch exports write them."""

from datetime import date, timedelta

import pytest

from pipelines.deliveries.dates import MONTHS, make_date_sql, parse_date
from pipelines.warehouse import open_warehouse


@pytest.fixture(scope="module")
def warehouse():
    with open_warehouse() as opened:
        yield opened


@pytest.mark.parametrize(
    "text",
    [
        *("2024-03-01", "2024-3-1", "2024-03-01T10:00:00", "2024-03-01 24:00", "20240301"),
        *("01-03-2024", "1-3-2024", "01/03/2024", "1.3.2024", "1-3-2024 9:30"),
        *("45352", "45352.75", "45352,75"),
        *("1 maart 2024", "1 mrt. 2024", "01-mrt-2024", "1 MAART 2024", " 1  March 2024 "),
    ],
)
def test_every_way_of_writing_the_first_of_march(warehouse, text):
    assert parse_date(warehouse, text) == date(2024, 3, 1)


@pytest.mark.parametrize(
    "text",
    [
        *("", "-", "onbekend", "31-02-2024", "2024-13-01", "1 foo 2024", "99999999", "12345678"),
        *("1-3-24", "2024", "32-01-2024", "0-1-2024"),
    ],
)
def test_what_is_no_date_is_empty(warehouse, text):
    assert parse_date(warehouse, text) is None


def test_every_month_name_is_known(warehouse):
    for number, words in MONTHS.items():
        for word in words:
            assert parse_date(warehouse, f"15 {word} 2023") == date(2023, number, 15)


def test_every_day_of_a_decade_reads_back_in_every_shape(warehouse):
    for shape in ("%Y-%m-%d", "%d-%m-%Y", "%-d/%-m/%Y", "%Y%m%d"):
        wrong = warehouse.fetch_one(
            f"""
            with days as (select date '2020-01-01' + i::integer as day from range(3653) t(i))
            select count(*) from days
            where {make_date_sql(f"strftime(day, '{shape}')")} is distinct from day
            """
        )
        assert wrong == (0,)


def test_serial_counts_from_the_origin_of_spreadsheets(warehouse):
    for serial in (10000, 36526, 45352):
        assert parse_date(warehouse, str(serial)) == date(1899, 12, 30) + timedelta(days=serial)
