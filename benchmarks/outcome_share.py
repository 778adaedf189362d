"""How much outcomes add to a run: from the flow of measurements to the pages about them.

Counted in full: the rooms of outcomes and monitoring, their result tables, all research files (also
those of indicators and their units), hiding and the protected tables of outcomes, comparison and
series. Pages are one step; of it the part is counted that the pages on outcomes, comparison and
research are of all bytes of pages. Loading programs is no step and counts for neither side.

    python benchmarks/pipeline.py --whole ... --steps build/steps.json
    python benchmarks/outcome_share.py --steps build/steps.json --home build/home
"""

import argparse
import json
from pathlib import Path

from assets.publication_assets import RESULTS, SITE
from pipelines.monitoring import STEPS as MONITORING_STEPS
from pipelines.outcomes import STEPS
from pipelines.protection.comparison_steps import COMPARISON_STEPS
from pipelines.protection.outcome_steps import OUTCOME_STEPS

PAGES = ("outcomes.html", "comparison*.html", "research.html")
ROOMS = {
    "outcomes": STEPS,
    "monitoring": MONITORING_STEPS,
    "hiding": (*OUTCOME_STEPS, *COMPARISON_STEPS),
}


def measure_pages(site: Path) -> float:
    """The part that pages about outcomes are of all bytes of pages."""

    def add_sizes(pattern: str) -> int:
        return sum(path.stat().st_size for path in site.glob(f"organisations/*/*/{pattern}"))

    return sum(map(add_sizes, PAGES)) / add_sizes("*.html")


def main() -> None:
    """Reads the steps of a whole run and prints what outcomes cost."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--steps", type=Path, required=True)
    options.add_argument("--home", type=Path, required=True)
    given = options.parse_args()
    cost = {step["step"]: step["cpu"] for step in json.loads(given.steps.read_text())}
    parts = {
        room: sum(cost.get(step.table, 0.0) for step in steps) for room, steps in ROOMS.items()
    }
    parts["research files"] = cost[RESULTS]
    parts["pages"] = cost[SITE] * measure_pages((given.home / "site").resolve())
    for name, seconds in parts.items():
        print(f"{name:<16}{seconds:>8.1f} s")
    own = sum(parts.values())
    rest = sum(cost.values()) - own
    print(f"outcomes {own:.1f} s, all else {rest:.1f} s: {own / rest:.0%} on top")


if __name__ == "__main__":
    main()
