"""The sums as a network: what follows from others is left out, and ways go round what is full."""

from pipelines.protection.attacker import find_interval, find_proof, holds
from pipelines.protection.cells import Cell, make_block
from pipelines.protection.exchange import find_exchange, is_possible
from tests.protection.test_hierarchies import QUARTERS, add_totals, make_world_block


def make_two_organisations():
    counts = {
        (f"O{o}", f"T{t}", q): 2 + o + t for o in range(2) for t in range(3) for q in QUARTERS
    }
    return make_world_block(add_totals(counts, "sum"), "sum")


def test_sums_over_time_of_an_organisation_follow_from_those_of_its_teams():
    block = make_two_organisations()
    kept = {number for number in block.network.steps if number >= 0}
    left_out = [one for n, one in enumerate(block.equations) if n not in kept]
    assert {block.cells[one.total].team_id for one in left_out} == {""}
    assert len(left_out) == 3  # both organisations and all together, for the one year
    assert all(block.network.is_exact(cell) for cell in range(len(block.cells)))


def test_sum_that_does_not_follow_is_kept():
    """A team without a year: the year of the organisation tells something of its own."""
    cells = make_two_organisations().cells
    block = make_block(c for c in cells if (c.organisation_id, c.team_id, c.is_year)
                       != ("O0", "T0", True))  # fmt: skip
    years = {n for n, one in enumerate(block.equations)
             if one.along == "time" and block.cells[one.total].key == "O0||2025"}  # fmt: skip
    assert years <= set(block.network.steps)


def test_cell_of_three_sums_is_left_to_the_integer_programs_and_found_there():
    cells = [
        Cell("all", "", "", "2025", "", 60),
        Cell("O", "O", "", "2025", "", 30, 9),
        Cell("P", "P", "", "2025", "", 30),
        *(Cell(f"O{c}", "O", "", "2025", c, 15) for c in "ab"),
        *(Cell(f"OT{t}", "O", t, "2025", "", 15) for t in "xy"),
    ]
    block = make_block(cells)
    assert not block.network.is_exact(1)
    proof = find_proof(block, set(range(len(cells))), 1)
    assert holds(block, set(range(len(cells))), 1, proof)


def test_many_small_cells_together_make_room_that_none_of_them_has():
    counts = {"A": 1, "B": 4, "C": 4, "D": 4}
    cells = [Cell(team, "O", team, "2025", "", n, 9 if n == 1 else 0) for team, n in counts.items()]
    block = make_block([*cells, Cell("O", "O", "", "2025", "", 13)])
    hidden = {0, 1, 2, 3}
    world = find_exchange(block, 0, 9, dict.fromkeys(hidden, 0.0).get)
    assert world == {0: 9, 1: -3, 2: -3, 3: -3}
    assert is_possible(block, world)
    # one fewer, and there is room for six only
    assert find_exchange(block, 0, 9, dict.fromkeys({0, 1, 2}, 0.0).get)[0] == 6
    assert find_interval(block, {0, 1, 2}, 0) == (1, 7)
    assert find_proof(block, {0, 1, 2}, 0) is None
