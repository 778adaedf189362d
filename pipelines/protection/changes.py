"""What moved most between two periods, and the largest part of the difference, as table rows.

Only where both values may be shown. How many units are in the part is told when they are enough to
be nobody in particular; the parts themselves stay inside.
"""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

from pipelines.explain.changes import split_change
from pipelines.explain.score_key import read_score_key
from pipelines.explain.units import Unit, read_units_of
from pipelines.protection.limits import MINIMUM_WORKERS
from pipelines.warehouse import Warehouse

SCORE_STEP = 1  # a smaller move of a score is no change worth a sentence
QUARTERS_COMPARED = 1  # of the quarters that are over: the last one with the one before


@dataclass(frozen=True)
class Move:
    """One indicator of one place in two periods, both shown and scored."""

    indicator_id: str
    shape: str
    key_before: str
    key_after: str
    value_before: float
    value_after: float
    score_before: float
    score_after: float
    is_about_clients: bool
    minimum_clients: int
    is_kept: bool  # a value was published before and stays; its units of now are not told

    @property
    def rise(self) -> float:
        """How far the score moved."""
        return self.score_after - self.score_before


_MOVES = """
with period_pair as (
    select
        organisation_id,
        period,
        lag(period) over (
            partition by organisation_id, length(period)
            order by period
        ) as previous_period,
        row_number() over (
            partition by organisation_id, length(period), is_provisional
            order by period desc
        ) as place,
        is_provisional
    from (
        select organisation_id, period, bool_or(is_provisional) as is_provisional
        from protected.indicator_scores
        where level = 'organisation'
        group by organisation_id, period
    )
)
select
    after.level, after.organisation_id, after.team_id, after.period, before.period,
    after.indicator_id, result.shape, before.score_key, after.score_key,
    before.value, after.value, before.score, after.score,
    disclosure.is_about_clients, organisation.minimum_clients,
    after.is_kept or before.is_kept
from protected.indicator_scores as after
inner join period_pair as pair
    on pair.organisation_id = after.organisation_id
    and pair.period = after.period
    and (length(pair.period) = 4 or (not pair.is_provisional and pair.place <= $quarters))
inner join protected.indicator_scores as before
    on before.organisation_id = after.organisation_id
    and before.team_id is not distinct from after.team_id
    and before.period = pair.previous_period
    and before.indicator_id = after.indicator_id
    and before.indicator_version = after.indicator_version
inner join score.result as result
    on result.score_key = after.score_key
inner join catalogue.indicator as indicator
    on indicator.organisation_id = after.organisation_id
    and indicator.indicator_id = after.indicator_id
    and indicator.indicator_version = after.indicator_version
    and indicator.is_leading
inner join catalogue.profile_part as part
    on part.organisation_id = after.organisation_id
    and part.indicator_id = after.indicator_id
    and part.part = 'total'
inner join protected.score_disclosure as disclosure
    on disclosure.score_key = after.score_key
inner join protected.organisation as organisation
    on organisation.organisation_id = after.organisation_id
where after.score is not null
    and before.score is not null
order by all
"""


def list_changes(warehouse: Warehouse) -> list[tuple]:
    """Rows of ``protected.change``, in the order of its columns: place x pair of periods."""
    places: dict[tuple, list[Move]] = defaultdict(list)
    for row in warehouse.fetch_all(_MOVES, {"quarters": QUARTERS_COMPARED}):
        places[row[:5]].append(Move(*row[5:]))
    moved = {
        place: [move for move in moves if abs(move.rise) >= SCORE_STEP]
        for place, moves in places.items()
    }
    largest = {place: _find_largest(moves) for place, moves in moved.items() if moves}
    keys = [key for move in largest.values() for key in (move.key_before, move.key_after)]
    units = read_units_of(warehouse, [read_score_key(key) for key in sorted(set(keys))])
    return [
        (
            *place,
            len(moves),
            len(moved[place]),
            *(_tell(largest[place], units) if place in largest else (None,) * 8),
        )
        for place, moves in places.items()
    ]


def _find_largest(moves: list[Move]) -> Move:
    return max(moves, key=lambda one: (abs(one.rise), abs(one.value_after - one.value_before)))


def _tell(move: Move, units: Mapping[str, list[Unit]]) -> tuple:
    """The move with the largest part in its direction, and how many units are in that part."""
    split = split_change(units[move.key_before], units[move.key_after], move.shape)
    part_name = contribution = count = None
    if split.difference and not move.is_kept:
        part = max(split.parts, key=lambda one: one.contribution / split.difference)
        smallest = move.minimum_clients if move.is_about_clients else MINIMUM_WORKERS
        part_name, contribution = str(part.part), round(float(part.contribution), 4)
        count = part.unit_count if part.unit_count >= smallest else None
    return (
        move.indicator_id,
        move.value_before,
        move.value_after,
        move.score_before,
        move.score_after,
        part_name,
        contribution,
        count,
    )
