"""The sums of a block as a network, in which another world is a way through and round again.

Every cell is a line between the two sums it stands in: one more there is one more in the first sum
and one fewer, after turning signs, in the second; a cell of one sum ends in the ground. In such a
network whole numbers come by themselves, and how far a count can move is a question of ways and not
of programs. What does not belong here: looking for ways (``exchange``).
"""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pipelines.protection.cells import Cell, Equation

GROUND = -1
MOST_SUMS = 2  # a cell in more sums is no line

# by one more of the cell, one more in the sum `up` and one fewer in the sum `down`
Line = tuple[int, int]  # down, up


class Network:
    """Cells as lines between sums, without the sums that follow from others."""

    def __init__(self, cells: Sequence["Cell"], equations: Sequence["Equation"]):
        kept = _leave_out_implied(cells, equations)
        places: list[list[tuple[int, int]]] = [[] for _ in cells]
        for number in kept:
            for cell, sign in equations[number].signs:
                places[cell].append((number, sign))
        turned, self._odd = _turn_signs(places, {n: equations[n].signs for n in kept})
        self.lines: list[Line | None] = [
            _make_line(ends, turned) if len(ends) <= MOST_SUMS else None for ends in places
        ]
        self._part = turned
        self._sums = [ends[0][0] if ends else None for ends in places]
        # sum -> (cell, +1 to raise it or -1 to lower it, sum that is reached)
        self.steps: dict[int, list[tuple[int, int, int]]] = {number: [] for number in kept}
        self.steps[GROUND] = []
        for cell, line in enumerate(self.lines):
            if line is not None and line[0] != line[1]:
                down, up = line
                self.steps[down].append((cell, 1, up))
                self.steps[up].append((cell, -1, down))

    def is_exact(self, cell: int) -> bool:
        """True when every cell that hangs together with this one is a line."""
        first = self._sums[cell]
        return first is None or self._part[first][1] not in self._odd


def _make_line(ends: list[tuple[int, int]], turned: Mapping[int, tuple[int, int]]) -> Line | None:
    """The line of a cell; None: after turning it adds to both of its sums."""
    signs = {sign * turned[number][0]: number for number, sign in ends}
    if len(signs) < len(ends):
        return None
    return signs.get(-1, GROUND), signs.get(1, GROUND)


def _turn_signs(
    places: list[list[tuple[int, int]]], sums: Mapping[int, Sequence[tuple[int, int]]]
) -> tuple[dict[int, tuple[int, int]], set[int]]:
    """Sum -> (its sign, the part of the network it is in); and the parts that are no network."""
    turned: dict[int, tuple[int, int]] = {}
    odd: set[int] = set()
    for part in sums:
        if part in turned:
            continue
        turned[part] = (1, part)
        waiting = [part]
        while waiting:
            number = waiting.pop()
            for cell, sign in sums[number]:
                if len(places[cell]) > MOST_SUMS:
                    odd.add(part)
                for other, other_sign in places[cell]:
                    if other == number:
                        continue
                    wanted = -turned[number][0] * sign * other_sign
                    if other not in turned:
                        turned[other] = (wanted, part)
                        waiting.append(other)
                    elif turned[other][0] != wanted:
                        odd.add(part)
    return turned, odd


def _leave_out_implied(cells: Sequence["Cell"], equations: Sequence["Equation"]) -> list[int]:
    """The sums that do not follow from others: moves that keep these right keep all right.

    A sum over time of an organisation follows from those of its teams, when the organisation is the
    sum of its teams in each of the periods; a sum over places from those of its categories.
    """
    at = {(one.along, one.total): number for number, one in enumerate(equations)}
    return [
        number
        for number, one in enumerate(equations)
        if not any(_follows(one, across, at, equations) for across in ACROSS[one.along])
    ]


# Along which sums another one may be taken apart. One way only, so that no two sums are left out
# because of each other: categories before places before time.
ACROSS = {"time": ("place", "category"), "place": ("category",), "category": ()}


def _follows(
    one: "Equation",
    across: str,
    at: Mapping[tuple[str, int], int],
    equations: Sequence["Equation"],
) -> bool:
    """True when a sum is what sums of the same kind over the parts of its cells add up to."""
    rest: dict[int, int] = {}
    for cell, sign in one.signs:
        taken_apart = at.get((across, cell))
        if taken_apart is None:
            return False
        for part in equations[taken_apart].parts:
            rest[part] = rest.get(part, 0) + sign
    for cell in [cell for cell, sign in rest.items() if sign > 0]:
        below = at.get((one.along, cell))
        if below is None:
            return False
        for part, sign in equations[below].signs:
            rest[part] = rest.get(part, 0) - sign
    return not any(rest.values())
