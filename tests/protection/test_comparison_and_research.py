"""Which comparisons, series and estimates may be shown: small worlds with visible arithmetic."""

import pytest

from pipelines.protection import protected_folder
from reports.tables import ProtectedTables
from tests.protection.outcome_world import World
from tests.reports.synthetic import insert
from tests.reports.synthetic_outcome_rows import (
    list_compared_together,
    make_association,
    make_change,
    make_compared,
    make_place,
)


@pytest.fixture
def world(tmp_path):
    return World(tmp_path)


def add_research(world, teams):
    """H-2 (audits) of organisation -> number of teams; every team has 30 clients."""
    for organisation, number in teams.items():
        for place in range(number):
            team = f"{organisation}-{place}"
            world.staff(organisation, team)
            measure = ("iroc", "nl", "total", "client")
            change = make_change(make_place(organisation, team), 60, 30, 2.0, measure=measure)
            world.add("results.outcome_change", change)
            point = {"hypothesis_id": "H-2", "hypothesis_version": 1, "fidelity": 3.0,
                     "organisation_id": organisation, "team_id": team, "mean_improvement": 2.0,
                     "completers_count": 30, "clients_count": 30}  # fmt: skip
            world.add("results.fidelity_outcome_point", point, point | {"period": "2025"})
    world.add("results.fidelity_outcome", make_association(
        "H-2", "given", estimate=1.0, teams_count=sum(teams.values())))  # fmt: skip


@pytest.mark.parametrize(
    ("teams", "is_hidden"),
    [({"o1": 4, "o2": 4}, True), ({"o1": 6, "o2": 1, "o3": 1}, True),
     ({"o1": 4, "o2": 3, "o3": 4}, False)],
)  # fmt: skip
def test_estimate_over_organisations_needs_three_of_them_and_enough_teams_of_others(
    tmp_path, teams, is_hidden
):
    world = World(tmp_path, organisations=3)
    add_research(world, teams)
    (row,) = world.protect("fidelity_outcome", "level = 'all'")
    assert (row["estimate"] is None) == is_hidden
    assert (row["status"] == "suppressed") == is_hidden


def test_lines_within_organisations_need_enough_organisations_of_several_teams(tmp_path):
    """Of o1 beside one pair of teams of another, the pair could be solved for."""
    world = World(tmp_path, organisations=6)
    add_research(world, {"o1": 4, "o2": 2, "o3": 1, "o4": 1, "o5": 1, "o6": 1})
    world.add("results.fidelity_outcome", make_association(
        "H-2", "given", estimate=1.0, teams_count=10, model="team_line"))  # fmt: skip
    rows = {row["model"]: row for row in world.protect("fidelity_outcome", "level = 'all'")}
    assert rows["team_line_within"]["status"] == "suppressed"
    assert rows["team_line_within"]["estimate"] is None
    assert rows["team_line"]["estimate"] == 1.0


def test_ends_of_fidelity_over_all_organisations_are_told_in_halves(tmp_path):
    world = World(tmp_path, organisations=3)
    add_research(world, {"o1": 4, "o2": 3, "o3": 4})
    (row,) = world.protect("fidelity_outcome", "level = 'all'")
    assert (row["fidelity_lowest"], row["fidelity_highest"]) == (2.0, 5.0)


def test_team_hidden_in_one_year_has_no_point_over_all_years(tmp_path):
    world = World(tmp_path)
    add_research(world, {"o1": 2})
    other = {"hypothesis_id": "H-2", "hypothesis_version": 1, "organisation_id": "o1",
             "team_id": "o1-0", "period": "2024", "fidelity": 3.0, "mean_improvement": 1.0,
             "completers_count": 9, "clients_count": 9}  # fmt: skip
    world.add("results.fidelity_outcome_point", other)
    rows = {row["team_id"]: row for row in world.protect(
        "fidelity_outcome_point", "period is null")}  # fmt: skip
    assert rows["o1-0"]["fidelity"] is None
    assert rows["o1-1"]["fidelity"] == 3.0


