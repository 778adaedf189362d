"""Published and constructed cases of disclosure, with the answers that others found."""

import pytest

from pipelines.protection.attacker import find_interval, list_leaks
from pipelines.protection.cells import Cell, make_block
from pipelines.protection.suppression import protect_blocks

K = 10
YEAR = "2025"

# (counts, hidden when only small ones are, what an attacker then finds, one pattern that is safe,
# what the attacker finds then). Zeros are published; a hidden count is at least one.
ONE_SMALL = {"O1/A": 3, "O1/B": 12, "O1/C": 20, "O1": 35}
TWO_ONES = {"O1/A": 1, "O1/B": 1, "O1/C": 20, "O1": 22}
TWO_SMALL = {"O1/A": 4, "O1/B": 7, "O1/C": 20, "O1": 31}
TWO_ORGANISATIONS = {**ONE_SMALL, "O2/A": 15, "O2/B": 14, "O2": 29, "ALL": 64}
CASES = {
    "one small team": (ONE_SMALL, {"O1/A": (3, 3)}, {"O1/A", "O1/B"}, {"O1/A": (1, 14)}),
    # a library that stops here (1 + 1 = 2, the third shown) leaves both exactly known
    "two teams of one": (
        TWO_ONES,
        {"O1/A": (1, 1), "O1/B": (1, 1)},
        {"O1/A", "O1/B", "O1/C"},
        {"O1/A": (1, 20), "O1/B": (1, 20)},
    ),
    "two teams that hide each other": (
        TWO_SMALL,
        {"O1/A": (1, 10), "O1/B": (1, 10)},
        {"O1/A", "O1/B"},
        {"O1/A": (1, 10), "O1/B": (1, 10)},
    ),
    "two organisations": (
        TWO_ORGANISATIONS,
        {"O1/A": (3, 3)},
        {"O1/A", "O1/B"},
        {"O1/A": (1, 14)},
    ),
}


def read_block(counts: dict[str, int]):
    cells = []
    for name, count in counts.items():
        organisation, _, team = name.partition("/")
        organisation = "" if organisation == "ALL" else organisation
        needed = K - 1 if 0 < count < K else 0
        cells.append(Cell(name, organisation, team, YEAR, "", count, needed))
    return make_block(cells)


def number_of(block, names):
    return {number for number, cell in enumerate(block.cells) if cell.key in names}


def attack(block, names):
    hidden = number_of(block, names)
    return {
        block.cells[number].key: find_interval(block, hidden, number)
        for number in sorted(hidden)
        if block.cells[number].needed
    }


@pytest.mark.parametrize("case", CASES)
def test_attacker_finds_what_is_known_when_only_small_cells_are_hidden(case):
    counts, found, *_ = CASES[case]
    assert attack(read_block(counts), set(found)) == found


@pytest.mark.parametrize("case", CASES)
def test_hidden_cells_are_the_known_pattern_and_leave_the_known_interval(case):
    counts, _, pattern, intervals = CASES[case]
    block = read_block(counts)
    assert protect_blocks([block]) == pattern
    assert attack(block, pattern) == intervals


@pytest.mark.parametrize("case", CASES)
def test_showing_any_hidden_neighbour_again_opens_a_leak(case):
    counts, found, pattern, _ = CASES[case]
    block = read_block(counts)
    assert not list_leaks(block, number_of(block, pattern))
    for name in pattern - set(found):
        assert list_leaks(block, number_of(block, pattern - {name}))


def make_quarters(over_time, year_count):
    cells = [
        Cell(f"Q{quarter}", "O", "A", f"{YEAR}-Q{quarter}", "", count,
             K - 1 if count < K else 0, over_time=over_time)
        for quarter, count in enumerate((14, 6, 15, 20), start=1)
    ]  # fmt: skip
    return [*cells, Cell("year", "O", "A", YEAR, "", year_count, over_time=over_time)]


def test_small_quarter_takes_another_quarter_or_the_year_along():
    hidden = protect_blocks([make_block(make_quarters("sum", 55))])
    assert "Q2" in hidden
    assert len(hidden) == 2


def test_stock_of_a_year_is_hidden_with_its_last_quarter():
    cells = make_quarters("last", 6)
    cells[3] = Cell("Q4", "O", "A", f"{YEAR}-Q4", "", 6, K - 1, over_time="last")
    cells[4] = Cell("year", "O", "A", YEAR, "", 6, 0, over_time="last")
    assert {"Q4", "year"} <= protect_blocks([make_block(cells)])


def test_few_that_are_lost_between_two_moments_hide_one_of_both():
    """48 at the start and 45 at the end: whoever sees both knows that three were lost."""
    cells = [
        Cell("T0", "O", "A", YEAR, "", 48),
        Cell("T2", "O", "A", YEAR, "both", 45),
        Cell("lost", "O", "A", YEAR, "lost", 3, K - 1, is_hidden=True),
    ]
    hidden = protect_blocks([make_block(cells)])
    assert len(hidden & {"T0", "T2"}) == 1


def test_mean_of_a_small_team_does_not_follow_from_the_mean_of_the_organisation():
    """Means 3.6 (12) and 3.5 (20) beside 3.4 over 35 give the third: (119 - 43.2 - 70) / 3."""
    third = (3.4 * 35 - 3.6 * 12 - 3.5 * 20) / 3
    assert third == pytest.approx(1.933333333)
    hidden = protect_blocks([read_block(ONE_SMALL)])
    assert hidden - {"O1/A"}, "a second mean, or that of the organisation, is hidden"
