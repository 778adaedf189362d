"""Two values of one score side by side: of two periods, or of two releases of one period."""

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path

from pipelines.errors import UserError
from pipelines.explain.changes import Split, add_rule_change, split_change
from pipelines.explain.score_key import ScoreKey, check_period
from pipelines.explain.scores import Score, find_score_row, list_periods, read_score
from pipelines.explain.units import Unit, read_units
from pipelines.warehouse import Warehouse, WarehouseError

# The published amounts are doubles; the largest denominator of an exact amount, by shape.
# Hours and fte in hundredths; worker-months in 487ths; a mean of up to 1,000 ratings.
_LARGEST_DENOMINATOR = {"ratio": 100, "rate": 487, "rated": 1000}


@dataclass(frozen=True)
class Change:
    """The difference between two values of one score."""

    score: Score  # the later one
    before: ScoreKey
    score_before: float | None
    status_before: str
    organisations_before: frozenset[str]  # with a counted unit
    organisations_after: frozenset[str]
    split: Split
    is_other_release: bool  # else two periods of one release
    is_rule_bridged: bool  # False: two versions of the rule, and no units under one of them


def compare_periods(warehouse: Warehouse, key: ScoreKey, since: str) -> Change:
    """The difference of a score with an earlier (or later) period of the same release.

    Raises:
        UserError: no such score, or ``since`` is no period of it.
    """
    score = read_score(warehouse, key)
    check_period(since, key)
    before = find_score_row(warehouse, key.at(since))
    if before is None:
        known = [period for period in list_periods(warehouse, key) if len(period) == len(since)]
        raise UserError(
            what=f"There is no score of this indicator here in {since}.",
            where=str(key.at(since)),
            expected=f"one of {', '.join(period for period in known if period != key.period)}",
            to_do="Name another period with --since.",
        )
    units_before = read_units(warehouse, before.key)
    units_after = read_units(warehouse, key)
    return Change(
        score=score,
        before=before.key,
        score_before=before.score,
        status_before=before.status,
        organisations_before=_find_organisations(units_before),
        organisations_after=_find_organisations(units_after),
        split=split_change(units_before, units_after, score.shape),
        is_other_release=False,
        is_rule_bridged=True,
    )


def compare_results(warehouse: Warehouse, key: ScoreKey, folder: Path) -> Change:
    """The difference of a score with the same score in the kept results of an earlier release.

    Args:
        warehouse: the warehouse of the release now.
        key: the score, of the release now.
        folder: a copy of the folder ``results`` of an earlier release.

    Raises:
        UserError: no such score, or the folder does not hold it.
    """
    score = read_score(warehouse, key)
    scores, units = folder / "indicator_scores.parquet", folder / "indicator_units.parquet"
    for path in (scores, units):
        if not path.is_file():
            raise _not_kept(folder, f"a file {path.name}")
    # All organisations together are read one by one: a unit is known within its organisation.
    try:
        row = warehouse.fetch_one(
            """
            select indicator_version, score, status
            from read_parquet(?)
            where indicator_id = ? and coalesce(organisation_id, '') = ?
                and coalesce(team_id, '') = ? and period = ?
            order by abs(indicator_version - ?)
            """,
            [str(scores), *_list_place(key), key.version],
        )
        rows = warehouse.fetch_all(
            """
            select
                split_part(score_key, '|', 2), unit_kind, unit_id, exclusion_reason, met,
                amount_numerator, amount_denominator
            from read_parquet($units)
            where split_part(score_key, '|', 1) = $indicator_id
                and split_part(score_key, '|', 4) = $period
                and split_part(score_key, '|', 5) = 'v' || $version
                and split_part(score_key, '|', 3) = $team_id
                and case when $organisation_id = ''
                    then split_part(score_key, '|', 2) <> ''
                    else split_part(score_key, '|', 2) = $organisation_id
                end
            """,
            {
                "units": str(units),
                "indicator_id": key.indicator_id,
                "organisation_id": key.organisation_id,
                "team_id": key.team_id,
                "period": key.period,
                "version": row[0] if row else 0,
            },
        )
    except WarehouseError as error:
        raise _not_kept(folder, "the tables of the results") from error
    if row is None:
        raise _not_kept(folder, f"a score of {key.indicator_id} for this place and period")
    version, score_before, status_before = row
    before = [_read_kept_unit(unit, score.shape) for unit in rows]
    after = read_units(warehouse, key)
    split = split_change(before, after, score.shape)
    is_same_rule = version == key.version
    if not is_same_rule and split.difference is not None:
        # Never scored under both rules: what the rule did cannot be told from what the units did.
        split = add_rule_change(
            Split(split.value_before, split.value_before, ()), split.value_before, split.value_after
        )
    return Change(
        score=score,
        before=ScoreKey(*_list_place(key), version=version),
        score_before=score_before,
        status_before=status_before,
        organisations_before=_find_organisations(before),
        organisations_after=_find_organisations(after),
        split=split,
        is_other_release=True,
        is_rule_bridged=is_same_rule,
    )


def _find_organisations(units: Iterable[Unit]) -> frozenset[str]:
    return frozenset(unit.organisation_id for unit in units if unit.is_counted)


def _list_place(key: ScoreKey) -> tuple[str, str, str, str]:
    return key.indicator_id, key.organisation_id, key.team_id, key.period


def _read_kept_unit(row: tuple, shape: str) -> Unit:
    organisation_id, kind, unit_id, exclusion_reason, is_met, numerator, denominator = row
    largest = _LARGEST_DENOMINATOR.get(shape, 1)

    def exact(amount: float | None) -> Fraction | None:
        return None if amount is None else Fraction(amount).limit_denominator(largest)

    return Unit(
        organisation_id=organisation_id,
        team_id="",
        unit_kind=kind,
        unit_id=unit_id,
        trajectory_id=None,
        exclusion_reason=exclusion_reason,
        is_met=is_met,
        weight=1,
        numerator=exact(numerator),
        denominator=exact(denominator),
    )


def _not_kept(folder: Path, expected: str) -> UserError:
    return UserError(
        what="These are not the results of an earlier release with this score.",
        where=str(folder),
        expected=expected,
        to_do="Name a copy of the folder `results` that was made after that release.",
    )
