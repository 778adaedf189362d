"""Every effect planted in the sample data is found in the results."""

from pathlib import Path
from statistics import correlation, mean

import pytest
import yaml

import sample_data

PLANTED = yaml.safe_load(
    (Path(sample_data.__file__).parent / "planted.yaml").read_text(encoding="utf-8")
)
EFFECTS = [pytest.param(effect, id=effect["id"]) for effect in PLANTED["effects"]]


def read_value(sample_run, effect: dict, indicator: str, period: str) -> float:
    row = sample_run.warehouse.fetch_one(
        """
        select value
        from results.indicator_scores
        where level = 'team' and organisation_id = ? and team_id = ?
            and indicator_id = ? and period = ?
        """,
        [effect["organisation_id"], effect["team_id"], indicator, period],
    )
    assert row is not None, f"no row for {indicator} in {period}"
    assert row[0] is not None, f"no value for {indicator} in {period}"
    return row[0]


def check_value_rises(sample_run, effect: dict) -> None:
    for indicator in effect["indicators"]:
        first = read_value(sample_run, effect, indicator, effect["from_period"])
        last = read_value(sample_run, effect, indicator, effect["to_period"])
        assert last - first >= effect["at_least"], indicator


def check_profile_rises(sample_run, effect: dict) -> None:
    scores = dict(
        sample_run.warehouse.fetch_all(
            """
            select period, score
            from results.record_profile
            where level = 'team' and organisation_id = ? and team_id = ? and part = ?
            """,
            [effect["organisation_id"], effect["team_id"], effect["part"]],
        )
    )
    first, last = scores[effect["from_period"]], scores[effect["to_period"]]
    assert first is not None
    assert last is not None
    assert last - first >= effect["at_least"]


def check_lowest(sample_run, effect: dict) -> None:
    ranked = sample_run.warehouse.fetch_all(
        """
        select value, organisation_id, team_id
        from results.indicator_scores
        where level = 'team' and indicator_id = ? and period = ? and value is not null
        order by value
        """,
        [effect["indicator"], effect["period"]],
    )
    assert ranked[0][1:] == (effect["organisation_id"], effect["team_id"])
    assert ranked[0][0] < effect["below"]


def check_requirement(sample_run, effect: dict) -> None:
    rows = sample_run.warehouse.fetch_all(
        """
        select status
        from results.requirement_results
        where organisation_id = ? and team_id = ? and requirement_id = ? and period = ?
        """,
        [effect["organisation_id"], effect["team_id"], effect["requirement"], effect["period"]],
    )
    assert rows == [(effect["status"],)]


def check_fidelity_with_change(sample_run, effect: dict) -> None:
    """Mean score of a team against the mean change of its clients between two moments."""
    first, last = effect["moments"]
    rows = sample_run.warehouse.fetch_all(
        """
        with change as (
            select
                before.organisation_id,
                trajectory.team_id,
                avg(after.score - before.score) as mean_change,
                count(*) as pair_count
            from staged.outcome_measurement as before
            inner join staged.outcome_measurement as after
                on after.organisation_id = before.organisation_id
                and after.trajectory_id = before.trajectory_id
                and after.instrument = before.instrument
                and after.scale = before.scale
                and after.moment = $last
            inner join staged.trajectory as trajectory
                on trajectory.organisation_id = before.organisation_id
                and trajectory.trajectory_id = before.trajectory_id
            where before.moment = $first
                and before.instrument = $instrument
                and before.scale = $scale
            group by before.organisation_id, trajectory.team_id
        ),
        fidelity as (
            select organisation_id, team_id, avg(score) as mean_score
            from results.indicator_scores
            where level = 'team' and period = $period and score is not null
            group by organisation_id, team_id
        )
        select fidelity.mean_score, change.mean_change
        from change
        inner join fidelity
            on fidelity.organisation_id = change.organisation_id
            and fidelity.team_id = change.team_id
        where change.pair_count >= 10
        """,
        {
            "first": first,
            "last": last,
            "instrument": effect["instrument"],
            "scale": effect["scale"],
            "period": effect["period"],
        },
    )
    assert len(rows) >= 10
    scores, changes = zip(*((float(score), float(change)) for score, change in rows), strict=True)
    assert correlation(scores, changes) >= effect["correlation_at_least"]
    assert mean(changes) > 0


