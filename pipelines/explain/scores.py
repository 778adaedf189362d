"""One score as it was made: exact amounts, status, anchors, and what surrounds it."""

from dataclasses import dataclass
from fractions import Fraction

from pipelines.errors import UserError
from pipelines.explain.recompute import AnchorRange
from pipelines.explain.score_key import ScoreKey
from pipelines.warehouse import Warehouse

LIMIT_PARTS = 10_000  # anchors are kept in whole ten-thousandths
LARGEST_LIST = 8  # keys named in a message


@dataclass(frozen=True)
class Score:
    """One row of the results with its amounts as exact fractions."""

    key: ScoreKey
    shape: str
    status: str
    numerator: Fraction
    denominator: Fraction
    score: float | None
    ci_low: float | None
    ci_high: float | None
    counted_weight: int
    excluded_count: int
    organisations_counted: int
    is_provisional: bool
    anchors: str | None
    anchors_version: int | None
    minimum: int
    needs_numerator: bool
    is_about_clients: bool
    step: Fraction  # the smallest amount by which the numerator can change

    @property
    def value(self) -> Fraction | None:
        """Numerator / denominator; None without a denominator."""
        return self.numerator / self.denominator if self.denominator else None

    @property
    def most(self) -> Fraction | None:
        """The largest numerator this denominator allows; None: the two are of different kinds."""
        is_part = self.shape not in ("rate", "rated") and not self.needs_numerator
        return self.denominator if is_part else None


_COLUMNS = """
    result.organisation_id, result.team_id, result.indicator_id, result.period,
    result.indicator_version, result.shape, result.status,
    result.numerator, result.denominator, result.numerator_parts, result.denominator_parts,
    result.score, result.ci_low, result.ci_high,
    cast(result.counted_weight as bigint), cast(result.excluded_count as bigint),
    result.organisations_counted, result.is_provisional,
    indicator.anchors, indicator.anchors_version, indicator.minimum_units,
    indicator.needs_numerator, indicator.is_about_clients
"""
_FROM = """
    from score.result as result
    inner join catalogue.indicator as indicator
        on indicator.organisation_id = result.organisation_id
        and indicator.indicator_id = result.indicator_id
        and indicator.indicator_version = result.indicator_version
    where result.is_published
"""


def _make_score(row: tuple) -> Score:
    organisation_id, team_id, indicator_id, period, version, shape, status, *rest = row
    numerator, denominator, numerator_parts, denominator_parts, *rest = rest
    score, ci_low, ci_high, counted, excluded, organisations, is_provisional, *rest = rest
    anchors, anchors_version, minimum, needs_numerator, is_about_clients = rest
    return Score(
        key=ScoreKey(indicator_id, organisation_id, team_id, period, version),
        shape=shape,
        status=status,
        numerator=Fraction(int(numerator), int(numerator_parts)),
        denominator=Fraction(int(denominator), int(denominator_parts)),
        score=score,
        ci_low=ci_low,
        ci_high=ci_high,
        counted_weight=counted,
        excluded_count=excluded,
        organisations_counted=organisations,
        is_provisional=is_provisional,
        anchors=anchors,
        anchors_version=anchors_version,
        minimum=minimum,
        needs_numerator=needs_numerator,
        is_about_clients=is_about_clients,
        step=Fraction(1, int(numerator_parts)),
    )


def read_score(warehouse: Warehouse, key: ScoreKey) -> Score:
    """The score under a key.

    Raises:
        UserError: this home has no such score.
    """
    score = find_score_row(warehouse, key)
    if score is None:
        raise UserError(
            what="This home has no score under this key.",
            where=str(key),
            expected=_describe_known(warehouse, key),
            to_do="Copy a `score_key` from results/indicator_scores.parquet, in quotes.",
        )
    return score


def find_score_row(warehouse: Warehouse, key: ScoreKey) -> Score | None:
    """The score under a key, or None."""
    row = warehouse.fetch_one(f"select {_COLUMNS} {_FROM} and result.score_key = ?", [str(key)])
    return _make_score(row) if row else None


