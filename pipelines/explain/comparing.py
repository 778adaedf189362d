"""Two values of one score side by side: of two periods, or of two releases of one period."""

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction

from pipelines.errors import UserError
from pipelines.explain.changes import Part, Split, add_part, split_change
from pipelines.explain.kept_release import KeptRelease
from pipelines.explain.score_key import ScoreKey, check_period
from pipelines.explain.scores import Score, find_score_row, list_periods, read_score
from pipelines.explain.units import Unit, read_units
from pipelines.warehouse import Warehouse


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
    release: str | None  # the earlier release; None: two periods of one release
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
        release=None,
        is_rule_bridged=True,
    )


def compare_releases(warehouse: Warehouse, key: ScoreKey, release: KeptRelease) -> Change:
    """The difference of a score with the same score in an earlier release.

    Under one rule it splits over the units. When the rule changed and the earlier version is scored
    beside the new one, the units split under the earlier version and the rest is the rule; else the
    whole difference stands under the rule.

    Raises:
        UserError: no such score, now or then.
    """
    score = read_score(warehouse, key)
    before = release.find_score(key)
    if before is None:
        raise UserError(
            what="The earlier release has no such score.",
            where=f"{release.folder}, {key}",
            expected="the same indicator, place and period",
            to_do="Name another release, or compare two periods with --since.",
        )
    units_before = release.read_units(before.key)
    units_after = read_units(warehouse, key)
    # Scored under both rules, or else what the rule did cannot be told from what the units did.
    is_bridged = release.has_rule_of_now(before.key) and bool(find_score_row(warehouse, before.key))
    if is_bridged:
        units_now = read_units(warehouse, before.key)
        split = _complete(split_change(units_before, units_now, score.shape), before.value)
    else:
        split = Split(before.value, before.value, ())
    if not is_bridged or before.key != key:
        split = add_part(split, Part.CHANGED_RULE, before.value, score.value)
    return Change(
        score=score,
        before=before.key,
        score_before=before.score,
        status_before=before.status,
        organisations_before=_find_organisations(units_before),
        organisations_after=_find_organisations(units_after),
        split=split,
        release=release.name,
        is_rule_bridged=is_bridged,
    )


def _complete(split: Split, given: Fraction | None) -> Split:
    """The split from the value that was given then: a client may have been removed since."""
    if given is None or split.value_before == given:
        return split
    return add_part(split, Part.REMOVED, given, split.value_after)


def _find_organisations(units: Iterable[Unit]) -> frozenset[str]:
    return frozenset(unit.organisation_id for unit in units if unit.is_counted)
