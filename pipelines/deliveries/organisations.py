"""The organisations of an inbox: one folder each, described by its ``organisation.yaml``.

An organisation can name a folder with a catalogue of its own, laid over the shipped one.
"""

from dataclasses import replace
from datetime import date
from pathlib import Path

import yaml
from pydantic import Field, SkipValidation, ValidationError

from pipelines.catalogue import Catalogue, CatalogueError, Fault
from pipelines.catalogue.loader import read_yaml
from pipelines.catalogue.models.base import Declaration
from pipelines.catalogue.overlay import read_overlay
from pipelines.deliveries.canonical import list_sources
from pipelines.errors import UserError

SETTINGS_FILE = "organisation.yaml"
DEFAULT_DISCLOSURE_THRESHOLD = 10
LOWEST_DISCLOSURE_THRESHOLD = 5


class Settings(Declaration):
    """The content of ``organisation.yaml``."""

    # The id is part of score keys (`KI-1|org|team|...`), file names and addresses of pages.
    organisation_id: str = Field(pattern=r"^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$")
    name: str = Field(min_length=1)
    source: str
    exported_on: date | None = None
    method_start: date | None = None
    overlay: str | None = None
    disclosure_threshold: int = Field(
        default=DEFAULT_DISCLOSURE_THRESHOLD, ge=LOWEST_DISCLOSURE_THRESHOLD
    )
    programme_profile: dict[str, dict[str, int]] = Field(default_factory=dict)


class Organisation(Settings):
    """One organisation: its settings, its folder in the inbox and its catalogue.

    ``source`` is the name in :attr:`catalogue`: a mapping of an overlay carries the id of its
    organisation, so that two organisations can each have one of the same name.
    """

    folder: Path
    catalogue: SkipValidation[Catalogue]  # the shipped one when there is no overlay


def read_organisations(inbox: Path, catalogue: Catalogue) -> tuple[Organisation, ...]:
    """The organisations of the inbox, by organisation_id.

    Raises:
        UserError: there is no inbox or no organisation in it, a folder lacks ``organisation.yaml``,
            or a setting is wrong.
        CatalogueError: one or more overlays are faulty; it holds every fault of all of them.
    """
    if not inbox.is_dir():
        raise UserError(
            what="There is no inbox.",
            where=str(inbox),
            expected="a folder with one folder per organisation",
            to_do="Make the folder, or name another one with --inbox.",
        )
    folders = []
    for path in sorted(inbox.iterdir()):
        if path.name.startswith("."):
            continue
        if path.is_symlink():
            raise UserError(
                what="The inbox holds a link; links are never followed.",
                where=str(path),
                expected="a folder of an organisation",
                to_do="Put the folder itself in the inbox.",
            )
        if path.is_dir():
            folders.append(path)
    if not folders:
        raise UserError(
            what="The inbox is empty.",
            where=str(inbox),
            expected=f"one folder per organisation, with {SETTINGS_FILE} and its export files",
            to_do="Make a folder for the organisation and put its exports in it.",
        )
    settings = {folder: _read_settings(folder) for folder in folders}
    catalogues = _read_catalogues(settings, catalogue)
    found = [
        _make_organisation(one, folder, catalogues[folder]) for folder, one in settings.items()
    ]
    _check_distinct(found)
    return tuple(sorted(found, key=lambda organisation: organisation.organisation_id))


def _read_settings(folder: Path) -> Settings:
    path = folder / SETTINGS_FILE
    if path.is_symlink() or not path.is_file():
        raise UserError(
            what=f"A folder in the inbox has no {SETTINGS_FILE}.",
            where=str(folder),
            expected=f"{SETTINGS_FILE} with organisation_id, name and source",
            to_do="Add the file, or move the folder out of the inbox.",
        )
    try:
        content = read_yaml(path)
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        mark = getattr(error, "problem_mark", None)
        place = f"{path}, line {mark.line + 1}" if mark else str(path)
        raise UserError(
            what=f"{SETTINGS_FILE} cannot be read.",
            where=place,
            expected="YAML in UTF-8, every key once",
            to_do="Correct the file.",
        ) from error
    try:
        settings = Settings.model_validate(content)
    except ValidationError as error:
        faults = "; ".join(
            f"{'.'.join(str(part) for part in detail['loc']) or 'file'}: {detail['msg']}"
            for detail in error.errors()
        )
        raise UserError(
            what=f"{SETTINGS_FILE} has faults: {faults}.",
            where=str(path),
            expected="organisation_id (letters, digits, . _ -), name, source; disclosure_threshold"
            f" at least {LOWEST_DISCLOSURE_THRESHOLD}; dates as yyyy-mm-dd",
            to_do="Correct the keys named above.",
        ) from error
    return settings


