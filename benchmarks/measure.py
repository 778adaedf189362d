"""Measures this pipeline, the bare script and pandas on the same files, one after the other.

Each runs in a process of its own; processor time and peak memory include its children. The bare
script must give the same values as the pipeline, and pandas the same as the bare script, else their
time says nothing. Nothing here fails for being slow.

    python benchmarks/measure.py --fraction 0.1 --work build/benchmark
"""

import argparse
import json
import os
import resource
import shutil
import subprocess
import sys
from dataclasses import asdict, dataclass
from pathlib import Path
from threading import Event, Thread
from time import perf_counter

import duckdb
from generate import generate_inbox

HERE = Path(__file__).parent
PAGE_BYTES = os.sysconf("SC_PAGE_SIZE")
LOOK_SECONDS = 0.1


@dataclass
class Cost:
    """What one process and its children took."""

    name: str
    wall: float  # seconds
    cpu: float  # seconds
    peak: int  # bytes resident, all at the same moment
    output: str


def measure(name: str, *command: str) -> Cost:
    """Runs one script of this folder and says what it cost.

    Raises:
        CalledProcessError: the script failed.
    """
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    started = perf_counter()
    process = subprocess.Popen(
        [sys.executable, *command], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    )
    peak, done = [0], Event()

    def look() -> None:
        while not done.wait(LOOK_SECONDS):
            peak[0] = max(peak[0], _sum_resident(process.pid))

    watcher = Thread(target=look)
    watcher.start()
    output = process.communicate()[0]
    done.set()
    watcher.join()
    wall = perf_counter() - started
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    if process.returncode:
        raise subprocess.CalledProcessError(process.returncode, command, output)
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return Cost(name, wall, cpu, peak[0], output)


def _sum_resident(root: int) -> int:
    """The resident bytes of a process and everything below it."""
    parents, resident = {}, {}
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            fields = (folder / "stat").read_text().rpartition(")")[2].split()
        except (FileNotFoundError, ProcessLookupError):
            continue  # it has ended meanwhile
        parents[int(folder.name)], resident[int(folder.name)] = int(fields[1]), int(fields[21])
    family = {root}
    while more := {pid for pid, parent in parents.items() if parent in family} - family:
        family |= more
    return PAGE_BYTES * sum(resident.get(pid, 0) for pid in family)


def read_ours(results: Path) -> str:
    """A query for the values of the pipeline, named as the bare script names them."""
    return f"""
        select indicator_id as indicator, period, coalesce(organisation_id, '') as organisation_id,
            coalesce(team_id, '') as team_id, value
        from '{results / "indicator_scores.parquet"}'
        where value is not null
    """


def read_bare(values: Path, others: Path) -> str:
    """A query for the values of the bare script about the organisations that others have too."""
    return f"""
        select * from '{values}'
        where organisation_id in (select organisation_id from '{others}')
    """


def check_values(one: str, other: str) -> None:
    """Says how many values two queries give.

    Raises:
        SystemExit: values are missing or differ beyond rounding.
    """
    count, differing = duckdb.execute(
        f"""
        select count(*), count(*) filter (
            one.value is null or other.value is null
            or abs(one.value - other.value) > 1e-12 * greatest(1, abs(one.value))
        )
        from ({one}) as one
        full join ({other}) as other using (indicator, period, organisation_id, team_id)
        """
    ).fetchone()
    print(f"{count:,} values, {differing} differ", flush=True)
    if differing:
        raise SystemExit("The two compute something else.")


def add_file(inbox: Path) -> None:
    """One more delivery of one organisation: its contacts once more, a thousand of them new."""
    folder = inbox / "organisatie-01"
    lines = (folder / "contact.csv").read_text(encoding="utf-8").splitlines(keepends=True)
    new = [line.replace("c", "n", 1) for line in lines[1:1001]]
    (folder / "contact_later.csv").write_text("".join([*lines, *new]), encoding="utf-8")


def measure_all(fraction: float, work: Path) -> list[Cost]:
    """The costs of all scripts on an inbox of ``fraction``; what is in ``work`` goes."""
    shutil.rmtree(work, ignore_errors=True)
    work.mkdir(parents=True)
    inbox, home, key = work / "inbox", work / "home", work / "key"
    key.touch(mode=0o600)
    key.write_bytes(os.urandom(48))
    row_count = generate_inbox(inbox, fraction)
    print(f"{row_count:,} rows", flush=True)
    pipeline = [str(HERE / "pipeline.py"), "--inbox", inbox, "--home", home, "--key", key]
    bare, pandas = work / "bare.parquet", work / "pandas.parquet"
    costs = []
    for name, *command in (
        ("pipeline", *pipeline, "--steps", work / "steps.json"),
        ("bare", str(HERE / "bare.py"), "--inbox", inbox, "--values", bare),
        ("pandas", str(HERE / "pandas_run.py"), "--inbox", inbox, "--values", pandas),
        ("again", *pipeline, "--steps", work / "again.json"),
        ("one file", *pipeline, "--steps", work / "one_file.json"),
    ):
        if name == "one file":
            add_file(inbox)
        cost = measure(name, *map(str, command))
        costs.append(cost)
        print(
            f"{name:<10}{cost.wall:>9.1f} s wall{cost.cpu:>9.1f} s cpu"
            f"{cost.peak / 1e6:>9,.0f} MB   {cost.output.strip().splitlines()[-1][:60]}",
            flush=True,
        )
        if name == "bare":
            check_values(read_ours(home / "results"), f"from '{bare}'")
        if name == "pandas":
            check_values(read_bare(bare, pandas), f"from '{pandas}'")
    return costs


def main() -> None:
    """Reads the options, measures, and keeps the costs as JSON."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--fraction", type=float, default=0.05)
    options.add_argument("--work", type=Path, required=True, help="a folder; it is emptied first")
    given = options.parse_args()
    costs = measure_all(given.fraction, given.work)
    text = json.dumps([asdict(cost) for cost in costs], indent=1)
    (given.work / "costs.json").write_text(text)


if __name__ == "__main__":
    main()