def check_first_period(sample_run, effect: dict) -> None:
    (first,) = sample_run.warehouse.fetch_one(
        """
        select min(period)
        from results.indicator_scores
        where level = 'team' and organisation_id = ? and team_id = ? and period like '%-Q%'
        """,
        [effect["organisation_id"], effect["team_id"]],
    )
    assert first == effect["period"]


def check_suppressed(sample_run, effect: dict) -> None:
    """Figures that hang on the few clients of the team are nowhere in the protected tables."""
    rows = sample_run.warehouse.fetch_all(
        """
        select indicator_id, period, is_suppressed, value, numerator, denominator, score
        from protected.indicator_scores
        where level = 'team' and organisation_id = ? and team_id = ?
            and indicator_id in ('KI-1', 'AP-1', 'EV-1', 'OM-1')
        """,
        [effect["organisation_id"], effect["team_id"]],
    )
    assert [row for row in rows if row[2]], "nothing was suppressed"
    assert [row for row in rows if row[2] and row[3:] != (None, None, None, None)] == []
    # A row that is shown all the same counts nobody.
    assert [row for row in rows if not row[2] and (row[3] is not None or row[5])] == []


def check_two_versions(sample_run, effect: dict) -> None:
    """Both versions have the same value and a score of their own; all together have neither."""
    rows = sample_run.warehouse.fetch_all(
        """
        select level, indicator_version, organisation_id, provenance, score_key, value
        from results.indicator_scores
        where indicator_id = ?
        """,
        [effect["indicator"]],
    )
    own = [row for row in rows if row[2] == effect["organisation_id"]]
    assert sorted({row[1] for row in own}) == effect["versions"]
    assert {row[3] for row in own if row[1] == max(effect["versions"])} == {"organisation"}
    assert all(row[4].endswith(f"|v{row[1]}") for row in own)
    assert {row[1] for row in rows if row[2] not in (None, effect["organisation_id"])} == {1}
    assert [row for row in rows if row[0] == "all"] == []
    by_version = [
        {row[4].rpartition("|")[0]: row[5] for row in own if row[1] == version}
        for version in effect["versions"]
    ]
    assert by_version[0] == by_version[1]


def check_own_indicator(sample_run, effect: dict) -> None:
    """Only this organisation has the indicator, with scores, and all together have not."""
    rows = sample_run.warehouse.fetch_all(
        """
        select level, organisation_id, count(score)
        from results.indicator_scores
        where indicator_id = ?
        group by level, organisation_id
        order by level
        """,
        [effect["indicator"]],
    )
    assert [row[:2] for row in rows] == [
        ("organisation", effect["organisation_id"]),
        ("team", effect["organisation_id"]),
    ]
    assert all(row[2] for row in rows)


def check_own_norm(sample_run, effect: dict) -> None:
    rows = sample_run.warehouse.fetch_all(
        """
        select distinct organisation_id = ?, norm
        from results.requirement_results
        where requirement_id = ?
        order by 1
        """,
        [effect["organisation_id"], effect["requirement"]],
    )
    assert rows == [(False, effect["shipped_norm"]), (True, effect["norm"])]


CHECKS = {
    "two_versions": check_two_versions,
    "own_indicator": check_own_indicator,
    "own_norm": check_own_norm,
    "value_rises": check_value_rises,
    "profile_rises": check_profile_rises,
    "lowest_of_all_teams": check_lowest,
    "requirement_status": check_requirement,
    "fidelity_with_change": check_fidelity_with_change,
    "first_period": check_first_period,
    "suppressed": check_suppressed,
}


@pytest.mark.parametrize("effect", EFFECTS)
def test_every_planted_effect_is_found(sample_run, effect):
    CHECKS[effect["kind"]](sample_run, effect)
