"""The last check: an attacker reads the built site; publishing stops when something is given away.

Everything that can be seen is collected with the figure it is about. A protected figure may show no
number at all, every n must be the one that was released, and from all of them together no protected
count may follow more narrowly than it needs.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from pipelines.errors import PublicationRefusedError
from pipelines.protection import PublishedSystem, protected_folder
from pipelines.protection.told_rows import TOLD_ROWS, name_told_row
from pipelines.run import Run
from reports.organisation import make_slug
from reports.released_figures import FILE as RELEASE_FILE
from reports.rendered.files import read_csv, read_release_figures, read_workbook
from reports.rendered.known import read_known_texts
from reports.rendered.numbers import KnownTexts, Number
from reports.rendered.pages import read_page
from reports.rendered.sightings import EXCLUSION, OUTCOME, SCORE, Sighting
from reports.rendered.told import ToldNumbers
from reports.tables import ProtectedTables, to_rows

SYSTEMS = (SCORE, EXCLUSION, OUTCOME)
MOST_TOLD = 3  # faults of each kind that are named in the message
# Pages without a figure of clients or workers: of the catalogue alone, and of files and their rows.
OTHER_PAGES = {"method.html", "data.html"}


def check_site(run: Run, site: Path) -> int:
    """Attacks a built site; the number of figures seen.

    Raises:
        PublicationRefusedError: a protected figure can be read or worked out, or a number stands
            somewhere without being named.
    """
    systems = {name: PublishedSystem(run, name) for name in SYSTEMS}
    hidden = set(systems[SCORE].hidden)
    rows = list_hidden_rows(run)
    seen = Seen(site, read_known_texts(run))
    for folder, organisation_id in list_folders(run).items():
        for sighting in collect(run, site / "organisations" / folder, seen.known):
            seen.add(sighting, systems, rows)
        told = ToldNumbers(run, organisation_id, seen.list_named(), hidden)
        seen.hold_against(told, hidden | rows)
    followed = [
        f"{key} follows from other figures on the pages"
        for name, system in systems.items()
        for key in system.list_leaks(seen.counts[name])
    ]
    faults = list(seen.faults)
    if faults or followed:
        named = [*followed[:MOST_TOLD], *faults[:MOST_TOLD]]
        more = len(followed) + len(faults) - len(named)
        raise PublicationRefusedError(
            what="The pages give away a protected figure; nothing was published.",
            where="; ".join(named) + (f" and {more} more" if more else ""),
            expected="no number of a protected figure, none from which one can be worked out, and"
            " none of which it is not known whose it is",
            to_do="Do not hand out these pages. What was published before is still there. Report"
            " this fault to the makers with the message above.",
        )
    return len(seen.counts[SCORE])


@dataclass
class Seen:
    """What was read of a site, and what is wrong with it."""

    site: Path
    known: KnownTexts
    faults: dict[str, None] = field(default_factory=dict)
    counts: dict[str, dict[str, int]] = field(
        default_factory=lambda: {name: {} for name in SYSTEMS}
    )
    # (text, what it may tell) -> where it stands first, and its numbers
    tellings: dict[tuple, tuple[Sighting, list[Number]]] = field(default_factory=dict)

    def add(
        self, sighting: Sighting, systems: dict[str, PublishedSystem], hidden_rows: set[str]
    ) -> None:
        """Judges a sighting by itself; what names its figures is kept for later."""
        if sighting.tells or sighting.is_unnamed:
            self._read_text(sighting)
            return
        key, system = sighting.key, systems[sighting.system or SCORE]
        if sighting.is_stray:
            self._fault(f"{key} tells {sighting.text}, unlike its table, in", sighting)
        if sighting.has_number and (key in system.hidden or key in hidden_rows):
            self._fault(f"{key} is protected and stands in", sighting)
        if sighting.system and sighting.count is not None:
            is_of_now = sighting.count == system.totals.get(key)
            if sighting.system == SCORE and not is_of_now:
                self._fault(f"{key} has another n in", sighting)
            # A row of outcomes stays as a whole: beside a count that stays stand others of before.
            if sighting.system != OUTCOME or is_of_now:
                self.counts[sighting.system][key] = sighting.count

    def _read_text(self, sighting: Sighting) -> None:
        is_dutch = sighting.is_file or "nl" in sighting.where.parts
        numbers = self.known.list_numbers(sighting.text, is_dutch)
        if numbers and sighting.is_unnamed:
            self._fault(f"{numbers[0].token} is of no figure ({sighting.key}) in", sighting)
        elif numbers:
            self.tellings.setdefault((sighting.text, sighting.tells), (sighting, numbers))

    def list_named(self) -> set[str]:
        """The figures that texts name."""
        return {name for _, names in self.tellings for name in names}

    def hold_against(self, told: ToldNumbers, hidden: set[str]) -> None:
        """Judges the texts that name their figures by what these tell, and is done with them."""
        for sighting, numbers in self.tellings.values():
            strays = [one.token for one in numbers if not told.tells(one, sighting.tells)]
            if not strays:
                continue
            protected = [name for name in sighting.tells if name in hidden]
            if protected:
                self._fault(f"{protected[0]} is protected and stands in", sighting)
            else:
                self._fault(f"{sighting.tells[0]} does not tell {strays[0]}, as stands in",
                            sighting)  # fmt: skip
        self.tellings.clear()

    def _fault(self, what: str, sighting: Sighting) -> None:
        self.faults[f"{what} {sighting.where.relative_to(self.site).as_posix()}"] = None


def list_hidden_rows(run: Run) -> set[str]:
    """The names of rows in protected tables of which no number may be told."""
    hidden = set()
    with ProtectedTables(protected_folder(run)) as tables:
        for table, rule in TOLD_ROWS.items():
            for row in to_rows(tables.read(table)):
                if row[rule.hidden]:
                    hidden.add(name_told_row(table, row))
    return hidden


def list_folders(run: Run) -> dict[str, str]:
    """The folder of each organisation -> the organisation."""
    taken: set[str] = set()
    with ProtectedTables(protected_folder(run)) as tables:
        return {make_slug(id, taken): id for id in tables.read("organisation")["organisation_id"]}


def collect(run: Run, folder: Path, known: KnownTexts) -> Iterator[Sighting]:
    """Everything that the files of a folder say about figures."""
    for path in sorted(folder.rglob("*")):
        language = next((one for one in run.languages if f"/{one}/" in path.as_posix()), None)
        if path.suffix == ".html" and path.name not in OTHER_PAGES:
            yield from read_page(path, known)
        elif path.suffix == ".csv" and language:
            yield from read_csv(path, language)
        elif path.suffix == ".xlsx" and language:
            yield from read_workbook(path, language)
        elif path.name == RELEASE_FILE:
            yield from read_release_figures(path)
