"""Which declared instrument, version and scale a delivered measurement is about.

Exports spell instruments in their own way; the catalogue's synonyms bring them together. What is
not declared keeps its delivered name and gets no direction and no norm. What does not belong here:
judging a single score.
"""

from __future__ import annotations

from decimal import Decimal

from pipelines.catalogue import Catalogue
from pipelines.catalogue.models.instruments import Instrument, Reliability
from pipelines.run import Run
from pipelines.warehouse import Warehouse

COLUMNS = {
    "delivered_instrument": "VARCHAR",
    "delivered_version": "VARCHAR",
    "delivered_scale": "VARCHAR",
    "instrument": "VARCHAR",
    "instrument_version": "VARCHAR",  # empty text: not delivered
    "scale": "VARCHAR",
    "is_declared": "BOOLEAN",
    "is_higher_better": "BOOLEAN",
    "minimum": "DECIMAL(9,2)",
    "maximum": "DECIMAL(9,2)",
    "reliability": "DOUBLE",
    "reliability_kind": "VARCHAR",
    "reliability_source": "VARCHAR",
    "published_sd": "DOUBLE",
    "published_sd_source": "VARCHAR",
}


def _find_name(delivered: str, entries: dict) -> str | None:
    folded = delivered.strip().casefold()
    for name, entry in entries.items():
        if folded in (name.casefold(), *(word.casefold() for word in entry.synonyms)):
            return name
    return None


def _find_version(delivered: str, instrument: Instrument) -> str:
    """The declared version; without one delivered, the only one there is; else as delivered."""
    if not delivered.strip() and len(instrument.versions) == 1:
        return next(iter(instrument.versions))
    return _find_name(delivered, instrument.versions) or delivered.strip()


def choose_reliability(instrument: Instrument, version: str, scale: str) -> Reliability | None:
    """The reliability for reliable change: test-retest when published, else alpha; the lowest."""
    fitting = [
        fact
        for fact in instrument.reliabilities
        if scale in fact.scales and (not fact.versions or version in fact.versions)
    ]
    fitting.sort(key=lambda fact: (fact.kind != "test_retest", fact.lowest))
    return fitting[0] if fitting else None


def describe_scale(catalogue: Catalogue, delivered: tuple[str, str, str]) -> tuple:
    """One row of ``outcome.scale`` for a delivered (instrument, version, scale)."""
    given_instrument, given_version, given_scale = delivered
    instrument_id = _find_name(given_instrument, catalogue.instruments)
    if instrument_id is None:
        names = (given_instrument.strip(), given_version.strip(), given_scale.strip())
        return (*delivered, *names, False, *[None] * 8)
    instrument = catalogue.instruments[instrument_id]
    version = _find_version(given_version, instrument)
    scale_id = _find_name(given_scale, instrument.scales)
    scale = instrument.scales.get(scale_id) if scale_id else None
    if scale_id is None or scale is None:
        names = (instrument_id, version, given_scale.strip())
        own_range = (instrument.minimum, instrument.maximum)
        return (*delivered, *names, False, instrument.is_higher_better, *own_range, *[None] * 5)
    reliability = choose_reliability(instrument, version, scale_id)
    published = next(
        (
            fact
            for fact in instrument.standard_deviations
            if scale_id in fact.scales and (not fact.versions or version in fact.versions)
        ),
        None,
    )
    return (
        *delivered,
        instrument_id,
        version,
        scale_id,
        True,
        instrument.is_higher_better,
        _first_known(scale.minimum, instrument.minimum),
        _first_known(scale.maximum, instrument.maximum),
        float(reliability.lowest) if reliability else None,
        reliability.kind if reliability else None,
        reliability.source if reliability else None,
        float(published.value) if published else None,
        published.source if published else None,
    )


def _first_known(own: Decimal | None, general: Decimal | None) -> Decimal | None:
    return general if own is None else own


def build_scale(warehouse: Warehouse, run: Run) -> None:
    """Builds ``outcome.scale``: one row per delivered (instrument, version, scale)."""
    declared = ", ".join(f"{name} {kind}" for name, kind in COLUMNS.items())
    warehouse.execute(f"create or replace table outcome.scale ({declared})")
    delivered = warehouse.fetch_all(
        "select distinct instrument, coalesce(instrument_version, ''), scale"
        " from staged.outcome_measurement order by all"
    )
    rows = [describe_scale(run.catalogue, names) for names in delivered]
    if rows:
        marks = ", ".join("?" * len(COLUMNS))
        warehouse.connection.executemany(f"insert into outcome.scale values ({marks})", rows)


def build_not_discussed(warehouse: Warehouse, run: Run) -> None:
    """Builds ``outcome.not_discussed``: scores of an instrument that mean "not talked about"."""
    warehouse.execute(
        "create or replace table outcome.not_discussed (instrument VARCHAR, score DECIMAL(9,2))"
    )
    rows = [
        (instrument.instrument, code)
        for instrument in run.catalogue.instruments.values()
        for code in instrument.not_discussed_codes
    ]
    if rows:
        warehouse.connection.executemany("insert into outcome.not_discussed values (?, ?)", rows)
