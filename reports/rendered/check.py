"""The last check: an attacker reads the built site; publishing stops when something is given away.

Everything that can be seen is collected with the figure it is about. A protected figure may show no
number at all, every n must be the one that was released, and from all of them together no protected
count may follow more narrowly than it needs.
"""

from collections.abc import Iterator
from pathlib import Path

from pipelines.errors import PublicationRefusedError
from pipelines.protection import PublishedSystem
from pipelines.run import Run
from reports.released_figures import FILE as RELEASE_FILE
from reports.rendered.files import read_csv, read_release_figures, read_workbook
from reports.rendered.pages import read_page
from reports.rendered.sightings import Sighting

MOST_TOLD = 3  # faults of each kind that are named in the message


def check_site(run: Run, site: Path) -> int:
    """Attacks a built site; the number of figures seen.

    Raises:
        PublicationRefusedError: a protected figure can be read or worked out.
    """
    scores, exclusions = PublishedSystem(run, "score"), PublishedSystem(run, "exclusion")
    counts: dict[str, int] = {}
    excluded: dict[str, int] = {}
    faults: dict[str, None] = {}
    for sighting in collect(run, site):
        hidden = exclusions.hidden if sighting.is_excluded_count else scores.hidden
        if sighting.has_number and sighting.key in hidden:
            faults[f"{sighting.key} is protected and stands in {_name(sighting, site)}"] = None
        elif sighting.is_count and sighting.count is not None:
            if sighting.count != scores.totals.get(sighting.key):
                faults[f"{sighting.key} has another n in {_name(sighting, site)}"] = None
            counts[sighting.key] = sighting.count
        elif sighting.is_excluded_count and sighting.count is not None:
            excluded[sighting.key] = sighting.count
    followed = [
        f"{key} follows from other figures on the pages"
        for system, shown in ((scores, counts), (exclusions, excluded))
        for key in system.list_leaks(shown)
    ]
    if faults or followed:
        told = [*followed[:MOST_TOLD], *list(faults)[:MOST_TOLD]]
        more = len(followed) + len(faults) - len(told)
        raise PublicationRefusedError(
            what="The pages give away a protected figure; nothing was published.",
            where="; ".join(told) + (f" and {more} more" if more else ""),
            expected="no number of a protected figure, and none from which one can be worked out",
            to_do="Do not hand out these pages. What was published before is still there. Report"
            " this fault to the makers with the message above.",
        )
    return len(counts)


def _name(sighting: Sighting, site: Path) -> str:
    return sighting.where.relative_to(site).as_posix()


def collect(run: Run, site: Path) -> Iterator[Sighting]:
    """Everything that the folders of all organisations say about figures."""
    for path in sorted((site / "organisations").rglob("*")):
        language = next((one for one in run.languages if f"/{one}/" in path.as_posix()), None)
        if path.suffix == ".html":
            yield from read_page(path)
        elif path.suffix == ".csv" and language:
            yield from read_csv(path, language)
        elif path.suffix == ".xlsx" and language:
            yield from read_workbook(path, language)
        elif path.name == RELEASE_FILE:
            yield from read_release_figures(path)
