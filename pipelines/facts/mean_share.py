"""The exact share of one rating in the mean of its document, for every number of ratings.

A mean of means adds fractions with different denominators. All of them are written over one common
denominator, so that sums and comparisons stay whole numbers. It is divisible by every number up to
40; a document with more ratings in one period whose number does not divide it is rounded in the
16th decimal.
"""

from math import lcm

from pipelines.run import Run
from pipelines.warehouse import TableStep, Warehouse

EXACT_RATING_COUNT = 40
MEAN_PARTS = lcm(*range(1, EXACT_RATING_COUNT + 1))
# Smaller denominators that nearly always do: up to 10 and up to 20 ratings per document.
SMALL_BASES = (lcm(*range(1, 11)), lcm(*range(1, 21)))


def build_mean_share(warehouse: Warehouse, _: Run) -> None:
    """Builds ``fact.mean_share``: number of ratings -> parts of one rating in the mean."""
    most = warehouse.fetch_one(
        """
        with document as (
            select count(*) as rating_count
            from fact.rating
            group by organisation_id, document_id
        )
        select coalesce(max(rating_count), 0) from document
        """
    )[0]
    warehouse.execute(
        "create or replace table fact.mean_share"
        " (rating_count INTEGER, share_parts DECIMAL(38, 0), mean_parts DECIMAL(38, 0))"
    )
    for count in range(1, max(most, 1) + 1):
        share = (2 * MEAN_PARTS + count) // (2 * count)  # the nearest whole number
        warehouse.execute(
            "insert into fact.mean_share values (?, ?, ?)", [count, share, MEAN_PARTS]
        )


def build_mean_base(warehouse: Warehouse, _: Run) -> None:
    """Builds ``fact.mean_base``: smaller denominators, best first, and their size in parts."""
    warehouse.execute(
        "create or replace table fact.mean_base"
        " (base_rank INTEGER, base BIGINT, base_parts DECIMAL(38, 0))"
    )
    for rank, base in enumerate(SMALL_BASES, start=1):
        warehouse.execute(
            "insert into fact.mean_base values (?, ?, ?)", [rank, base, MEAN_PARTS // base]
        )


MEAN_BASE_STEP = TableStep(
    "fact.mean_base",
    "Small denominators that a mean of ratings is written over where that is exact",
    (),
    build_mean_base,
)

MEAN_SHARE_STEP = TableStep(
    "fact.mean_share",
    "Exact share of one rating in the mean of its document, by number of ratings",
    ("fact.rating",),
    build_mean_share,
)
