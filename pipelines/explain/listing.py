"""An explanation as plain values for JSON: every amount exact as text, and as a number.

The names of the keys are part of the interface of ``krachtwerk explain --format json``.
"""

from dataclasses import asdict

from pipelines.catalogue.wording import load_words
from pipelines.explain.explanation import Explanation, ListedUnit, describe_unit_fate
from pipelines.explain.next_anchor import NextAnchor, NotReachable
from pipelines.explain.numbers import write_exact
from pipelines.explain.phrases import Phrases
from pipelines.explain.reach import Reach


def list_explanation(explanation: Explanation, language: str) -> dict[str, object]:
    """The explanation as nested dicts; the sentence and rule in ``language``."""
    score, indicator, counts = explanation.score, explanation.indicator, explanation.counts
    phrases = Phrases(explanation, load_words(language))
    return {
        "score_key": str(score.key),
        "level": score.key.level,
        "organisation": explanation.place.organisation,
        "team": explanation.place.team,
        "period": score.key.period,
        "sentence": phrases.write_sentence(),
        "rule": {
            "indicator_id": indicator.id,
            "name": phrases.name,
            "text": indicator.rule_text.in_language(language),
            "shape": score.shape,
            "version": indicator.version,
            "provenance": str(indicator.provenance),
            "source": indicator.source,
            "settings": [asdict(setting) for setting in explanation.settings],
            "anchors": score.anchors,
            "anchors_provenance": explanation.anchors_provenance,
            "anchors_source": explanation.anchors_source,
            "anchor_ranges": phrases.write_anchors(),
            "minimum": score.minimum,
            "norms": [
                {
                    "requirement_id": one.requirement.id,
                    "norm": one.norm,
                    "is_maximum": one.requirement.is_maximum,
                    "provenance": str(one.requirement.provenance),
                    "status": one.status,
                    "reason": one.reason,
                }
                for one in explanation.norms
            ],
        },
        "value": write_exact(score.value),
        "numerator": write_exact(score.numerator),
        "denominator": write_exact(score.denominator),
        "score": score.score,
        "ci_low": score.ci_low,
        "ci_high": score.ci_high,
        "status": score.status,
        "is_provisional": score.is_provisional,
        "units": {
            "counted": counts.counted,
            "counted_weight": score.counted_weight,
            "met": counts.met,
            "not_met": counts.not_met,
            "excluded": counts.excluded,
        },
        "missing": {
            "recorded_share": write_exact(explanation.missing.recorded_share),
            "not_recorded": counts.not_recorded_weight,
            "to_record": write_exact(explanation.missing.to_record),
            "to_count": write_exact(explanation.missing.to_count),
            "text": phrases.list_missing(),
        },
        "next_anchor": {**_list_reach(explanation.reach), "text": phrases.list_next()},
        "profile_lifts": [
            {
                "indicator_id": lift.indicator_id,
                "score_now": write_exact(lift.score_now),
                "trajectory_count": lift.trajectory_count,
                "score_count": lift.score_count,
                "rise": write_exact(lift.rise),
                **_list_anchor(lift.anchor),
            }
            for lift in explanation.lifts
        ],
        "listed_units": [_list_unit(listed, score.shape) for listed in explanation.units],
        "units_not_listed": explanation.units_not_listed,
    }


def _list_reach(reach: Reach) -> dict[str, object]:
    if isinstance(reach.anchor, NotReachable):
        return {"reason": reach.anchor.reason}
    return {**_list_anchor(reach.anchor), "fewest_units": reach.fewest_units}


def _list_anchor(anchor: NextAnchor) -> dict[str, object]:
    return {
        "limit": write_exact(anchor.limit),
        "amount": write_exact(anchor.amount),
        "is_rise": anchor.is_rise,
        "value_after": write_exact(anchor.value_after),
        "score_after": write_exact(anchor.score_after),
    }


def _list_unit(listed: ListedUnit, shape: str) -> dict[str, object]:
    unit = listed.unit
    return {
        "organisation_id": unit.organisation_id,
        "team_id": unit.team_id,
        "unit_kind": unit.unit_kind,
        "unit_id": unit.unit_id,
        "fate": describe_unit_fate(unit, shape),
        "exclusion_reason": unit.exclusion_reason,
        "numerator": write_exact(unit.numerator),
        "denominator": write_exact(unit.denominator),
        "rows": [
            {
                "record_kind": row.record_kind,
                "file": row.file,
                "row_number": row.row_number,
                "cells": {
                    name: cell if isinstance(cell, bool | int | None) else str(cell)
                    for name, cell in row.cells.items()
                },
            }
            for row in listed.rows
        ],
    }
