"""Publishes a release: built beside, moved into place, then one atomic swap of ``<home>/site``.

Readers see the old site or the new one, never a half one. Not here: what stands on the pages.
"""

import shutil
from pathlib import Path

from pipelines.deliveries.journal import RELEASE, append_event, read_events
from pipelines.errors import PublicationRefusedError
from pipelines.faults import FaultPoint, pass_point
from pipelines.protection.snapshot import remove_old_registries, write_registry
from pipelines.run import Run
from pipelines.swap import digest_folder, show_folder
from reports.release import make_release_id, read_releases
from reports.rendered import check_site
from reports.site import SiteSummary, build_site

KEPT_RELEASES = 2


def publish(run: Run) -> SiteSummary:
    """Builds the site and makes it the published one; keeps the release before it.

    Nothing is built when what is published was made of the same data, words and page code.

    Raises:
        OSError: the home cannot be written; what was published stays published.
        PublicationRefusedError: the new pages give away a protected figure, or what was published
            before is no longer known; likewise.
    """
    run.releases.mkdir(parents=True, exist_ok=True)
    release_id = make_release_id(run, read_releases(run))
    release = run.releases / release_id
    last = _find_last(run)
    if last is not None and last["release"] == release_id:
        if run.site.resolve() != release.resolve():
            show_folder(run.site, release)
        return SiteSummary(release_id, last["pages"], last["bytes"])
    half_built = run.releases / f"{release_id}.part"
    summary = build_site(run, half_built, run.releases / last["release"] if last else None)
    try:
        check_site(run, half_built)
    except PublicationRefusedError:
        shutil.rmtree(half_built)
        raise
    # What is kept of it is on disk before anybody can read it.
    registry = write_registry(run)
    pass_point(FaultPoint.RELEASE_BUILT)
    # One of the same name was published longer ago, was never finished, or lost some files.
    shutil.rmtree(release, ignore_errors=True)
    half_built.replace(release)
    pass_point(FaultPoint.RELEASE_PLACED)
    _write_journal_line(run, summary, release, registry)
    pass_point(FaultPoint.RELEASE_RECORDED)
    show_folder(run.site, release)
    pass_point(FaultPoint.RELEASE_SHOWN)
    _remove_old_releases(run)
    remove_old_registries(run, KEPT_RELEASES)
    return summary


def _find_last(run: Run) -> dict | None:
    """The line of the release that was published last; None when its pages are not whole."""
    lines = [event for event in read_events(run.journal) if event["event"] == RELEASE]
    if not lines:
        return None
    folder = run.releases / lines[-1]["release"]
    is_whole = folder.is_dir() and digest_folder(folder) == lines[-1].get("digest")
    return lines[-1] if is_whole else None


def _write_journal_line(run: Run, summary: SiteSummary, release: Path, registry: str) -> None:
    append_event(
        run.journal,
        {
            "event": RELEASE,
            "release": summary.release_id,
            "pages": summary.pages,
            "bytes": dict(sorted(summary.bytes_by_organisation.items())),
            "digest": digest_folder(release),
            "registry": registry,
        },
    )


def _remove_old_releases(run: Run) -> None:
    """Keeps the release that was published last and the one before it, by the journal."""
    published = [
        event["release"] for event in read_events(run.journal) if event["event"] == RELEASE
    ]
    wanted = list(dict.fromkeys(reversed(published)))[:KEPT_RELEASES]
    for folder in run.releases.iterdir():
        if folder.name not in wanted:
            shutil.rmtree(folder)
