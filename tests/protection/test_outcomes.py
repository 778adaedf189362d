"""Which outcomes may be shown: small worlds with visible arithmetic."""

from datetime import date

import pytest

from pipelines.catalogue import load_catalogue
from pipelines.facts.catalogue_tables import CATALOGUE_STEPS
from pipelines.protection import STEPS, protected_folder
from pipelines.run import Run
from pipelines.warehouse import open_warehouse
from pipelines.warehouse.steps import build_all
from reports.tables import ProtectedTables
from tests.reports.synthetic import create_result_tables, insert
from tests.reports.synthetic_outcomes import (
    add_rows,
    list_compared_together,
    make_association,
    make_change,
    make_closures,
    make_compared,
    make_flow,
    make_goals,
    make_place,
)


class World:
    """Organisations ``o1``, ``o2``, ... with outcomes of 2025; teams have eight workers."""

    def __init__(self, home, organisations=1, threshold=None):
        self.run = Run(home / "inbox", home, home / "key", load_catalogue())
        self.warehouse = open_warehouse()
        create_result_tables(self.warehouse, self.run.catalogue)
        insert(self.warehouse, "staged.run", [(date(2025, 12, 31),)])
        names = [f"o{number}" for number in range(1, organisations + 1)]
        insert(
            self.warehouse,
            "staged.organisation",
            [(one, one, "canonical", None, date(2025, 12, 31), threshold) for one in names],
        )

    def add(self, table, *rows):
        flat = [row for one in rows for row in (one if isinstance(one, list) else [one])]
        add_rows(self.warehouse, table, flat)
        return self

    def staff(self, organisation, team, workers=8, clients=40, period="2025"):
        """The indicator KI-1 of a team: what tells how many workers it has."""
        key = f"KI-1|{organisation}|{team}|{period}|v1"
        insert(
            self.warehouse,
            "results.indicator_scores",
            [("team", organisation, team, period, "KI-1", 1, 30, 40, 0.75, 4.0, 0.6, 0.86, 40, 0,
              None, "scored", False, "default", key)],
        )  # fmt: skip
        insert(self.warehouse, "score.indicator_population", [(key, clients, workers)])
        return self

    def protect(self, table, where="true"):
        build_all((*CATALOGUE_STEPS, *STEPS), self.warehouse, self.run)
        rows = self.warehouse.fetch_frame(f"select * from protected.{table} where {where}")
        rows = rows.astype(object).where(rows.notna(), None)
        return rows.to_dict("records")


@pytest.fixture
def world(tmp_path):
    return World(tmp_path)


def stages(rows):
    return {row["stage"]: row["numerator"] for row in rows}


def test_flow_of_large_groups_is_shown_in_full(world):
    world.add("results.outcome_flow", make_flow(make_place("o1"), 200, 150, 100, 60, 80, 30))
    assert stages(world.protect("outcome_flow")) == {
        "started": 200, "t0_due": 200, "t0": 150, "t1_due": 100, "t1": 60, "t2_due": 80, "t2": 30,
    }  # fmt: skip


def test_stage_of_nine_clients_is_hidden_and_one_of_ten_is_shown(world):
    world.add("results.outcome_flow", make_flow(make_place("o1"), 100, 80, 60, 10, 60, 9))
    found = stages(world.protect("outcome_flow"))
    assert (found["t1"], found["t2"]) == (10, None)


def test_stage_is_hidden_when_its_difference_with_a_shown_stage_is_nine_clients(world):
    # 100 started, 91 at T0: nine people would be told by subtraction
    world.add("results.outcome_flow", make_flow(make_place("o1"), 100, 91, 70, 40))
    found = stages(world.protect("outcome_flow"))
    assert (found["started"], found["t0"], found["t1"]) == (100, None, 40)


