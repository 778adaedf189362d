"""Builds folders side by side, one process for each processor, when that is quicker.

The folders are independent of each other and always get the same bytes, whoever builds them. Not
here: what is in a folder.
"""

import multiprocessing
import os
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool

from pipelines.errors import UserError
from pipelines.run import Run
from reports.organisation_folder import FolderSummary, FolderTask, build_folder, is_unchanged

# A new process takes about two seconds to load what pages need: some thirty pages of a team.
FEWEST_TEAM_PAGES = 100


def build_folders(
    run: Run, tasks: list[FolderTask], processes: int | None = None
) -> list[FolderSummary]:
    """One summary per task, in their order.

    Args:
        processes: how many build; None: as many as are worth starting.

    Raises:
        UserError: a process was ended from outside, for want of memory for instance.
    """
    processes = processes or count_processes(run, tasks)
    if processes == 1:
        return [build_folder(run, task) for task in tasks]
    # The largest first: nobody waits at the end for one that began late.
    order = sorted(range(len(tasks)), key=lambda place: -tasks[place].teams)
    # Not forked: a process with threads and an open database cannot be copied safely.
    pool = ProcessPoolExecutor(processes, multiprocessing.get_context("spawn"))
    with pool:
        begun = {place: pool.submit(build_folder, run, tasks[place]) for place in order}
        try:
            return [begun[place].result() for place in range(len(tasks))]
        except BrokenProcessPool as fault:
            raise UserError(
                what="A process that builds pages was ended from outside; nothing was published.",
                where=f"one of {processes} processes for {len(tasks)} organisations",
                expected="enough memory: about 300 MB for each of them",
                to_do="Make room and run again. What was published before is still there.",
            ) from fault
        except Exception:
            pool.shutdown(cancel_futures=True)  # the others need not be built any more
            raise


def count_processes(run: Run, tasks: list[FolderTask]) -> int:
    """How many processes are worth starting: one per processor, and never more than folders."""
    changed = [task for task in tasks if not is_unchanged(task)]
    if sum(task.teams for task in changed) * len(run.languages) < FEWEST_TEAM_PAGES:
        return 1
    return min(count_processors(), len(changed))


def count_processors() -> int:
    """The processors that this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1
