"""Every way in which exports write a value, with the value we read in it."""

from datetime import date
from decimal import Decimal

import pytest

from pipelines.warehouse import Warehouse, open_warehouse


@pytest.fixture(scope="module")
def warehouse() -> Warehouse:
    opened = open_warehouse()
    opened.run_file("records", "casts")
    return opened


def cast(warehouse: Warehouse, expression: str, text: str) -> object:
    return warehouse.fetch_one(f"select {expression} from (select $text as cell)", {"text": text})[
        0
    ]


@pytest.mark.parametrize(
    "text",
    [
        "2024-03-01",
        "2024-3-1",
        "2024/03/01",
        "01-03-2024",
        "1-3-2024",
        "1/3/2024",
        "01.03.2024",
        "20240301",
        "45352",
        "45352.75",
        "45352,75",
        "1 maart 2024",
        "1 Mrt 2024",
        "1 mrt. 2024",
        "01-mrt-2024",
        "vrijdag 1 maart 2024",
        "2024-03-01 00:00:00",
        "2024-03-01T13:45:00Z",
        "2024-03-01T13:45:00.000+01:00",
        "01-03-2024 24:00",
        "1-3-2024 9:05",
        "1 maart 2024 om 10:00 uur",
    ],
)
def test_date_is_read_in_every_form(warehouse: Warehouse, text: str) -> None:
    assert cast(warehouse, "read_date(cell)", text) == date(2024, 3, 1)


@pytest.mark.parametrize(
    ("text", "month"),
    [
        ("3 januari 2024", 1),
        ("3 feb 2024", 2),
        ("3 april 2024", 4),
        ("3 mei 2024", 5),
        ("3 juni 2024", 6),
        ("3 juli 2024", 7),
        ("3 aug 2024", 8),
        ("3 sept 2024", 9),
        ("3 oktober 2024", 10),
        ("3 nov. 2024", 11),
        ("3 december 2024", 12),
    ],
)
def test_dutch_month_names_are_read(warehouse: Warehouse, text: str, month: int) -> None:
    assert cast(warehouse, "read_date(cell)", text) == date(2024, month, 3)


@pytest.mark.parametrize(
    "text",
    [
        "31-02-2024",
        "2023-02-29",
        "2024-13-01",
        "01-03-24",  # which century is not guessed
        "0024-03-01",
        "2999-12-31",
        "3 brumaire 2024",
        "morgen",
        "12",
        "1.5",
    ],
)
def test_what_is_no_date_is_not_guessed(warehouse: Warehouse, text: str) -> None:
    assert cast(warehouse, "read_date(cell)", text) is None
    assert cast(warehouse, "is_empty_date(read_day(without_time(cell)))", text) is not True


@pytest.mark.parametrize("text", ["01-01-1900", "1900-01-01", "1", "31-12-9999", "2958465"])
def test_sentinel_dates_are_empty_not_wrong(warehouse: Warehouse, text: str) -> None:
    assert cast(warehouse, "read_date(cell)", text) is None
    assert cast(warehouse, "is_empty_date(read_day(without_time(cell)))", text) is True


@pytest.mark.parametrize(
    "text", ["", " ", "-", "--", "n.v.t.", "N.v.t.", "nvt", "Onbekend", "onbekend ", "#N/B", "?"]
)
def test_empty_markers_are_empty(warehouse: Warehouse, text: str) -> None:
    assert cast(warehouse, "read_text(cell)", text) is None


@pytest.mark.parametrize("text", ["geen", "0", "nee", "onbekende dader"])
def test_words_that_say_something_are_kept(warehouse: Warehouse, text: str) -> None:
    assert cast(warehouse, "read_text(cell)", text) == text


@pytest.mark.parametrize(
    ("text", "with_comma", "with_point"),
    [
        ("0,89", "0.89", "0.89"),
        ("0.89", "0.89", "0.89"),
        (",5", "0.50", "0.50"),
        ("-2", "-2.00", "-2.00"),
        ("+2", "2.00", "2.00"),
        ("1.250,50", "1250.50", "1250.50"),
        ("1,250.50", "1250.50", "1250.50"),
        ("1.250", "1250.00", "1.25"),  # the one case in which the decimal mark decides
        ("1.234.567", "1234567.00", "1234567.00"),
        ("0.500", "0.50", "0.50"),  # no thousands begin with a nought
        ("9999999,99", "9999999.99", "9999999.99"),
        ("0,890000", "0.89", "0.89"),
    ],
)
def test_decimal_is_exact(
    warehouse: Warehouse, text: str, with_comma: str, with_point: str
) -> None:
    assert cast(warehouse, "read_decimal(read_number(cell, ','))", text) == Decimal(with_comma)
    assert cast(warehouse, "read_decimal(read_number(cell, '.'))", text) == Decimal(with_point)


@pytest.mark.parametrize("text", ["0,888", "0.30000000000000004", "10000000", "123456789,00"])
def test_decimal_that_does_not_fit_is_never_rounded(warehouse: Warehouse, text: str) -> None:
    assert cast(warehouse, "read_number(cell, '.')", text) is not None
    assert cast(warehouse, "read_decimal(read_number(cell, '.'))", text) is None


@pytest.mark.parametrize("text", ["abc", "1.2.3", "1,2,3", "1e5", "€ 5", "5%", "12,", "-", "1 000"])
def test_what_is_no_number_is_not_guessed(warehouse: Warehouse, text: str) -> None:
    assert cast(warehouse, "read_number(cell, ',')", text) is None


@pytest.mark.parametrize(
    ("text", "value"), [("7", 7), ("-1", -1), ("007", 7), ("3,0", 3), ("3.00", 3), ("1.250", 1250)]
)
def test_integer_is_read(warehouse: Warehouse, text: str, value: int) -> None:
    assert cast(warehouse, "read_integer(read_number(cell, ','))", text) == value


def test_fraction_is_no_integer(warehouse: Warehouse) -> None:
    assert cast(warehouse, "read_integer(read_number(cell, ','))", "1,5") is None


@pytest.mark.parametrize("text", ["Ja", "J", "1", "Waar", "TRUE", "true", "yes"])
def test_yes_is_read_in_every_form(warehouse: Warehouse, text: str) -> None:
    assert cast(warehouse, "read_bool(cell)", text) is True


@pytest.mark.parametrize("text", ["Nee", "n", "0", "Onwaar", "FALSE", "no"])
def test_no_is_read_in_every_form(warehouse: Warehouse, text: str) -> None:
    assert cast(warehouse, "read_bool(cell)", text) is False


@pytest.mark.parametrize("text", ["misschien", "2", "Wel post", "x"])
def test_other_words_are_neither_yes_nor_no(warehouse: Warehouse, text: str) -> None:
    assert cast(warehouse, "read_bool(cell)", text) is None


@pytest.mark.parametrize(
    "text", ["jan@voorbeeld.nl", "heeft 123456782 genoemd", "een lange zin " * 4]
)
def test_text_that_may_be_about_a_person_is_no_code(warehouse: Warehouse, text: str) -> None:
    assert cast(warehouse, "read_code_text(cell)", text) is None
