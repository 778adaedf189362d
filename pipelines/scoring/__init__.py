"""Facts x catalogue = units, values, scores, profile and requirements; one statement per shape.

Scoring never loops over indicators: each shape's statement joins the facts with every indicator of
that shape. What does not belong here: where facts come from, words, suppression and pages.
"""

from pipelines.records.increments import by_organisation, on_news
from pipelines.scoring.indicator_units import INDICATOR_UNITS_STEP
from pipelines.warehouse import TableStep, sql_step

SHAPE_READS = {
    "within": ("fact.trajectory", "fact.event", "fact.day", "staged.programme_setting"),
    "current": ("fact.open_trajectory", "fact.event", "staged.programme_setting"),
    "recurring": ("fact.event", "fact.day", "staged.programme_setting", "staged.organisation"),
    "share": ("fact.answer", "catalogue.accepted_answer"),
    "ratio": ("fact.tally",),
    "coverage": (
        "fact.coverage_unit",
        "fact.touch",
        "fact.dropped_code",
        "fact.period",
        "catalogue.code",
    ),
    "rate": ("fact.session", "fact.worker_row", "fact.period", "fact.day"),
    "rated": ("fact.rating", "fact.mean_share", "fact.period"),
    "early_contact": (
        "fact.trajectory",
        "fact.early_contact",
        "fact.day",
    ),
}
SHAPE_DESCRIPTIONS = {
    "within": "Trajectories with or without an event by their limit",
    "current": "Open trajectories with or without a recent event",
    "recurring": "Blocks of days with or without an event of the team",
    "share": "Records and workers that meet a condition or not",
    "ratio": "Units with the two amounts of a ratio",
    "coverage": "Trajectories and closures with the codes they touched",
    "rate": "Support workers with their sessions and days in service",
    "rated": "Documents with the mean of their ratings",
    "early_contact": "Trajectories with or without early contact (requirement)",
}


def _score(name: str, description: str, *reads: str) -> TableStep:
    return on_news(sql_step(f"score.{name}", "scoring", name, description, reads))


def _split_score(name: str, description: str, *reads: str) -> TableStep:
    """A table in which the rows of an organisation, or of all together, follow from such rows."""
    return by_organisation(sql_step(f"score.{name}", "scoring", name, description, reads))


def _result(name: str, description: str, *reads: str) -> TableStep:
    return by_organisation(sql_step(f"results.{name}", "scoring", name, description, reads))


SHAPE_STEPS = tuple(
    _split_score(
        f"unit_{shape}",
        SHAPE_DESCRIPTIONS[shape],
        "catalogue.requirement" if shape == "early_contact" else "catalogue.indicator",
        "score.indicator_start",
        "fact.team",
        *reads,
    )
    for shape, reads in SHAPE_READS.items()
)

STEPS: tuple[TableStep, ...] = (
    _split_score(
        "indicator_start",
        "First row of the deciding kind of every indicator",
        "catalogue.indicator",
        "staged.organisation",
        "fact.first_record",
    ),
    *SHAPE_STEPS,
    _score(
        "unit_candidate",
        "Every unit of every shape",
        *(step.table for step in SHAPE_STEPS),
    ),
    _score(
        "unit",
        "Units of every quarter and year in which their team has a row",
        "score.unit_candidate",
        "fact.team_period",
        "fact.period",
        "catalogue.indicator",
    ),
    _split_score(
        "unit_outside_activity",
        "Units of teams without a row in the quarter (data check)",
        "score.unit_candidate",
        "fact.team_period",
        "fact.day",
        "staged.organisation",
        "catalogue.indicator",
    ),
    _score(
        "scope",
        "Teams, organisations and all, with the periods that have a row",
        "fact.team_period",
        "fact.team",
        "staged.organisation",
    ),
    _split_score(
        "team_tally",
        "Sums behind every value of a team",
        "score.unit",
        "catalogue.indicator",
    ),
    _score(
        "tally_all",
        "Sums behind every value of all organisations",
        "score.team_tally",
        "catalogue.indicator",
    ),
    _split_score("tally", "Sums behind every value", "score.team_tally", "score.tally_all"),
    _split_score(
        "result",
        "Value, status, score and interval of every indicator and row",
        "score.scope",
        "score.tally",
        "fact.mean_base",
        "catalogue.indicator",
        "catalogue.anchor_step",
        "catalogue.t_quantile",
    ),
    _split_score(
        "worker_group",
        "Numbers of support workers in service at the end of a period",
        "fact.active_worker",
        "fact.team_period",
        "fact.period",
    ),
    _score(
        "applicable",
        "Indicators that the record profile of a row takes part in",
        "score.scope",
        "score.tally",
        "score.indicator_start",
        "score.worker_group",
        "catalogue.indicator",
        "catalogue.profile_part",
    ),
    _split_score(
        "profile",
        "Record profile as exact fractions",
        "score.scope",
        "score.applicable",
        "score.result",
        "catalogue.profile_part",
    ),
    _split_score(
        "client_count",
        "Clients behind every score of a team or organisation",
        "score.unit",
        "fact.trajectory",
    ),
    _score(
        "indicator_population",
        "Clients and support workers behind every score",
        "score.result",
        "score.client_count",
        "fact.worker_row",
        "fact.team_period",
        "catalogue.indicator",
    ),
    _score(
        "unit_row",
        "Units of every quarter and year, contacts row by row",
        "score.unit",
        "score.unit_ratio",
        "staged.contact",
        "fact.team_period",
        "catalogue.indicator",
    ),
    _score("indicator_unit", "Units behind every score key", "score.unit_row"),
    _result("indicator_scores", "Value and score of every indicator", "score.result"),
    INDICATOR_UNITS_STEP,
    _result(
        "record_profile",
        "Record profile with bounds and bands",
        "score.profile",
        "catalogue.band",
    ),
    _score(
        "requirement_audit",
        "Quality requirements on assessors and rhythm of the audits",
        "score.scope",
        "fact.team",
        "fact.team_period",
        "fact.audit",
        "staged.organisation",
        "catalogue.requirement",
    ),
    _result(
        "requirement_results",
        "Quality requirements of the method",
        "score.requirement_audit",
        "score.result",
        "score.scope",
        "score.indicator_start",
        "catalogue.requirement",
        "staged.programme_setting",
    ),
)
