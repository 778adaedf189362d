"""Writes the snapshot of the release registry: what the protected tables of now publish.

What does not belong here: finding the snapshot of before (``registry``).
"""

import os
import shutil
from collections.abc import Mapping, Sequence
from pathlib import Path

from pipelines.deliveries.journal import read_events
from pipelines.faults import FaultPoint, pass_point
from pipelines.protection.keeping import KEPT_TABLES, KeepRule
from pipelines.protection.published_system import attacker_file
from pipelines.protection.registry import (
    COUNTS,
    find_registry,
    is_whole,
    list_registries,
    registry_folder,
)
from pipelines.protection.steps import SYSTEM_NAMES
from pipelines.protection.tables import protected_folder
from pipelines.run import Run
from pipelines.swap import digest_folder
from pipelines.warehouse import Warehouse, escape_glob, open_warehouse, read_sql

DRAFT = "draft.part"


def write_registry(
    run: Run,
    systems: Sequence[str] = SYSTEM_NAMES,
    tables: Mapping[str, KeepRule] = KEPT_TABLES,
) -> str:
    """Keeps what the protected tables of now publish, and what is known of before; its name.

    The same tables after the same snapshot give the same name.

    Args:
        systems: the systems of cells whose counts are published.
        tables: the tables whose rows stay when new ones may not be shown.

    Raises:
        PublicationRefusedError: the snapshot of the last release is gone or altered.
    """
    before = find_registry(run)
    draft = registry_folder(run) / DRAFT
    shutil.rmtree(draft, ignore_errors=True)
    draft.mkdir(parents=True)
    with open_warehouse() as reader:
        _write_counts(reader, run, systems, before, draft)
        for table, rule in tables.items():
            rule.write_published(
                reader,
                protected_folder(run) / f"{table}.parquet",
                before / f"{table}.parquet" if before else None,
                draft / f"{table}.parquet",
            )
    pass_point(FaultPoint.REGISTRY_DRAFTED)
    name = digest_folder(draft)
    folder = registry_folder(run) / name
    if is_whole(folder):
        shutil.rmtree(draft)
    else:
        shutil.rmtree(folder, ignore_errors=True)
        draft.replace(folder)
    os.sync()  # the journal may not name what a power cut can take away
    return name


def _write_counts(
    reader: Warehouse, run: Run, systems: Sequence[str], before: Path | None, draft: Path
) -> None:
    reader.execute(read_sql("protection", "empty_counts"))
    for system in systems:
        reader.execute(
            "insert into published_cell select $system, cell_key, block, cell_value, told_value,"
            " is_hidden, is_kept, is_closed from read_parquet($path)"
            " where not is_of_few",
            {"system": system, "path": escape_glob(attacker_file(run, system))},
        )
    if before is not None:
        reader.execute(
            "insert into earlier_count by name select * from read_parquet($path)",
            {"path": escape_glob(before / f"{COUNTS}.parquet")},
        )
    target = str(draft / f"{COUNTS}.parquet").replace("'", "''")
    reader.execute(
        f"copy ({read_sql('protection', 'registered_count')}) to '{target}'"
        " (format parquet, compression zstd)"
    )


def remove_old_registries(run: Run, kept: int) -> None:
    """Removes the snapshots that the last releases of the journal do not name."""
    wanted = list_registries(read_events(run.journal))[:kept]
    for folder in registry_folder(run).iterdir():
        if folder.name not in wanted:
            shutil.rmtree(folder)
