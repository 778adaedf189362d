"""Publishes a release: built beside, moved into place, then one atomic swap of ``<home>/site``.

Readers see the old site or the new one, never a half one. Not here: what stands on the pages.
"""

import os
import shutil
from pathlib import Path

from pipelines.deliveries.journal import append_event, read_events
from pipelines.run import Run
from reports.release import make_release_id
from reports.site import SiteSummary, build_site

KEPT_RELEASES = 2
RELEASE = "release"


def publish(run: Run) -> SiteSummary:
    """Builds the site and makes it the published one; keeps the release before it.

    Raises:
        OSError: the home cannot be written; what was published stays published.
    """
    run.releases.mkdir(parents=True, exist_ok=True)
    half_built = run.releases / f"{make_release_id(run)}.part"
    summary = build_site(run, half_built)
    release = run.releases / summary.release_id
    if release.exists():
        # The same name means the same content: nothing to replace, and readers keep their files.
        shutil.rmtree(half_built)
    else:
        half_built.replace(release)
    previous = run.site.resolve().name if run.site.is_symlink() else None
    if previous != summary.release_id:
        _swap_link(run.site, release)
        _write_journal_line(run, summary)
    _remove_old_releases(run, {summary.release_id, previous})
    return summary


def _swap_link(link: Path, target: Path) -> None:
    new_link = link.with_name(link.name + ".new")
    new_link.unlink(missing_ok=True)
    new_link.symlink_to(os.path.relpath(target, link.parent), target_is_directory=True)
    new_link.replace(link)


def _write_journal_line(run: Run, summary: SiteSummary) -> None:
    append_event(
        run.journal,
        {
            "event": RELEASE,
            "release": summary.release_id,
            "pages": summary.pages,
            "bytes": dict(sorted(summary.bytes_by_organisation.items())),
        },
    )


def _remove_old_releases(run: Run, wanted: set[str | None]) -> None:
    """Keeps the published release and, by the journal, the ones before it up to two."""
    published = [
        event["release"] for event in read_events(run.journal) if event["event"] == RELEASE
    ]
    latest = list(dict.fromkeys(reversed(published)))[:KEPT_RELEASES]
    for folder in run.releases.iterdir():
        if folder.name not in wanted and folder.name not in latest:
            shutil.rmtree(folder)
