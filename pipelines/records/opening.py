"""Opens the warehouse of a run in a state that can be trusted.

A damaged file is set aside and a new one begun; a warehouse that lacks what the journal says was
accepted is staged again from landing. Either way nothing is lost: the warehouse is a cache.
"""

from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from pipelines.deliveries import hold_lock
from pipelines.errors import UserError
from pipelines.records.ledger_gaps import find_ledger_gaps, forget_notes
from pipelines.run import Run
from pipelines.warehouse import Warehouse, WarehouseError, open_warehouse
from pipelines.warehouse.trouble import Trouble, name_trouble

SET_ASIDE_MARK = ".damaged"
T = TypeVar("T")


def open_trusted(run: Run) -> tuple[Warehouse, list[str]]:
    """The open warehouse, and a line about each thing that was found and is healed by this run.

    Raises:
        UserError: another program holds the file, it may not be opened, or the journal or the inbox
            has a fault.
    """
    notes = []
    is_new = not run.warehouse.exists()
    try:
        warehouse = open_warehouse(run.warehouse)
    except WarehouseError as error:
        if not is_damaged(error):
            raise _explain_closed(run, error) from error
        return _begin_anew(run)
    try:
        gaps = [] if is_new else find_ledger_gaps(warehouse, run)
        if gaps:
            files = {(gap.organisation_id, gap.delivery) for gap in gaps}
            notes.append(
                f"Warehouse and journal differ on the rows of {len(files)} file(s): the files in"
                " use changed, an earlier run was cut off, or its log was damaged. Everything is"
                " staged again from landing."
            )
            forget_notes(warehouse)
    except WarehouseError as error:
        warehouse.close()
        if not is_damaged(error):
            raise
        return _begin_anew(run)
    except BaseException:
        warehouse.close()
        raise
    return warehouse, notes


def _begin_anew(run: Run) -> tuple[Warehouse, list[str]]:
    note = set_aside(run)
    return open_warehouse(run.warehouse), [note]


def repeat_when_damaged(run: Run, work: Callable[[], T], say: Callable[[str], None]) -> T:
    """What ``work`` gives; done once more from landing when the warehouse proves to be damaged.

    Some damage shows only when the block is read.
    """
    try:
        return work()
    except Exception as error:
        if not is_damaged(error):
            raise
    with hold_lock(run.home):
        say(set_aside(run))
    return work()


def is_damaged(error: BaseException) -> bool:
    """True when ``error`` came of a warehouse file whose content makes no sense."""
    return name_trouble(error) is Trouble.DAMAGED


def set_aside(run: Run) -> str:
    """Moves a damaged warehouse out of the way, with its log; says where it is now.

    Only the last one is kept: it is there to be looked into, and the disk is not endless.
    """
    target = name_set_aside(run.warehouse)
    for suffix in ("", ".wal"):
        source = Path(f"{run.warehouse}{suffix}")
        other = Path(f"{target}{suffix}")
        other.unlink(missing_ok=True)
        if source.exists():
            source.replace(other)
    return (
        f"The warehouse is damaged. It was set aside as {target.name} and is built anew from"
        " landing; that file may be deleted."
    )


def name_set_aside(warehouse: Path) -> Path:
    """Where a damaged warehouse goes."""
    return warehouse.with_suffix(f"{SET_ASIDE_MARK}{warehouse.suffix}")


def _explain_closed(run: Run, error: WarehouseError) -> UserError | WarehouseError:
    trouble = name_trouble(error)
    if trouble in (Trouble.DISK_FULL, Trouble.MEMORY_FULL):
        return error  # told in one way, wherever in a run it happens
    in_use = trouble is Trouble.IN_USE
    return UserError(
        what="The warehouse cannot be opened.",
        where=str(run.warehouse),
        expected="a file that no other program holds open"
        if in_use
        else "a file that this user may read and write",
        to_do="Close the other program, then start again."
        if in_use
        else "Give this user the right to write in the home, then start again.",
    )
