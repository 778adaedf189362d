"""The cheapest way in which a count could be another while everything published stays the same.

One more here is one fewer there, until every sum is right again. When all cells of such an
exchange are hidden, an attacker cannot exclude the other count. Found by shortest ways through the
sums as a network (``ways``), several of them where a single one has not room enough. What does not
belong here: cells that stand in three sums or more (``attacker``).
"""

from pipelines.protection.cells import Block
from pipelines.protection.ways import CostOf, Search

World = dict[int, int]  # another world: cell -> by how much it differs


def find_exchange(block: Block, start: int, amount: int, cost_of: CostOf) -> World:
    """A world in which ``start`` moves by ``amount``, or else as far as it can; empty: not at all.

    Cheap for what must be hidden: the whole amount along one way where there is one, and else
    whatever the cheapest ways have room for, until no unit can be moved any more.

    Args:
        amount: below zero: lowers it.
        cost_of: what it costs that a cell may move: 0 for a hidden one.
    """
    known, line = block.cells[start], block.network.lines[start]
    if line is None:
        return {}
    begin, goal = line if amount < 0 else line[::-1]
    rest = abs(amount) if amount > 0 else min(-amount, known.value - known.lowest)
    if begin == goal:  # it stands in no sum
        return {start: rest if amount > 0 else -rest} if rest else {}
    moves: World = {}
    left, size = rest, rest
    while left:
        way = Search(block.network, block.room, moves, start, size, cost_of).find_way(begin, goal)
        if way is None and size == 1:
            break
        if way is None:
            size = 1
            continue
        step = min([left, *(block.room[one] + moves.get(one, 0) for one, d in way if d < 0)])
        for one, direction in way:
            moves[one] = moves.get(one, 0) + direction * step
        left -= step
        size = min(size, left)
    moves[start] = (rest - left) * (1 if amount > 0 else -1)
    return {one: move for one, move in moves.items() if move}


def find_room(block: Block, start: int, cost_of: CostOf) -> tuple[World, ...]:
    """The cheapest worlds that give ``start`` as wide an interval as it needs; none: not found.

    It could be so much larger; or smaller, as far as hidden cells or all cells allow, and the rest
    larger.
    """
    needed = block.cells[start].needed

    def cost_of_hidden(cell: int) -> float | None:
        return 0.0 if cost_of(cell) == 0 else None

    lowered = (
        {},
        find_exchange(block, start, -needed, cost_of_hidden),
        find_exchange(block, start, -needed, cost_of),
    )
    options: list[tuple[World, ...]] = []
    for number, below in enumerate(lowered):
        if below in lowered[:number]:
            continue
        rest = needed + below.get(start, 0)
        above = find_exchange(
            block, start, rest, lambda one, free=below: 0.0 if one in free else cost_of(one)
        ) if rest else {}  # fmt: skip
        if above.get(start, 0) == rest:
            options.append((below, above))
    return min(options, key=lambda worlds: _add_costs(worlds, start, cost_of), default=())


def _add_costs(worlds: tuple[World, ...], start: int, cost_of: CostOf) -> float:
    moved = {cell for world in worlds for cell in world} - {start}
    return sum(cost_of(cell) or 0.0 for cell in sorted(moved))


def is_possible(block: Block, world: World) -> bool:
    """True when every sum stays right and no cell falls below what is known of it."""
    balance: dict[int, int] = {}
    for cell, move in world.items():
        if block.cells[cell].value + move < block.cells[cell].lowest:
            return False
        for equation, sign in block.places[cell]:
            balance[equation] = balance.get(equation, 0) + sign * move
    return not any(balance.values())
