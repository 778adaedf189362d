"""The cheapest other world in which a count is larger and everything published is the same.

Asked when no single exchange does it: several small cells must move together, or a cell stands in
three sums. A linear program over the whole block; what moves in its answer is what must be hidden
(after Fischetti and Salazar 2001, who do the same with a network).
"""

from pipelines.protection.cells import Block
from pipelines.protection.exchange import CostOf

SMALLEST_MOVE = 1e-6  # less is rounding of the solver


def find_cheapest_world(
    block: Block, start: int, amount: int, cost_of: CostOf
) -> frozenset[int] | None:
    """The cells that move when ``start`` grows by ``amount`` at the least cost; None: impossible.

    Raises:
        RuntimeError: the solver gave up.
    """
    # scipy takes half a second to load: a run without protected cells does without
    import numpy as np
    from scipy.optimize import Bounds, LinearConstraint, milp
    from scipy.sparse import csr_array

    costs_of = {number: cost_of(number) for number in range(len(block.cells))}
    movable = [number for number, cost in costs_of.items() if cost is not None]
    place = {number: position for position, number in enumerate(movable)}
    numbers = sorted({equation for one in movable for equation, _ in block.places[one]})
    entries = [
        (row, place[cell], sign)
        for row, number in enumerate(numbers)
        for cell, sign in block.equations[number].signs
        if cell in place
    ]
    if not entries:
        return frozenset({start})
    size = len(movable)
    costs = np.array([costs_of[number] for number in movable])
    down = np.array([block.cells[number].value - block.cells[number].lowest for number in movable])
    rows, columns, signs = (np.array(part) for part in zip(*entries, strict=True))
    # every cell twice: by how much it grows, and by how much it shrinks
    sums = csr_array(
        (
            np.concatenate([signs, -signs]),
            (np.concatenate([rows, rows]), np.concatenate([columns, columns + size])),
        ),
        shape=(len(numbers), 2 * size),
    )
    lows = np.zeros(2 * size)
    highs = np.concatenate([np.full(size, np.inf), down])
    lows[place[start]] = highs[place[start]] = amount
    highs[place[start] + size] = 0
    found = milp(
        np.concatenate([costs, costs]) + SMALLEST_MOVE,  # nothing moves without a reason
        bounds=Bounds(lows, highs),
        constraints=LinearConstraint(sums, 0, 0),
    )
    if found.status == 2:
        return None
    if found.status != 0:
        raise RuntimeError(f"the cheapest other world was not found: {found.message}")
    moved = np.abs(found.x[:size] - found.x[size:]) > SMALLEST_MOVE
    return frozenset(movable[position] for position in np.flatnonzero(moved))
