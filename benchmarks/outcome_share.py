"""How much outcomes add to a run: from the flow of measurements to the pages about them.

Counted in full: the rooms of outcomes and monitoring, their result tables, all research files (also
those of indicators), hiding and the protected tables of outcomes, comparison and series. Pages are
one step; of it the part is counted that outcomes, comparison and research take of building pages.
Loading programs is no step and
counts for neither side.

    python benchmarks/pipeline.py --whole ... --steps build/steps.json
    python benchmarks/outcome_share.py --steps build/steps.json --inbox build/inbox \
        --home build/home --key sample_data/example.key
"""

import argparse
import json
from collections import Counter
from pathlib import Path
from time import process_time

from assets.publication_assets import RESULTS, SITE
from assets.settings import read_run
from pipelines.catalogue.wording import load_words
from pipelines.deliveries.overlays import find_catalogue
from pipelines.monitoring import STEPS as MONITORING_STEPS
from pipelines.outcomes import STEPS
from pipelines.protection import protected_folder
from pipelines.protection.comparison_steps import COMPARISON_STEPS
from pipelines.protection.outcome_steps import OUTCOME_STEPS
from pipelines.run import Run
from reports.formats import Formats
from reports.pages import comparison, outcomes, research
from reports.pages.page import PageContext
from reports.reading import read_organisation
from reports.site import PAGE_MODULES
from reports.tables import ProtectedTables, to_rows

PAGES = (outcomes, comparison, research)
ROOMS = {
    "outcomes": STEPS,
    "monitoring": MONITORING_STEPS,
    "hiding": (*OUTCOME_STEPS, *COMPARISON_STEPS),
}


def measure_pages(run: Run) -> float:
    """The share of the processor time of building all pages that goes to those about outcomes."""
    spent = Counter()
    with ProtectedTables(protected_folder(run)) as tables:
        for row in to_rows(tables.read("organisation")):
            catalogue = find_catalogue(run, row["organisation_id"])
            organisation = read_organisation(tables, row, row["organisation_id"], catalogue)
            for language in run.languages:
                words = load_words(language)
                context = PageContext(organisation, catalogue, words, Formats(words), run.catalogue)
                for module in PAGE_MODULES:
                    start = process_time()
                    list(module.build(context))
                    spent[module in PAGES] += process_time() - start
    return spent[True] / sum(spent.values())


def main() -> None:
    """Reads the steps of a whole run and prints what outcomes cost."""
    options = argparse.ArgumentParser(description=__doc__)
    for name in ("steps", "inbox", "home", "key"):
        options.add_argument(f"--{name}", type=Path, required=True)
    given = options.parse_args()
    run = read_run({"inbox": str(given.inbox), "home": str(given.home), "key_file": str(given.key)})
    cost = {step["step"]: step["cpu"] for step in json.loads(given.steps.read_text())}
    whole = sum(cost.values())
    parts = {
        room: sum(cost.get(step.table, 0.0) for step in steps) for room, steps in ROOMS.items()
    }
    parts["research files"] = cost[RESULTS]
    parts["pages"] = cost[SITE] * measure_pages(run)
    for name, seconds in parts.items():
        print(f"{name:<16}{seconds:>8.1f} s")
    own = sum(parts.values())
    print(f"outcomes {own:.1f} s, all else {whole - own:.1f} s: {own / (whole - own):.0%} on top")


if __name__ == "__main__":
    main()
