"""The systems of published counts that are protected as a whole, one entry each.

An entry names a table ``protected.cell_<name>`` with one count per row; from it follows
``protected.hidden_<name>``: the keys of which the counts of now are not published. What adds up is
read off the columns:

- ``cell_key``: what is hidden as one. Several counts may share a key.
- ``block``: what adds up with each other, such as one indicator.
- ``organisation_id``, ``team_id``: empty team: the organisation; both empty: all together.
- ``period``; ``category``: a part of the total, empty for the total itself.
- ``cell_value``: the count; ``needed``: how wide an attacker's interval must stay, 0 for none.
- ``is_hidden``: must be hidden for its own sake.
- ``over_time``: a year is the ``sum`` of its quarters, equals the ``last``, or ``none``.
- ``least_difference``: a closed period is told anew from this difference of its count on.
- ``is_closed``: nothing of the period is still to come.
- ``parts``: the parts of a record profile that fall when it is hidden, with commas between.

What does not belong here: the choice itself (``suppression``).
"""

from collections import Counter
from dataclasses import dataclass

import pandas as pd

from pipelines.errors import PublicationRefusedError
from pipelines.protection.attacker import Proof
from pipelines.protection.cells import Block, Cell, Part
from pipelines.protection.choice import fingerprint_cells, read_choice, write_choice
from pipelines.protection.published_system import read_blocks, write_proofs, write_system
from pipelines.protection.registered import REGISTERED_STEP, judge_cells
from pipelines.protection.suppression import Suppression
from pipelines.run import Run
from pipelines.warehouse import TableStep, Warehouse


@dataclass(frozen=True)
class CellSystem:
    """One system: its name, what it counts, and the tables its SQL file reads."""

    name: str
    description: str
    reads: tuple[str, ...]
    parameters: tuple[str, ...] = ()

    @property
    def cells(self) -> str:
        """The table with its counts."""
        return f"protected.cell_{self.name}"

    @property
    def hidden(self) -> str:
        """The table with the keys that are not published."""
        return f"protected.hidden_{self.name}"


# A block without anything to protect is left as it is; so are organisations in which nothing is,
# unless the figures of a whole organisation must be kept from being the rest of all together, or
# what was told of all together cannot be taken back: then it may be others who have to hide more.
_CELLS = """
with asked as (
    select
        block,
        organisation_id,
        bool_or(needed > 0 and team_id = '') as is_about_organisations
    from judged_cell
    group by block, organisation_id
    having bool_or(needed > 0)
),
told_of_all as (
    select distinct block
    from judged_cell
    where organisation_id = '' and is_fixed
),
asked_block as (
    select
        asked.block,
        bool_or(asked.is_about_organisations or told_of_all.block is not null) as is_about_all
    from asked
    left join told_of_all
        on asked.block = told_of_all.block
    group by asked.block
)
select
    c.cell_key, c.block, c.organisation_id, c.team_id, c.period, c.category, c.cell_value,
    c.needed, c.is_hidden, c.over_time, c.is_fixed, c.was_hidden,
    c.parts
from judged_cell as c
inner join asked_block as b
    on c.block = b.block
left join asked as a
    on c.block = a.block
    and c.organisation_id = a.organisation_id
where c.organisation_id = ''
    or a.block is not null
    or b.is_about_all
order by c.block, c.organisation_id, c.team_id, c.period, c.category, c.cell_key
"""


def read_system(warehouse: Warehouse) -> list[Block]:
    """The blocks of the judged cells in which something must be protected, in a stable order."""
    return list(read_blocks(warehouse.fetch_all(_CELLS)))


