"""What became of each file, under the names that researchers use."""

from pipelines.warehouse import TableStep, sql_step

STEPS: tuple[TableStep, ...] = (
    sql_step(
        "results.delivery_report",
        "results",
        "delivery_report",
        "Per file and record kind: rows read, staged, superseded, quarantined, not a record.",
        ("quality.delivery_report",),
    ),
    sql_step(
        "results.quarantine",
        "results",
        "quarantine",
        "Why rows were set aside: one row per reason, never with a value.",
        ("quality.quarantine",),
    ),
)
