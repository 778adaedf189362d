"""Finds every difference between the oracle's rows and the rows of the warehouse."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from fractions import Fraction
from math import isclose

from pipelines.warehouse import Warehouse
from tests.oracle.tables import KEYS, score_world
from tests.oracle.world import Row, World

ScoreWorld = Callable[[World], Warehouse]  # scores a world in SQL

# Exact fractions are written as doubles; an interval goes through square roots and quantiles.
TOLERANCES = {"ci_low": 1e-9, "ci_high": 1e-9}
EXACT = 1e-12


def read_table(warehouse: Warehouse, table: str, columns: list[str]) -> list[Row]:
    names = ", ".join(f'"{name}"' for name in columns)
    rows = warehouse.fetch_all(f"select {names} from results.{table}")
    return [dict(zip(columns, row, strict=True)) for row in rows]


def list_differences(warehouse: Warehouse, world: World) -> list[str]:
    """All differences between the oracle and a warehouse in which the world was scored."""
    differences = []
    for table, expected in score_world(world).items():
        columns = list(expected[0] if expected else KEYS[table])
        differences += find_differences(table, expected, read_table(warehouse, table, columns))
    return differences


def find_differences(table: str, expected: list[Row], found: list[Row]) -> list[str]:
    """One line per cell that differs and per row that only one side has."""
    differences = []
    ours, theirs = _group(table, expected), _group(table, found)
    for key in sorted(ours.keys() | theirs.keys(), key=str):
        left, right = ours.get(key, []), theirs.get(key, [])
        if len(left) != len(right):
            differences.append(f"{table} {key}: oracle {len(left)} rows, SQL {len(right)} rows")
            continue
        for one, other in zip(left, right, strict=True):
            differences += [
                f"{table} {key} {name}: oracle {_show(one[name])}, SQL {_show(other[name])}"
                for name in one
                if not is_same(name, one[name], other[name])
            ]
    return differences


def _group(table: str, rows: list[Row]) -> dict[tuple, list[Row]]:
    """Rows by key. At level all two organisations may use one id: such rows are put in order."""
    grouped = defaultdict(list)
    for row in rows:
        grouped[tuple(row[name] for name in KEYS[table])].append(row)
    for same in grouped.values():
        if len(same) > 1:
            same.sort(key=_order)
    return grouped


def _order(row: Row) -> list[tuple]:
    return [(value is None, _comparable(value)) for value in row.values()]


def _comparable(value: object) -> str | float:
    is_number = isinstance(value, int | float | Fraction)
    return round(float(value), 9) if is_number else str(value)


def is_same(name: str, expected: object, found: object) -> bool:
    if expected is None or found is None:
        return expected is None and found is None
    if isinstance(expected, bool | str):
        return expected == found
    tolerance = TOLERANCES.get(name, EXACT)
    return isclose(float(expected), float(found), rel_tol=tolerance, abs_tol=tolerance)


def _show(value: object) -> str:
    return f"{value} = {float(value)!r}" if isinstance(value, Fraction) else repr(value)
