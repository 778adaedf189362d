"""The units behind one score, with exact amounts."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from pipelines.explain.score_key import ScoreKey
from pipelines.warehouse import Warehouse

# Shapes whose units meet the rule or do not; the other shapes add up amounts.
MET_SHAPES = frozenset({"within", "current", "recurring", "share"})

_COLUMNS = """
    unit_organisation_id, unit_team_id, unit_kind, unit_id, trajectory_id, exclusion_reason, met,
    cast(unit_weight as bigint), numerator, denominator, numerator_parts, denominator_parts
"""
# The separate columns first: the composed key alone would build the units of every score.
_OF_ONE_SCORE = """
    level = ? and organisation_id = ? and team_id = ? and indicator_id = ? and period = ?
    and score_key = ?
"""
# What needs attention comes first; the rest in a fixed order.
_ORDER = """
    case when exclusion_reason is null and met = ? then 0
        when exclusion_reason = 'not_recorded' then 1
        when exclusion_reason is null then 2
        else 3 end,
    coalesce(numerator / nullif(denominator, 0), 0),
    unit_organisation_id, unit_team_id, unit_kind, unit_id
"""


@dataclass(frozen=True)
class Unit:
    """One thing that is counted, or excluded with one reason."""

    organisation_id: str
    team_id: str
    unit_kind: str
    unit_id: str
    trajectory_id: str | None
    exclusion_reason: str | None
    is_met: bool | None  # None: excluded, or a shape that adds up amounts
    weight: int  # contact moments for contacts, 0 for trajectories of the caseload, else 1
    numerator: Fraction | None  # amounts are None when excluded
    denominator: Fraction | None

    @property
    def identity(self) -> tuple[str, str, str]:
        """What makes it the same unit in another period or release."""
        return self.organisation_id, self.unit_kind, self.unit_id

    @property
    def is_counted(self) -> bool:
        """True when it takes part in the value."""
        return self.exclusion_reason is None


def filter_of(key: ScoreKey) -> list[str]:
    """The parameters of the condition that selects the units of one score."""
    place = [key.level, key.organisation_id, key.team_id, key.indicator_id, key.period]
    return [*place, str(key)]


def _divide(amount, parts) -> Fraction | None:
    return None if amount is None else Fraction(int(amount), int(parts))


def make_units(rows: Iterable[tuple]) -> Iterator[Unit]:
    """Units from rows of ``score.indicator_unit`` in the order of ``_COLUMNS``."""
    for *identity, weight, numerator, denominator, numerator_parts, denominator_parts in rows:
        yield Unit(
            *identity,
            weight=weight,
            numerator=_divide(numerator, numerator_parts),
            denominator=_divide(denominator, denominator_parts),
        )


def read_units(
    warehouse: Warehouse, key: ScoreKey, limit: int | None = None, is_met_first: bool = False
) -> list[Unit]:
    """The units of one score, at most ``limit``; first those that met the rule, or did not."""
    rows = warehouse.fetch_all(
        f"select {_COLUMNS} from score.indicator_unit where {_OF_ONE_SCORE} order by {_ORDER}"
        " limit ?",
        [*filter_of(key), is_met_first, limit],
    )
    return list(make_units(rows))


def read_units_of(warehouse: Warehouse, keys: Sequence[ScoreKey]) -> dict[str, list[Unit]]:
    """Score key -> every unit of it, of many scores in one reading."""
    found: dict[str, list[Unit]] = {str(key): [] for key in keys}
    rows = warehouse.fetch_all(
        f"select score_key, {_COLUMNS} from score.indicator_unit"
        " where score_key in (select unnest($keys)) and period in (select unnest($periods))"
        " order by all",
        {"keys": list(found), "periods": sorted({key.period for key in keys})},
    )
    for score_key, *row in rows:
        found[score_key].extend(make_units([tuple(row)]))
    return found


def read_all_units(warehouse: Warehouse) -> Iterator[tuple[str, Unit]]:
    """(score key, unit) of every score, key by key."""
    rows = warehouse.fetch_all(
        f"select score_key, {_COLUMNS} from score.indicator_unit order by score_key"
    )
    for score_key, *row in rows:
        yield score_key, next(make_units([row]))


@dataclass(frozen=True)
class UnitCounts:
    """How many units a score rests on, in rows."""

    counted: int
    met: int | None  # None: a shape that adds up amounts
    not_met: int | None
    excluded: dict[str, int]  # reason -> rows
    not_recorded_weight: int  # as the recorded share counts: contact moments for contacts


def count_units(warehouse: Warehouse, key: ScoreKey, shape: str) -> UnitCounts:
    """Counts the units of one score by what became of them."""
    rows = warehouse.fetch_all(
        f"""
        select
            exclusion_reason,
            count(*),
            coalesce(sum(case when met then 1 else 0 end), 0),
            coalesce(sum(unit_weight), 0)
        from score.indicator_unit
        where {_OF_ONE_SCORE}
        group by exclusion_reason
        order by exclusion_reason
        """,
        filter_of(key),
    )
    return _make_counts(rows, shape)


def count_units_of_years(warehouse: Warehouse, shapes: Mapping[str, str]) -> dict[str, UnitCounts]:
    """Score key -> its units by what became of them, of whole years; ``shapes`` by score key."""
    rows = warehouse.fetch_all(
        """
        select
            score_key,
            exclusion_reason,
            count(*),
            coalesce(sum(case when met then 1 else 0 end), 0),
            coalesce(sum(unit_weight), 0)
        from score.indicator_unit
        where level <> 'all' and length(period) = 4
        group by score_key, exclusion_reason
        order by score_key, exclusion_reason
        """
    )
    by_key: dict[str, list[tuple]] = {score_key: [] for score_key in shapes}
    for score_key, *row in rows:
        if score_key in by_key:
            by_key[score_key].append(tuple(row))
    return {key: _make_counts(found, shapes[key]) for key, found in by_key.items()}


def _make_counts(rows: Iterable[tuple], shape: str) -> UnitCounts:
    counted = {reason: (rows_, met, weight) for reason, rows_, met, weight in rows}
    total, met, _ = counted.pop(None, (0, 0, 0))
    is_met_shape = shape in MET_SHAPES
    return UnitCounts(
        counted=total,
        met=int(met) if is_met_shape else None,
        not_met=total - int(met) if is_met_shape else None,
        excluded={reason: rows_ for reason, (rows_, _, _) in counted.items()},
        not_recorded_weight=int(counted.get("not_recorded", (0, 0, 0))[2]),
    )
