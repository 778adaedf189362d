"""Random hierarchies: no small count can be worked out, by an attacker who tries everything."""

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pipelines.protection.attacker import UNBOUNDED, find_interval, list_leaks
from pipelines.protection.cells import Cell, make_block
from pipelines.protection.suppression import protect_blocks
from tests.protection.brute_force import find_intervals

K = 4
QUARTERS = ("2025-Q1", "2025-Q2", "2025-Q3", "2025-Q4")


@st.composite
def draw_world(draw, teams=3, quarters=2, highest=9, over_times=("sum", "last", "none")):
    """Counts per organisation, team and quarter, with every total; and how years follow."""
    over_time = draw(st.sampled_from(over_times))
    organisations = draw(st.lists(st.integers(1, teams), min_size=1, max_size=2))
    periods = QUARTERS[: draw(st.integers(1, quarters))]
    counts = {}
    for organisation, number in enumerate(organisations):
        for team in range(number):
            for period in periods:
                counts[f"O{organisation}", f"T{team}", period] = draw(st.integers(0, highest))
    return add_totals(counts, over_time), over_time


def add_totals(counts, over_time):
    totals = dict(counts)
    for (organisation, team, period), count in counts.items():
        for place in ((organisation, ""), ("", "")):
            totals[(*place, period)] = totals.get((*place, period), 0) + count
        del team
    last = max(period for *_, period in totals)
    for (organisation, team, period), count in list(totals.items()):
        if over_time == "sum" or (over_time == "last" and period == last):
            year = (organisation, team, period[:4])
            totals[year] = totals.get(year, 0) + count
    return totals


def make_world_block(counts, over_time, k=K):
    return make_block(
        Cell("|".join(place), *place, "", count, k - 1 if 0 < count < k else 0, over_time=over_time)
        for place, count in sorted(counts.items())
    )


def list_sums(counts, over_time):
    """Every sum by name, from the definition."""
    name = "|".join
    sums = []
    for organisation, team, period in counts:
        parts = [
            name(place)
            for place in counts
            if place[2] == period
            and ((not organisation and place[0] and not place[1])
                 or (organisation and not team and place[0] == organisation and place[1]))
        ]  # fmt: skip
        if parts and not team:
            sums.append((name((organisation, team, period)), parts))
        if len(period) == 4:
            quarters = sorted(
                p for o, t, p in counts if (o, t) == (organisation, team) and len(p) > 4
            )
            chosen = quarters if over_time == "sum" else quarters[-1:]
            parts = [name((organisation, team, quarter)) for quarter in chosen]
            sums.append((name((organisation, team, period)), parts))
    return sums


def number_of(block, keys):
    return {number for number, cell in enumerate(block.cells) if cell.key in keys}


@settings(
    max_examples=60, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow]
)
@given(draw_world(teams=2, quarters=2, highest=7))
def test_attacker_that_tries_everything_finds_no_small_count(world):
    counts, over_time = world
    block = make_world_block(counts, over_time)
    hidden = protect_blocks([block])
    named = {"|".join(place): count for place, count in counts.items()}
    # enough room to see an interval that is wide enough; more cells than that take for ever
    most = max(named.values()) + K
    small = {name for name, count in named.items() if 0 < count < K}
    assert small <= hidden
    if (most + 1) ** len(hidden) > 300_000:
        return
    intervals = find_intervals(named, list_sums(counts, over_time), hidden, most)
    for name in small:
        lowest, highest = intervals[name]
        assert highest - lowest >= K - 1, (name, lowest, highest)


@settings(
    max_examples=40, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow]
)
@given(draw_world(teams=4, quarters=4, highest=30))
def test_larger_hierarchies_have_no_leak_and_nothing_hidden_in_vain(world):
    counts, over_time = world
    block = make_world_block(counts, over_time, k=10)
    hidden = protect_blocks([block])
    assert list_leaks(block, number_of(block, hidden)) == []
    for key in sorted(hidden):
        (number,) = number_of(block, {key})
        if not block.cells[number].needed:
            assert list_leaks(block, number_of(block, hidden - {key})), f"{key} hidden in vain"


