"""Hostile files are refused or read as documented, in little memory, and the others still land.

How long each takes is no test but a measurement: ``python -m benchmarks.hostile``.
"""

import multiprocessing
import resource

import pytest

from pipelines.deliveries import Delivery, Refusal
from tests.deliveries.conftest import Door
from tests.deliveries.hostile_files import CSV_HEADER, CSV_TEAM, HOSTILE, Hostile

MAX_MEGABYTES = 300
CPU_SECONDS = 60  # the kernel ends a process that would go on for ever
FORKS = multiprocessing.get_context("forkserver")
FORKS.set_forkserver_preload(["tests.crash.bare_run", "tests.deliveries.test_hostile_files"])


def receive(door: Door, answer) -> None:
    """Takes in the inbox; tells what became of it, and by how many megabytes the process grew."""
    resource.setrlimit(resource.RLIMIT_CPU, (CPU_SECONDS, CPU_SECONDS))
    before = resource.getrusage(resource.RUSAGE_SELF)
    reception = door.receive()
    after = resource.getrusage(resource.RUSAGE_SELF)
    megabytes = (after.ru_maxrss - before.ru_maxrss) / 1024
    seconds = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    answer.send((reception.deliveries, reception.refusals, megabytes, seconds))


def receive_apart(door: Door) -> tuple[tuple[Delivery, ...], tuple[Refusal, ...], float, float]:
    ours, theirs = FORKS.Pipe(duplex=False)
    process = FORKS.Process(target=receive, args=(door, theirs))
    process.start()
    theirs.close()
    process.join()
    assert process.exitcode == 0
    return ours.recv()


def put_beside_a_good_file(door: Door, hostile: Hostile) -> None:
    door.write("goed.csv", CSV_HEADER + CSV_TEAM.replace("t1", "t9"))
    hostile.write(door.inbox / "org" / hostile.name)


@pytest.mark.parametrize("hostile", HOSTILE, ids=lambda hostile: hostile.name)
def test_hostile_file_does_no_harm_and_its_neighbour_lands(door, hostile):
    put_beside_a_good_file(door, hostile)

    deliveries, refusals, megabytes, _ = receive_apart(door)

    landed = {delivery.file: delivery.rows_read for delivery in deliveries}
    assert landed.pop("goed.csv") == 1
    assert [refusal.reason_code for refusal in refusals] == [hostile.refused][: len(refusals)]
    assert landed == ({} if hostile.refused else {hostile.name: hostile.rows})
    assert len(refusals) == (hostile.refused is not None)
    assert megabytes < MAX_MEGABYTES
