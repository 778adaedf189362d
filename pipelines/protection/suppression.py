"""Chooses which further cells are hidden so that the small ones cannot be worked out.

Starts with what must be hidden, hides the cheapest exchange around every cell that an attacker
could narrow down, and takes back what turned out not to be needed. Pure: the same blocks give the
same choice. What does not belong here: where cells come from (``cell_systems``).
"""

from collections import Counter, defaultdict
from collections.abc import Sequence

from pipelines.protection.attacker import (
    Proof,
    Worlds,
    find_proof,
    find_proof_by_exact_sums,
)
from pipelines.protection.cells import Block, Cell, Part
from pipelines.protection.cheapest_world import find_cheapest_world
from pipelines.protection.exchange import find_room

# A part of a record profile falls with its first hidden score: it costs as much as so many scores.
PART_COST = 2.0
# A hidden zero is what everybody would guess, and zeros are shown: only when nothing else helps.
ZERO_COST = 50.0
# A proof does without what is hidden for the sake of others, if it can: then that can be shown.
SPARE_COST = 1.0


class Suppression:
    """The hidden keys of blocks that share keys, and what shows that each small cell is safe."""

    def __init__(self, blocks: Sequence[Block], fallen: Counter[Part] | None = None):
        self.blocks = blocks
        # how many hidden cells a part of a record profile misses; also in blocks of before
        self.fallen: Counter[Part] = Counter() if fallen is None else fallen
        self.hidden: list[set[int]] = [set() for _ in blocks]
        self.by_key: dict[str, list[tuple[int, int]]] = defaultdict(list)
        self.added: dict[str, float] = {}  # key -> cost, of what is hidden for the sake of others
        # per block: cell -> 0, or more when it is hidden for the sake of others and may come back
        self.spare: list[dict[int, float]] = [{} for _ in blocks]
        self.worlds = [Worlds() for _ in blocks]
        self.proofs: dict[tuple[int, int], Proof] = {}
        # (block, cell) -> the cells whose proof it moves in
        self.users: dict[tuple[int, int], set[int]] = defaultdict(set)
        self.hopeless: set[tuple[int, int]] = set()  # open, whatever is hidden, by all sums
        for number, block in enumerate(blocks):
            for cell, one in enumerate(block.cells):
                self.by_key[one.key].append((number, cell))
        for block in blocks:
            for one in block.cells:
                if one.needed or one.is_hidden:
                    self._hide(one.key)
        for block in blocks:
            for one in block.cells:
                is_open = one.was_hidden and not one.is_fixed
                if is_open and not self._is_hidden(one.key):
                    self._add(one.key, one.cost)

    def run(self) -> set[str]:
        """Protects every block; the keys that are hidden then."""
        is_changed = True
        while is_changed:  # a key hidden for one block can leave another one open
            is_changed = False
            for number in range(len(self.blocks)):
                is_changed = self._protect(number) or is_changed
        self._take_back()
        return {key for key in self.by_key if self._is_hidden(key)}

    def list_proofs(self) -> list[tuple[int, int, Proof | None]]:
        """(block, cell, why it is safe) of every cell that needs protection; None: it is open."""
        return [
            (number, cell, self._prove(number, cell))
            for number, block in enumerate(self.blocks)
            for cell, one in enumerate(block.cells)
            if one.needed
        ]

    def _prove(self, number: int, cell: int) -> Proof | None:
        if self._check(number, cell):
            return self.proofs[number, cell]
        return find_proof_by_exact_sums(self.blocks[number], self.hidden[number], cell)

    def _is_hidden(self, key: str) -> bool:
        return any(cell in self.hidden[number] for number, cell in self.by_key[key])

    def _add(self, key: str, cost: float) -> None:
        """Hides a key for the sake of others."""
        self.added[key] = cost
        self._hide(key)

    def _hide(self, key: str) -> None:
        for number, cell in self.by_key[key]:
            if cell not in self.hidden[number]:
                self.hidden[number].add(cell)
                self.spare[number][cell] = SPARE_COST if key in self.added else 0.0
                self.fallen.update(self.blocks[number].cells[cell].profile_parts)

    def _show(self, key: str) -> None:
        for number, cell in self.by_key[key]:
            self.hidden[number].discard(cell)
            self.spare[number].pop(cell, None)
            self.fallen.subtract(self.blocks[number].cells[cell].profile_parts)

    def _check(self, number: int, cell: int) -> bool:
        """Is a cell safe? Remembers the proof, which holds as long as its cells are hidden."""
        block, hidden = self.blocks[number], self.hidden[number]
        known = self.proofs.get((number, cell))
        if known is not None and all(world.keys() <= hidden for world in known):
            return True
        cost_of = self.spare[number].get
        found = find_proof(block, hidden, cell, self.worlds[number], cost_of)
        if found is None and (number, cell) in self.hopeless:
            found = find_proof_by_exact_sums(block, hidden, cell)
        if found is None:
            return False  # the proof of before holds again when its cells are hidden again
        for world in known or ():
            for one in world:
                self.users[number, one].discard(cell)
        for world in found:
            for one in world:
                self.users[number, one].add(cell)
        self.proofs[number, cell] = found
        return True

    def _protect(self, number: int) -> bool:
        """Hides what the cells of one block need; True when something was hidden."""
        block = self.blocks[number]
        needy = [cell for cell, one in enumerate(block.cells) if one.needed]
        is_changed = False
        for cell in sorted(needy, key=lambda cell: (-block.cells[cell].value, cell)):
            while not self._check(number, cell):
                more = self._choose(number, cell)
                if not more:
                    break
                for one in more:
                    self._add(block.cells[one].key, self._price(block.cells[one]))
                is_changed = True
        return is_changed

    def _choose(self, number: int, cell: int) -> list[int]:
        """The cheapest cells to hide so that one cell is safe; none when nothing helps."""
        block, hidden = self.blocks[number], self.hidden[number]

        def cost_of(one: int) -> float | None:
            if one in hidden:
                return 0.0
            known = block.cells[one]
            return None if known.is_fixed else self._price(known)

        for sums in (block, block.exact):
            moved = {one for world in find_room(sums, cell, cost_of) for one in world}
            if not moved and not sums.network.is_exact(cell):
                moved = find_cheapest_world(sums, cell, block.cells[cell].needed, cost_of)
            if moved:
                return sorted(one for one in moved if one not in hidden)
            self.hopeless.add((number, cell))
        return []

    def _price(self, cell: Cell) -> float:
        """What it costs the reader now: also the parts of a record profile that would fall."""
        parts = sum(not self.fallen[part] for part in cell.profile_parts)
        return cell.cost * (1 + PART_COST * parts) * (1 if cell.value else ZERO_COST)

    def _take_back(self) -> None:
        """Shows again whatever is not needed, the most costly first."""
        for key in sorted(self.added, key=lambda key: (-self.added[key], key)):
            self._show(key)
            users = [(n, one) for n, cell in self.by_key[key] for one in self.users[n, cell]]
            if all(self._check(*one) for one in sorted(users)):
                del self.added[key]
            else:
                self._hide(key)


def protect_blocks(blocks: Sequence[Block]) -> set[str]:
    """The keys to hide, those that were hidden already among them."""
    return Suppression(blocks).run()
