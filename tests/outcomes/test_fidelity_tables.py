"""Declared hypotheses over whole worlds: a planted association is found, others stay honest."""

from __future__ import annotations

from random import Random

from pipelines.outcomes import STEPS
from tests.outcomes.small_world import (
    CATALOGUE,
    RUN,
    SmallWorld,
    after,
    fetch_row,
    fetch_rows,
)


def build_world(teams: int, slope: float, seed: int = 1, clients: int = 9):
    """I.ROC at T0 and T1 of the clients of some teams; their profile scores are given."""
    rng, world = Random(seed), SmallWorld().organisation("o")
    scores = {}
    for number in range(teams):
        team = f"t{number}"
        scores[team] = 1 + 4 * number / (teams - 1)
        world.team(team)
        for client in range(clients):
            name = f"{team}-{client}"
            world.trajectory(name, after("2025-01-01", client), team_id=team)
            change = round(slope * scores[team] + rng.gauss(0, 2))
            for moment, days, score in (("T0", 0, 40), ("T1", 183, 40 + change)):
                world.measure(
                    name, moment, after("2025-01-01", client + days), score,
                    instrument="I.ROC", instrument_version="NL", scale="totaal",
                )  # fmt: skip
    warehouse = world.build()
    for team, score in scores.items():
        warehouse.execute(
            "insert into results.record_profile"
            " values ('team', 'o', ?, '2025', 'total', ?, 'shown')",
            [team, score],
        )
    rebuild(warehouse)
    return warehouse


def rebuild(warehouse) -> None:
    for step in STEPS:
        if "fidelity" in step.table:
            step.build(warehouse, RUN)


def find_line(warehouse, hypothesis: str = "H-1", **where: object) -> dict:
    usual = {"level": "all", "model": "team_line", "hypothesis_id": hypothesis}
    return fetch_row(warehouse, "results.fidelity_outcome", **{**usual, **where})


def test_a_planted_association_is_found_with_its_size():
    line = find_line(build_world(teams=12, slope=3.0))
    assert (line["status"], line["reading"]) == ("given", "more_improvement")
    assert line["ci_low"] < 3.0 < line["ci_high"]
    assert (line["teams_count"], line["completers_count"]) == (12, 108)
    assert (line["fidelity_lowest"], line["fidelity_highest"]) == (1.0, 5.0)


def test_no_association_reads_as_cannot_tell():
    line = find_line(build_world(teams=12, slope=0.0, seed=3))
    assert line["reading"] == "cannot_tell"
    assert line["ci_low"] < 0 < line["ci_high"]


def test_few_teams_are_points_without_inference():
    warehouse = build_world(teams=7, slope=3.0)
    assert find_line(warehouse)["status"] == "scatter_only"
    points = fetch_rows(warehouse, "results.fidelity_outcome_point", period=None)
    assert len(points) == 7
    assert {point["completers_count"] for point in points} == {9}


def test_a_team_with_fewer_completers_than_declared_is_no_point():
    warehouse = build_world(teams=9, slope=1.0, clients=4)
    assert warehouse.count_rows("results.fidelity_outcome_point") == 0


def test_a_team_without_a_shown_profile_is_no_point():
    warehouse = build_world(teams=9, slope=1.0)
    warehouse.execute(
        "update results.record_profile set status = 'too_incomplete' where team_id = 't4'"
    )
    rebuild(warehouse)
    assert find_line(warehouse)["teams_count"] == 8


def add_audits(warehouse, *rows: tuple) -> None:
    for row in rows:
        warehouse.execute(
            "insert into results.audit_interpolated values ('o', ?, ?, ?, ?, ?)", list(row)
        )
    rebuild(warehouse)


def list_audited(warehouse) -> dict[str, float]:
    points = fetch_rows(
        warehouse, "results.fidelity_outcome_point", hypothesis_id="H-2", period="2025"
    )
    return {point["team_id"]: point["fidelity"] for point in points}


def test_audits_count_as_interpolated_to_the_middle_of_the_year():
    warehouse = build_world(teams=9, slope=1.0)
    assert find_line(warehouse, "H-2")["teams_count"] == 0
    kansas = ("sm-kansas-2009", "2009")
    add_audits(
        warehouse,
        *(
            (f"t{number}", *kansas, period, score + number / 2)
            for number in range(8)
            for period, score in (("2025-Q1", 0.5), ("2025-Q2", 1), ("2025", 2), ("2024-Q2", 3))
        ),
    )
    assert list_audited(warehouse) == {f"t{number}": 1 + number / 2 for number in range(8)}
    assert find_line(warehouse, "H-2")["status"] == "given"


def test_audits_with_another_instrument_or_two_versions_at_once_are_no_fidelity():
    warehouse = build_world(teams=9, slope=1.0)
    add_audits(
        warehouse,
        ("t0", "sm-kansas-2009", "2009", "2025-Q2", 3.0),
        ("t1", "smf-nl-10", None, "2025-Q2", 4.0),
        ("t2", "sm-kansas-2009", "2009", "2025-Q2", 2.0),
        ("t2", "sm-kansas-2009", None, "2025-Q2", 5.0),
    )
    assert list_audited(warehouse) == {"t0": 3.0}


def test_every_hypothesis_has_a_row_for_all_and_a_key_of_its_own():
    warehouse = build_world(teams=8, slope=1.0)
    rows = fetch_rows(warehouse, "results.fidelity_outcome")
    told = {row["hypothesis_id"] for row in rows if row["level"] == "all"}
    assert told == set(CATALOGUE.hypotheses)
    assert len({row["outcome_key"] for row in rows}) == len(rows)
