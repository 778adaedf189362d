"""The systems of cells beside the site: what the last check before publication attacks with.

Two files per system under ``<home>/attacker``: the cells, with the counts of small groups, and for
every protected cell two other worlds that prove it safe. They stay in the home, like the warehouse,
and no page is made of them. What does not belong here: reading pages.
"""

import json
from collections.abc import Iterable, Iterator, Mapping
from itertools import groupby
from pathlib import Path

from pipelines.protection.attacker import (
    Proof,
    Worlds,
    find_proof,
    find_proof_by_exact_sums,
    holds,
)
from pipelines.protection.cells import Block, Cell, make_block
from pipelines.run import Run
from pipelines.warehouse import Warehouse, open_warehouse

COLUMNS = (
    "cell_key, block, organisation_id, team_id, period, category, cell_value, needed, is_hidden,"
    " over_time, is_fixed, was_hidden, parts"
)


EXCLUSIONS = "exclusion"  # the system in which a key has a count per reason besides


def attacker_file(run: Run, system: str, suffix: str = "parquet") -> Path:
    """Where the cells (parquet) or the proofs (jsonl) of a system are kept."""
    return run.home / "attacker" / f"{system}.{suffix}"


def read_cells(rows: list[tuple]) -> list[Cell]:
    """Cells from rows in the order of ``COLUMNS``."""
    return [
        Cell(key, organisation, team, period, category, int(value), int(needed), bool(hidden),
             is_fixed=fixed, was_hidden=was_hidden, over_time=over_time,
             parts=tuple(filter(None, parts.split(","))))
        for key, _, organisation, team, period, category, value, needed, hidden, over_time, fixed,
        was_hidden, parts in (row[:13] for row in rows)
    ]  # fmt: skip


def read_blocks(rows: list[tuple]) -> Iterator[Block]:
    """The blocks of rows that stand in the order of their blocks."""
    for name, members in groupby(rows, key=lambda row: row[1]):
        yield make_block(read_cells(list(members)), name)


def write_system(warehouse: Warehouse, run: Run, system: str, hidden: str) -> None:
    """Keeps the judged cells of a system, with what is hidden in the end and what is told.

    A figure that was shown before and may not be shown anew stays as it was: hidden and kept.
    """
    path = attacker_file(run, system)
    path.parent.mkdir(parents=True, exist_ok=True)
    half_written = path.with_suffix(".part")
    target = str(half_written).replace("'", "''")
    warehouse.execute(
        "copy (select c.* exclude (was_shown, cell_value_before)"
        " replace (h.cell_key is not null as is_hidden),"
        " c.is_hidden and c.needed = 0 and c.organisation_id = '' as is_of_few,"
        " h.cell_key is not null and c.was_shown as is_kept,"
        " case when h.cell_key is null then c.cell_value"
        " when c.was_shown then c.cell_value_before end as told_value"
        f" from judged_cell as c left join {hidden} as h on c.cell_key = h.cell_key order by all)"
        f" to '{target}' (format parquet, compression zstd)"
    )
    half_written.replace(path)


def write_proofs(run: Run, system: str, proofs: Iterable[tuple[Block, int, Proof]]) -> None:
    """Keeps why each protected cell is safe: cells by their place in the block, and their moves."""
    path = attacker_file(run, system, "jsonl")
    path.parent.mkdir(parents=True, exist_ok=True)
    half_written = path.with_suffix(".part")
    with half_written.open("w", encoding="utf-8") as file:
        for block, cell, proof in proofs:
            worlds = [
                [[block.cells[one].place, move] for one, move in sorted(world.items())]
                for world in proof
            ]
            file.write(json.dumps([block.name, block.cells[cell].place, worlds]) + "\n")
    half_written.replace(path)


class PublishedSystem:
    """The cells of one system: which may be shown, and what follows from what is shown."""

    def __init__(self, run: Run, system: str):
        with open_warehouse() as reader:
            self._rows = reader.fetch_all(
                f"select {COLUMNS}, is_kept, told_value from read_parquet($path)"
                " order by block, organisation_id, team_id, period, category, cell_key",
                {"path": str(attacker_file(run, system))},
            )
        lines = attacker_file(run, system, "jsonl").read_text(encoding="utf-8").splitlines()
        self._proofs = {
            (name, tuple(place)): worlds for name, place, worlds in map(json.loads, lines)
        }
        # What is told of a kept figure is of before: it says nothing about its count of now.
        self.kept = {row[0] for row in self._rows if row[13]}
        self.hidden = {row[0] for row in self._rows if row[8]} - self.kept
        self.totals = {
            row[0]: int(row[6] if row[14] is None else row[14])
            for row in self._rows
            if system != EXCLUSIONS or row[1].endswith("|")  # the block of all reasons together
        }

    def list_leaks(self, shown: Mapping[str, int]) -> list[str]:
        """Keys of protected cells that follow from the counts shown more narrowly than they need.

        A proof that still holds is checked and not searched for again.

        Args:
            shown: key -> count, as somebody reads them on pages and in files.
        """
        asked = {row[1] for row in self._rows if row[7]}
        leaks: set[str] = set()
        for block in read_blocks([row for row in self._rows if row[1] in asked]):
            unknown = {
                n
                for n, cell in enumerate(block.cells)
                if cell.key not in shown or cell.key in self.kept
            }
            at = {cell.place: number for number, cell in enumerate(block.cells)}
            worlds = Worlds()
            for number, cell in enumerate(block.cells):
                if not cell.needed:
                    continue
                proof = self._read_proof(block, cell, at)
                if number not in unknown or not (
                    (proof is not None and holds(block, unknown, number, proof))
                    or find_proof(block, unknown, number, worlds) is not None
                    or find_proof_by_exact_sums(block, unknown, number) is not None
                ):
                    leaks.add(cell.key)
        return sorted(leaks)

    def _read_proof(self, block: Block, cell: Cell, at: dict) -> Proof | None:
        found = self._proofs.get((block.name, cell.place))
        if found is None or any(tuple(place) not in at for world in found for place, _ in world):
            return None
        above, below = ({at[tuple(place)]: move for place, move in world} for world in found)
        return above, below
