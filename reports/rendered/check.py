"""The last check: an attacker reads the built site; publishing stops when something is given away.

Everything that can be seen is collected with the figure it is about. A protected figure may show no
number at all, every n must be the one that was released, and from all of them together no protected
count may follow more narrowly than it needs.
"""

from collections.abc import Iterator
from pathlib import Path

from pipelines.errors import PublicationRefusedError
from pipelines.protection import PublishedSystem, protected_folder
from pipelines.protection.told_rows import TOLD_ROWS, name_told_row
from pipelines.run import Run
from reports.organisation import make_slug
from reports.released_figures import FILE as RELEASE_FILE
from reports.rendered.files import Whom, read_csv, read_release_figures, read_workbook
from reports.rendered.pages import read_page
from reports.rendered.sightings import Sighting
from reports.tables import ProtectedTables, to_rows

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
    rows = list_hidden_rows(run)
    for sighting in collect(run, site):
        hidden = exclusions.hidden if sighting.is_excluded_count else scores.hidden
        if sighting.is_stray:
            faults[f"{sighting.key} tells {sighting.text}, unlike its table, in"
                   f" {_name(sighting, site)}"] = None  # fmt: skip
        if sighting.has_number and (sighting.key in hidden or sighting.key in rows):
            faults[f"{sighting.key} is protected and stands in {_name(sighting, site)}"] = None
        if sighting.is_count and sighting.count is not None:
            if sighting.count != scores.totals.get(sighting.key):
                faults[f"{sighting.key} has another n in {_name(sighting, site)}"] = None
            counts[sighting.key] = sighting.count
        if sighting.is_excluded_count and sighting.count is not None:
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


def list_hidden_rows(run: Run) -> set[str]:
    """The names of rows in protected tables of which no number may be told."""
    hidden = set()
    with ProtectedTables(protected_folder(run)) as tables:
        for table, rule in TOLD_ROWS.items():
            for row in to_rows(tables.read(table)):
                if row[rule.hidden]:
                    hidden.add(name_told_row(table, row))
    return hidden


def list_files(run: Run) -> dict[tuple[str, str], Whom]:
    """(folder of an organisation, first part of a file's name) -> whom the file is about."""
    found: dict[tuple[str, str], Whom] = {}
    with ProtectedTables(protected_folder(run)) as tables:
        taken: set[str] = set()
        for row in to_rows(tables.read("organisation")):
            id = row["organisation_id"]
            folder = make_slug(id, taken)
            found[folder, "organisation"] = (id, None)
            pages: set[str] = set()
            for team in to_rows(tables.read("team", id)):
                found[folder, f"team-{make_slug(team['team_id'], pages)}"] = (id, team["team_id"])
    return found


def _find_whom(files: dict[tuple[str, str], Whom], path: Path, root: Path) -> Whom | None:
    folder, stem = path.relative_to(root).parts[0], path.stem
    sheet = stem.rpartition("-")[0]  # of a CSV file the name of its sheet stands behind it
    return files.get((folder, stem)) or files.get((folder, sheet))


def _name(sighting: Sighting, site: Path) -> str:
    return sighting.where.relative_to(site).as_posix()


def collect(run: Run, site: Path) -> Iterator[Sighting]:
    """Everything that the folders of all organisations say about figures."""
    files = list_files(run)
    for path in sorted((site / "organisations").rglob("*")):
        whom = _find_whom(files, path, site / "organisations")
        language = next((one for one in run.languages if f"/{one}/" in path.as_posix()), None)
        if path.suffix == ".html":
            yield from read_page(path)
        elif path.suffix == ".csv" and language:
            yield from read_csv(path, language, whom)
        elif path.suffix == ".xlsx" and language:
            yield from read_workbook(path, language, whom)
        elif path.name == RELEASE_FILE:
            yield from read_release_figures(path)
