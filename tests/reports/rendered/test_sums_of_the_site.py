"""What the written site tells, laid side by side: years and quarters, teams, stages, means."""

import csv
import io
from collections import defaultdict

import pytest

from pipelines.protection import PublishedSystem
from pipelines.protection.published_system import attacker_file
from pipelines.warehouse import open_warehouse
from reports.rendered.check import SYSTEMS, Seen, collect, list_hidden_rows
from reports.rendered.known import read_known_texts

SMALLEST = 10  # clients; these organisations ask for no other number


@pytest.fixture(scope="module")
def systems(run):
    return {name: PublishedSystem(run, name) for name in SYSTEMS}


@pytest.fixture(scope="module")
def told(run, site, systems):
    """System -> cell -> count, as somebody reads them in both languages."""
    seen, rows = Seen(site, read_known_texts(run)), list_hidden_rows(run)
    for sighting in collect(run, site / "organisations", seen.known):
        seen.add(sighting, systems, rows)
    return seen.counts


def read_cells(run, system, condition):
    with open_warehouse() as reader:
        return reader.fetch_all(
            "select cell_key, organisation_id, team_id, period, block from read_parquet($path)"
            f" where {condition} order by all",
            {"path": str(attacker_file(run, system))},
        )


def test_counts_of_every_system_are_read_off_the_site(told):
    assert min(len(counts) for counts in told.values()) > 100


def list_quarters(run, key, last_only=False):
    indicator, organisation, team, year, version = key.split("|")
    found = read_cells(
        run, "score",
        f"starts_with(cell_key, '{indicator}|{organisation}|{team}|{year}-Q')"
        f" and ends_with(cell_key, '|{version}')",
    )  # fmt: skip
    keys = sorted(row[0] for row in found)
    return keys[-1:] if last_only else keys


@pytest.mark.parametrize("over_time", ["sum", "last"])
def test_year_follows_from_its_quarters_as_soon_as_these_are_told(run, told, systems, over_time):
    """Of a stock the last quarter is the year: a twin of another name."""
    years = read_cells(
        run, "score",
        f"over_time = '{over_time}' and needed > 0 and is_hidden and length(period) = 4",
    )  # fmt: skip
    system = systems["score"]
    key, quarters = next(
        (key, found)
        for key, *_ in years
        if (found := list_quarters(run, key, over_time == "last"))
        and any(one in system.hidden for one in found)
        # where the invented numbers are those of one team at two moments
        and (over_time == "sum" or system.totals[found[-1]] == system.totals[key])
    )
    assert key not in system.list_leaks(told["score"])
    more = {one: system.totals[one] for one in quarters}
    assert key in system.list_leaks({**told["score"], **more})


def test_team_follows_from_its_organisation_as_soon_as_the_others_are_told(run, told, systems):
    system = systems["outcome"]
    small = read_cells(run, "outcome", "needed > 0 and is_hidden and team_id <> ''")
    for key, organisation, team, period, block in small:
        others = read_cells(
            run, "outcome",
            f"block = '{block}' and organisation_id = '{organisation}' and period = '{period}'"
            f" and team_id <> '{team}' and category = ''",
        )  # fmt: skip
        more = {one[0]: system.totals[one[0]] for one in others}
        if key in system.list_leaks({**told["outcome"], **more}):
            break
    else:
        pytest.fail("no team is the rest of its organisation: the sums are not attacked")
    assert key not in system.list_leaks(told["outcome"])


NESTED = (("started", "t0"), ("t0", "t1_due"), ("t1_due", "t1"), ("t0", "t2_due"), ("t2_due", "t2"))


def test_nested_groups_that_are_both_told_differ_by_nobody_or_by_many(told):
    stages, changes = defaultdict(dict), defaultdict(dict)
    for key, count in told["outcome"].items():
        table, group, *place = key.split("|")
        if table == "outcome_flow":
            stages[tuple(place[:-1])][place[-1]] = count
        elif table == "outcome_change":
            changes[tuple(place)][group] = count
    pairs = [
        *((one.get(outer), one.get(inner)) for one in stages.values() for outer, inner in NESTED),
        *((one.get("due"), one.get("completers")) for one in changes.values()),
    ]
    differences = [outer - inner for outer, inner in pairs if None not in (outer, inner)]
    assert len(differences) > 50
    assert [one for one in differences if 0 < one < SMALLEST] == []


def read_rows(path):
    rows = csv.reader(io.StringIO(path.read_text(encoding="utf-8-sig")), delimiter=";")
    header = next(rows)
    return [dict(zip(header, row, strict=True)) for row in rows]


MEANS = {
    "indicators": ("Waarde", "Eenheden geteld"),
    "change": ("Gemiddelde verandering", "Twee keer gemeten"),
    "goals": ("Waarde", "Noemer"),
    "closures": ("Waarde", "Noemer"),
}


@pytest.mark.parametrize("sheet", MEANS)
def test_mean_or_share_is_told_only_with_its_n_and_hidden_with_it(site, sheet):
    value, count = MEANS[sheet]
    hidden = 0
    for path in site.rglob(f"nl/downloads/*-{sheet}.csv"):
        for row in read_rows(path):
            is_hidden = row[count].startswith("afgeschermd")
            hidden += is_hidden
            assert not is_hidden or not any(one.isdigit() for one in row[value]), (path, row)
    assert hidden


def test_files_of_both_languages_tell_the_same_numbers(site):
    files = sorted(site.rglob("nl/downloads/*.csv"))
    assert files
    for path in files:
        other = path.parents[2] / "en" / "downloads" / path.name
        numbers = [
            [cell for cell in line.split(";") if cell.replace(",", "").isdigit()]
            for one in (path, other)
            for line in one.read_text(encoding="utf-8-sig").splitlines()[1:]
        ]
        half = len(numbers) // 2
        assert numbers[:half] == numbers[half:], path.name
