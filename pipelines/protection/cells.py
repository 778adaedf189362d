"""Published counts as a system of cells and sums: what an attacker can lay side by side.

A block is everything that adds up with each other: one indicator over all places and periods.
What does not belong here: which cells are hidden first (SQL of each cell system) and how more are
chosen (``suppression``).
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Literal

from pipelines.protection.network import Network

Part = tuple[str, str, str, str]  # organisation, team, period, part of the record profile
OverTime = Literal["sum", "last", "none"]  # how a year follows from its quarters
Along = Literal["place", "time", "category"]  # what the parts of a sum differ in

# What it costs the reader to lose a cell: one team, a whole organisation, everybody's comparison.
LEVEL_COST = {"team": 1.0, "organisation": 8.0, "all": 1000.0}
YEAR_COST = 2.0  # pages lead with the year
SIZE_COST = (
    100  # of two alike, the figure about the fewest goes; a figure about 100 costs half more
)


@dataclass(frozen=True)
class Cell:
    """One count at one place in one period.

    Args:
        key: what is hidden as one; counts with the same key in several blocks go together.
        organisation_id, team_id: empty team: the organisation; both empty: all together.
        category: a part of the total; empty: the total itself.
        value: the count.
        needed: how wide an attacker's interval must stay; 0: nothing to protect.
        is_hidden: is already not published.
        is_fixed: was published before and cannot be taken back.
        was_hidden: was hidden in the release before.
        parts: the parts of the record profile of its place that fall when it is hidden.
    """

    key: str
    organisation_id: str
    team_id: str
    period: str
    category: str
    value: int
    needed: int = 0
    is_hidden: bool = False
    is_fixed: bool = False
    was_hidden: bool = False
    over_time: OverTime = "none"
    parts: tuple[str, ...] = ()

    @property
    def place(self) -> tuple[str, str, str, str]:
        """Which cell of its block it is."""
        return self.organisation_id, self.team_id, self.period, self.category

    @property
    def profile_parts(self) -> list["Part"]:
        """The parts of record profiles that fall with it."""
        return [(self.organisation_id, self.team_id, self.period, part) for part in self.parts]

    @property
    def is_year(self) -> bool:
        """True for a whole year."""
        return len(self.period) == 4

    @property
    def cost(self) -> float:
        """What hiding it costs."""
        level = "team" if self.team_id else "organisation" if self.organisation_id else "all"
        size = 1 + self.value / (self.value + SIZE_COST)
        return LEVEL_COST[level] * (YEAR_COST if self.is_year else 1) * size

    @property
    def lowest(self) -> int:
        """What an attacker knows at least of a hidden cell: zeros are shown, so it is none."""
        return min(1, self.value)


@dataclass(frozen=True)
class Equation:
    """Cell ``total`` = sum of cells ``parts`` + ``offset``, by position in the block.

    The offset is what does not add up (a worker of two quarters counts once in the year); the
    attacker is taken to know it.
    """

    total: int
    parts: tuple[int, ...]
    along: Along
    offset: int = 0

    @cached_property
    def signs(self) -> tuple[tuple[int, int], ...]:
        """(cell, sign) so that the signed sum of the cells is the offset."""
        return ((self.total, 1), *((part, -1) for part in self.parts))


@dataclass
class Block:
    """Cells with the sums between them."""

    cells: list[Cell]
    equations: list[Equation]
    name: str = ""
    # cell -> (equation, sign) it stands in
    places: list[list[tuple[int, int]]] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.places = [[] for _ in self.cells]
        for number, equation in enumerate(self.equations):
            for cell, sign in equation.signs:
                self.places[cell].append((number, sign))

    @cached_property
    def network(self) -> Network:
        """The same sums as lines between them."""
        return Network(self.cells, self.equations)

    @cached_property
    def room(self) -> list[int]:
        """By how much each cell could be smaller, as far as everybody knows."""
        return [cell.value - cell.lowest for cell in self.cells]

    @cached_property
    def exact(self) -> "Block":
        """The same cells with only the sums that add up."""
        return Block(self.cells, [one for one in self.equations if not one.offset], self.name)


def make_block(cells: Iterable[Cell], name: str = "") -> Block:
    """The block of cells with every sum between them: places, time, and parts of a total."""
    listed = _leave_out_hidden_top(list(cells))
    sums = [*_sum_places(listed), *_sum_time(listed), *_sum_categories(listed)]
    return Block(listed, sums, name)


def make_equation(
    cells: Sequence[Cell], total: int, parts: Sequence[int], along: Along
) -> Equation:
    """The sum, with the offset that makes it true."""
    offset = cells[total].value - sum(cells[part].value for part in parts)
    return Equation(total, tuple(parts), along, offset)


def _leave_out_hidden_top(cells: list[Cell]) -> list[Cell]:
    """Without the cells over all organisations when none of them is shown: they bind nothing."""
    top = [cell for cell in cells if not cell.organisation_id]
    if any(not cell.is_hidden or cell.needed for cell in top):
        return cells
    return [cell for cell in cells if cell.organisation_id]


def _sum_places(cells: list[Cell]) -> Iterable[Equation]:
    at = {cell.place: number for number, cell in enumerate(cells)}
    parts: dict[tuple, list[int]] = defaultdict(list)
    for number, cell in enumerate(cells):
        if cell.organisation_id:
            parent = cell.organisation_id if cell.team_id else ""
            parts[parent, "", cell.period, cell.category].append(number)
    for place, numbers in parts.items():
        if place in at:
            yield make_equation(cells, at[place], numbers, "place")


def _sum_time(cells: list[Cell]) -> Iterable[Equation]:
    years: dict[tuple, int] = {}
    quarters: dict[tuple, list[int]] = defaultdict(list)
    for number, cell in enumerate(cells):
        place = (cell.organisation_id, cell.team_id, cell.category, cell.period[:4])
        if cell.is_year:
            years[place] = number
        else:
            quarters[place].append(number)
    for place, year in years.items():
        rule = cells[year].over_time
        found = sorted(quarters.get(place, ()), key=lambda number: cells[number].period)
        if rule != "none" and found:
            parts = found if rule == "sum" else found[-1:]
            yield make_equation(cells, year, parts, "time")


def _sum_categories(cells: list[Cell]) -> Iterable[Equation]:
    totals: dict[tuple, int] = {}
    parts: dict[tuple, list[int]] = defaultdict(list)
    for number, cell in enumerate(cells):
        place = (cell.organisation_id, cell.team_id, cell.period)
        if cell.category:
            parts[place].append(number)
        else:
            totals[place] = number
    for place, numbers in parts.items():
        if place in totals:
            yield make_equation(cells, totals[place], numbers, "category")