def test_no_two_shown_stages_that_are_nested_differ_by_one_to_nine_clients(world):
    cohorts = [(30, 27, 20, 15), (40, 40, 33, 31), (25, 14, 14, 12), (60, 55, 46, 45)]
    for number, (started, t0, due, t1) in enumerate(cohorts):
        place = make_place("o1", None, "2025", "programme", f"p{number}")
        world.add("results.outcome_flow", make_flow(place, started, t0, due, t1))
    by_cohort = {}
    for row in world.protect("outcome_flow"):
        by_cohort.setdefault(row["category"], {})[row["stage"]] = row["numerator"]
    assert len(by_cohort) == len(cohorts)
    for found in by_cohort.values():
        chain = [found[stage] for stage in ("started", "t0_due", "t0", "t1_due", "t1")]
        shown = [number for number in chain if number is not None]
        differences = {abs(a - b) for a in shown for b in shown}
        assert all(one == 0 or one >= 10 for one in differences), found


def test_denominator_is_as_hidden_as_the_stage_before_it(world):
    world.add("results.outcome_flow", make_flow(make_place("o1"), 100, 91, 70, 40))
    rows = {row["stage"]: row for row in world.protect("outcome_flow")}
    assert rows["t1_due"]["denominator"] is None
    assert rows["t0"]["share"] is None
    assert rows["t0"]["missed_count"] is None


def test_reasons_are_told_all_or_none(world):
    big = make_flow(make_place("o1"), 200, 150, 150, 100, ended=20)
    small = make_flow(make_place("o1", period="2024"), 200, 150, 150, 100, ended=45)
    world.add("results.outcome_flow", big, small)
    rows = {
        row["period"]: (row["ended_count"], row["missed_count"])
        for row in world.protect("outcome_flow", "stage = 't1'")
    }
    assert rows == {"2025": (20, 30), "2024": (None, None)}


def test_team_with_four_workers_is_hidden_whatever_its_clients(world):
    for team, workers in (("t4", 4), ("t5", 5)):
        place = make_place("o1", team)
        world.staff("o1", team, workers)
        world.add("results.outcome_flow", make_flow(place, 200, 150, 100, 60))
        world.add("results.outcome_change", make_change(place, 100, 60, 2.0))
        world.add("results.goal_attainment", make_goals(place, 80, 60))
        world.add("results.closures", make_closures(place, 80, 70, 50))
    for table in ("outcome_flow", "outcome_change", "goal_attainment", "closures"):
        hidden = {}
        for row in world.protect(table):
            hidden.setdefault(row["team_id"], set()).add(row["is_suppressed"])
        assert hidden["t4"] == {True}, table
        assert False in hidden["t5"], table


def test_quarters_and_all_organisations_together_are_never_exported(world):
    everyone = make_place("o1") | {"level": "all", "organisation_id": None}
    world.add("results.outcome_flow", make_flow(make_place("o1", period="2025-Q1"), 90, 60, 50, 30))
    world.add("results.outcome_flow", make_flow(everyone, 90, 60, 50, 30))
    assert world.protect("outcome_flow") == []


def test_change_of_nine_completers_has_no_number_and_says_suppressed(world):
    world.add("results.outcome_change", make_change(make_place("o1"), 40, 9, 2.0, improved=4))
    (row,) = world.protect("outcome_change")
    assert row["status"] == "suppressed"
    numbers = ("mean_change", "ci_low", "sd_change", "completers_count", "share_improved",
               "improved_count", "due_count", "lost_mean_t0")  # fmt: skip
    assert all(row[name] is None for name in numbers)


def test_change_is_shown_without_its_losses_when_nine_were_lost(world):
    world.add("results.outcome_change", make_change(make_place("o1"), 40, 31, 2.0, improved=4))
    (row,) = world.protect("outcome_change")
    assert (row["mean_change"], row["completers_count"]) == (2.0, 31)
    for name in ("due_count", "lost_count", "lost_mean_t0", "share_improved_lowest",
                 "share_improved_highest", "completers_lost_difference"):  # fmt: skip
        assert row[name] is None, name


def test_due_is_hidden_in_the_change_when_the_flow_hides_it(world):
    place = make_place("o1")
    # 50 at T0, 44 due for T1: six not yet due
    world.add("results.outcome_flow", make_flow(place, 70, 50, 44, 25))
    world.add("results.outcome_change", make_change(place, 44, 25, 2.0))
    (row,) = world.protect("outcome_change")
    assert row["due_count"] is None
    assert row["mean_change"] == 2.0


