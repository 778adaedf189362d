"""Measures the pages: how long all of them take to write, how large they are, how soon they draw.

Reads the protected tables in the home of a whole run (``pipeline.py --whole``), as publishing does.
A chart counts as drawn when a trace of it stands in the picture. With ``--copies`` every
organisation is there so many times, under ids of its own: 50 times the sample data is 600 teams.

    python benchmarks/pages.py --inbox sample_data/inbox --home build --copies 50 \
        --key sample_data/example.key --work build/benchmark
"""

import argparse
import os
import shutil
from dataclasses import replace
from pathlib import Path
from time import perf_counter

import duckdb

from assets.settings import read_run
from pipelines.deliveries.overlays import read_overlays
from reports import build_site

BROWSERS = ("chromium", "chromium-browser", "google-chrome", "chrome")
ARGUMENTS = ("--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking")
# Written before the page: notes when the first and when all charts have a trace.
WATCH_CHARTS = """
window.chartTimes = {};
new MutationObserver(() => {
    const places = [...document.querySelectorAll('[data-figure]')];
    const drawn = places.filter(p => p.querySelector('.main-svg .cartesianlayer .trace')).length;
    if (drawn && !window.chartTimes.first) window.chartTimes.first = performance.now();
    if (drawn && drawn === places.length) window.chartTimes.all = performance.now();
}).observe(document, {subtree: true, childList: true});
"""


def copy_organisations(home: Path, target: Path, copies: int) -> None:
    """Writes protected tables in which every organisation of ``home`` is there ``copies`` times."""
    folder = target / "protected"
    shutil.rmtree(target, ignore_errors=True)
    folder.mkdir(parents=True)
    for path in sorted((home / "protected").glob("*.parquet")):
        rows = f"select * from read_parquet('{path}')"
        duckdb.sql(
            "copy (select * exclude (copy)"
            " replace (organisation_id || '-' || copy as organisation_id)"
            f" from ({rows} where organisation_id is not null), range({copies}) as r(copy)"
            f" union all {rows} where organisation_id is null)"
            f" to '{folder / path.name}' (format parquet)"
        )


def read_processor_time() -> float:
    """Processor seconds of this process and of the ended ones that it started."""
    return sum(os.times()[:4])


def measure_writing(inbox: Path, home: Path, key: Path, site: Path, copies: int) -> list[Path]:
    """Writes the site into an empty folder, says what it cost, and returns its team pages."""
    run = read_run({"inbox": str(inbox), "home": str(home), "key_file": str(key)})
    own = {f"{id}-{n}": one for id, one in read_overlays(run).items() for n in range(copies)}
    run = replace(run, overlays=own)
    shutil.rmtree(site, ignore_errors=True)
    wall, cpu = perf_counter(), read_processor_time()
    build_site(run, site)
    wall, cpu = perf_counter() - wall, read_processor_time() - cpu
    pages = sorted(site.rglob("*.html"))
    teams = [page for page in pages if page.name.startswith("team-")]
    largest = max(pages, key=lambda page: page.stat().st_size)
    print(f"{len(pages):,} pages, {len(teams):,} of teams: {wall:.1f} s wall, {cpu:.1f} s cpu")
    print(f"largest page {largest.stat().st_size / 1000:.0f} kB: {largest.relative_to(site)}")
    if teams:
        size = max(page.stat().st_size for page in teams)
        print(f"largest team page {size / 1000:.0f} kB; load {os.getloadavg()[0]:.1f}")
    return teams


def measure_drawing(page: Path, times: int) -> None:
    """Opens a page in headless Chromium and says when its first chart and all charts were drawn."""
    from playwright.sync_api import sync_playwright

    path = next(filter(None, map(shutil.which, BROWSERS)))
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=[*ARGUMENTS])
        for _ in range(times):
            opened = browser.new_context(offline=True).new_page()
            opened.add_init_script(WATCH_CHARTS)
            opened.goto(page.as_uri())
            opened.wait_for_function("() => window.chartTimes.all")
            found = opened.evaluate("window.chartTimes")
            print(f"first chart {found['first']:.0f} ms, all {found['all']:.0f} ms: {page.name}")
            opened.context.close()
        browser.close()


def main() -> None:
    """Reads the options and measures."""
    options = argparse.ArgumentParser(description=__doc__)
    for name in ("inbox", "home", "key", "work"):
        options.add_argument(f"--{name}", type=Path, required=True)
    options.add_argument("--copies", type=int, default=1, help="of every organisation")
    options.add_argument("--times", type=int, default=3, help="how often a page is opened")
    given = options.parse_args()
    home = given.work / "home"
    copy_organisations(given.home, home, given.copies)
    teams = measure_writing(given.inbox, home, given.key, given.work / "site", given.copies)
    if teams:
        measure_drawing(teams[len(teams) // 2], given.times)


if __name__ == "__main__":
    main()
