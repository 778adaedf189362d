"""How much room the counted units of scores have, as a small table: room -> number of units."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction

from pipelines.explain.scores import Score
from pipelines.warehouse import Warehouse

HIGHEST_RATING = 5

# Room to rise is what a unit still lacks; room to fall is what it now adds to the numerator.
# One statement for any number of indicators: each reading of the units costs as much.
_ROOMS = """
with unit as (
    select
        unit.score_key,
        case when $per_trajectory
            then unit.unit_organisation_id || '|' || unit.trajectory_id
            else unit.unit_organisation_id || '|' || unit.unit_kind || '|' || unit.unit_id
        end as owner,
        case when indicator.shape = 'rated' then $highest else 1 end
            * unit.denominator * unit.numerator_parts
            - unit.numerator * unit.denominator_parts as to_rise,
        unit.numerator * unit.denominator_parts as to_fall,
        unit.numerator_parts * unit.denominator_parts as parts
    from score.indicator_unit as unit
    inner join catalogue.indicator as indicator
        on indicator.organisation_id = unit.organisation_id
        and indicator.indicator_id = unit.indicator_id
        and indicator.indicator_version = unit.indicator_version
    where unit.counted
        and {condition}
),
owner as (
    select
        score_key,
        owner,
        sum(greatest(to_rise, 0)) as to_rise,
        sum(greatest(to_fall, 0)) as to_fall,
        max(parts) as parts
    from unit
    group by
        score_key,
        owner
)
select
    score_key,
    cast(to_rise as varchar),
    cast(to_fall as varchar),
    cast(parts as varchar),
    count(*)
from owner
group by
    score_key,
    to_rise,
    to_fall,
    parts
"""

_OF_ONE_PLACE = """
    unit.level = $level
    and unit.organisation_id = $organisation_id
    and unit.team_id = $team_id
    and unit.period = $period
    and unit.indicator_id in (select unnest($indicator_ids))
    and unit.score_key in (select unnest($score_keys))
"""
# whole years of organisations and teams
_OF_YEARS = "unit.level <> 'all' and length(unit.period) = 4"


@dataclass(frozen=True)
class Rooms:
    """(room, number of owners with that room) of the counted units of one score."""

    to_rise: tuple[tuple[Fraction, int], ...] = ()
    to_fall: tuple[tuple[Fraction, int], ...] = ()

    def choose(self, is_rise: bool) -> tuple[tuple[Fraction, int], ...]:
        """The room in one direction."""
        return self.to_rise if is_rise else self.to_fall


def read_rooms(
    warehouse: Warehouse, scores: Sequence[Score], per_trajectory: bool = False
) -> dict[str, Rooms]:
    """Score key -> the room of its counted units, of scores of one place and period.

    Args:
        warehouse: where the units are.
        scores: scores whose numerator is part of their denominator, and ratings.
        per_trajectory: add up the room of the units that hang on one trajectory.
    """
    if not scores:
        return {}
    key = scores[0].key
    rows = warehouse.fetch_all(
        _ROOMS.format(condition=_OF_ONE_PLACE),
        {
            "level": key.level,
            "organisation_id": key.organisation_id,
            "team_id": key.team_id,
            "period": key.period,
            "indicator_ids": [score.key.indicator_id for score in scores],
            "score_keys": [str(score.key) for score in scores],
            "per_trajectory": per_trajectory,
            "highest": HIGHEST_RATING,
        },
    )
    return _gather(rows)


def read_rooms_of_years(warehouse: Warehouse, per_trajectory: bool = False) -> dict[str, Rooms]:
    """Score key -> the room of its counted units, of every year of every organisation and team."""
    sql = _ROOMS.format(condition=_OF_YEARS)
    return _gather(
        warehouse.fetch_all(sql, {"per_trajectory": per_trajectory, "highest": HIGHEST_RATING})
    )


def _gather(rows: Iterable[tuple]) -> dict[str, Rooms]:
    rises: dict[str, list[tuple[Fraction, int]]] = {}
    falls: dict[str, list[tuple[Fraction, int]]] = {}
    for score_key, to_rise, to_fall, parts, count in rows:
        rises.setdefault(score_key, []).append((Fraction(int(to_rise), int(parts)), count))
        falls.setdefault(score_key, []).append((Fraction(int(to_fall), int(parts)), count))
    return {name: Rooms(tuple(rises[name]), tuple(falls[name])) for name in rises}
