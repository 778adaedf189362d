"""The next anchor of a score, and how many of its units that takes at least."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from pipelines.explain.gaps import Rooms, read_rooms
from pipelines.explain.next_anchor import (
    NextAnchor,
    NotReachable,
    count_fewest,
    find_next_anchor,
    find_next_rating,
)
from pipelines.explain.recompute import AnchorRange
from pipelines.explain.score_key import ScoreKey
from pipelines.explain.scores import Score, list_profile_scores, read_anchors_of
from pipelines.warehouse import Warehouse

LIFTS_NAMED = 2


@dataclass(frozen=True)
class Reach:
    """The next anchor of a score, or why there is none."""

    anchor: NextAnchor | NotReachable
    fewest_units: int | None = None  # None: units do not limit the amount


@dataclass(frozen=True)
class Lift:
    """What one step of one indicator would do to the total of the record profile."""

    indicator_id: str
    anchor: NextAnchor
    score_now: Fraction
    trajectory_count: int  # the fewest trajectories that would have had to go otherwise
    score_count: int  # the scores of the profile at this place and period
    rise: Fraction  # of the mean of those scores, exact

    @property
    def rise_per_trajectory(self) -> Fraction:
        """By which the steps are put in order."""
        return self.rise / self.trajectory_count


def find_anchor(score: Score, ranges: Sequence[AnchorRange]) -> NextAnchor | NotReachable:
    """The next anchor of a score; ``ranges`` are those of its anchor set."""
    if score.anchors is None:
        return NotReachable("no_norm")
    if score.status != "scored":
        return NotReachable("no_score")
    if score.shape == "rated":
        return find_next_rating(score.numerator, score.denominator)
    return find_next_anchor(score.numerator, score.denominator, ranges, score.step, score.most)


def find_reach(warehouse: Warehouse, score: Score) -> Reach:
    """What would have lifted this score to its next anchor."""
    anchor = find_anchor(score, read_anchors_of(warehouse, score))
    if isinstance(anchor, NotReachable) or not has_rooms(score, anchor):
        return Reach(anchor)
    rooms = read_rooms(warehouse, [score])[str(score.key)]
    return Reach(anchor, count_fewest(rooms.choose(anchor.is_rise), anchor.amount))


def has_rooms(score: Score, anchor: NextAnchor) -> bool:
    """False when a unit has no upper limit, such as the sessions of one worker."""
    return score.most is not None or score.shape == "rated" or not anchor.is_rise


def list_lifts(warehouse: Warehouse, key: ScoreKey) -> list[Lift]:
    """The two indicators whose next anchor lifts the total most per trajectory, best first.

    Of every scored indicator of the record profile whose units hang on trajectories: the rise of
    the mean of the scores when it reaches its next anchor, divided by the fewest trajectories that
    would have had to go otherwise. Equal: the larger rise, then the id. Indicators about reviews,
    blocks and workers cost no trajectory and are not compared; an indicator without a score could
    as well lower the mean.
    """
    scores = [score for score in list_profile_scores(warehouse, key) if score.status == "scored"]
    about_clients = [score for score in scores if score.is_about_clients]
    anchors = {
        str(score.key): find_anchor(score, read_anchors_of(warehouse, score))
        for score in about_clients
    }
    return choose_lifts(scores, anchors, read_rooms(warehouse, about_clients, per_trajectory=True))


def choose_lifts(
    scores: Sequence[Score],
    anchors: Mapping[str, NextAnchor | NotReachable],
    rooms: Mapping[str, Rooms],
) -> list[Lift]:
    """As :func:`list_lifts`, of scores that were read before.

    Args:
        scores: every scored indicator of one record profile.
        anchors: score key -> its next anchor, of the indicators about clients.
        rooms: score key -> the room of its trajectories, of the same indicators.
    """
    lifts = []
    for score in scores:
        anchor = anchors.get(str(score.key), NotReachable("no_score"))
        if isinstance(anchor, NotReachable) or not has_rooms(score, anchor):
            continue
        count = count_fewest(rooms[str(score.key)].choose(anchor.is_rise), anchor.amount)
        if not count:
            continue
        now = score.value if score.shape == "rated" else Fraction(score.score)
        rise = (anchor.score_after - now) / len(scores)
        lifts.append(Lift(score.key.indicator_id, anchor, now, count, len(scores), rise))
    lifts.sort(key=lambda lift: (-lift.rise_per_trajectory, -lift.rise, lift.indicator_id))
    return lifts[:LIFTS_NAMED]
