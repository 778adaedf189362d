"""The work of a run without the orchestrator and without Great Expectations, in a process to kill.

The processes are forked from one that has imported everything: a run that starts from nothing
spends most of its time on importing. Everything that writes to the home is the real thing.
"""

import contextlib
import multiprocessing
import os
import resource
import sys
from pathlib import Path

from assets.command_line import main
from assets.rooms import ROOMS
from pipelines.catalogue import load_catalogue
from pipelines.deliveries import hold_lock, receive_deliveries
from pipelines.faults import FAULT_VARIABLE
from pipelines.records.opening import open_trusted, repeat_when_damaged
from pipelines.results import export_results
from pipelines.run import Run
from pipelines.warehouse.steps import build_all
from quality_checks.results import CREATE_TABLES
from reports import publish

SHIPPED = load_catalogue()
FORKS = multiprocessing.get_context("forkserver")
FORKS.set_forkserver_preload(["tests.crash.bare_run"])


def make_run(root: Path, home: str) -> Run:
    return Run(inbox=root / "inbox", home=root / home, key_file=root / "key", catalogue=SHIPPED)


def work(run: Run) -> None:
    """From inbox to pages."""
    repeat_when_damaged(run, lambda: _work_once(run), print)


def _work_once(run: Run) -> None:
    with hold_lock(run.home):
        warehouse, _ = open_trusted(run)
        with warehouse:
            warehouse.execute("set threads = 1")  # a handful of rows: threads only wait
            receive_deliveries(run)
            warehouse.execute(CREATE_TABLES)  # nothing was checked
            for steps in ROOMS.values():
                build_all(steps, warehouse, run)
            export_results(warehouse, run)
            publish(run)


def _work_in_process(root: Path, home: str, fault: str) -> None:
    os.environ[FAULT_VARIABLE] = fault
    work(make_run(root, home))
    sys.exit(0)


def _give_command(root: Path, home: str, size_limit: int, said: Path) -> None:
    resource.setrlimit(resource.RLIMIT_FSIZE, (size_limit, size_limit))
    os.environ["KRACHTWERK_KEY_FILE"] = str(root / "key")
    with said.open("w") as errors, contextlib.redirect_stderr(errors):
        code = main(["run", "--inbox", str(root / "inbox"), "--home", str(root / home)])
    sys.exit(code)


def run_command(root: Path, home: str, size_limit: int, said: Path) -> int:
    """The exit code of ``krachtwerk run`` when no file may grow beyond ``size_limit`` bytes."""
    process = FORKS.Process(target=_give_command, args=(root, home, size_limit, said))
    process.start()
    process.join()
    return process.exitcode


def start(root: Path, home: str, fault: str = "") -> multiprocessing.Process:
    process = FORKS.Process(target=_work_in_process, args=(root, home, fault))
    process.start()
    return process


def finish(root: Path, home: str, fault: str = "") -> int:
    """The exit code; -9 when the process was killed."""
    process = start(root, home, fault)
    process.join()
    return process.exitcode
