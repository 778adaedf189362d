"""Runs this pipeline from an inbox to the results, and tells what every step cost.

Everything a run does except preparing and drawing pages: receiving, hashing, landing, staging,
quarantine, scores, audits, outcomes, checks with Great Expectations, and the results files. Each
line is a step with its wall and processor seconds.

    python benchmarks/pipeline.py --inbox build/inbox --home build/home \
        --key sample_data/example.key
"""

import argparse
import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from time import perf_counter, process_time

import dagster as dg

from assets.publication_assets import RESULTS
from assets.session import Measured, Session, open_session
from assets.settings import read_run
from assets.table_assets import make_key
from assets.whole_run import materialize_assets


class TimedSession(Session):
    """A session that keeps what every step cost."""

    def __init__(self, session: Session):
        super().__init__(session.run, session.warehouse)
        self.steps: list[dict] = []

    @contextmanager
    def measure(self, group: str, name: str) -> Iterator[Measured]:
        """As a session does, with processor time beside it."""
        wall, cpu = perf_counter(), process_time()
        with super().measure(group, name) as measured:
            yield measured
        self.steps.append(
            {
                "room": group,
                "step": name,
                "rows": measured.row_count,
                "wall": perf_counter() - wall,
                "cpu": process_time() - cpu,
            }
        )


def run_pipeline(inbox: Path, home: Path, key: Path, is_whole: bool) -> list[dict]:
    """The steps of one run with their cost.

    Args:
        inbox: as ``generate`` writes it.
        home: an empty folder, or the home of an earlier run.
        key: the key file; the published example key is refused for this inbox.
        is_whole: pages too, not only up to the results.
    """
    run = read_run({"inbox": str(inbox), "home": str(home), "key_file": str(key)})
    selection = dg.AssetSelection.assets(make_key(RESULTS))
    selection = selection.upstream().required_multi_asset_neighbors()
    with open_session(run) as opened:
        session = TimedSession(opened)
        if not run.journal.exists():
            session.start_validator()
        try:
            materialize_assets(session, print, None if is_whole else selection)
        finally:
            session.close()
    return session.steps


def main() -> None:
    """Reads the options, runs, and writes the steps."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--inbox", type=Path, required=True)
    options.add_argument("--home", type=Path, required=True)
    options.add_argument("--key", type=Path, required=True)
    options.add_argument("--whole", action="store_true", help="pages too")
    options.add_argument("--steps", type=Path, help="JSON file for the cost of every step")
    given = options.parse_args()
    steps = run_pipeline(given.inbox, given.home, given.key, given.whole)
    if given.steps:
        given.steps.write_text(json.dumps(steps, indent=1))
    for step in sorted(steps, key=lambda one: -one["cpu"])[:40]:
        print(f"{step['step']:<44}{step['rows']:>14,}{step['wall']:>9.2f}{step['cpu']:>9.2f}")


if __name__ == "__main__":
    main()
