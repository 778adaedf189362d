"""Builds the site of every organisation from the protected tables.

Not here: releases and the swap of what is published (``reports.publish``).
"""

import json
import shutil
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

from jinja2 import Environment, PackageLoader, StrictUndefined

from pipelines.catalogue import Catalogue
from pipelines.catalogue.wording import Words, load_words
from pipelines.deliveries.overlays import find_catalogue
from pipelines.faults import FaultPoint, pass_point
from pipelines.protection import protected_folder
from pipelines.run import Run
from reports.folder_writer import FolderWriter
from reports.formats import Formats, start_with_capital
from reports.glossary_links import link_terms
from reports.inline_style import reserve_heights
from reports.organisation import Organisation, make_slug, read_organisation
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
from reports.release import make_release_id, read_releases
from reports.released_figures import FILE as RELEASE_FILE
from reports.released_figures import compare, read_release, write_release
from reports.shown_names import show_name
from reports.static_files import read_static_files
from reports.tables import ProtectedTables, to_rows

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
NAVIGATION = (
    ("overview", "index.html"),
    ("organisation", "organisation.html"),
    ("requirements", "requirements.html"),
    ("audits", "audits.html"),
    ("outcomes", "outcomes.html"),
    ("comparison", "comparison.html"),
    ("research", "research.html"),
    ("data", "data.html"),
    ("method", "method.html"),
)


@dataclass(frozen=True)
class SiteSummary:
    """What was built: release id, number of pages and bytes per organisation folder."""

    release_id: str
    pages: int
    bytes_by_organisation: dict[str, int]


@cache
def read_environment() -> Environment:
    """The templates of this layer, read once per process."""
    environment = Environment(
        loader=PackageLoader("reports", "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["capital"] = start_with_capital
    return environment


def dump_json(value: object) -> str:
    """JSON that is safe inside a script element and always the same for the same value."""
    text = json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return text.replace("<", "\\u003c").replace("\u2028", "\\u2028").replace("\u2029", "\\u2029")


def build_site(run: Run, destination: Path, previous: Path | None = None) -> SiteSummary:
    """Writes the whole site into ``destination``, which is emptied first.

    Args:
        previous: the published site. An organisation of which nothing changed keeps its folder,
            without rendering a page; of the others only what changed is written.

    Raises:
        duckdb.IOException: a protected table is missing.
    """
    releases = read_releases(run)
    shutil.rmtree(destination, ignore_errors=True)
    destination.mkdir(parents=True)
    sizes: dict[str, int] = {}
    pages = 0
    entries = []
    with ProtectedTables(protected_folder(run)) as tables:
        taken: set[str] = set()
        for row in to_rows(tables.read("organisation")):
            slug = make_slug(row["organisation_id"], taken)
            folder = Path("organisations") / slug
            writer = FolderWriter(destination / folder, previous / folder if previous else None)
            release_id = releases[row["organisation_id"]]
            before = read_release(writer.previous)
            if before is not None and before["release"] == release_id:
                writer.keep_all()
            else:
                organisation = read_organisation(
                    tables, row, slug, find_catalogue(run, row["organisation_id"])
                )
                _write_organisation(run, organisation, writer, release_id, before)
            files = [path for path in writer.folder.rglob("*") if path.is_file()]
            sizes[slug] = sum(path.stat().st_size for path in files)
            pages += sum(path.suffix == ".html" for path in files) - 1  # the door is not a page
            name = show_name(row["name"], row["organisation_id"])
            teams = len(tables.read("team", row["organisation_id"]))
            entries.append({"name": name, "slug": slug, "teams": teams})
    release_id = make_release_id(run, releases)
    _write_root(run, destination, entries, release_id)
    return SiteSummary(release_id, pages, sizes)


def _write_organisation(
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
            html = _render(page, context, run.languages, release_id, static.names)
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


def _render(
    page: Page, context: PageContext, languages: tuple[str, ...], release_id: str, static: dict
) -> str:
    html = (
        read_environment()
        .get_template(page.template)
        .render(
            **page.values,
            page=page,
            organisation=context.organisation,
            t=context.words,
            f=context.formats,
            language=context.language,
            languages=[(code, load_words(code)("site.language_name")) for code in languages],
            navigation=NAVIGATION,
            panels={panel.key: panel for panel in page.panels},
            heights=reserve_heights(page.panels),
            figures=dump_json({panel.key: panel.spec for panel in page.panels}),
            release_id=release_id,
            static=static,
        )
    )
    return link_terms(html, context.words, page.path)


def _write_root(run: Run, destination: Path, entries: list[dict], release_id: str) -> None:
    """The operator's list of organisations; never part of what an organisation gets."""
    static = read_static_files()
    style = static.names["style.css"]
    (destination / "static").mkdir()
    (destination / "static" / style).write_bytes(static.contents[style])
    html = (
        read_environment()
        .get_template("root.html")
        .render(
            entries=sorted(entries, key=lambda entry: entry["name"].casefold()),
            languages=run.languages,
            language=run.languages[0],
            t=load_words(run.languages[0]),
            release_id=release_id,
            static=static.names,
        )
    )
    (destination / "index.html").write_text(html, encoding="utf-8")
