"""The cheapest way from one sum to another, along cells that can be moved far enough.

What does not belong here: what a way is for (``exchange``).
"""

import heapq
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import count
from math import inf

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

        Looked for from both ends, where there is less to look at first: that no way exists is soon
        told when one of the ends has little around it. Many cells touch the ground, so that nothing
        is looked for behind it: a way through it is one to it and one from it.
        """
        sides = (_Side(self, begin, 1), _Side(self, goal, -1))
        best, meeting = inf, None
        while sides[0].least + sides[1].least < best:
            side, other = sides if sides[0].width <= sides[1].width else sides[::-1]
            for place in side.advance():
                cost = side.costs[place] + other.costs.get(place, inf)
                if cost < best:
                    best, meeting = cost, place
        if meeting is None:
            return None
        before, after = ([*side.trace(meeting)] for side in sides)
        return _cut_loops([*before[::-1], *after])


class _Side:
    """What can be reached from one end, the cheapest first."""

    def __init__(self, search: Search, begin: int, sense: int):
        self.search = search
        self.sense = sense  # -1: from the goal, against the way
        self.costs: dict[int, float] = {begin: 0.0}
        self.came: dict[int, tuple[Step, int]] = {}  # sum -> the step by it, and where from
        self.number = count()  # ties are broken by the order of finding: the same every time
        self.waiting: list[tuple[float, int, int]] = [(0.0, next(self.number), begin)]
        self.done: set[int] = set()

    @property
    def least(self) -> float:
        """What any way that is not known yet costs on this side."""
        if GROUND in self.done:
            return self.costs[GROUND]
        return self.waiting[0][0] if self.waiting else inf

    @property
    def width(self) -> float:
        """How much there is to look at."""
        return len(self.waiting) or inf

    def advance(self) -> Iterator[int]:
        """Goes on from the cheapest sum; the sums that are reached by it."""
        cost, _, place = heapq.heappop(self.waiting)
        if place in self.done:
            return
        self.done.add(place)
        if place == GROUND:
            return
        search, sense, costs = self.search, self.sense, self.costs
        for cell, along, reached in search.network.steps[place]:
            if reached in self.done or cell == search.start:
                continue
            moved = search.moves.get(cell)
            step = search.cost_of(cell) if moved is None else 0.0
            if step is None or cost + step >= costs.get(reached, inf):
                continue
            direction = along * sense
            if direction < 0 and search.room[cell] + (moved or 0) < search.size:
                continue
            costs[reached] = cost + step
            self.came[reached] = ((cell, direction, reached if sense > 0 else place), place)
            heapq.heappush(self.waiting, (cost + step, next(self.number), reached))
            yield reached

    def trace(self, place: int) -> Iterator[Step]:
        """The steps between a sum and the end of this side."""
        while place in self.came:
            step, place = self.came[place]
            yield step


def _cut_loops(steps: list[Step]) -> Way:
    """The way without what leads back to a sum it has been at; so no cell moves twice."""
    kept: list[Step] = []
    for step in steps:
        kept.append(step)
        places = [reached for *_, reached in kept]
        first = places.index(step[2])
        del kept[first + 1 :]
    return [(cell, direction) for cell, direction, _ in kept]
