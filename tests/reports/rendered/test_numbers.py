"""Which numbers of a text tell a figure, and which do not."""

import pytest

from reports.rendered.numbers import KnownTexts

KNOWN = KnownTexts(
    ["Lijn: 95%-interval.", "minder dan {minimum} cliënten of 5 begeleiders", "5%"],
    ["Team 3", "18-23", "12"],
    ["maart", "March"],
)


@pytest.mark.parametrize(
    "text",
    [
        "In 2025 en K1 ’24, bij T0 en KI-1: AF-1.1.",
        "Op 12 maart 2026, uitgave 2026-08-31-21ff1540.",
        "Lijn: 95%-interval. Stip: waarde.",
        "Team 3",
        "18-23",
        "12",
        "tien cliënten of 5 begeleiders",
    ],
)
def test_dates_years_codes_names_and_fixed_texts_tell_no_figure(text):
    assert KNOWN.list_numbers(text, is_dutch=True) == []


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("95% van de plannen", [95]),
        ("7 van 9", [7, 9]),
        ("16–49%", [16, 49]),
        ("2025%", [2025]),
        ("1.234,5 en 12 plannen", [1234.5, 12]),
        ("5% meer", [5]),
        ("Team 4", [4]),
        ("bij 12 teams", [12]),
        ("begin: 7 begeleiders", [7]),
    ],
)
def test_any_other_number_tells_a_figure(text, numbers):
    assert [one.value for one in KNOWN.list_numbers(text, is_dutch=True)] == numbers


@pytest.mark.parametrize(
    ("text", "exact", "expected"),
    [
        ("33%", 1 / 3, True),
        ("33,3%", 1 / 3, True),
        ("34%", 1 / 3, False),
        ("3,97", 3.9786, True),
        ("−0,4", -0.4, True),
        ("7", 7.4, True),
        ("7", 8, False),
    ],
)
def test_number_is_told_when_it_is_a_rounding_of_an_exact_one(text, exact, expected):
    (number,) = KNOWN.list_numbers(text, is_dutch=True)
    assert number.rounds(exact) is expected
