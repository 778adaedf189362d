"""Puts a world into a warehouse as staged tables."""

import json
from datetime import date
from decimal import Decimal

from pipelines.catalogue import Catalogue
from pipelines.records.schema import create_staged_tables, list_staged_columns
from pipelines.warehouse import Warehouse
from tests.oracle.world import Row, World


def load_world(warehouse: Warehouse, catalogue: Catalogue, world: World) -> None:
    """Makes all staged tables anew and fills them with the world."""
    create_staged_tables(warehouse, catalogue)
    warehouse.execute("insert into staged.run values (?)", [world.as_of])
    columns = {
        "organisation_id": "VARCHAR",
        "name": "VARCHAR",
        "source": "VARCHAR",
        "method_start": "DATE",
        "known_until": "DATE",
        "disclosure_threshold": "INTEGER",
    }
    insert_rows(warehouse, "staged.organisation", columns, world.organisations)
    settings = [
        dict(zip(("organisation_id", "programme", "setting", "value"), (*key, value), strict=True))
        for key, value in world.settings.items()
    ]
    columns = {"organisation_id": "VARCHAR", "programme": "VARCHAR", "setting": "VARCHAR"}
    insert_rows(warehouse, "staged.programme_setting", {**columns, "value": "INTEGER"}, settings)
    for name, kind in catalogue.records.items():
        rows = world.records.get(name, [])
        insert_rows(warehouse, f"staged.{name}", list_staged_columns(kind), rows)


def insert_rows(warehouse: Warehouse, table: str, columns: dict[str, str], rows: list[Row]) -> None:
    """Adds the rows by name; a column that a row does not have stays empty.

    One JSON text per table: many times faster than a statement per row, and the types are the
    declared ones instead of guessed from the values.
    """
    if not rows:
        return
    unknown = {name for row in rows for name in row} - set(columns)
    if unknown:
        raise ValueError(f"{table} has no column {sorted(unknown)}")
    warehouse.execute(
        f"insert into {table} by name select unnest(from_json(?::json, ?), recursive := true)",
        [json.dumps(rows, default=_write_value), json.dumps([columns])],
    )


def _write_value(value: object) -> str:
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Decimal):
        return str(value)
    raise TypeError(f"no JSON for {type(value)}")
