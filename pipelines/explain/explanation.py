"""Everything there is to say about one score, as plain objects: no words, nothing rounded."""

from dataclasses import dataclass
from fractions import Fraction

from pipelines.catalogue import Catalogue
from pipelines.catalogue.models.indicators import AnchorSet, Indicator
from pipelines.errors import UserError
from pipelines.explain.norms import Norm, read_norms
from pipelines.explain.reach import Lift, Reach, find_reach, list_lifts
from pipelines.explain.recompute import RECORDED_SHARE_NEEDED, AnchorRange
from pipelines.explain.rows import SourceRow, read_source_rows
from pipelines.explain.score_key import ScoreKey
from pipelines.explain.scores import Score, read_anchors_of, read_score
from pipelines.explain.units import MET_SHAPES, Unit, UnitCounts, count_units, read_units
from pipelines.warehouse import Warehouse


@dataclass(frozen=True)
class Place:
    """The names of what a score is about; empty where the level has none."""

    organisation: str | None
    team: str | None


@dataclass(frozen=True)
class SettingValue:
    """A number of days (or another setting) that the rule uses, and for which programmes."""

    setting: str
    value: int
    programmes: tuple[str, ...]


@dataclass(frozen=True)
class Missing:
    """What keeps a score from being given, or makes it less sure."""

    recorded_share: Fraction | None  # None: nothing counted and nothing left empty
    to_record: Fraction  # of what is not recorded, still needed for the recorded share
    to_count: Fraction  # still needed for the minimum (a rate: worker-months)


@dataclass(frozen=True)
class ListedUnit:
    """A unit and the delivered rows behind it."""

    unit: Unit
    rows: tuple[SourceRow, ...]


@dataclass(frozen=True)
class Explanation:
    """One score with its rule, units, gaps, rows, next anchor and the profile it is part of."""

    score: Score
    indicator: Indicator
    place: Place
    settings: tuple[SettingValue, ...]
    anchors: tuple[AnchorRange, ...]
    anchors_provenance: str | None
    anchors_source: str | None
    norms: tuple[Norm, ...]
    counts: UnitCounts
    missing: Missing
    reach: Reach
    lifts: tuple[Lift, ...]  # of the record profile of this place and period
    units: tuple[ListedUnit, ...]
    units_not_listed: int


def explain_score(
    warehouse: Warehouse, catalogue: Catalogue, key: ScoreKey, unit_limit: int = 20
) -> Explanation:
    """Everything about one score.

    Args:
        warehouse: a warehouse of a finished run.
        catalogue: the catalogue the run was done with.
        key: the score.
        unit_limit: how many units are listed with their rows; all of them are counted.

    Raises:
        UserError: there is no such score, or its rule is not the one of this catalogue.
    """
    score = read_score(warehouse, key)
    indicator, anchor_set = _find_indicator(catalogue, key)
    counts = count_units(warehouse, key, score.shape)
    units = read_units(warehouse, key, unit_limit, indicator.is_lower_better)
    rows = read_source_rows(warehouse, catalogue, key, score.shape, units)
    return Explanation(
        score=score,
        indicator=indicator,
        place=read_place(warehouse, key),
        settings=_read_settings(warehouse, key),
        anchors=read_anchors_of(warehouse, score),
        anchors_provenance=str(anchor_set.provenance) if anchor_set else None,
        anchors_source=anchor_set.source if anchor_set else None,
        norms=read_norms(warehouse, catalogue, key),
        counts=counts,
        missing=find_missing(score, counts),
        reach=find_reach(warehouse, score),
        lifts=tuple(list_lifts(warehouse, key)) if key.level != "all" else (),
        units=tuple(
            ListedUnit(unit, tuple(behind)) for unit, behind in zip(units, rows, strict=True)
        ),
        units_not_listed=counts.counted + sum(counts.excluded.values()) - len(units),
    )


def find_missing(score: Score, counts: UnitCounts) -> Missing:
    """What is not recorded and what is short of the minimum, in units (contacts: in moments)."""
    known = score.counted_weight + counts.not_recorded_weight
    to_record = -(-RECORDED_SHARE_NEEDED * known // 1) - score.counted_weight
    had = score.denominator if score.shape == "rate" else Fraction(score.counted_weight)
    return Missing(
        recorded_share=Fraction(score.counted_weight, known) if known else None,
        to_record=max(Fraction(0), Fraction(to_record)),
        to_count=max(Fraction(0), score.minimum - had),
    )


def _find_indicator(catalogue: Catalogue, key: ScoreKey) -> tuple[Indicator, AnchorSet | None]:
    """The rule of a score with its anchors: the leading version, or a kept one."""
    kept = catalogue.kept_versions.get(key.indicator_id)
    if kept and kept.indicator.version == key.version:
        return kept.indicator, kept.anchors
    indicator = catalogue.indicators[key.indicator_id]
    if indicator.version != key.version:
        raise UserError(
            what=f"The catalogue has version {indicator.version} of this rule, not the version of"
            " this score.",
            where=str(key),
            expected=f"{key.indicator_id} version {key.version}",
            to_do="Run again with this catalogue, or explain with the catalogue of that run.",
        )
    return indicator, catalogue.anchors.get(indicator.anchors or "")


def read_place(warehouse: Warehouse, key: ScoreKey) -> Place:
    """The names of the organisation and team of a score."""
    organisation = warehouse.fetch_one(
        "select name from staged.organisation where organisation_id = ?", [key.organisation_id]
    )
    team = warehouse.fetch_one(
        "select name from staged.team where organisation_id = ? and team_id = ?",
        [key.organisation_id, key.team_id],
    )
    return Place(
        organisation=(organisation[0] if organisation else None) or key.organisation_id or None,
        team=(team[0] if team else None) or key.team_id or None,
    )


def _read_settings(warehouse: Warehouse, key: ScoreKey) -> tuple[SettingValue, ...]:
    """The values of the rule's setting in the organisations of the score, programmes together."""
    rows = warehouse.fetch_all(
        """
        select setting.setting, setting.value, setting.programme
        from staged.programme_setting as setting
        inner join catalogue.indicator as indicator
            on indicator.setting = setting.setting
            and indicator.organisation_id = $organisation_id
            and indicator.indicator_key = $indicator_key
        inner join catalogue.programme as programme
            on programme.organisation_id = setting.organisation_id
            and programme.programme = setting.programme
            and programme.is_method
            and (indicator.shape <> 'recurring' or programme.programme = 'krachtwerk')
        where $organisation_id in ('', setting.organisation_id)
        group by all
        order by all
        """,
        {"indicator_key": key.indicator_key, "organisation_id": key.organisation_id},
    )
    by_value: dict[tuple[str, int], list[str]] = {}
    for setting, value, programme in rows:
        by_value.setdefault((setting, value), []).append(programme)
    return tuple(
        SettingValue(setting, value, tuple(programmes))
        for (setting, value), programmes in by_value.items()
    )


def describe_unit_fate(unit: Unit, shape: str) -> str:
    """``met``, ``not_met``, ``counted`` (a shape that adds up amounts) or ``excluded``."""
    if not unit.is_counted:
        return "excluded"
    if shape not in MET_SHAPES:
        return "counted"
    return "met" if unit.is_met else "not_met"
