"""Publishes a release: built beside, moved into place, then one atomic swap of ``<home>/site``.

Readers see the old site or the new one, never a half one. Not here: what stands on the pages.
"""

import os
import shutil
from pathlib import Path

from pipelines.deliveries.journal import append_event, read_events
from pipelines.errors import PublicationRefusedError
from pipelines.run import Run
from reports.release import make_release_id, read_releases
from reports.rendered import check_site
from reports.site import SiteSummary, build_site

KEPT_RELEASES = 2
RELEASE = "release"


def publish(run: Run) -> SiteSummary:
    """Builds the site and makes it the published one; keeps the release before it.

    Raises:
        OSError: the home cannot be written; what was published stays published.
        PublicationRefusedError: the new pages give away a protected figure; likewise.
    """
    run.releases.mkdir(parents=True, exist_ok=True)
    published = run.site.resolve() if run.site.is_dir() else None
    release_id = make_release_id(run, read_releases(run))
    half_built = run.releases / f"{release_id}.part"
    summary = build_site(run, half_built, published)
    try:
        check_site(run, half_built)
    except PublicationRefusedError:
        shutil.rmtree(half_built)
        raise
    release = run.releases / release_id
    if published == release.resolve():
        # The same name means the same content: nothing to replace, and readers keep their files.
        shutil.rmtree(half_built)
    else:
        shutil.rmtree(release, ignore_errors=True)  # kept from an earlier time with these data
        half_built.replace(release)
        _swap_link(run.site, release)
    if _list_published(run)[-1:] != [release_id]:  # also after a crash between swap and line
        _write_journal_line(run, summary)
    _remove_old_releases(run, {release_id, published.name if published else None})
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
    latest = list(dict.fromkeys(reversed(_list_published(run))))[:KEPT_RELEASES]
    for folder in run.releases.iterdir():
        if folder.name not in wanted and folder.name not in latest:
            shutil.rmtree(folder)


def _list_published(run: Run) -> list[str]:
    """The releases in the journal, the latest last."""
    return [event["release"] for event in read_events(run.journal) if event["event"] == RELEASE]
