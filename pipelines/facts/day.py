"""The calendar: one row per day with its number, quarter and year.

Days are numbered so that counting days is subtracting integers, which every SQL engine does alike.
"""

from datetime import date, timedelta

from pipelines.records.made_from import forget_made
from pipelines.run import Run
from pipelines.warehouse import TableStep, Warehouse

# Blocks of days are counted from this Monday.
FIRST_MONDAY = date(2001, 1, 1)


def _find_span(warehouse: Warehouse) -> tuple[date, date] | None:
    """First day of the first year and last day of the last year with something to score."""
    first, last = warehouse.fetch_one(
        """
        select
            (select min(first_record_date) from fact.team),
            (select max(known_until) from staged.organisation)
        """
    )
    if first is None or last is None:
        return None
    # Documents may be a little older than the first trajectory they hang on.
    return date(first.year - 1, 1, 1), date(last.year, 12, 31)


def build_day(warehouse: Warehouse, _: Run) -> None:
    """Builds ``fact.day``; empty when no organisation has a trajectory or team review.

    With another first or last day, tables about an unchanged organisation may change as well.
    """
    import pandas as pd

    before = _read_span(warehouse)
    warehouse.execute(
        "create or replace table fact.day"
        " (day DATE, day_number INTEGER, quarter VARCHAR, year VARCHAR)"
    )
    span = _find_span(warehouse)
    if span is None:
        return
    first, last = span
    days = [first + timedelta(days=offset) for offset in range((last - first).days + 1)]
    frame = pd.DataFrame(
        {
            "day": days,
            "day_number": [(day - FIRST_MONDAY).days for day in days],
            "quarter": [f"{day.year}-Q{(day.month + 2) // 3}" for day in days],
            "year": [str(day.year) for day in days],
        }
    )
    warehouse.write_frame("fact.day", frame)
    if before is not None and before != _read_span(warehouse):
        forget_made(warehouse, except_schema="staged")


def _read_span(warehouse: Warehouse) -> tuple | None:
    """The first and last day of the calendar as it stands; None when there is none."""
    if not warehouse.has_table("fact.day"):
        return None
    return warehouse.fetch_one("select min(day), max(day) from fact.day")


DAY_STEP = TableStep(
    "fact.day",
    "Calendar: every day with its number, quarter and year",
    ("fact.team", "staged.organisation"),
    build_day,
)
