"""The delivered rows behind units: file, row number and the typed cells.

What does not belong here: which units there are. Person keys are the pseudonyms that were staged;
columns that were not declared were never kept.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from pipelines.catalogue import Catalogue
from pipelines.explain.score_key import ScoreKey
from pipelines.explain.units import Unit
from pipelines.warehouse import Warehouse
from pipelines.warehouse.connection import read_sql

# Who a client is takes no part in any rule: it is left out of what is listed.
_NOT_BEHIND_A_SCORE = frozenset({"target_group", "age_band", "gender"})
# Which statements find the rows behind a unit: each answers for the kinds of unit it knows.
_STATEMENTS = {
    "within": ("rows_event",),
    "current": ("rows_event",),
    "recurring": ("rows_event",),
    "share": ("rows_record", "rows_worker"),
    "ratio": ("rows_record", "rows_worker", "rows_trajectory"),
    "coverage": ("rows_trajectory", "rows_record"),
    "rate": ("rows_worker",),
    "rated": ("rows_record",),
}


@dataclass(frozen=True)
class SourceRow:
    """One delivered row: where it stands and what was read in it."""

    record_kind: str
    file: str
    row_number: int
    cells: Mapping[str, object]  # field -> typed value, in the order of the declaration


def read_source_rows(
    warehouse: Warehouse, catalogue: Catalogue, key: ScoreKey, shape: str, units: Sequence[Unit]
) -> list[list[SourceRow]]:
    """The rows behind each unit, in the order of ``units``; a unit without a row has an empty list.

    Args:
        warehouse: a warehouse with staged rows; only a temporary table is made in it.
        catalogue: says which fields a record kind has.
        key: the score the units belong to.
        shape: the shape of its indicator.
        units: the units to explain, not too many.
    """
    if not units:
        return []
    _set_units(warehouse, units)
    found: dict[str, dict[int, set[int]]] = defaultdict(lambda: defaultdict(set))
    for statement in _STATEMENTS[shape]:
        rows = warehouse.fetch_all(
            read_sql("explain", statement),
            {
                "organisation_id": key.organisation_id,
                "indicator_key": key.indicator_key,
                "period": key.period,
            },
        )
        for unit_number, record_kind, row_id in rows:
            found[record_kind][row_id].add(unit_number)
    behind: list[list[SourceRow]] = [[] for _ in units]
    for record_kind in catalogue.records:
        if record_kind not in found:
            continue
        for row_id, row in _read_cells(warehouse, catalogue, record_kind, list(found[record_kind])):
            for unit_number in sorted(found[record_kind][row_id]):
                behind[unit_number].append(row)
    return behind


def _set_units(warehouse: Warehouse, units: Sequence[Unit]) -> None:
    warehouse.execute(
        "create or replace temp table explained_unit (unit_number BIGINT, organisation_id VARCHAR,"
        " team_id VARCHAR, unit_kind VARCHAR, unit_id VARCHAR, trajectory_id VARCHAR)"
    )
    names = ("organisation_id", "team_id", "unit_kind", "unit_id", "trajectory_id")
    rows = [(number, *(getattr(unit, name) for name in names)) for number, unit in enumerate(units)]
    # One statement with values: a data frame would cost a second to load its library.
    marks = ", ".join(["(?, ?, ?, ?, ?, ?)"] * len(rows))
    warehouse.execute(
        f"insert into explained_unit values {marks}", [cell for row in rows for cell in row]
    )


def _read_cells(
    warehouse: Warehouse, catalogue: Catalogue, record_kind: str, row_ids: Sequence[int]
) -> list[tuple[int, SourceRow]]:
    """(row id, row) of staged rows, by file and row number."""
    fields = [
        name for name in catalogue.records[record_kind].fields if name not in _NOT_BEHIND_A_SCORE
    ]
    columns = ", ".join(f'staged_row."{name}"' for name in fields)
    marks = ", ".join("?" * len(row_ids))
    rows = warehouse.fetch_all(
        f"""
        select
            staged_row.rowid,
            coalesce(delivery.file, staged_row.delivery),
            staged_row.row_number,
            {columns}
        from staged.{record_kind} as staged_row
        left join staged.delivery as delivery
            on delivery.organisation_id = staged_row.organisation_id
            and delivery.delivery = staged_row.delivery
        where staged_row.rowid in ({marks})
        order by 2, 3, 1
        """,
        row_ids,
    )
    return [
        (row_id, SourceRow(record_kind, file, row_number, dict(zip(fields, cells, strict=True))))
        for row_id, file, row_number, *cells in rows
    ]
