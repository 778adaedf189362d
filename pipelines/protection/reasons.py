"""Reasons behind the scores of whole years, and what would lift a record profile, as table rows.

Every number of a suppressed score is empty. What is not recorded is told only where the counts of
excluded units are told. How many workers a step would take at least is never told: of a few hours
it could be read whose they are.
"""

from fractions import Fraction

from pipelines.explain.explanation import find_missing
from pipelines.explain.gaps import Rooms, read_rooms_of_years
from pipelines.explain.next_anchor import NextAnchor, NotReachable, count_fewest
from pipelines.explain.reach import choose_lifts, find_anchor, has_rooms
from pipelines.explain.recompute import AnchorRange
from pipelines.explain.scores import (
    Score,
    list_profiles_of_years,
    list_scores_of_years,
    read_anchors,
)
from pipelines.explain.units import UnitCounts, count_units_of_years
from pipelines.warehouse import Warehouse

NUMBER_COUNT = 18  # columns between the shape and `is_suppressed`


class YearAnchors:
    """The next anchor of any score, each anchor set read once."""

    def __init__(self, warehouse: Warehouse):
        self._warehouse = warehouse
        self._ranges: dict[tuple, tuple[AnchorRange, ...]] = {}

    def find(self, score: Score) -> NextAnchor | NotReachable:
        """The next anchor of a score, or why there is none."""
        place = (score.key.organisation_id, score.anchors, score.anchors_version)
        if place not in self._ranges:
            self._ranges[place] = read_anchors(self._warehouse, *place)
        return find_anchor(score, self._ranges[place])


def _list_keys(warehouse: Warehouse, condition: str, table: str) -> set[str]:
    return {
        key
        for (key,) in warehouse.fetch_all(
            f"select distinct score_key from protected.{table} where {condition}"
        )
    }


def _write(amount: Fraction | None) -> str | None:
    return None if amount is None else str(amount)


def list_place(score: Score) -> tuple[str, str | None, str | None, str]:
    """Level, organisation, team and period as the protected tables have them."""
    key = score.key
    return key.level, key.organisation_id or None, key.team_id or None, key.period


def list_reasons(warehouse: Warehouse) -> list[tuple]:
    """Rows of ``protected.score_reason``, in the order of its columns."""
    scores = list_scores_of_years(warehouse)
    shown = _list_keys(warehouse, "not is_suppressed", "score_disclosure")
    untold = _list_keys(warehouse, "units is null", "indicator_exclusions")
    counts = count_units_of_years(warehouse, {str(score.key): score.shape for score in scores})
    rooms = read_rooms_of_years(warehouse)
    anchors = YearAnchors(warehouse)
    rows = []
    for score in scores:
        key = str(score.key)
        head = (*list_place(score), score.key.indicator_id, key, score.shape)
        if key not in shown:
            rows.append((*head, *[None] * NUMBER_COUNT, True))
            continue
        numbers = _list_numbers(score, counts[key], key in untold)
        step = _list_step(score, anchors.find(score), rooms.get(key, Rooms()))
        rows.append((*head, *numbers, *step, False))
    return rows


def _list_numbers(score: Score, counts: UnitCounts, is_untold: bool) -> tuple:
    missing = find_missing(score, counts)
    return (
        _write(score.numerator),
        _write(score.denominator),
        counts.counted,
        score.counted_weight,
        counts.met,
        counts.not_met,
        None if is_untold else counts.not_recorded_weight,
        None if is_untold else int(missing.to_record),
        _write(missing.to_count),
    )


def _list_step(score: Score, anchor: NextAnchor | NotReachable, rooms: Rooms) -> tuple:
    if isinstance(anchor, NotReachable):
        return (anchor.reason, *[None] * 8)
    fewest = None
    if has_rooms(score, anchor) and score.is_about_clients:
        fewest = count_fewest(rooms.choose(anchor.is_rise), anchor.amount)
    return (
        None,
        _write(anchor.limit),
        anchor.is_limit_enough,
        _write(anchor.amount),
        anchor.is_rise,
        _write(anchor.numerator_after),
        _write(anchor.value_after),
        _write(anchor.score_after),
        fewest,
    )


def list_lift_rows(warehouse: Warehouse) -> list[tuple]:
    """Rows of ``protected.profile_lift``, in the order of its columns.

    Only of record profiles with a total that is shown: a total is hidden when one of the scores
    behind it is.
    """
    profiles = list_profiles_of_years(warehouse)
    shown = set(
        warehouse.fetch_all(
            """
            select organisation_id, coalesce(team_id, ''), period
            from protected.record_profile
            where part = 'total' and score is not null and not is_kept and level <> 'all'
            """
        )
    )
    by_place: dict[tuple, list[Score]] = {}
    for score in list_scores_of_years(warehouse):
        place = (score.key.organisation_id, score.key.team_id, score.key.period)
        is_part = score.key.indicator_id in profiles.get(place, ())
        if place in shown and is_part and score.status == "scored":
            by_place.setdefault(place, []).append(score)
    rooms = read_rooms_of_years(warehouse, per_trajectory=True)
    finder = YearAnchors(warehouse)
    rows = []
    for scores in by_place.values():
        anchors = {str(one.key): finder.find(one) for one in scores if one.is_about_clients}
        for place, lift in enumerate(choose_lifts(scores, anchors, rooms), start=1):
            rows.append(
                (
                    *list_place(scores[0]),
                    place,
                    lift.indicator_id,
                    float(lift.score_now),
                    float(lift.anchor.score_after),
                    lift.trajectory_count,
                    float(lift.rise),
                )
            )
    return rows
