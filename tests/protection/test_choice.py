"""A choice is used again for the same counts only."""

import json

import pytest

from pipelines.protection.published_system import attacker_file
from tests.protection.history import History

COUNTS = {
    ("O", "A", "2025"): 2,
    ("O", "B", "2025"): 30,
    ("O", "C", "2025"): 31,
    ("O", "", "2025"): 63,
}


@pytest.fixture
def history(tmp_path):
    """A home in which a choice was made, and changed afterwards to recognise it by."""
    history = History(tmp_path / "home", 5)
    history.release(COUNTS)
    history.forget_releases()
    path = attacker_file(history.run, "history", "choice.json")
    kept = json.loads(path.read_text())
    assert kept["hidden"] == ["O|B|2025"]
    path.write_text(json.dumps({**kept, "hidden": ["O|C|2025"]}))
    return history


def list_untold(told):
    return {place[1] for place, one in told.items() if one.count is None}


def test_same_counts_are_not_chosen_for_again(history):
    assert list_untold(history.release(COUNTS)) == {"A", "C"}


def test_other_counts_are_chosen_for_anew(history):
    told = history.release({**COUNTS, ("O", "A", "2025"): 1, ("O", "", "2025"): 62})
    assert list_untold(told) == {"A", "B"}


@pytest.mark.parametrize("damaged", ["jsonl", "choice.json"])
def test_choice_that_is_damaged_or_lost_its_proofs_is_made_anew(history, damaged):
    attacker_file(history.run, "history", damaged).write_text("")
    assert list_untold(history.release(COUNTS)) == {"A", "B"}
