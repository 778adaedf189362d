"""The cheapest way in which a count could be another while everything published stays the same.

One more here is one fewer there, until every sum is right again. When all cells of such an
exchange are hidden, an attacker cannot exclude the other count. Found by a shortest path: most
cells stand in at most two sums. What does not belong here: proof that no exchange exists, which is
``attacker``.
"""

import heapq
from collections.abc import Callable
from itertools import count

from pipelines.protection.cells import Block

MOST_SUMS = 2  # a cell in more sums branches: no path
_GROUND = (-1, 0)  # a cell that stands in one sum only leaves nothing else to balance

CostOf = Callable[[int], float | None]  # None: the cell cannot be hidden
Path = list[tuple[int, int]]  # (cell, direction)
World = dict[int, int]  # another world: cell -> by how much it differs


def find_exchange(block: Block, start: int, amount: int, cost_of: CostOf) -> World | None:
    """The cheapest exchange that raises ``start`` by ``amount``; None: not found.

    Args:
        amount: below zero: lowers it.
        cost_of: what it costs that a cell may move: 0 for a hidden one.
    """
    places = block.places[start]
    if len(places) > MOST_SUMS:
        return None
    search = _Search(block, start, amount, cost_of)
    candidates: list[tuple[float, Path]] = []
    if len(places) == MOST_SUMS:
        begin, (last, last_sign) = places
        candidates += search.find(begin, (last, -last_sign))
    ends = [search.find(place, _GROUND) for place in places]
    if all(ends):
        both = [found[0] for found in ends]
        path = [step for _, way in both for step in way]
        candidates.append((sum(cost for cost, _ in both), path))
    for _, path in sorted(candidates):
        world = _add_up(path, start, amount)
        # two ways to the ground can meet in a cell: the whole is checked once more
        if world.get(start) == amount and is_possible(block, world):
            return world
    return None


def find_room(block: Block, start: int, cost_of: CostOf) -> tuple[World, ...]:
    """The cheapest worlds that give ``start`` as wide an interval as it needs; none: not found.

    Either it could be so much larger, or as small as can be and the rest larger.
    """
    cell = block.cells[start]
    options: list[tuple[World, ...]] = []
    above = find_exchange(block, start, cell.needed, cost_of)
    if above is not None:
        options.append((above,))
    below = min(cell.value - cell.lowest, cell.needed)
    lowered = find_exchange(block, start, -below, cost_of) if below else None
    if lowered is not None:
        rest = cell.needed - below
        free = frozenset(lowered)
        raised = find_exchange(
            block, start, rest, lambda one: 0.0 if one in free else cost_of(one)
        ) if rest else {}  # fmt: skip
        if raised is not None:
            options.append((lowered, raised))
    return min(options, key=lambda worlds: _add_costs(worlds, start, cost_of), default=())


def _add_costs(worlds: tuple[World, ...], start: int, cost_of: CostOf) -> float:
    moved = {cell for world in worlds for cell in world} - {start}
    return sum(cost_of(cell) or 0.0 for cell in sorted(moved))


def _add_up(path: Path, start: int, amount: int) -> World:
    moves = {start: amount}
    for cell, direction in path:
        moves[cell] = moves.get(cell, 0) + direction * amount
    return {cell: move for cell, move in moves.items() if move}


def is_possible(block: Block, world: World) -> bool:
    """True when every sum stays right and no cell falls below what is known of it."""
    balance: dict[int, int] = {}
    for cell, move in world.items():
        if block.cells[cell].value + move < block.cells[cell].lowest:
            return False
        for equation, sign in block.places[cell]:
            balance[equation] = balance.get(equation, 0) + sign * move
    return not any(balance.values())


class _Search:
    """Shortest paths over sums that are out of balance by one cell that moved."""

    def __init__(self, block: Block, start: int, amount: int, cost_of: CostOf):
        self.block = block
        self.start = start
        self.amount = amount
        self.cost_of = cost_of

    def find(self, begin: tuple[int, int], goal: tuple[int, int]) -> list[tuple[float, Path]]:
        """The cheapest path from one (sum, imbalance) to another, as a list of one or none."""
        number = count()  # ties are broken by the order of finding: the same every time
        waiting: list = [(0.0, next(number), begin, ())]
        done: set[tuple[int, int]] = set()
        while waiting:
            cost, _, state, trail = heapq.heappop(waiting)
            if state == goal:
                return [(cost, _unroll(trail))]
            if state in done or state == _GROUND:
                continue
            done.add(state)
            for cell, direction, step in self._list_steps(state, trail):
                for target in self._lead_on(cell, state[0], direction):
                    if target not in done:
                        further = ((cell, direction), trail)
                        heapq.heappush(waiting, (cost + step, next(number), target, further))
        return []

    def _list_steps(self, state: tuple[int, int], trail: tuple):
        equation, imbalance = state
        came_by = trail[0][0] if trail else self.start
        for cell, sign in self.block.equations[equation].signs:
            if cell in (self.start, came_by) or len(self.block.places[cell]) > MOST_SUMS:
                continue
            direction = -imbalance * sign
            known = self.block.cells[cell]
            if known.value + direction * self.amount < known.lowest:
                continue
            step = self.cost_of(cell)
            if step is not None:
                yield cell, direction, step

    def _lead_on(self, cell: int, equation: int, direction: int) -> list[tuple[int, int]]:
        others = [place for place in self.block.places[cell] if place[0] != equation]
        return [(other, sign * direction) for other, sign in others] or [_GROUND]


def _unroll(trail: tuple) -> Path:
    path = []
    while trail:
        step, trail = trail
        path.append(step)
    return path