def list_profile_scores(warehouse: Warehouse, key: ScoreKey) -> list[Score]:
    """The scores of the indicators that the total of this place's record profile takes part in."""
    rows = warehouse.fetch_all(
        f"""
        select {_COLUMNS} {_FROM}
            and result.level = ? and result.organisation_id = ? and result.team_id = ?
            and result.period = ? and result.is_leading
            and result.indicator_id in (
                select applicable.indicator_id
                from score.applicable as applicable
                inner join catalogue.profile_part as part
                    on part.organisation_id = applicable.organisation_id
                    and part.indicator_id = applicable.indicator_id
                    and part.part = 'total'
                where applicable.level = result.level
                    and applicable.organisation_id = result.organisation_id
                    and applicable.team_id = result.team_id
                    and applicable.period = result.period
            )
        order by result.indicator_id
        """,
        [key.level, key.organisation_id, key.team_id, key.period],
    )
    return [_make_score(row) for row in rows]


def list_scores_of_years(warehouse: Warehouse) -> list[Score]:
    """The published scores of whole years, of every organisation and team."""
    rows = warehouse.fetch_all(
        f"select {_COLUMNS} {_FROM} and result.level <> 'all' and length(result.period) = 4"
        " and result.is_leading"
        " order by result.score_key"
    )
    return [_make_score(row) for row in rows]


def list_profiles_of_years(warehouse: Warehouse) -> dict[tuple[str, str, str], set[str]]:
    """(organisation, team, year) -> the indicators its total of the record profile rests on."""
    rows = warehouse.fetch_all(
        """
        select applicable.organisation_id, applicable.team_id, applicable.period,
            applicable.indicator_id
        from score.applicable as applicable
        inner join catalogue.profile_part as part
            on part.organisation_id = applicable.organisation_id
            and part.indicator_id = applicable.indicator_id
            and part.part = 'total'
        where applicable.level <> 'all' and length(applicable.period) = 4
        """
    )
    profiles: dict[tuple[str, str, str], set[str]] = {}
    for *place, indicator_id in rows:
        profiles.setdefault(tuple(place), set()).add(indicator_id)
    return profiles


def read_anchors(
    warehouse: Warehouse, organisation_id: str, name: str | None, version: int | None
) -> tuple[AnchorRange, ...]:
    """The ranges of an anchor set, from the lowest values up; empty for ratings and no norm.

    Args:
        organisation_id: whose set; empty for that of all organisations together.
    """

    def limit(parts: int | None) -> Fraction | None:
        return None if parts is None else Fraction(parts, LIMIT_PARTS)

    rows = warehouse.fetch_all(
        """
        select score, lower_parts, upper_parts, is_lower_inclusive, is_upper_inclusive
        from catalogue.anchor_step
        where organisation_id = ? and anchors = ? and anchors_version = ?
        order by lower_parts nulls first
        """,
        [organisation_id, name, version],
    )
    return tuple(
        AnchorRange(score, limit(lower), limit(upper), *inclusive)
        for score, lower, upper, *inclusive in rows
    )


def read_anchors_of(warehouse: Warehouse, score: Score) -> tuple[AnchorRange, ...]:
    """The ranges by which a score is given."""
    return read_anchors(warehouse, score.key.organisation_id, score.anchors, score.anchors_version)


def list_periods(warehouse: Warehouse, key: ScoreKey) -> list[str]:
    """The periods in which this indicator has a row at this place, in order."""
    rows = warehouse.fetch_all(
        """
        select distinct period
        from score.result
        where is_published and indicator_id = ? and organisation_id = ? and team_id = ?
        order by period
        """,
        [key.indicator_id, key.organisation_id, key.team_id],
    )
    return [period for (period,) in rows]


def _describe_known(warehouse: Warehouse, key: ScoreKey) -> str:
    """What there is near a key that is not there."""
    periods = list_periods(warehouse, key)
    if periods:
        return f"this indicator has a row here in {', '.join(periods)}"
    places = warehouse.fetch_all(
        """
        select distinct organisation_id || '|' || team_id
        from score.result
        where is_published and indicator_id = ?
        order by 1
        """,
        [key.indicator_id],
    )
    if not places:
        return "an indicator of the catalogue, such as KI-1"
    names = [place for (place,) in places if not place.startswith("|")]
    names.sort(key=lambda name: not name.startswith(f"{key.organisation_id}|"))  # its own first
    more = ", ..." if len(names) > LARGEST_LIST else ""
    return f"one of the places with scores: {', '.join(names[:LARGEST_LIST])}{more}"
