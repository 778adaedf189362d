"""The steps of facts and scoring: honest about what they read, portable, the same every time."""

import re
from importlib import resources

import pytest

from pipelines.catalogue import load_catalogue
from pipelines.facts import STEPS as FACT_STEPS
from pipelines.scoring import STEPS as SCORING_STEPS
from tests.spec.scenario import score_scenario
from tests.spec.test_coverage import TASKS

STEPS = FACT_STEPS + SCORING_STEPS
TABLE_NAME = re.compile(r"\b(?:staged|catalogue|fact|score|results)\.[a-z_]+")
ROOMS = ("facts", "scoring")
# What DuckDB knows and Spark does not (or means differently).
NOT_PORTABLE = re.compile(
    r"\bqualify\b|group by all|order by all|\barg_m(?:ax|in)\b|quantile_cont|date_diff|//"
    r"|strftime|\blist\(|struct_pack|unnest|::|\bilike\b|\bvarchar\b|\bhugeint\b|generate_series"
)


def read_files(room: str) -> dict[str, str]:
    folder = resources.files("pipelines") / room
    return {
        file.name.removesuffix(".sql"): file.read_text(encoding="utf-8")
        for file in folder.iterdir()
        if file.name.endswith(".sql")
    }


SQL_FILES = {(room, name): text for room in ROOMS for name, text in read_files(room).items()}
STEP_OF_FILE = {
    (room, step.table.split(".")[1]): step
    for room, steps in zip(ROOMS, (FACT_STEPS, SCORING_STEPS), strict=True)
    for step in steps
}


def test_every_step_comes_after_the_tables_it_reads():
    staged = {f"staged.{kind}" for kind in load_catalogue().records}
    built = staged | {"staged.organisation", "staged.programme_setting", "staged.run"}
    for step in STEPS:
        assert set(step.reads) <= built, step.table
        built.add(step.table)
    assert len({step.table for step in STEPS}) == len(STEPS)


@pytest.mark.parametrize("file", SQL_FILES, ids="/".join)
def test_every_sql_file_is_a_step_that_names_exactly_what_it_reads(file):
    step = STEP_OF_FILE[file]
    code = re.sub(r"--.*", "", SQL_FILES[file])
    assert set(TABLE_NAME.findall(code)) - {step.table} == set(step.reads)
    assert len(step.reads) == len(set(step.reads))


@pytest.mark.parametrize("file", SQL_FILES, ids="/".join)
def test_every_sql_file_states_its_grain_and_keeps_to_the_shared_subset(file):
    text = SQL_FILES[file]
    assert text.startswith("-- grain: ")
    code = re.sub(r"--.*", "", text)
    assert not NOT_PORTABLE.findall(code)
    assert code == code.lower() or not re.search(r"\b(?:SELECT|FROM|JOIN|WHERE)\b", code)


def test_every_step_has_a_description_of_one_line():
    assert all(step.description and "\n" not in step.description for step in STEPS)


def test_scoring_an_empty_installation_gives_empty_results():
    scored = score_scenario("organisation\norganisation_id | known_until\norg | 2024-12-31")
    for table in ("indicator_scores", "indicator_units", "record_profile", "requirement_results"):
        assert scored.warehouse.count_rows(f"results.{table}") == 0


def test_results_are_the_same_at_every_run():
    first, second = score_scenario(TASKS), score_scenario(TASKS)
    for table in ("indicator_scores", "indicator_units", "record_profile", "requirement_results"):
        query = f"select * from results.{table}"
        rows = first.warehouse.fetch_all(query)
        assert rows and rows == second.warehouse.fetch_all(query)


def test_every_unit_in_the_results_adds_up_to_its_score():
    warehouse = score_scenario(TASKS).warehouse
    differences = warehouse.fetch_all(
        """
        with summed as (
            select score_key, sum(amount_numerator) as numerator,
                sum(case when counted then 0 else 1 end) as excluded_count
            from results.indicator_units group by score_key
        )
        select score.score_key
        from results.indicator_scores as score
        left join summed on summed.score_key = score.score_key
        where abs(score.numerator - coalesce(summed.numerator, 0)) > 1e-9
            or score.units_excluded <> coalesce(summed.excluded_count, 0)
        """
    )
    assert differences == []
