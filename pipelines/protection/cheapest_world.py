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

    size = len(block.cells)
    costs, up, down = np.zeros(size), np.zeros(size), np.zeros(size)
    for number, cell in enumerate(block.cells):
        cost = cost_of(number)
        if cost is not None:
            costs[number] = cost
            up[number] = np.inf
            down[number] = cell.value - cell.lowest
    entries = [
        (number, cell, sign)
        for number, equation in enumerate(block.equations)
        for cell, sign in equation.signs
    ]
    if not entries:
        return frozenset({start})
    rows, columns, signs = (np.array(part) for part in zip(*entries, strict=True))
    # every cell twice: by how much it grows, and by how much it shrinks
    sums = csr_array(
        (
            np.concatenate([signs, -signs]),
            (np.concatenate([rows, rows]), np.concatenate([columns, columns + size])),
        ),
        shape=(len(block.equations), 2 * size),
    )
    lows = np.zeros(2 * size)
    highs = np.concatenate([up, down])
    lows[start] = highs[start] = amount
    highs[start + size] = 0
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
    return frozenset(int(number) for number in np.flatnonzero(moved))
