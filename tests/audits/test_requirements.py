"""The two requirements on audits: enough assessors, often enough."""

from datetime import date, timedelta

import pytest

from pipelines.catalogue.models.indicators import Requirement
from tests.audits.scenario import CATALOGUE, OLD_TRAJECTORY, write_audit, write_tables
from tests.spec.scenario import score_scenario

TWO, ONE = "item | a | b\nSM01 | 3 | 3", "item | a\nSM01 | 3"
CONSENSUS = "item | consensus\nSM01 | 3"


def require(*audits: dict, other: str = OLD_TRAJECTORY):
    return score_scenario(*write_tables(audits), other)


@pytest.mark.parametrize(
    ("grids", "expected"),
    [
        ([], ("not_applicable", "no_audit", None)),
        ([TWO], ("met", "meets_norm", 2)),
        ([TWO, ONE], ("not_met", "fails_norm", 1)),  # every audit counts
        ([CONSENSUS], ("not_assessable", "raters_unknown", None)),
        ([TWO, CONSENSUS], ("not_assessable", "raters_unknown", None)),
        ([ONE, CONSENSUS], ("not_met", "fails_norm", 1)),  # one with too few is enough to fail
        ([""], ("not_assessable", "raters_unknown", None)),  # no rating rows
    ],
)
def test_every_audit_of_the_period_has_two_assessors(grids, expected):
    audits = [write_audit(f"A{n}", "2024-03-31", grid) for n, grid in enumerate(grids)]
    scored = require(*audits)
    for period in ("2024-Q1", "2024"):
        assert scored.requirement("Q-08", period) == expected
        assert scored.requirement("Q-08", period, team=None) == expected
    assert scored.requirement("Q-08", "2024-Q2") == ("not_applicable", "no_audit", None)


def test_an_organisation_looks_at_its_teams_with_a_row_only():
    other = f"""
team
team_id | start_date | end_date
team    | 2020-01-01 | -
ended   | 2020-01-01 | 2023-12-31

{OLD_TRAJECTORY}
"""
    audits = (
        write_audit("A", "2024-02-01", TWO),
        write_audit("B", "2024-02-01", ONE, team="ended"),
    )
    scored = require(*audits, other=other)
    assert scored.requirement("Q-08", "2024-Q1", team=None) == ("met", "meets_norm", 2)


def after(start: str, days: int) -> str:
    return str(date.fromisoformat(start) + timedelta(days=days))


@pytest.mark.parametrize(
    ("baseline", "latest", "days", "status"),
    [
        # 31 March 2024; within two years of the baseline the limit is 183 + 31 = 214 days
        ("2023-06-01", after("2024-03-31", -214), 214, "met"),
        ("2023-06-01", after("2024-03-31", -215), 215, "not_met"),
        ("2022-03-31", after("2024-03-31", -215), 215, "not_met"),  # two years to the day
        ("2022-03-30", after("2024-03-31", -215), 215, "met"),  # later: 365 + 31 = 396 days
        ("2022-03-30", after("2024-03-31", -396), 396, "met"),
        ("2022-03-30", after("2024-03-31", -397), 397, "not_met"),
    ],
)
def test_audits_are_half_yearly_for_two_years_and_yearly_after_that(baseline, latest, days, status):
    scored = require(write_audit("A", baseline), write_audit("B", latest, round="extra"))
    reason = {"met": "meets_norm", "not_met": "fails_norm"}[status]
    assert scored.requirement("Q-09", "2024-Q1") == (status, reason, days)


def test_two_years_after_a_leap_day_is_the_28th():
    other = "organisation\norganisation_id | known_until\norg | {}\n\n" + OLD_TRAJECTORY.replace(
        "2023-01-01", "2020-01-01"
    )
    audit = write_audit("A", "2020-02-29")
    # known until 28 February 2022: still within two years; 1 March: not any more
    for known_until, norm in (("2022-02-28", 214), ("2022-03-01", 396)):
        scored = require(audit, other=other.format(known_until))
        found = scored.warehouse.fetch_one(
            "select norm from results.requirement_results"
            " where requirement_id = 'Q-09' and period = '2022-Q1'"
        )
        assert found == (norm,)


@pytest.mark.parametrize(
    ("start", "method_start", "expected"),
    [
        (after("2024-03-31", -214), "-", ("not_applicable", "not_yet_due")),
        (after("2024-03-31", -215), "-", ("not_met", "no_baseline")),
        ("2020-01-01", after("2024-03-31", -214), ("not_applicable", "not_yet_due")),
        ("2020-01-01", after("2024-03-31", -215), ("not_met", "no_baseline")),
        (after("2024-03-31", -214), "2020-01-01", ("not_applicable", "not_yet_due")),
    ],
)
def test_a_baseline_is_due_half_a_year_after_the_later_start(start, method_start, expected):
    other = f"""
organisation
organisation_id | known_until | method_start
org             | 2024-12-31  | {method_start}

team
team_id | start_date
team    | {start}
audited | 2020-01-01

{OLD_TRAJECTORY}
"""
    scored = require(write_audit("A", "2024-02-01", team="audited"), other=other)
    assert scored.requirement("Q-09", "2024-Q1") == (*expected, None)
    # an audit that is not called baseline is none
    extra = write_audit("B", "2024-03-01", round="extra")
    assert require(extra, other=other).requirement("Q-09", "2024-Q1") == (*expected, None)


def test_a_team_that_ended_is_not_asked_for_audits():
    other = (
        f"team\nteam_id | start_date | end_date\nteam | 2020-01-01 | 2024-02-15\n\n{OLD_TRAJECTORY}"
    )
    scored = require(other=other)
    assert scored.requirement("Q-09", "2024-Q1") == ("not_applicable", "team_not_active", None)


def test_without_any_audit_file_the_rhythm_cannot_be_assessed():
    expected = ("not_assessable", "kind_not_delivered", None)
    assert require().requirement("Q-09", "2024-Q1") == expected
    later = require(write_audit("A", "2025-01-01"))  # after the last export
    assert later.requirement("Q-09", "2024-Q1") == expected


def test_only_teams_have_a_rhythm():
    scored = require(write_audit("A", "2024-02-01"))
    found = scored.warehouse.fetch_all(
        "select count(*) from results.requirement_results"
        " where requirement_id = 'Q-09' and team_id is null"
    )
    assert found == [(0,)]


def test_a_requirement_on_audits_is_about_assessors_or_about_days():
    declared = CATALOGUE.requirements["Q-08"].model_dump()
    for change in ({"norm": None}, {"audit_rhythm": CATALOGUE.requirements["Q-09"].audit_rhythm}):
        with pytest.raises(ValueError, match="kind audit needs"):
            Requirement.model_validate({**declared, **change})
