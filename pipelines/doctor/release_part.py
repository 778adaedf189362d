"""Holds results and releases against what the data package and the journal say of them."""

import json
from collections.abc import Iterator
from pathlib import Path

from pipelines.deliveries.identity import compute_delivery_id
from pipelines.deliveries.journal import RELEASE
from pipelines.doctor.finding import Cure, Finding
from pipelines.protection import EXPORTED_TABLES, protected_folder
from pipelines.protection.registry import is_whole, locate_registry, registry_folder
from pipelines.results.export import PACKAGE_FILE
from pipelines.run import Run
from pipelines.swap import digest_folder
from pipelines.warehouse import WarehouseError, escape_glob, open_warehouse


def examine_releases(run: Run, events: list[dict]) -> Iterator[Finding]:
    """What is wrong with the results, the protected tables and the published site."""
    releases = [event for event in events if event["event"] == RELEASE]
    yield from _examine_leftovers(run, {event["release"] for event in releases})
    if not releases:
        return
    yield from _examine_results(run.results)
    yield from _examine_protected(run)
    yield from _examine_registry(run)
    last = releases[-1]
    shown = run.site.resolve().name if run.site.is_symlink() else None
    if shown != last["release"]:
        yield _make_finding("The site does not show the last release of the journal.", run.site)
    folder = run.releases / last["release"]
    if not folder.is_dir():
        yield _make_finding("The last release is missing.", folder)
    elif last.get("digest") not in (None, digest_folder(folder)):
        yield _make_finding("Pages of the last release are missing or damaged.", folder)


def _make_finding(what: str, path: Path) -> Finding:
    return Finding(what, str(path), "A run makes it anew.", Cure.RUN, path)


def _examine_results(folder: Path) -> Iterator[Finding]:
    package = folder / PACKAGE_FILE
    try:
        resources = json.loads(package.read_bytes())["resources"]
        expected = {resource["path"]: resource["hash"] for resource in resources}
    except (OSError, ValueError, KeyError, TypeError):
        yield _make_finding("The description of the results is missing or damaged.", package)
        return
    for name, digest in sorted(expected.items()):
        path = folder / name
        if not path.is_file() or digest != f"sha256:{compute_delivery_id(path)}":
            yield _make_finding("A table of the results is missing or damaged.", path)


def _examine_protected(run: Run) -> Iterator[Finding]:
    with open_warehouse() as reader:
        for table in EXPORTED_TABLES:
            path = protected_folder(run) / f"{table}.parquet"
            try:
                reader.fetch_one(
                    "select sum(hash(content)) from read_parquet(?) as content", [escape_glob(path)]
                )
            except WarehouseError:
                yield _make_finding("A protected table is missing or damaged.", path)


def _examine_registry(run: Run) -> Iterator[Finding]:
    folder = locate_registry(run)
    if folder is not None and not is_whole(folder):
        yield Finding(
            "The register of what was published before is missing or damaged.",
            str(folder),
            "Put the folder back from a copy of the home. Until then nothing is published: a small"
            " difference with earlier pages could give somebody away.",
            Cure.PERSON,
            folder,
        )


def _examine_leftovers(run: Run, published: set[str]) -> Iterator[Finding]:
    """What a run that was cut off left behind; the cells of exports may be in it.

    A finished release that was neither shown nor written down is one too; one that is shown is
    left for a run to write down.
    """
    left = [
        run.home / ".door",
        run.home / ".forget",
        *run.home.glob("*.new"),
        *run.home.glob("*.part"),
    ]
    for folder in (run.releases, protected_folder(run), registry_folder(run)):
        left.extend(folder.glob("*.part"))
    wanted = {*published, run.site.resolve().name}
    left += [path for path in run.releases.glob("*/") if path.name not in wanted]
    for path in sorted({path for path in left if path.exists() or path.is_symlink()}):
        yield Finding(
            "A run that was cut off left something behind.",
            str(path),
            "It is removed; no one reads it.",
            Cure.REMOVE,
            path,
        )
