"""Builds the site of every organisation from the protected tables.

Not here: releases and the swap of what is published (``reports.publish``).
"""

import shutil
from dataclasses import dataclass
from pathlib import Path

from pipelines.catalogue.wording import load_words
from pipelines.protection import protected_folder
from pipelines.run import Run
from reports.organisation import make_slug
from reports.organisation_folder import FolderTask
from reports.release import make_release_id, read_releases
from reports.rendering import read_environment
from reports.shown_names import show_name
from reports.side_by_side import build_folders
from reports.static_files import read_static_files
from reports.tables import ProtectedTables, to_rows


@dataclass(frozen=True)
class SiteSummary:
    """What was built: release id, number of pages and bytes per organisation folder."""

    release_id: str
    pages: int
    bytes_by_organisation: dict[str, int]


def build_site(run: Run, destination: Path, previous: Path | None = None) -> SiteSummary:
    """Writes the whole site into ``destination``, which is emptied first.

    Args:
        previous: the published site. An organisation of which nothing changed keeps its folder,
            without rendering a page; of the others only what changed is written.

    Raises:
        duckdb.IOException: a protected table is missing.
        UserError: a process that builds pages was ended from outside.
    """
    releases = read_releases(run)
    shutil.rmtree(destination, ignore_errors=True)
    destination.mkdir(parents=True)
    tasks = list_tasks(run, destination, previous, releases)
    built = build_folders(run, tasks)
    release_id = make_release_id(run, releases)
    _write_root(run, destination, tasks, release_id)
    return SiteSummary(
        release_id,
        sum(summary.pages for summary in built),
        {task.slug: summary.size for task, summary in zip(tasks, built, strict=True)},
    )


def list_tasks(
    run: Run, destination: Path, previous: Path | None, releases: dict[str, str]
) -> list[FolderTask]:
    """One task per organisation, in the order of their table.

    Args:
        destination: the folder of the site.
        previous: the published site, when there is one.
        releases: organisation_id -> the name of its release.
    """
    tasks = []
    taken: set[str] = set()
    with ProtectedTables(protected_folder(run)) as tables:
        for row in to_rows(tables.read("organisation")):
            organisation_id = row["organisation_id"]
            slug = make_slug(organisation_id, taken)
            place = Path("organisations") / slug
            tasks.append(
                FolderTask(
                    row,
                    slug,
                    teams=len(tables.read("team", organisation_id)),
                    release_id=releases[organisation_id],
                    folder=destination / place,
                    previous=previous / place if previous else None,
                )
            )
    return tasks


def _write_root(run: Run, destination: Path, tasks: list[FolderTask], release_id: str) -> None:
    """The operator's list of organisations; never part of what an organisation gets."""
    static = read_static_files()
    style = static.names["style.css"]
    (destination / "static").mkdir()
    (destination / "static" / style).write_bytes(static.contents[style])
    entries = [
        {
            "name": show_name(task.row["name"], task.row["organisation_id"]),
            "slug": task.slug,
            "teams": task.teams,
        }
        for task in tasks
    ]
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
