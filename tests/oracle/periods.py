"""Calendar quarters and years."""

from dataclasses import dataclass
from datetime import date, timedelta

ONE_DAY = timedelta(days=1)


@dataclass(frozen=True)
class Period:
    """A quarter (``2026-Q1``) or a year (``2026``), both ends included."""

    name: str
    first: date
    last: date

    @property
    def is_year(self) -> bool:
        return len(self.name) == 4


def quarter(year: int, number: int) -> Period:
    first = date(year, 3 * number - 2, 1)
    after = date(year + 1, 1, 1) if number == 4 else date(year, 3 * number + 1, 1)
    return Period(f"{year}-Q{number}", first, after - ONE_DAY)


def whole_year(year: int) -> Period:
    return Period(str(year), date(year, 1, 1), date(year, 12, 31))


def quarters_of(period: Period) -> list[Period]:
    """The four quarters of a year; a quarter is its own only quarter."""
    if not period.is_year:
        return [period]
    return [quarter(period.first.year, number) for number in (1, 2, 3, 4)]


def year_of(period: Period) -> Period:
    return whole_year(period.first.year)


def list_periods(first: date, last: date) -> list[Period]:
    """Every quarter and year that shares a day with [first, last]."""
    years = [whole_year(year) for year in range(first.year, last.year + 1)]
    quarters = [quarter for year in years for quarter in quarters_of(year)]
    return [period for period in years + quarters if period.first <= last and period.last >= first]