def _read_catalogues(
    organisations: dict[Path, Settings], shipped: Catalogue
) -> dict[Path, Catalogue]:
    """The catalogue of every organisation, by its folder.

    Raises:
        UserError: an overlay folder does not exist.
        CatalogueError: one or more overlays are faulty; it holds every fault of all of them.
    """
    found: dict[Path, Catalogue] = {}
    faults: list[Fault] = []
    for folder, settings in organisations.items():
        found[folder] = shipped
        if settings.overlay is None:
            continue
        overlay = _find_overlay(settings.overlay, folder)
        try:
            own = _read_cached(overlay, _list_stamps(overlay), shipped)
            found[folder] = _name_sources(own, shipped, settings.organisation_id)
        except CatalogueError as error:
            place = f"{folder.name}/{settings.overlay}"
            faults += [Fault(f"{place}/{one.file}", one.key, one.message) for one in error.faults]
    if faults:
        raise CatalogueError(faults)
    return found


def _find_overlay(name: str, folder: Path) -> Path:
    root = folder.resolve()
    overlay = (root / name).resolve()
    if not overlay.is_dir() or root not in overlay.parents:
        raise UserError(
            what="The overlay folder does not exist.",
            where=f"{folder / SETTINGS_FILE}, key overlay",
            expected="a folder inside the folder of the organisation",
            to_do="Correct the name, or remove the key.",
        )
    return overlay


# (overlay folder, its files as they are now) -> (shipped catalogue, the two as one). A run asks
# for its organisations in every room; reading YAML each time would take longer than the work.
_READ: dict[tuple[Path, tuple], tuple[Catalogue, Catalogue]] = {}


def _list_stamps(overlay: Path) -> tuple:
    files = sorted(path for path in overlay.rglob("*") if path.is_file())
    return tuple((path, path.stat().st_mtime_ns, path.stat().st_size) for path in files)


def _read_cached(overlay: Path, stamps: tuple, shipped: Catalogue) -> Catalogue:
    known = _READ.get((overlay, stamps))
    if known is None or known[0] is not shipped:
        known = shipped, read_overlay(overlay, shipped)
        _READ[overlay, stamps] = known
    return known[1]


def name_own_source(organisation_id: str, source: str) -> str:
    """The name in the journal of a mapping that an organisation brings itself."""
    return f"{organisation_id}/{source}"


def _name_sources(own: Catalogue, shipped: Catalogue, organisation_id: str) -> Catalogue:
    """The catalogue with the mappings that the organisation brings under a name of its own."""
    sources = dict(shipped.sources)
    for name, source in own.sources.items():
        if source is not shipped.sources.get(name):
            owned = name_own_source(organisation_id, name)
            sources[owned] = source.model_copy(update={"source": owned})
    return replace(own, sources=sources)


def _make_organisation(settings: Settings, folder: Path, catalogue: Catalogue) -> Organisation:
    owned = name_own_source(settings.organisation_id, settings.source)
    if owned in catalogue.sources:
        settings = settings.model_copy(update={"source": owned})
    _check_settings(settings, folder / SETTINGS_FILE, catalogue)
    return Organisation(**settings.model_dump(), folder=folder, catalogue=catalogue)


def _check_settings(settings: Settings, path: Path, catalogue: Catalogue) -> None:
    sources = sorted(list_sources(catalogue.records, catalogue.sources))
    if settings.source not in sources:
        raise UserError(
            what=f"The source {settings.source!r} is unknown.",
            where=f"{path}, key source",
            expected=f"one of: {', '.join(sources)}",
            to_do="Name one of these, or add a mapping for this source system.",
        )
    for programme, values in settings.programme_profile.items():
        profile = catalogue.profiles.get(programme)
        known = sorted(profile.settings) if profile else sorted(catalogue.profiles)
        wrong = [programme] if profile is None else sorted(set(values) - set(known))
        wrong += [name for name, value in values.items() if profile and value < 1]
        if wrong:
            raise UserError(
                what=f"programme_profile has faults at: {', '.join(wrong)}.",
                where=f"{path}, key programme_profile.{programme}",
                expected=f"whole numbers from 1 for: {', '.join(known)}",
                to_do="Correct the names and numbers.",
            )


def _check_distinct(organisations: list[Organisation]) -> None:
    seen: dict[str, Organisation] = {}
    for organisation in organisations:
        # Compared without case: the id becomes a folder name, also on disks that ignore case.
        other = seen.setdefault(organisation.organisation_id.casefold(), organisation)
        if other is not organisation:
            raise UserError(
                what=f"Two organisations are called {organisation.organisation_id!r}.",
                where=f"{other.folder / SETTINGS_FILE} and {organisation.folder / SETTINGS_FILE}",
                expected="an organisation_id of its own for every folder",
                to_do="Change one of them, or bring the files into one folder.",
            )
