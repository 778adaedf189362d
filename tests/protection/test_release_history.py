"""Somebody who keeps every earlier release: small differences of closed periods never show."""

import shutil
import tempfile
from itertools import combinations
from pathlib import Path

from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from pipelines.protection.attacker import find_interval
from pipelines.protection.cells import Cell, make_block
from tests.protection.history import History

K = 5
QUARTERS = ("2025-Q1", "2025-Q2")


def add_up(teams: dict) -> dict:
    """Teams in quarters with their sums: years, organisations and everybody."""
    counts: dict = {}
    for (organisation, team, quarter), count in teams.items():
        for place in {(organisation, team), (organisation, ""), ("", "")}:
            for period in (quarter, quarter[:4]):
                counts[(*place, period)] = counts.get((*place, period), 0) + count
    return counts


@st.composite
def draw_history(draw):
    """Two organisations of two teams, and how their counts change from release to release."""
    places = [(f"O{o}", f"T{t}", q) for o in range(2) for t in range(2) for q in QUARTERS]
    teams = {place: draw(st.integers(0, 14)) for place in places}
    releases = [dict(teams)]
    for _ in range(draw(st.integers(1, 3))):
        for place in draw(st.lists(st.sampled_from(places), max_size=3, unique=True)):
            step = draw(st.sampled_from([-12, -7, -2, -1, 1, 1, 2, 3, 6, 11]))
            teams[place] = max(0, teams[place] + step)
        releases.append(dict(teams))
    return releases


def list_intervals(counts: dict, told: dict) -> dict:
    """place -> what an attacker can tell of a count of now that no page tells."""
    block = make_block(
        Cell("|".join(place), *place, "", count, over_time="sum") for place, count in counts.items()
    )
    at = {cell.key: number for number, cell in enumerate(block.cells)}
    unknown = {
        at["|".join(place)] for place, one in told.items() if one.count is None or one.is_kept
    }
    return {
        place: find_interval(block, unknown, at["|".join(place)])
        for place in told
        if at["|".join(place)] in unknown
    }


def check_history(releases: list[dict]) -> None:
    home = Path(tempfile.mkdtemp())
    try:
        history = History(home / "home", K)
        pages: list[dict] = []
        for teams in releases:
            counts = add_up(teams)
            pages.append(history.release(counts))
            intervals = list_intervals(counts, pages[-1])
            for place, (lowest, highest) in intervals.items():
                before = [page[place].count for page in pages if page[place].count is not None]
                small = 0 < counts[place] < K or any(
                    0 < abs(counts[place] - told) < K for told in before
                )
                if small:
                    assert highest - lowest >= K - 1, (place, lowest, highest)
        for place in pages[0]:
            told = [page[place].count for page in pages if page[place].count is not None]
            assert all(abs(a - b) == 0 or abs(a - b) >= K for a, b in combinations(told, 2)), place
            shown = [page[place].count is not None for page in pages]
            assert shown == sorted(shown), f"{place} was taken back"
    finally:
        shutil.rmtree(home)


FIRST = {
    ("O0", "T0", "2025-Q1"): 0, ("O0", "T0", "2025-Q2"): 1,
    ("O0", "T1", "2025-Q1"): 5, ("O0", "T1", "2025-Q2"): 4,
    ("O1", "T0", "2025-Q1"): 5, ("O1", "T0", "2025-Q2"): 0,
    ("O1", "T1", "2025-Q1"): 0, ("O1", "T1", "2025-Q2"): 2,
}  # fmt: skip


# The total of a quarter is told already, and the other organisation has nothing small any more: it
# has to hide again what was hidden, or the rest of the total gives the small counts away.
@example([FIRST, FIRST | {("O1", "T1", "2025-Q2"): 8}])
@settings(
    max_examples=40, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow]
)
@given(draw_history())
def test_somebody_who_keeps_all_releases_never_sees_a_small_difference(releases):
    check_history(releases)
