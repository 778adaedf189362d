"""Names from outside: one line, nothing invisible, isolated when they run right to left."""

import pytest

from reports.organisation import DEVICES, make_slug
from reports.shown_names import show_name


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("Haven", "Haven"),
        ("  Ploeg\r\n\tTwee\x00\x07 ", "Ploeg Twee"),
        ("\u202eneeS\u202c", "neeS"),
        ("\u2067Kade\u2069\u200e", "Kade"),
        ("צוות שלום", "\u2068צוות שלום\u2069"),
        ("Zuid\u2028Oost\ufeff", "Zuid Oost"),
        ("👩‍👩‍👧‍👦", "👩‍👩‍👧‍👦"),
        ('<b> & "x"', '<b> & "x"'),
        ("\u202e \u200d", "T-1"),
        (None, "T-1"),
    ],
)
def test_name_is_shown_on_one_line_in_reading_order(name, shown):
    assert show_name(name, "T-1") == shown


def test_no_folder_gets_the_name_of_a_device():
    for name in DEVICES:
        assert make_slug(name.upper(), set()) not in DEVICES
