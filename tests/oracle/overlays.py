"""A few own catalogues, each told twice: as overlay files and as rules for the oracle."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from fractions import Fraction
from pathlib import Path
from random import Random

from tests.oracle import events
from tests.oracle import file_candidates as files
from tests.oracle.indicators import INDICATOR_BY_ID, Indicator, ten_percent_anchors
from tests.oracle.knowledge import Knowledge
from tests.oracle.own_rules import OwnRules
from tests.oracle.periods import Period
from tests.oracle.shapes import Current, Records, Within
from tests.oracle.units import Candidate, yes_no
from tests.oracle.world import PROGRAMMES, World

OWN_FOCUS_DAYS = 21


@dataclass(frozen=True)
class Overlay:
    """The files of an overlay (path -> content) and what the oracle must make of them."""

    files: Mapping[str, str]
    rules: OwnRules
    settings: Mapping[str, int] | None = None  # settings of every programme


def quarter_anchors(value: Fraction) -> Fraction:
    """Own anchors: .25, .50, .75, .95; a limit belongs to the lower score."""
    return Fraction(1 + sum(value > Fraction(n, 100) for n in (25, 50, 75, 95)))


def leaving_anchors(value: Fraction) -> Fraction:
    """Own anchors for closing without contact, lower is better."""
    limits = (Fraction(10, 100), Fraction(37, 100), Fraction(64, 100), Fraction(90, 100))
    return Fraction(5 - sum(value >= limit for limit in limits))


def _partly_own_words(know: Knowledge, team_id: str, period: Period) -> list[Candidate]:
    """Partly counts as own words; empty is still not recorded."""
    found = []
    for row in know.known("strengths_assessment", "assessment_date"):
        if files._own(know, team_id, row["trajectory_id"]):
            answer = None if row["own_words"] is None else row["own_words"] in ("yes", "partly")
            unit_id, day = row["assessment_id"], row["assessment_date"]
            found.append(yes_no("strengths_assessment", unit_id, day, answer))
    return found


def _formal_resources(know: Knowledge, team_id: str, period: Period) -> list[Candidate]:
    found = []
    for action, goal in files._list_actions(know, team_id):
        answer = None if action["resource"] is None else action["resource"] == "formal"
        found.append(yes_no("action", action["action_id"], goal["start_date"], answer))
    return found


def _steps(limits: tuple[str, ...], scores: tuple[int, ...], belongs: str) -> str:
    """The steps of an anchor set; a limit ``belongs`` to the range "below" or "above" it."""
    lines = []
    edges = (None, *limits, None)
    for lower, upper, score in zip(edges, edges[1:], scores, strict=False):
        ends = [f"lower: '{lower}'"] if lower else []
        ends += [f"upper: '{upper}'"] if upper else []
        if belongs == "below":
            ends += ["is_lower_inclusive: false"] if lower else []
            ends += ["is_upper_inclusive: true"] if upper else []
        lines.append(f"  - {{score: {score}, {', '.join(ends)}}}")
    return "\n".join(lines)


def _replaced(id: str, **changes: object) -> Indicator:
    return replace(INDICATOR_BY_ID[id], version=2, **changes)


_TEXT = "{nl: eigen, en: own}"
_QUARTERS = _steps(("0.25", "0.50", "0.75", "0.95"), (1, 2, 3, 4, 5), "below")
_LEAVING = _steps(("0.10", "0.37", "0.64", "0.90"), (5, 4, 3, 2, 1), "above")
_ADDED = f"""
version: 1
name: {_TEXT}
rule_text: {_TEXT}
unit_label: {_TEXT}
source: own
"""

CHANGED_ANCHORS = Overlay(
    {
        "anchors/quarters.yaml": f"anchors: quarters\nversion: 1\nsource: own\nsteps:\n{_QUARTERS}",
        "anchors/A10.yaml": f"anchors: A10\nversion: 2\nsource: own\nsteps:\n{_QUARTERS}",
        "anchors/leaving.yaml": f"anchors: leaving\nversion: 3\nsource: own\nsteps:\n{_LEAVING}",
        # every indicator that uses the replaced set needs a version of its own
        **{
            f"indicators/{id}.yaml": f"id: {id}\nversion: 2\nsource: own\nkeep_shipped: true"
            for id, indicator in INDICATOR_BY_ID.items()
            if indicator.anchors is ten_percent_anchors
        },
        "indicators/AF-2.yaml": "id: AF-2\nversion: 2\nsource: own\nanchors: leaving",
    },
    OwnRules(
        indicators=(
            *(
                _replaced(id, anchors=quarter_anchors)
                for id, indicator in INDICATOR_BY_ID.items()
                if indicator.anchors is ten_percent_anchors
            ),
            _replaced("AF-2", anchors=leaving_anchors),
        ),
        kept=tuple(
            id
            for id, indicator in INDICATOR_BY_ID.items()
            if indicator.anchors is ten_percent_anchors
        ),
    ),
)

CHANGED_RULES = Overlay(
    {
        # within another number of days, kept beside the shipped version
        "indicators/AP-1.yaml": (
            "id: AP-1\nversion: 2\nsource: own\nkeep_shipped: true\nrule: {setting: focus_days}"
        ),
        "indicators/KI-4.yaml": (
            "id: KI-4\nversion: 4\nsource: own\nrule: {accepted: ['yes', partly]}"
        ),
        # a smaller minimum, and another event
        "indicators/EV-1.yaml": (
            "id: EV-1\nversion: 2\nsource: own\nminimum_units: 2\nkeep_shipped: true\n"
            "rule: {event: self_regulation_review}\ndeciding_kind: self_regulation_review"
        ),
        "profiles/krachtwerk.yaml": (
            f"settings: {{focus_days: {{value: {OWN_FOCUS_DAYS}, source: own}}}}"
        ),
        "requirements/Q-01.yaml": "id: Q-01\nversion: 2\nsource: own\nnorm: '0.60'",
        "requirements/Q-04.yaml": "id: Q-04\nversion: 2\nsource: own\nnorm: '0.30'",
        "bands/profile.yaml": (
            "version: 2\nsource: own\nsteps:\n"
            "  - {band: high, lower: '3.33', label: {nl: a, en: a}}\n"
            "  - {band: moderate, lower: '2', label: {nl: b, en: b}}\n"
            "  - {band: low, label: {nl: c, en: c}}"
        ),
    },
    OwnRules(
        indicators=(
            _replaced("AP-1", shape=Within(events.plans_in_use, "focus_days")),
            replace(INDICATOR_BY_ID["KI-4"], version=4, shape=Records(_partly_own_words)),
            _replaced(
                "EV-1",
                shape=Current(events.self_regulation_reviews, "evaluation_days"),
                deciding_kind="self_regulation_review",
                minimum_units=2,
            ),
        ),
        kept=("AP-1", "EV-1"),
        norms={"Q-01": Fraction(60, 100), "Q-04": Fraction(30, 100)},
        bands=(("high", Fraction(333, 100)), ("moderate", Fraction(2))),
    ),
    settings={"focus_days": OWN_FOCUS_DAYS},
)

ADDED_INDICATORS = Overlay(
    {
        "indicators/EIGEN-1.yaml": f"""id: EIGEN-1
{_ADDED}
subscale: practice
fit: E
shape: share
rule: {{answer: action.resource, accepted: [formal]}}
deciding_kind: action
anchors: A10
""",
        "indicators/EIGEN-2.yaml": f"""id: EIGEN-2
{_ADDED}
subscale:
fit:
shape: within
rule: {{event: evaluation, setting: plan_days}}
deciding_kind: evaluation
minimum_units: 2
""",
        "requirements/Q-02.yaml": "version: 2\nid: Q-02\nsource: own\nnorm: '0.5'",
    },
    OwnRules(
        indicators=(
            Indicator(
                "EIGEN-1",
                "practice",
                "E",
                Records(_formal_resources),
                "action",
                ten_percent_anchors,
                "quarters",
                "wilson",
            ),
            Indicator(
                "EIGEN-2",
                None,
                None,
                Within(events.held_evaluations, "plan_days"),
                "evaluation",
                None,
                "quarters",
                "wilson",
                minimum_units=2,
            ),
        ),
        norms={"Q-02": Fraction(1, 2)},
    ),
)

OVERLAYS = {
    "changed_anchors": CHANGED_ANCHORS,
    "changed_rules": CHANGED_RULES,
    "added_indicators": ADDED_INDICATORS,
}


def write_overlay(overlay: Overlay, folder: Path) -> Path:
    """Writes the files of an overlay under ``folder`` and returns it."""
    for name, content in overlay.files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(content, encoding="utf-8")
    return folder


def choose_overlays(world: World) -> dict[str, str]:
    """Gives about half of the organisations of a world an overlay; organisation -> its name."""
    rng, chosen = Random(world.seed), {}
    for organisation in world.organisations:
        organisation_id = organisation["organisation_id"]
        if rng.random() < 0.55:
            name = rng.choice(sorted(OVERLAYS))
            chosen[organisation_id] = name
            world.own_rules[organisation_id] = OVERLAYS[name].rules
            for setting, value in (OVERLAYS[name].settings or {}).items():
                for programme in PROGRAMMES:
                    world.settings[organisation_id, programme, setting] = value
    return chosen
