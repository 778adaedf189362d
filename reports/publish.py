"""Publishes a release: built beside, moved into place, then one atomic swap of ``<home>/site``.

Readers see the old site or the new one, never a half one. Not here: what stands on the pages.
"""

import shutil
from pathlib import Path

from pipelines.deliveries.journal import RELEASE, append_event, read_events
from pipelines.faults import FaultPoint, pass_point
from pipelines.run import Run
from pipelines.swap import digest_folder, show_folder
from reports.release import make_release_id
from reports.site import SiteSummary, build_site

KEPT_RELEASES = 2


def publish(run: Run) -> SiteSummary:
    """Builds the site and makes it the published one; keeps the release before it.

    Raises:
        OSError: the home cannot be written; what was published stays published.
    """
    run.releases.mkdir(parents=True, exist_ok=True)
    half_built = run.releases / f"{make_release_id(run)}.part"
    summary = build_site(run, half_built)
    release = run.releases / summary.release_id
    pass_point(FaultPoint.RELEASE_BUILT)
    _place_release(half_built, release)
    pass_point(FaultPoint.RELEASE_PLACED)
    previous = run.site.resolve().name if run.site.is_symlink() else None
    if previous != summary.release_id:
        show_folder(run.site, release)
        pass_point(FaultPoint.RELEASE_SHOWN)
    _write_journal_line(run, summary, release)
    _remove_old_releases(run, {summary.release_id, previous})
    return summary


def _place_release(half_built: Path, release: Path) -> None:
    """Gives the finished folder its own name, unless the same pages are there already."""
    if release.is_dir():
        # The same name means the same content, unless the disk lost some of it.
        if digest_folder(release) == digest_folder(half_built):
            shutil.rmtree(half_built)
            return
        shutil.rmtree(release)
    half_built.replace(release)


def _write_journal_line(run: Run, summary: SiteSummary, release: Path) -> None:
    """Writes down what is published, also when a run was cut off before it could."""
    published = [event for event in read_events(run.journal) if event["event"] == RELEASE]
    if published and published[-1]["release"] == summary.release_id:
        return
    append_event(
        run.journal,
        {
            "event": RELEASE,
            "release": summary.release_id,
            "pages": summary.pages,
            "bytes": dict(sorted(summary.bytes_by_organisation.items())),
            "digest": digest_folder(release),
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