def test_threshold_of_the_organisation_counts(tmp_path):
    world = World(tmp_path, threshold=20)
    world.add("results.outcome_change", make_change(make_place("o1"), 60, 19, 2.0))
    (row,) = world.protect("outcome_change")
    assert row["is_suppressed"]


def test_goals_and_closures_of_nine_clients_are_hidden(world):
    place = make_place("o1")
    world.add("results.goal_attainment", make_goals(place, 40, 9))
    world.add("results.closures", make_closures(place, 9, 9, 5))
    for table in ("goal_attainment", "closures"):
        rows = world.protect(table)
        assert {row["status"] for row in rows} == {"suppressed"}
        assert {row["value"] for row in rows} == {None}


def test_small_group_delivered_in_free_words_loses_its_words(world):
    for number, name in ((40, "jongeren"), (4, "gezin van de bakker")):
        place = make_place("o1", None, "2025", "target_group", name)
        world.add("results.outcome_flow", make_flow(place, number, number, number, number))
        world.add("results.outcome_change", make_change(place, number, number, 1.0))
        world.add("results.goal_attainment", make_goals(place, number, number))
        world.add("results.closures", make_closures(place, number, number, number))
    for table in ("outcome_flow", "outcome_change", "goal_attainment", "closures"):
        assert {row["category"] for row in world.protect(table)} == {"jongeren", "small_groups"}


def test_group_without_a_known_client_is_hidden(world):
    place = make_place("o1")
    world.add("results.goal_attainment", make_goals(place, 40, 0))
    world.add("results.closures", make_closures(place, 40, 0, 20))
    for table in ("goal_attainment", "closures"):
        assert {row["value"] for row in world.protect(table)} == {None}, table


def test_name_of_a_small_group_is_hidden_also_where_nobody_was_measured_twice(world):
    place = make_place("o1", None, "2025", "target_group", "gezin van de bakker")
    world.add("results.outcome_change", make_change(place, 4, 0, 0.0))
    (row,) = world.protect("outcome_change")
    assert row["category"] == "small_groups"


def make_housing(**numbers):
    rows = make_closures(make_place("o1"), sum(numbers.values()), 60, 40)
    like = next(row for row in rows if row["measure"] == "housing_after")
    return [
        like | {"measure_category": name, "numerator": number, "outcome_key": f"housing-{name}"}
        for name, number in numbers.items()
    ]


def test_rare_housing_is_hidden_and_loses_its_words_with_one_that_would_give_it_away(world):
    world.add("results.closures", make_housing(huur=40, familie=15, opvang=12, tante=5))
    found = {row["measure_category"]: row["numerator"] for row in world.protect("closures")}
    assert found["huur"] == 40
    assert found["small_groups"] is None
    assert len(found) == 3


def test_team_that_its_organisation_gives_away_takes_another_team_with_it(world):
    closed = {None: 107, "big": 60, "middle": 40, "tiny": 7}
    for team, number in closed.items():
        if team:
            world.staff("o1", team)
        world.add("results.closures", [
            row for row in make_closures(make_place("o1", team), number, number, number // 2)
            if row["measure"] != "housing_after"
        ])  # fmt: skip
    shown = {row["team_id"]: row["denominator"]
             for row in world.protect("closures", "measure = 'planned'")}  # fmt: skip
    assert shown == {None: 107, "big": 60, "middle": None, "tiny": None}


def test_category_that_the_others_give_away_takes_another_one_with_it(world):
    for category, number in ((None, 108), ("cti", 60), ("houvast", 40), ("krachtwerk", 8)):
        kind = "programme" if category else "total"
        place = make_place("o1", None, "2025", kind, category)
        world.add("results.goal_attainment", make_goals(place, number, number))
    rows = world.protect("goal_attainment", "measure = 'attained'")
    shown = {row["category"]: row["denominator"] for row in rows}
    assert shown == {None: 108, "cti": 60, "houvast": None, "krachtwerk": None}


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
