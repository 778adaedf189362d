"""What somebody who knows everything published can still tell about a hidden count.

The cheap answers first: another world that is known already; then ways through the sums as a
network, which are the whole answer when every cell is a line of it; and else a pair of integer
programs. What does not belong here: what to do about it (``suppression``).
"""

from collections.abc import Collection

from pipelines.protection.cells import Block
from pipelines.protection.exchange import World, find_exchange, is_possible
from pipelines.protection.ways import CostOf

UNBOUNDED = 10**6  # an interval that reaches this far has no upper end
WHOLE = 1e-6  # how far from a whole number the solver's rounding can be


def list_neighbours(block: Block, hidden: Collection[int], cell: int) -> list[int]:
    """The hidden cells that hang together with a cell by sums, in order."""
    found, waiting = {cell}, [cell]
    while waiting:
        for equation, _ in block.places[waiting.pop()]:
            for other, _ in block.equations[equation].signs:
                if other not in found and other in hidden:
                    found.add(other)
                    waiting.append(other)
    return sorted(found)


Proof = tuple[World, World]  # a world in which a cell is larger, one in which it is smaller


class Worlds:
    """Other counts that fit everything published, found for one cell and of use for others."""

    def __init__(self) -> None:
        self._by_cell: dict[int, list[World]] = {}

    def add(self, world: World) -> None:
        """Remembers a world."""
        for cell in world:
            self._by_cell.setdefault(cell, []).append(world)

    def find_proof(self, cell: int, needed: int, hidden: Collection[int]) -> Proof | None:
        """Two known worlds (or one and the real one) in which a cell is as far apart as needed."""
        above: World = {cell: 0}
        below: World = {cell: 0}
        for world in self._by_cell.get(cell, ()):
            if world[cell] > above[cell] and world.keys() <= hidden:
                above = world
            if world[cell] < below[cell] and world.keys() <= hidden:
                below = world
            if above[cell] - below[cell] >= needed:
                return above, below
        return None


def holds(block: Block, hidden: Collection[int], cell: int, proof: Proof) -> bool:
    """True when both worlds of a proof fit what is published and are as far apart as needed."""
    above, below = proof
    return (
        above.get(cell, 0) - below.get(cell, 0) >= block.cells[cell].needed
        and all(world.keys() <= hidden for world in proof)
        and all(is_possible(block, world) for world in proof)
    )


def find_interval(block: Block, hidden: Collection[int], cell: int) -> tuple[int, int]:
    """The smallest and the largest count that fit everything published, exactly.

    Raises:
        RuntimeError: the solver gave up; nothing may be published on a guess.
    """
    near = list_neighbours(block, hidden, cell)
    ends = [_find_world(block, near, cell, way, UNBOUNDED) for way in (-1, 1)]
    lowest, highest = (block.cells[cell].value + moves.get(cell, 0) for moves in ends)
    return lowest, min(highest, UNBOUNDED)


def find_proof(
    block: Block,
    hidden: set[int],
    cell: int,
    worlds: Worlds | None = None,
    cost_of: CostOf | None = None,
) -> Proof | None:
    """Why the interval of a cell is as wide as it needs; None: it is not, which is a leak.

    As long as the cells that move in the proof are hidden it holds, whatever else is published.

    Args:
        worlds: what was found for other cells of the block; what is found here is added.
        cost_of: hidden cells that a proof rather does without cost something; others none.
    """
    needed = block.cells[cell].needed
    worlds = Worlds() if worlds is None else worlds
    proof = worlds.find_proof(cell, needed, hidden)
    if proof is not None:
        return proof
    if cost_of is None:
        cost_of = dict.fromkeys(hidden, 0.0).get
    above = find_exchange(block, cell, needed, cost_of)
    worlds.add(above)
    rest = needed - above.get(cell, 0)
    if rest:
        worlds.add(find_exchange(block, cell, -rest, cost_of))
    if not block.network.is_exact(cell) and worlds.find_proof(cell, needed, hidden) is None:
        near = list_neighbours(block, hidden, cell)
        for way in (1, -1):
            worlds.add(_find_world(block, near, cell, way, needed))
    return worlds.find_proof(cell, needed, hidden)


def find_proof_by_exact_sums(block: Block, hidden: set[int], cell: int) -> Proof | None:
    """As ``find_proof``, against an attacker who knows only what adds up exactly.

    Where counts do not add up, the difference is taken as known: more than anybody can know. When
    no world fits that, what counts is what an attacker really has.
    """
    return find_proof(block.exact, hidden, cell)


def _find_world(block: Block, near: list[int], cell: int, way: int, most: int) -> World:
    """Where a cell is largest (way 1, at most so much larger) or smallest (-1): what moved.

    Raises:
        RuntimeError: the solver gave up.
    """
    # scipy takes half a second to load: a run without protected cells does without
    import numpy as np
    from scipy.optimize import Bounds, LinearConstraint, milp
    from scipy.sparse import csr_array

    place = {one: position for position, one in enumerate(near)}
    numbers = sorted({equation for one in near for equation, _ in block.places[one]})
    entries: list[tuple[int, int, int]] = []  # sum, unknown cell, sign
    sides = []  # what the unknown cells of each sum add up to
    for row, number in enumerate(numbers):
        side = block.equations[number].offset
        for one, sign in block.equations[number].signs:
            if one in place:
                entries.append((row, place[one], sign))
            else:
                side -= sign * block.cells[one].value
        sides.append(side)
    size = len(near)
    aim, highs = np.zeros(size), np.full(size, np.inf)
    aim[place[cell]], highs[place[cell]] = -way, block.cells[cell].value + most
    bounds = Bounds(np.array([block.cells[one].lowest for one in near]), highs)
    limits = []
    if entries:
        rows, columns, signs = (np.array(part) for part in zip(*entries, strict=True))
        sums = csr_array((signs, (rows, columns)), shape=(len(numbers), size))
        limits.append(LinearConstraint(sums, sides, sides))
    # A table of places by periods has whole numbers in its corners: then the answer without asking
    # for whole numbers is the answer, ten times as fast.
    for integrality in (0, 1):
        found = milp(aim, integrality=np.full(size, integrality), bounds=bounds, constraints=limits)
        if found.status == 0:
            counts = [round(value) for value in found.x]
            if np.allclose(found.x, counts, atol=WHOLE, rtol=0):
                moves = ((one, count - block.cells[one].value)
                         for one, count in zip(near, counts, strict=True))  # fmt: skip
                return {one: move for one, move in moves if move}
    raise RuntimeError(f"the integer program of a hidden count was not solved: {found.message}")


def list_leaks(block: Block, hidden: set[int]) -> list[int]:
    """The cells that need protection and do not have it, given what is hidden."""
    worlds = Worlds()
    return [
        number
        for number, cell in enumerate(block.cells)
        if cell.needed
        and (number not in hidden or find_proof(block, hidden, number, worlds) is None)
    ]
