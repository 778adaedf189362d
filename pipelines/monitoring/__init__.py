"""Measures over time and between teams: what is ordinary variation, and what stands out.

Series and limits are SQL over exact sums; a test holds them to the pure functions of
``pipelines.statistics``. What does not belong here: making the measures (scoring, outcomes), hiding
small groups, and any judgement about teams or people.
"""

from pipelines.monitoring.chance import CHANCE_STEP
from pipelines.monitoring.comparison import COMPARISON_STEP, MEASURE_COLUMNS
from pipelines.records.group_increments import by_group
from pipelines.records.increments import by_organisation, on_news
from pipelines.warehouse import TableStep, sql_step

SOURCES = (
    "catalogue.indicator",
    "results.indicator_scores",
    "results.outcome_flow",
    "results.outcome_change",
    "results.goal_attainment",
    "results.closures",
)

# Every series is of one organisation, or of all together.
_SERIES_STEPS = (
    sql_step(
        "monitoring.series_point",
        "monitoring",
        "series_point",
        "Every measure by quarter, with its gaps",
        (*SOURCES, "results.record_profile", "outcome.period"),
    ),
    sql_step(
        "monitoring.chart",
        "monitoring",
        "chart",
        "Per series: which chart suits and what its limits rest on",
        ("monitoring.series_point", "monitoring.chance"),
    ),
    sql_step(
        "results.monitoring_point",
        "monitoring",
        "monitoring_point",
        "Measures over time with limits of ordinary variation and named rules per point",
        ("monitoring.series_point", "monitoring.chart"),
    ),
)
_COMPARED_STEP = sql_step(
    "monitoring.compared",
    "monitoring",
    "compared",
    "What teams are held beside each other by, per year",
    SOURCES,
)

STEPS: tuple[TableStep, ...] = (
    CHANCE_STEP,
    *map(by_organisation, _SERIES_STEPS),
    on_news(_COMPARED_STEP),
    by_group(COMPARISON_STEP, source="monitoring.compared", columns=MEASURE_COLUMNS),
)
