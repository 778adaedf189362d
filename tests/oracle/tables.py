"""The four result tables as the oracle fills them: rows as dicts, numbers as exact fractions."""

from __future__ import annotations

from collections.abc import Iterator

from tests.oracle.audit_requirements import check_audits
from tests.oracle.profile import build_profile
from tests.oracle.requirements import build_requirements
from tests.oracle.scores import Place, Score, Scorer
from tests.oracle.world import Row, World

TABLES = ("indicator_scores", "indicator_units", "record_profile", "requirement_results")
# What makes a row of each table unique.
KEYS = {
    "indicator_scores": ("score_key",),
    "indicator_units": ("score_key", "unit_kind", "unit_id"),
    "record_profile": ("level", "organisation_id", "team_id", "period", "part"),
    "requirement_results": ("organisation_id", "team_id", "period", "requirement_id"),
}


def score_world(world: World) -> dict[str, list[Row]]:
    """All rows of the four tables."""
    scorer = Scorer(world)
    tables: dict[str, list[Row]] = {name: [] for name in TABLES}
    scores: dict[Place, dict[str, Score]] = {}
    for score in scorer.score_all():
        if score.indicator not in scorer.list_kept(score.place):
            scores.setdefault(score.place, {})[score.indicator.id] = score
        tables["indicator_scores"].append(_score_row(score))
        tables["indicator_units"].extend(_unit_rows(score))
    for place, by_indicator in scores.items():
        tables["record_profile"].extend(_profile_rows(scorer, place, by_indicator))
        tables["requirement_results"].extend(_requirement_rows(scorer, place, by_indicator))
    return tables


def _where(place: Place) -> Row:
    return {
        "level": place.level,
        "organisation_id": place.organisation_id,
        "team_id": place.team_id,
        "period": place.period.name,
    }


def _score_row(score: Score) -> Row:
    low, high = score.interval or (None, None)
    return {
        **_where(score.place),
        "indicator_id": score.indicator.id,
        "indicator_version": score.indicator.version,
        "numerator": score.numerator,
        "denominator": score.denominator,
        "value": score.value,
        "score": score.score,
        "ci_low": low,
        "ci_high": high,
        "units_counted": score.units_counted,
        "units_excluded": sum(not unit.is_counted for unit in score.units),
        "organisations_counted": _count_organisations(score),
        "status": score.status,
        "is_provisional": score.is_provisional,
        "score_key": score.key,
    }


def _count_organisations(score: Score) -> int | None:
    """Organisations with a counted unit; only said of all organisations together."""
    if score.place.level != "all":
        return None
    counted = [unit for unit in score.units if unit.is_counted and unit.adds_to_count]
    return len({unit.organisation_id for unit in counted if unit.weight > 0})


def _unit_rows(score: Score) -> Iterator[Row]:
    for unit in score.units:
        yield {
            "score_key": score.key,
            "unit_kind": unit.kind,
            "unit_id": unit.unit_id,
            "counted": unit.is_counted,
            "met": unit.met,
            "amount_numerator": unit.numerator,
            "amount_denominator": unit.denominator,
            "exclusion_reason": unit.reason,
        }


def _profile_rows(scorer: Scorer, place: Place, scores: dict[str, Score]) -> Iterator[Row]:
    for part in build_profile(scorer, place, scores):
        yield {**_where(place), **vars(part)}


def _requirement_rows(scorer: Scorer, place: Place, scores: dict[str, Score]) -> Iterator[Row]:
    if place.level == "all":
        return
    where = _where(place)
    del where["level"]
    audits = check_audits(scorer.organisations[place.organisation_id], place)
    for result in build_requirements(scorer, place, scores) + audits:
        yield {**where, **vars(result)}
