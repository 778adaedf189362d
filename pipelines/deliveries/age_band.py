"""Birth dates become age bands before anything is written."""

from collections.abc import Iterator

from pipelines.deliveries.dates import make_date_sql
from pipelines.deliveries.incoming import name_slot
from pipelines.deliveries.journal import DeliveryWarning
from pipelines.deliveries.layout import Layout
from pipelines.warehouse import Warehouse

# Upper bound in years -> code of the list `age_band`, youngest first.
AGE_BANDS = (
    (18, "under_18"),
    (23, "from_18_to_22"),
    (30, "from_23_to_29"),
    (45, "from_30_to_44"),
    (65, "from_45_to_64"),
    (121, "from_65"),
)


def make_age_bands(layout: Layout) -> dict[str, str]:
    """Name of the landed column -> SQL of the age band on the date that the mapping names."""
    bands = {}
    for column in layout.columns:
        if not column.age_band_at or column.age_band_at not in layout.positions:
            continue
        born = make_date_sql(f"i.{name_slot(layout, column.header)}")
        on = make_date_sql(f"i.{name_slot(layout, column.age_band_at)}")
        # Who was born on 29 February has a birthday on 1 March in other years.
        is_before_birthday = f"(month({on}), day({on})) < (month({born}), day({born}))"
        age = f"(year({on}) - year({born}) - cast({is_before_birthday} as integer))"
        cases = " ".join(f"when {age} < {below} then '{code}'" for below, code in AGE_BANDS)
        bands[column.name] = f"case when {born} > {on} then null {cases} end"
    return bands


def count_unknown_ages(
    warehouse: Warehouse, layout: Layout, ages: dict[str, str]
) -> Iterator[DeliveryWarning]:
    """A warning per birth-date column in which a filled cell gives no age band."""
    for column in layout.columns:
        if column.name not in ages:
            continue
        slot, band = name_slot(layout, column.header), ages[column.name]
        rows = warehouse.fetch_one(
            f"select count(*) from incoming as i where {slot} is not null and ({band}) is null"
        )[0]
        if rows:
            yield DeliveryWarning("age_band_unknown", column.header, rows)
