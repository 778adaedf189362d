"""What chance alone does to a chart, by its number of points: as a table to join with."""

import pandas as pd

from pipelines.run import Run
from pipelines.statistics import monitoring, p_chart
from pipelines.warehouse import TableStep, Warehouse

SHORTEST = monitoring.MINIMUM_POINTS
LONGEST = max(monitoring.NOISE_FLAG_SHARES)  # a longer chart is told as one of this length
COLUMNS = {
    "points_count": "BIGINT",
    "chi_square_low": "DOUBLE",  # what chance leaves of the spread of independent shares
    "chi_square_high": "DOUBLE",
    "xmr_flag_share": "DOUBLE",  # share of charts of pure chance with a flagged point
    "p_flag_share": "DOUBLE",
}


def build_chance(warehouse: Warehouse, _: Run) -> None:
    """Builds ``monitoring.chance``: one row per number of points."""
    declared = ", ".join(f"{name} {kind}" for name, kind in COLUMNS.items())
    warehouse.execute(f"create or replace table monitoring.chance ({declared})")
    rows = [
        (
            count,
            *p_chart.find_chance_range(count - 1),
            monitoring.expect_false_flags(count),
            monitoring.expect_false_flags(count, p_chart.CHANCE_FLAG_SHARES),
        )
        for count in range(SHORTEST, LONGEST + 1)
    ]
    warehouse.write_frame("monitoring.chance", pd.DataFrame(rows, columns=list(COLUMNS)))


CHANCE_STEP = TableStep(
    "monitoring.chance",
    "How often chance alone flags a point, and how far chance spreads shares",
    (),
    build_chance,
)
