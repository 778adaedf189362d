"""The audit instruments as tables: names, items, parts and bands.

What does not belong here: reading or checking YAML (the catalogue room) and any delivered row.
"""

from pipelines.catalogue import Catalogue
from pipelines.facts.catalogue_rows import BAND_PARTS, Rows
from pipelines.facts.catalogue_tables import catalogue_table

OWN, GENERAL = "instrument", "record_profile"


def list_instrument_rows(catalogue: Catalogue) -> Rows:
    """One row per instrument."""
    for one in catalogue.audit_instruments.values():
        yield (
            one.instrument,
            one.version,
            one.lowest_rating,
            one.highest_rating,
            one.total,
            one.item_count,
            bool(one.items),
            str(one.provenance),
        )


def list_name_rows(catalogue: Catalogue) -> Rows:
    """One row per way in which exports call an instrument, in small letters."""
    for one in catalogue.audit_instruments.values():
        for word in sorted({name.lower() for name in (one.instrument, *one.synonyms)}):
            yield word, one.instrument


def list_item_rows(catalogue: Catalogue) -> Rows:
    """One row per instrument and listed item, in the order of the list."""
    for one in catalogue.audit_instruments.values():
        for place, (item_id, item) in enumerate(one.items.items(), start=1):
            yield one.instrument, item_id, place, item.subscale, item.topic


def list_part_rows(catalogue: Catalogue) -> Rows:
    """One row per instrument and part that adds up items: its subscales and the total."""
    for one in catalogue.audit_instruments.values():
        yield one.instrument, "total", "total"
        for subscale in one.subscales:
            yield one.instrument, subscale, "subscale"


def list_band_rows(catalogue: Catalogue) -> Rows:
    """One row per instrument, kind of part and band: its range ``[lower, upper)`` in hundredths.

    Bands of the instrument itself are about its total. They are read for a subscale as well when
    both are means of items; a subscale beside a sum stays without a band. A mean is multiplied by
    ``points`` before it is compared: bands of a sum are in points of the whole instrument.
    """
    for one in catalogue.audit_instruments.values():
        steps = one.bands.steps if one.bands else catalogue.bands["profile"].steps
        kinds = ("total", "subscale") if one.bands is None or one.total == "mean" else ("total",)
        points = one.item_count if one.bands and one.total == "sum" else 1
        origin = OWN if one.bands else GENERAL
        for kind in kinds:
            upper = None
            for step in steps:
                lower = None if step.lower is None else int(step.lower * BAND_PARTS)
                yield one.instrument, kind, step.band, lower, upper, points, origin
                upper = lower


def list_topic_rows(catalogue: Catalogue) -> Rows:
    """One row per indicator of records with a topic that assessors rate as well."""
    for indicator in catalogue.indicators.values():
        if indicator.topic is not None:
            yield indicator.id, indicator.topic


CATALOGUE_STEPS = (
    catalogue_table(
        "audit_instrument",
        "instrument VARCHAR, declaration_version INTEGER, lowest_rating INTEGER,"
        "highest_rating INTEGER, total_rule VARCHAR, item_count INTEGER, is_listed BOOLEAN,"
        "provenance VARCHAR",
        "Audit instruments and how their items add up",
        list_instrument_rows,
    ),
    catalogue_table(
        "audit_name",
        "name VARCHAR, instrument VARCHAR",
        "How exports call the audit instruments",
        list_name_rows,
    ),
    catalogue_table(
        "audit_item",
        "instrument VARCHAR, item_id VARCHAR, place INTEGER, subscale VARCHAR, topic VARCHAR",
        "Listed items of the audit instruments",
        list_item_rows,
    ),
    catalogue_table(
        "audit_part",
        "instrument VARCHAR, part VARCHAR, part_kind VARCHAR",
        "Subscales and totals of the audit instruments",
        list_part_rows,
    ),
    catalogue_table(
        "audit_band",
        "instrument VARCHAR, part_kind VARCHAR, band VARCHAR, lower_parts BIGINT,"
        "upper_parts BIGINT, points INTEGER, band_source VARCHAR",
        "Bands of audit scores, in hundredths",
        list_band_rows,
    ),
    catalogue_table(
        "indicator_topic",
        "indicator_id VARCHAR, topic VARCHAR",
        "Topics that both records and assessors say something about",
        list_topic_rows,
    ),
)
