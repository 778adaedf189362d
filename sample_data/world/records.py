"""What a record is here, and how it gets its id."""

from typing import Any

from sample_data.world.settings import Organisation

Record = dict[str, Any]
World = dict[str, list[Record]]  # record kind -> records with typed values


def next_id(world: World, organisation: Organisation, kind: str, letter: str) -> str:
    """The next id of a record kind: a plain number or a number with a prefix."""
    counter = len(world[kind]) + 1
    if organisation.source == "clientdossier":
        return str(10_000 + counter)
    return f"{organisation.id_prefix}{letter}{counter:05d}"
