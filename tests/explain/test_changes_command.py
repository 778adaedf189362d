"""``krachtwerk changes``: between two periods, and when asked wrongly."""

import json
from fractions import Fraction

import pytest

from assets.command_line import main
from pipelines.catalogue import load_catalogue
from pipelines.catalogue.wording import load_words
from pipelines.explain.change_text import ChangePhrases
from pipelines.explain.comparing import compare_periods
from pipelines.explain.score_key import read_score_key
from tests.spec.scenario import score_scenario

KEY = "EV-1|getij||2026-Q1|v1"


@pytest.fixture
def ask(sample_run, capsys):
    """Runs ``changes`` on the sample home; returns what it printed."""

    def run(*arguments, code=0):
        assert main(["changes", *arguments, "--home", str(sample_run.home)]) == code
        printed = capsys.readouterr()
        return printed.out if code == 0 else printed.err

    return run


def test_the_difference_of_every_indicator_between_two_quarters_splits_exactly(sample_run):
    rows = sample_run.warehouse.fetch_all(
        """
        select later.score_key, earlier.period, earlier.value, later.value
        from results.indicator_scores as later
        inner join results.indicator_scores as earlier
            on earlier.indicator_id = later.indicator_id
            and earlier.level = later.level
            and earlier.organisation_id = later.organisation_id
            and earlier.team_id is not distinct from later.team_id
        where later.level = 'organisation'
            and later.organisation_id = 'getij'
            and later.period = '2026-Q1'
            and earlier.period = '2025-Q4'
            and earlier.value is not null
            and later.value is not null
        """
    )
    assert len(rows) > 30
    for key, since, before, after in rows:
        split = compare_periods(sample_run.warehouse, read_score_key(key), since).split
        assert (float(split.value_before), float(split.value_after)) == (before, after), key
        assert sum(part.contribution for part in split.parts) == split.difference, key


@pytest.mark.parametrize(
    ("language", "expected"),
    [
        ("nl", ("tegenover", "eenheden die nu wel voldoen", "precies het verschil")),
        ("en", ("against", "units that now meet the rule", "exactly the difference")),
    ],
)
def test_a_change_is_readable_in_both_languages(ask, language, expected):
    text = ask(KEY, "--since", "2025-Q4", "--language", language)
    for words in expected:
        assert words in text
    assert "{" not in text


def test_json_parts_add_up_to_the_difference_as_text(ask):
    content = json.loads(ask(KEY, "--since", "2025-Q4", "--format", "json"))
    parts = [Fraction(part["contribution"]["exact"]) for part in content["parts"]]
    difference = Fraction(content["difference"]["exact"])
    assert sum(parts) == difference
    assert difference == Fraction(content["value_after"]["exact"]) - Fraction(
        content["value_before"]["exact"]
    )


def test_a_period_without_a_value_is_said_and_is_no_fault(ask, sample_run):
    key, since = sample_run.warehouse.fetch_one(
        """
        select later.score_key, earlier.period
        from results.indicator_scores as later
        inner join results.indicator_scores as earlier
            using (indicator_id, level, organisation_id, team_id)
        where later.value is not null and earlier.value is null
            and length(earlier.period) = length(later.period)
        order by 1, 2
        """
    )
    assert "There is no difference to split" in ask(key, "--since", since, "--language", "en")


def test_all_organisations_together_say_when_others_take_part():
    scored = score_scenario(
        """
        organisation
        organisation_id | known_until
        early           | 2024-12-31
        late            | 2024-12-31

        team
        organisation_id | team_id | start_date
        early           | a       | 2020-01-01
        late            | b       | 2020-01-01

        trajectory
        organisation_id | team_id | trajectory_id | start_date
        early           | a       | t1            | 2024-01-01
        early           | a       | t2            | 2024-04-01
        late            | b       | t3            | 2024-04-01

        strengths_assessment
        organisation_id | assessment_id | trajectory_id | assessment_date
        early           | k1            | t1            | 2024-01-01
        late            | k3            | t3            | 2024-04-01
        """
    )
    key = read_score_key("KI-1|||2024-Q2|v1")
    change = compare_periods(scored.warehouse, key, "2024-Q1")
    # 1 of 1 before; 1 of 2 after: t2 of early has none, t3 of late has one
    assert change.split.difference == Fraction(-1, 2)
    text = ChangePhrases(change, load_catalogue(), load_words("en")).write_scores()
    assert "first early; now early, late" in text


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        ([KEY], "one of the two"),
        ([KEY, "--since", "2025-Q4", "--since-release", "x"], "one of the two"),
        ([KEY, "--since", "last year"], "a quarter such as"),
        ([KEY, "--since", "2026-Q1"], "another period of the same kind"),
        ([KEY, "--since", "2025"], "another period of the same kind"),
        ([KEY, "--since", "2010-Q1"], "2025-Q4"),
        (["KI-1|getij", "--since", "2025-Q4"], "five parts"),
        ([KEY, "--since-release", "of-last-year"], "one of 2026-06-30-"),
    ],
)
def test_a_wrong_question_is_answered_with_one_message(ask, arguments, expected):
    error = ask(*arguments, code=2)
    assert expected in error
    assert "Traceback" not in error
