"""What stands behind a number that is shown: made of units here, so that pages never read one.

What does not belong here: the arithmetic (room ``explain``) and the sentences (its words).
"""

from collections.abc import Callable

import pandas as pd

from pipelines.protection.changes import list_changes
from pipelines.protection.reasons import list_lift_rows, list_reasons
from pipelines.protection.tables import export_after
from pipelines.run import Run
from pipelines.warehouse import TableStep, Warehouse

UNITS = (
    "score.indicator_unit",
    "score.result",
    "protected.score_disclosure",
    "protected.organisation",
)
REASON_COLUMNS = """
    level VARCHAR, organisation_id VARCHAR, team_id VARCHAR, period VARCHAR, indicator_id VARCHAR,
    score_key VARCHAR, shape VARCHAR, numerator_exact VARCHAR, denominator_exact VARCHAR,
    counted BIGINT, counted_weight BIGINT, met BIGINT, not_met BIGINT, not_recorded_weight BIGINT,
    to_record BIGINT, to_count_exact VARCHAR, next_reason VARCHAR, next_limit_exact VARCHAR,
    next_is_limit_enough BOOLEAN, next_amount_exact VARCHAR, next_is_rise BOOLEAN,
    next_numerator_exact VARCHAR, next_value_exact VARCHAR, next_score_exact VARCHAR,
    fewest_units BIGINT, is_suppressed BOOLEAN
"""
LIFT_COLUMNS = """
    level VARCHAR, organisation_id VARCHAR, team_id VARCHAR, period VARCHAR, place INTEGER,
    indicator_id VARCHAR, score_now DOUBLE, score_after DOUBLE, trajectory_count BIGINT, rise DOUBLE
"""
CHANGE_COLUMNS = """
    level VARCHAR, organisation_id VARCHAR, team_id VARCHAR, period VARCHAR,
    previous_period VARCHAR, indicators_compared INTEGER, indicators_moved INTEGER,
    indicator_id VARCHAR, value_before DOUBLE, value_after DOUBLE, score_before DOUBLE,
    score_after DOUBLE, main_part VARCHAR, main_contribution DOUBLE, main_unit_count BIGINT
"""


def _step(
    name: str,
    description: str,
    columns: str,
    list_rows: Callable[[Warehouse], list[tuple]],
    *reads: str,
) -> TableStep:
    def build(warehouse: Warehouse, run: Run) -> None:
        warehouse.execute(f"create or replace table protected.{name} ({columns})")
        names = [column.split()[0] for column in columns.split(",")]
        rows = list_rows(warehouse)
        if rows:
            frame = pd.DataFrame(rows, columns=names, dtype=object)
            warehouse.write_frame(f"protected.{name}", frame)

    return export_after(TableStep(f"protected.{name}", description, (*UNITS, *reads), build))


REASON_STEPS: tuple[TableStep, ...] = (
    _step(
        "score_reason",
        "Per score of a year: units by what became of them, what is missing, the next anchor.",
        REASON_COLUMNS,
        list_reasons,
        "protected.indicator_exclusions",
    ),
    _step(
        "profile_lift",
        "Per year: the two indicators that would lift the record profile most.",
        LIFT_COLUMNS,
        list_lift_rows,
        "score.applicable",
        "protected.record_profile",
    ),
    _step(
        "change",
        "Per period and the one before: what moved most, and the largest part of it.",
        CHANGE_COLUMNS,
        list_changes,
        "protected.indicator_scores",
    ),
)
