"""Receives several organisations at once: each lane has a door and a database of its own.

One small file keeps one core busy, whatever the database could do; only several files at a time
use all cores. Organisations share no file, no key and no line of the journal, so that a lane needs
nothing of another. What does not belong here: what happens to a file (``door``).
"""

import os
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from pathlib import Path
from queue import SimpleQueue
from threading import Event

from pipelines.deliveries.door import Door, Outcome
from pipelines.deliveries.inbox import list_files
from pipelines.deliveries.organisations import Organisation
from pipelines.warehouse import Warehouse, open_warehouse

LANE_MEMORY_BYTES = 2_000_000_000  # of all lanes together


def receive_side_by_side(
    make_door: Callable[[Warehouse], Door], organisations: tuple[Organisation, ...], work: Path
) -> Iterator[Outcome]:
    """What became of every file that does not stand already, as soon as it may be told.

    Whatever lane is quicker, the order is that of the organisations and their files, so that the
    same inbox gives the same journal.

    Args:
        make_door: a door that reads into the in-memory warehouse of a lane.
        organisations: whose files are received.
        work: private folder for what must touch the disk on its way in.
    """
    cores = _count_cores()
    lane_count = max(1, min(cores, len(organisations)))
    free: SimpleQueue[tuple[Door, Path]] = SimpleQueue()
    is_stopped = Event()
    with ExitStack() as stack:
        for number in range(lane_count):
            folder = work / f"lane-{number}"
            folder.mkdir(mode=0o700)
            warehouse = stack.enter_context(open_warehouse())
            # Cells as delivered pass through memory only, and through this folder when it is full.
            warehouse.execute("set temp_directory = ?", [str(folder)])
            warehouse.execute("set threads = ?", [max(1, cores // lane_count)])
            warehouse.limit_memory(LANE_MEMORY_BYTES // lane_count)
            free.put((make_door(warehouse), folder))
        pool = stack.enter_context(ThreadPoolExecutor(lane_count))
        stack.callback(is_stopped.set)  # whatever happens: before the pool waits for its lanes

        def receive(organisation: Organisation, told: SimpleQueue) -> None:
            door, folder = free.get()
            try:
                for file in list_files(organisation):
                    if is_stopped.is_set():
                        return
                    outcome = door.receive(organisation, file, folder)
                    if outcome is not None:
                        told.put(outcome)
            finally:
                free.put((door, folder))
                told.put(None)

        queues = [SimpleQueue() for _ in organisations]
        tasks = [pool.submit(receive, *pair) for pair in zip(organisations, queues, strict=True)]
        for task, told in zip(tasks, queues, strict=True):
            yield from iter(told.get, None)
            task.result()  # raises what went wrong in the lane


def _count_cores() -> int:
    if hasattr(os, "sched_getaffinity"):  # not on every system
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1
