"""The rows behind a unit decide about it: its amounts can be found back in nothing but them."""

from fractions import Fraction

import pytest

from pipelines.catalogue import load_catalogue
from pipelines.explain.rows import read_source_rows
from pipelines.explain.score_key import ScoreKey
from pipelines.explain.scores import find_score_row
from pipelines.explain.units import read_units

PERIOD = "2025-Q4"
ORGANISATIONS = ("getij", "papaverdal", "zilverhorst")
CATALOGUE = load_catalogue()
EVENT_KIND = {"team_review": "team_review", "team_review_case": "team_review_case"}
TASK_OF_KIND = {
    "strengths_assessment": "BT2",
    "self_regulation_review": "BT3",
    "action_plan": "BT4",
    "evaluation": "BT6",
}
ELEMENTS = ("exit_interview", "safety_plan", "final_evaluation", "network_meeting", "final_report")


def of_kind(rows, kind):
    return [row.cells for row in rows if row.record_kind == kind]


def count_elements(rows):
    return sum(of_kind(rows, "closure")[0][name] is True for name in ELEMENTS)


def count_domains(rows):
    return sum(row["filled"] for row in of_kind(rows, "strengths_assessment_domain"))


def count_tasks(rows, denominator):
    tasks = {row["basic_task"] for row in of_kind(rows, "contact")}
    tasks |= {task for kind, task in TASK_OF_KIND.items() if of_kind(rows, kind)}
    if count_elements(rows):
        tasks.add("BT7")
    return len(tasks - {"BT1", "BT5"}) if denominator == 5 else len(tasks)


def find_numerator(indicator, unit, rows):
    """The numerator of a counted unit, from nothing but its rows."""
    rule, record = indicator.rule, of_kind(rows, unit.unit_kind)
    if rule.event:
        return int(bool(of_kind(rows, EVENT_KIND.get(rule.event, rule.event))))
    if rule.subject:
        scores = [
            Fraction(row["score"])
            for row in of_kind(rows, "quality_rating")
            if row["rater_role"] != "self"
        ]
        return sum(scores) / len(scores)
    if rule.session:
        return len(of_kind(rows, "supervision"))
    if rule.population:
        count = {
            "planned_closure": lambda: count_elements(rows),
            "open_assessed_trajectory": lambda: count_domains(rows),
            "ended_trajectory": lambda: count_tasks(rows, unit.denominator),
        }
        return count[rule.population]()
    asked = rule.answer or rule.measure
    answers = {
        "worker.method_hours": lambda: sum(
            Fraction(row["contract_hours"] - row["other_duty_hours"]) for row in record
        ),
        "team.caseload": lambda: int(unit.unit_kind == "trajectory"),
        "team_review.attendance": lambda: min(
            of_kind(rows, "team_review")[0]["present_count"],
            of_kind(rows, "team_review")[0]["expected_count"],
        ),
        "team_review.steps": lambda: sum(row["done"] for row in of_kind(rows, "team_review_step")),
        "contact.own_environment": lambda: (
            record[0]["contact_count"] if record[0]["place"] in ("home", "community") else 0
        ),
        "worker.has_other_duties": lambda: int(any(row["other_duty_hours"] > 0 for row in record)),
        "worker.has_basic_training": lambda: int(
            any(row["completed"] for row in of_kind(rows, "training"))
        ),
        "action.has_owner_and_due_date": lambda: int(
            record[0]["owner"] is not None and record[0]["due_date"] is not None
        ),
    }
    if asked in answers:
        return answers[asked]()
    kind, field = asked.split(".")
    answer = of_kind(rows, kind)[0][field]
    text = str(answer).lower() if isinstance(answer, bool) else answer
    return int(text in rule.accepted)


@pytest.mark.parametrize("indicator_id", sorted(CATALOGUE.indicators))
def test_the_rows_behind_every_unit_give_its_numerator_back(sample_run, indicator_id):
    indicator = CATALOGUE.indicators[indicator_id]
    seen = 0
    for organisation in ORGANISATIONS:
        key = ScoreKey(indicator_id, organisation, "", PERIOD, indicator.version)
        score = find_score_row(sample_run.warehouse, key)
        units = read_units(sample_run.warehouse, key, limit=400)
        behind = read_source_rows(sample_run.warehouse, CATALOGUE, key, score.shape, units)
        for unit, rows in zip(units, behind, strict=True):
            assert rows, f"{unit.unit_id} has no row"
            assert len({(row.record_kind, row.file, row.row_number) for row in rows}) == len(rows)
            if unit.is_counted:
                assert find_numerator(indicator, unit, rows) == unit.numerator, unit.unit_id
                seen += 1
    assert seen > 0


def test_a_row_names_the_file_and_the_row_that_a_spreadsheet_shows(sample_run):
    key = ScoreKey("KI-1", "zilverhorst", "", PERIOD, 1)
    units = read_units(sample_run.warehouse, key, limit=5)
    behind = read_source_rows(sample_run.warehouse, CATALOGUE, key, "within", units)
    named = {(row.record_kind, row.file, row.row_number) for rows in behind for row in rows}
    known = sample_run.warehouse.fetch_all(
        """
        select 'trajectory', delivery.file, trajectory.row_number
        from staged.trajectory as trajectory
        inner join staged.delivery as delivery
            on delivery.delivery = trajectory.delivery
            and delivery.organisation_id = trajectory.organisation_id
        where trajectory.trajectory_id in (?, ?, ?, ?, ?)
        """,
        [unit.unit_id for unit in units],
    )
    assert set(known) <= named
    assert len(known) == 5