def test_estimate_of_an_organisation_with_a_hidden_team_is_hidden(tmp_path):
    world = World(tmp_path)
    add_research(world, {"o1": 9})
    world.add("results.fidelity_outcome", make_association(
        "H-2", "given", "organisation", "o1", estimate=1.0, teams_count=9))  # fmt: skip
    (row,) = world.protect("fidelity_outcome", "level = 'organisation'")
    assert row["estimate"] == 1.0
    world.warehouse.execute(
        "update score.indicator_population set workers_count = 3 where score_key like '%|o1-0|%'"
    )
    (row,) = world.protect("fidelity_outcome", "level = 'organisation'")
    assert row["estimate"] is None


def compare(world, organisations, teams):
    rows = []
    for organisation in range(1, organisations + 1):
        for team in range(teams):
            name = f"t{organisation}-{team}"
            clients = 5 if (organisation, team) == (1, 0) else 40
            world.staff(f"o{organisation}", name, clients=clients)
            rows.append(make_compared(f"o{organisation}", name, 20 + team + organisation, 40))
    world.add("monitoring.compared", rows)
    if len(rows) > 1:
        world.add("results.comparison", list_compared_together(rows))
    return world.protect("comparison")


def test_with_four_organisations_each_is_told_of_its_own_shown_teams_only(tmp_path):
    rows = compare(World(tmp_path, organisations=4), 4, 4)
    assert {row["scope"] for row in rows} == {"organisation"}
    own = [row for row in rows if row["organisation_id"] == "o1"]
    assert [row["team_id"] for row in own] == ["t1-1", "t1-2", "t1-3"]
    assert {row["teams_count"] for row in own} == {3}
    # 22, 23 and 24 of 40: the hidden team and the others play no part
    assert own[0]["target"] == pytest.approx(69 / 120)


def test_from_five_organisations_on_limits_are_those_of_all_and_others_are_a_spread(tmp_path):
    rows = compare(World(tmp_path, organisations=5), 5, 4)
    assert {row["scope"] for row in rows} == {"all"}
    row = next(row for row in rows if row["team_id"] == "t2-0")
    assert row["teams_count"] == 20
    # fifteen shown teams of the four other organisations (one of o1 is hidden)
    assert row["others_count"] == 15
    assert row["others_low"] < row["others_middle"] < row["others_high"]
    assert row["others_low"] == round(row["others_low"], 2)


def test_team_that_is_alone_is_not_compared(tmp_path):
    assert compare(World(tmp_path), 1, 1) == []


def make_series(period, place, key, **extra):
    return {"level": "organisation", "organisation_id": "o1", "subject": "indicator",
            "measure": "KI-1", "indicator_version": 1, "period": period, "place": place,
            "value": 0.5, "is_provisional": False, "chart_kind": "xmr", "points_count": 12,
            "baseline_count": 12, "is_baseline": True, "centre": 0.5, "lower_limit": 0.4,
            "upper_limit": 0.6, "rules": "", "false_flag_share": 0.08, "source_key": key,
            "series_key": "s"} | extra  # fmt: skip


def test_limits_are_hidden_as_soon_as_a_point_that_they_rest_on_is(world):
    for place, clients in ((1, 40), (2, 6)):
        period = f"2025-Q{place}"
        key = f"KI-1|o1||{period}|v1"
        insert(
            world.warehouse,
            "results.indicator_scores",
            [("organisation", "o1", None, period, "KI-1", 1, 20, 40, 0.5, 3.0, 0.4, 0.6, 40, 0,
              None, "scored", False, "default", key)],
        )  # fmt: skip
        insert(world.warehouse, "score.indicator_population", [(key, clients, 9)])
        world.add("results.monitoring_point", make_series(period, place, key))
    rows = {row["period"]: row for row in world.protect("monitoring_point")}
    assert rows["2025-Q1"]["value"] == 0.5
    assert rows["2025-Q2"]["value"] is None
    assert {row["centre"] for row in rows.values()} == {None}
    assert {row["chart_reason"] for row in rows.values()} == {"baseline_hidden"}


def test_pages_find_every_new_table(world):
    world.add("results.outcome_change", make_change(make_place("o1"), 60, 40, 2.0))
    world.protect("outcome_change")
    with ProtectedTables(protected_folder(world.run)) as tables:
        for name in ("outcome_flow", "outcome_change", "goal_attainment", "closures", "comparison",
                     "fidelity_outcome", "fidelity_outcome_point", "monitoring_point"):  # fmt: skip
            frame = tables.read(name, "o1")
            assert not {"clients_count", "outcome_key", "source_key"} & set(frame.columns), name
