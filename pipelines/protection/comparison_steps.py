"""The protected tables of measures over time and of teams beside each other.

What does not belong here: limits, rules and shrinkage themselves (room ``monitoring``).
"""

import pandas as pd

from pipelines.protection.comparison import COLUMNS, list_comparisons
from pipelines.protection.tables import export_after, make_step
from pipelines.run import Run
from pipelines.warehouse import TableStep, Warehouse


def _build_comparison(warehouse: Warehouse, run: Run) -> None:
    declared = ", ".join(f"{name} {kind}" for name, kind in COLUMNS.items())
    warehouse.execute(f"create or replace table protected.comparison ({declared})")
    rows = list_comparisons(warehouse)
    if rows:
        frame = pd.DataFrame(rows, columns=list(COLUMNS), dtype=object)
        warehouse.write_frame("protected.comparison", frame.where(frame.notna(), None))


COMPARISON_STEPS: tuple[TableStep, ...] = (
    make_step(
        "monitoring_point",
        "Measures over time; limits only when every point they rest on is shown.",
        (
            "results.monitoring_point",
            "protected.score_disclosure",
            "protected.indicator_scores",
            "protected.record_profile",
        ),
    ),
    make_step(
        "compared_team",
        "Values of teams that may be shown.",
        ("monitoring.compared", "protected.score_disclosure", "protected.outcome_cell"),
    ),
    export_after(
        TableStep(
            "protected.comparison",
            "Own teams beside each other, or beside the spread of all.",
            ("results.comparison", "protected.compared_team"),
            _build_comparison,
        )
    ),
)