@settings(
    max_examples=60, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow]
)
@given(draw_world(teams=2, quarters=1, highest=7), st.randoms(use_true_random=False))
def test_quick_attacker_finds_the_same_intervals_as_the_one_that_tries_everything(world, random):
    counts, over_time = world
    block = make_world_block(counts, over_time)
    named = {"|".join(place): count for place, count in counts.items()}
    hidden = set(random.sample(sorted(named), min(4, len(named))))
    sums = list_sums(counts, over_time)
    most = max(named.values()) + 12
    slow = find_intervals(named, sums, hidden, most)
    numbers = number_of(block, hidden)
    known = {cell.key: number for number, cell in enumerate(block.cells)}
    for name in hidden:
        lowest, highest = find_interval(block, numbers, known[name])
        assert lowest == slow[name][0]
        if highest >= UNBOUNDED:  # only the end of what was tried stops the slow one
            assert slow[name][1] >= most - max(named.values())
        else:
            assert highest == slow[name][1]


def test_without_further_hiding_the_attacker_does_find_small_counts():
    """The test above can fail: with small counts hidden alone, there are leaks."""
    counts = add_totals({("O0", "T0", "2025-Q1"): 2, ("O0", "T1", "2025-Q1"): 9}, "none")
    named = {"|".join(place): count for place, count in counts.items()}
    only_small = {name for name, count in named.items() if 0 < count < K}
    intervals = find_intervals(named, list_sums(counts, "none"), only_small, 20)
    assert intervals["O0|T0|2025-Q1"] == (2, 2)
    block = make_world_block(counts, "none")
    assert list_leaks(block, number_of(block, only_small))


def test_the_same_counts_in_another_order_hide_the_same_cells():
    counts = add_totals(
        {("O0", f"T{team}", period): 3 * team + 4 for team in range(4) for period in QUARTERS},
        "sum",
    )
    block = make_world_block(counts, "sum", k=10)
    assert protect_blocks([block]) == protect_blocks([make_world_block(counts, "sum", k=10)])
    # and what was hidden before stays hidden, also when it is no longer the first choice
    again = make_block(
        Cell(cell.key, cell.organisation_id, cell.team_id, cell.period, "", cell.value, cell.needed,
             over_time="sum", was_hidden=cell.key in protect_blocks([block]))
        for cell in block.cells
    )  # fmt: skip
    assert protect_blocks([again]) == protect_blocks([block])


def test_counts_that_do_not_add_up_are_protected_as_if_the_difference_were_known():
    """A worker of two quarters counts once in the year: 6 + 5 and 8 in the year."""
    cells = [
        Cell("q1", "O", "T", "2025-Q1", "", 6, 9, over_time="sum"),
        Cell("q2", "O", "T", "2025-Q2", "", 25, over_time="sum"),
        Cell("year", "O", "T", "2025", "", 28, over_time="sum"),
    ]
    assert len(protect_blocks([make_block(cells)])) == 2


def test_key_that_counts_in_two_blocks_is_hidden_in_both():
    reasons = [
        make_block(
            [
                Cell("A", "O", "A", "2025", "", count, needed),
                Cell("B", "O", "B", "2025", "", 30),
                Cell("C", "O", "C", "2025", "", 31),
                Cell("O", "O", "", "2025", "", 61 + count),
            ]
        )
        for count, needed in ((3, 9), (20, 0))
    ]  # fmt: skip
    assert protect_blocks(reasons) == {"A", "B"}


def test_further_hiding_falls_where_record_profiles_have_fallen_already():
    """Two indicators with a small team each; every team would lose its profile with one of them."""

    def make_indicator(name, counts):
        teams = [
            Cell(f"{name}{team}", "O", team, "2025", "", count, K - 1 if count < K else 0,
                 parts=("total",))
            for team, count in counts.items()
        ]  # fmt: skip
        return make_block([*teams, Cell(name, "O", "", "2025", "", sum(counts.values()))], name)

    blocks = [
        make_indicator("X", {"A": 3, "B": 90, "C": 20, "D": 25}),
        make_indicator("Y", {"A": 80, "B": 3, "C": 25, "D": 20}),
    ]
    assert protect_blocks(blocks) == {"XA", "XB", "YA", "YB"}  # not the smallest: XC and YD
