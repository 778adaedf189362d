"""Text that was encoded twice is repaired, other text is left alone."""

import pytest

from pipelines.deliveries.double_encoding import MARKS, repair_text

WORDS = [
    "Cliënt",
    "Zoë",
    "één",
    "Curaçao",
    "€ 5",
    "‘s Avonds",
    "Ĳssel… “ja”",
    "naïef",
    "ÀÂÎŸ",
    "Šaban",
]


@pytest.mark.parametrize("word", WORDS)
def test_double_encoded_word_is_repaired_and_is_found_by_its_marks(word):
    encoded = word.encode("utf-8")
    double = "".join(
        bytes([byte]).decode("cp1252") if byte not in (0x81, 0x8D, 0x8F, 0x90, 0x9D) else chr(byte)
        for byte in encoded
    )
    assert double != word
    assert repair_text(double) == word
    assert any(mark in double for mark in MARKS)


@pytest.mark.parametrize("text", [*WORDS, "Ã", "Â", "SÃO", "Ångström", "abc", "", "â€"])
def test_good_text_is_left_alone(text):
    assert repair_text(text) == text


def test_repair_next_to_other_text():
    assert repair_text("«CliÃ«nt» en cliënt") == "«Cliënt» en cliënt"


def test_cells_are_repaired_and_counted(door):
    rows = [
        "t1;CafÃ© â‚¬5;other;2020-01-01",
        "t2;Café;other;2020-01-01",
        "t3;ZoÃ«;other;2020-01-01",
    ]
    door.write("teams.csv", "\n".join(["team_id;name;setting;start_date", *rows]))

    delivery = door.receive_one()

    assert [row["name"] for row in door.read_landing(delivery)] == ["Café €5", "Café", "Zoë"]
    assert [(w.warning, w.column, w.row_count) for w in delivery.warnings] == [
        ("double_encoding_repaired", "name", 2)
    ]
