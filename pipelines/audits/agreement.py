"""How far assessors agree, per instrument: over audits in which no consensus was talked out first.

What does not belong here: the coefficients themselves (``pipelines.statistics``) and whose rating
counts for a score (SQL of this room).
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from fractions import Fraction
from itertools import combinations

import pandas as pd

from pipelines.run import Run
from pipelines.statistics.agreement import (
    Coefficient,
    calculate_gwet_ac,
    calculate_krippendorff_alpha,
    calculate_weighted_kappa,
    share_within,
    undefined,
    withhold_if_few,
)
from pipelines.statistics.intraclass import calculate_icc_2_1
from pipelines.warehouse import TableStep, Warehouse

SCALE = (1, 2, 3, 4, 5)  # always the whole scale, also when a category was never used
RATING_PARTS = 13967553600  # of the statements in this room

RATINGS_SQL = """
    select audit.instrument, audit.organisation_id, audit.audit_id, rating.item_id,
        rating.assessor_id, rating.rating_parts
    from audit.audit as audit
    inner join audit.assessor_rating as rating
        on rating.organisation_id = audit.organisation_id and rating.audit_id = audit.audit_id
    inner join audit.item as item
        on item.organisation_id = rating.organisation_id and item.audit_id = rating.audit_id
        and item.item_id = rating.item_id
    where not audit.has_consensus and rating.rating_parts is not null
    order by all
"""
TOTALS_SQL = """
    select audit.instrument, audit.organisation_id, audit.audit_id, total.assessor_id,
        total.mean_rating
    from audit.audit as audit
    inner join audit.assessor_total as total
        on total.organisation_id = audit.organisation_id and total.audit_id = audit.audit_id
    where not audit.has_consensus
    order by all
"""


@dataclass
class Sheets:
    """What assessors of one instrument said, by (organisation, audit, item) and by audit."""

    ratings: dict[tuple, list[Fraction]] = field(default_factory=lambda: defaultdict(list))
    totals: dict[tuple, list[float]] = field(default_factory=lambda: defaultdict(list))

    def restrict(self, organisation_id: str) -> Sheets:
        """The sheets of one organisation."""
        return Sheets(
            {key: found for key, found in self.ratings.items() if key[0] == organisation_id},
            {key: found for key, found in self.totals.items() if key[0] == organisation_id},
        )


def read_sheets(warehouse: Warehouse) -> dict[str, Sheets]:
    """Instrument -> sheets, one entry for every instrument that was used; assessors in id order."""
    names = warehouse.fetch_all("select distinct instrument from audit.audit order by 1")
    sheets = {name: Sheets() for (name,) in names}
    for name, organisation, audit, item, _, parts in warehouse.fetch_all(RATINGS_SQL):
        rating = Fraction(int(parts), RATING_PARTS)
        sheets[name].ratings[organisation, audit, item].append(rating)
    for name, organisation, audit, _, total in warehouse.fetch_all(TOTALS_SQL):
        sheets[name].totals[organisation, audit].append(total)
    return sheets


def measure_agreement(sheets: Sheets) -> Iterator[tuple[str, Coefficient]]:
    """Each statistic by name; what rests on fewer than ten pairs is withheld.

    Kappa and AC2 know the five categories only: a rating that is a mean of sources and falls
    between two categories plays no part in them, and their n is smaller.
    """
    found = list(sheets.ratings.values())
    pairs = [pair for unit in found for pair in combinations(unit, 2)]
    whole_pairs = [(int(a), int(b)) for a, b in pairs if _is_whole(a) and _is_whole(b)]
    whole_units = [[int(rating) for rating in unit if _is_whole(rating)] for unit in found]
    measured = {
        "share_exact": share_within(pairs),
        "share_within_one": share_within(pairs, 1),
        "weighted_kappa_quadratic": calculate_weighted_kappa(whole_pairs, SCALE),
        "ac2_quadratic": calculate_gwet_ac(whole_units, SCALE),
        "icc_2_1_total": _correlate_totals(list(sheets.totals.values())),
        "krippendorff_alpha_ordinal": calculate_krippendorff_alpha(found),
    }
    for statistic, coefficient in measured.items():
        yield statistic, withhold_if_few(coefficient)


def _is_whole(rating: Fraction) -> bool:
    return rating.denominator == 1


def _correlate_totals(totals: list[list[float]]) -> Coefficient:
    """ICC(2,1) over the audits with the most usual number of assessors (at least two)."""
    usual = Counter(len(total) for total in totals if len(total) >= 2)
    if not usual:
        return undefined(0, "no_pairs")
    size = min(usual, key=lambda count: (-usual[count], count))
    return calculate_icc_2_1([total for total in totals if len(total) == size])


COLUMNS = "instrument VARCHAR, statistic VARCHAR, value DOUBLE, n BIGINT, status VARCHAR"


def _write(warehouse: Warehouse, table: str, columns: str, rows: list[tuple]) -> None:
    warehouse.execute(f"create or replace table {table} ({columns})")
    if rows:
        names = [column.split()[0] for column in columns.split(", ")]
        warehouse.write_frame(table, pd.DataFrame(rows, columns=names, dtype=object))


def _list_rows(instrument: str, sheets: Sheets) -> Iterator[tuple]:
    for statistic, one in measure_agreement(sheets):
        value = None if one.value is None else float(one.value)
        yield instrument, statistic, value, one.count, one.status, one.reason


def build_rater_agreement(warehouse: Warehouse, _: Run) -> None:
    """Builds ``results.rater_agreement``: instrument x statistic."""
    rows = [
        row
        for instrument, sheets in read_sheets(warehouse).items()
        for row in _list_rows(instrument, sheets)
    ]
    _write(warehouse, "results.rater_agreement", f"{COLUMNS}, reason VARCHAR", rows)


def build_organisation_agreement(warehouse: Warehouse, _: Run) -> None:
    """Builds ``results.rater_agreement_organisation``: organisation x instrument x statistic."""
    used = warehouse.fetch_all(
        "select distinct organisation_id, instrument from audit.audit order by all"
    )
    sheets = read_sheets(warehouse)
    rows = [
        (organisation, *row)
        for organisation, instrument in used
        for row in _list_rows(instrument, sheets[instrument].restrict(organisation))
    ]
    columns = f"organisation_id VARCHAR, {COLUMNS}, reason VARCHAR"
    _write(warehouse, "results.rater_agreement_organisation", columns, rows)


READS = ("audit.audit", "audit.assessor_rating", "audit.item", "audit.assessor_total")
AGREEMENT_STEPS = (
    TableStep(
        "results.rater_agreement",
        "How far assessors agree, per instrument",
        READS,
        build_rater_agreement,
    ),
    TableStep(
        "results.rater_agreement_organisation",
        "How far assessors agree within one organisation, per instrument",
        READS,
        build_organisation_agreement,
    ),
)
