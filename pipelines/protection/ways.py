"""The cheapest way from one sum to another, along cells that can be moved far enough.

What does not belong here: what a way is for (``exchange``).
"""

import heapq
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from itertools import count

from pipelines.protection.network import GROUND, Network

CostOf = Callable[[int], float | None]  # None: the cell cannot be hidden
Way = list[tuple[int, int]]  # (cell, 1: raised, -1: lowered)
Step = tuple[int, int, int]  # cell, 1 or -1, the sum that is reached


@dataclass(frozen=True)
class Search:
    """What a way is looked for through.

    Args:
        room: by how much each cell can be lowered.
        moves: what has moved already; it costs nothing to move it more.
        start: the cell for which the way is; it does not move itself.
        size: how far every cell of the way must be able to move.
    """

    network: Network
    room: Sequence[int]
    moves: Mapping[int, int]
    start: int
    size: int
    cost_of: CostOf

    def find_way(self, begin: int, goal: int) -> Way | None:
        """The cheapest way; None: there is none.

        Many cells touch the ground. So nothing is looked for behind it: a way through it is one to
        it and one from it.
        """
        if begin == GROUND:
            found = self._search(goal, (GROUND,), -1)
            return None if found is None else _cut_loops(found[1][::-1])
        found = self._search(begin, (goal, GROUND), 1)
        if found is None or found[2] == goal:
            return None if found is None else _cut_loops(found[1])
        after = self._search(goal, (begin, GROUND), -1)
        if after is None:
            return None
        if after[2] == begin:
            return _cut_loops(after[1][::-1])
        cost = found[0] + after[0]
        direct = self._search(begin, (goal,), 1, cost) if cost else None
        return _cut_loops(found[1] + after[1][::-1] if direct is None else direct[1])

    def _search(
        self, begin: int, goals: Collection[int], sense: int, limit: float = float("inf")
    ) -> tuple[float, list[Step], int] | None:
        """(cost, steps, goal) of the cheapest way to one of the goals.

        Args:
            sense: -1: the way leads from the goal, and its steps come in reverse.
            limit: only ways that cost less.
        """
        number = count()  # ties are broken by the order of finding: the same every time
        waiting: list = [(0.0, next(number), begin, None)]
        done: set[int] = set()
        while waiting:
            cost, _, place, trail = heapq.heappop(waiting)
            if cost >= limit:
                return None
            if place in goals:
                return cost, _unroll(trail), place
            if place in done or place == GROUND:
                continue
            done.add(place)
            for cell, along, reached in self.network.steps[place]:
                if reached in done or cell == self.start:
                    continue
                moved = self.moves.get(cell)
                step = self.cost_of(cell) if moved is None else 0.0
                if step is None:
                    continue
                direction = along * sense
                if direction < 0 and self.room[cell] + (moved or 0) < self.size:
                    continue
                on = ((cell, direction, reached if sense > 0 else place), trail)
                heapq.heappush(waiting, (cost + step, next(number), reached, on))
        return None


def _unroll(trail: tuple | None) -> list[Step]:
    steps = []
    while trail:
        step, trail = trail
        steps.append(step)
    return steps[::-1]


def _cut_loops(steps: list[Step]) -> Way:
    """The way without what leads back to a sum it has been at; so no cell moves twice."""
    kept: list[Step] = []
    for step in steps:
        kept.append(step)
        places = [reached for *_, reached in kept]
        first = places.index(step[2])
        del kept[first + 1 :]
    return [(cell, direction) for cell, direction, _ in kept]
