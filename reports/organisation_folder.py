"""Builds the folder of one organisation: every page in every language, its files, its door.

It needs nothing but the protected tables, so that folders can be built side by side. Not here:
which organisations there are (``reports.site``).
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from pipelines.catalogue import Catalogue
from pipelines.catalogue.wording import Words, load_words
from pipelines.deliveries.overlays import find_catalogue
from pipelines.faults import FaultPoint, pass_point
from pipelines.protection import protected_folder
from pipelines.run import Run
from reports.folder_writer import FolderWriter
from reports.formats import Formats
from reports.organisation import Organisation, read_organisation
from reports.pages import (
    audits,
    comparison,
    data,
    method,
    outcomes,
    overview,
    releases,
    requirements,
    research,
    team,
)
from reports.pages.page import Page, PageContext
from reports.released_figures import FILE as RELEASE_FILE
from reports.released_figures import compare, read_release, write_release
from reports.rendering import read_environment, render_page
from reports.static_files import read_static_files
from reports.tables import ProtectedTables

PAGE_MODULES = (
    overview,
    team,
    requirements,
    audits,
    outcomes,
    comparison,
    research,
    data,
    releases,
    method,
)


@dataclass(frozen=True)
class FolderTask:
    """One folder to build."""

    row: dict  # of the table ``organisation``
    slug: str
    teams: int
    release_id: str
    folder: Path
    previous: Path | None  # the published folder of the same organisation


@dataclass(frozen=True)
class FolderSummary:
    """What is in a folder: pages (the door is not one) and bytes."""

    pages: int
    size: int


def is_unchanged(task: FolderTask) -> bool:
    """True when the published folder was made of the same."""
    before = read_release(task.previous)
    return before is not None and before["release"] == task.release_id


def build_folder(run: Run, task: FolderTask) -> FolderSummary:
    """Writes the folder; one of which nothing changed is kept without rendering a page.

    Raises:
        duckdb.IOException: a protected table is missing.
    """
    writer = FolderWriter(task.folder, task.previous)
    before = read_release(task.previous)
    if is_unchanged(task):
        writer.keep_all()
    else:
        catalogue = find_catalogue(run, task.row["organisation_id"])
        with ProtectedTables(protected_folder(run)) as tables:
            organisation = read_organisation(tables, task.row, task.slug, catalogue)
        _write(run, organisation, writer, task.release_id, before)
    files = [path for path in writer.folder.rglob("*") if path.is_file()]
    pages = sum(path.suffix == ".html" for path in files) - 1
    return FolderSummary(pages, sum(path.stat().st_size for path in files))


def _write(
    run: Run, organisation: Organisation, writer: FolderWriter, release_id: str, before: dict | None
) -> None:
    static = read_static_files()
    catalogue = find_catalogue(run, organisation.organisation_id)
    versions = {id: one.version for id, one in catalogue.indicators.items()}
    changes = compare(organisation, versions, before)
    for name, content in static.contents.items():
        writer.write(f"static/{name}", content)
    for language in run.languages:
        words = _read_words(catalogue, language)
        context = PageContext(
            organisation, catalogue, words, Formats(words), run.catalogue, release_id, changes
        )
        for page in _list_pages(context):
            html = render_page(page, context, run.languages, release_id, static.names)
            writer.write(f"{language}/{page.path}", html.encode())
            for download in page.downloads:
                writer.write(f"{language}/{download.path}", download.content)
            pass_point(FaultPoint.PAGE_WRITTEN)
    writer.write(RELEASE_FILE, write_release(organisation, release_id, versions))
    door = read_environment().get_template("door.html")
    html = door.render(
        language=run.languages[0],
        languages=[(code, load_words(code)) for code in run.languages],
        organisation=organisation,
        static=static.names,
    )
    writer.write("index.html", html.encode())


def _read_words(catalogue: Catalogue, language: str) -> Words:
    """The words of the pages, in the organisation's own wording where it has one."""
    shipped, own = load_words(language), catalogue.words.get(language)
    return replace(shipped, texts={**shipped.texts, **own}) if own else shipped


def _list_pages(context: PageContext) -> Iterator[Page]:
    for module in PAGE_MODULES:
        yield from module.build(context)
