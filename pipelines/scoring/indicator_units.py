"""The units behind every score, written in full for an installation of ordinary size."""

from pipelines.run import Run
from pipelines.warehouse import TableStep, Warehouse

# Above this the table stays empty; ``score.indicator_unit`` answers for one score key at a time.
LARGEST_FULL_TABLE = 5_000_000


def build_indicator_units(warehouse: Warehouse, _: Run) -> None:
    """Builds ``results.indicator_units``; empty when it would have too many rows."""
    size = warehouse.fetch_one("select coalesce(sum(row_count), 0) from score.tally")[0]
    condition = "" if size < LARGEST_FULL_TABLE else "where false"
    warehouse.execute(
        "create or replace table results.indicator_units as"
        " select score_key, unit_kind, unit_id, counted, met, amount_numerator,"
        " amount_denominator, exclusion_reason"
        f" from score.indicator_unit {condition} order by score_key, unit_kind, unit_id"
    )


INDICATOR_UNITS_STEP = TableStep(
    "results.indicator_units",
    "Units behind every score, counted or excluded with the reason",
    ("score.indicator_unit", "score.tally"),
    build_indicator_units,
)