def group_blocks(blocks: list[Block]) -> list[list[Block]]:
    """Blocks that share a key stand together: hiding it in one hides it in the others."""
    groups: list[tuple[set[str], list[Block]]] = []
    for block in blocks:
        keys = {cell.key for cell in block.cells}
        touched = [group for group in groups if not keys.isdisjoint(group[0])]
        merged = (keys.union(*(group[0] for group in touched)),
                  [*(one for group in touched for one in group[1]), block])  # fmt: skip
        groups = [group for group in groups if group not in touched]
        groups.append(merged)
    return [members for _, members in groups]


def hide_cells(warehouse: Warehouse, run: Run, system: CellSystem) -> None:
    """Builds ``protected.hidden_<name>``: what is hidden for its own sake or for that of others.

    Raises:
        PublicationRefusedError: a small count can be worked out, whatever is hidden.
    """
    judge_cells(warehouse, system.name, system.cells)
    warehouse.execute(
        f"create or replace table {system.hidden} as"
        " select distinct cell_key from judged_cell where is_hidden or needed > 0"
    )
    fingerprint = fingerprint_cells(warehouse)
    more = read_choice(run, system.name, fingerprint)
    is_chosen = more is None
    if more is None:
        more = _choose_more(warehouse, run, system)
    if more:
        warehouse.write_frame(system.hidden, pd.DataFrame({"cell_key": more}))
    write_system(warehouse, run, system.name, system.hidden)
    if is_chosen:
        write_choice(run, system.name, fingerprint, more)


def _choose_more(warehouse: Warehouse, run: Run, system: CellSystem) -> list[str]:
    """The keys to hide for the sake of others; writes the proofs that it is enough."""
    known = {key for (key,) in warehouse.fetch_all(f"select cell_key from {system.hidden}")}
    fallen = _count_fallen_parts(warehouse)
    more: set[str] = set()
    proofs: list[tuple[Block, int, Proof]] = []
    for blocks in group_blocks(read_system(warehouse)):
        suppression = Suppression(blocks, fallen)
        more |= suppression.run() - known
        for number, cell, proof in suppression.list_proofs():
            if proof is None:
                raise _refuse(blocks[number].cells[cell])
            proofs.append((blocks[number], cell, proof))
    write_proofs(run, system.name, proofs)
    return sorted(more)


def _count_fallen_parts(warehouse: Warehouse) -> Counter[Part]:
    """The parts of record profiles that fall anyhow, before anything is hidden for others."""
    rows = warehouse.fetch_all(
        "select organisation_id, team_id, period, parts from judged_cell"
        " where parts <> '' and (is_hidden or needed > 0)"
    )
    return Counter((*place, part) for *place, parts in rows for part in parts.split(","))


def _refuse(cell: Cell) -> PublicationRefusedError:
    return PublicationRefusedError(
        what="A small figure can be worked out from others; nothing was published.",
        where=cell.key,
        expected="enough other figures that can be hidden with it",
        to_do="What was published before is still there. Report this fault to the makers with the"
        " message above.",
    )


def make_hiding_step(system: CellSystem) -> TableStep:
    """The step that builds the keys of a system that are not published."""

    def build(warehouse: Warehouse, run: Run) -> None:
        hide_cells(warehouse, run, system)

    return TableStep(
        system.hidden,
        f"Not published, or as it was before: {system.description}",
        (system.cells, REGISTERED_STEP.table),
        build,
    )


CELL_SYSTEMS: tuple[CellSystem, ...] = (
    CellSystem(
        "score",
        "counted units per score key.",
        ("protected.score_primary", "catalogue.indicator", "protected.profile_part"),
        ("minimum_workers",),
    ),
    CellSystem(
        "exclusion",
        "excluded units per score key and reason.",
        ("score.indicator_unit", "results.indicator_scores", "protected.score_primary",
         "protected.hidden_score", "catalogue.indicator"),
        ("minimum_workers",),
    ),
    CellSystem(
        "requirement",
        "clients of requirements with a population of their own.",
        ("results.requirement_results", "protected.requirement_subject",
         "protected.organisation", "score.indicator_population"),
        ("minimum_workers",),
    ),
)  # fmt: skip
