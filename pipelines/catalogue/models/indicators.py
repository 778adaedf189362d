"""Indicators of model fidelity, their anchors, and the requirements built on them."""

import itertools
from decimal import Decimal
from typing import Literal

from pydantic import Field, model_validator

from pipelines.catalogue.models.base import Declaration, Provenance, Text
from pipelines.catalogue.models.rules import SHAPE_PARAMETERS, Rule, Shape, WorkerGroup

Subscale = Literal["structure", "supervision", "practice"]
Fit = Literal["C", "E", "W", "M"]
ValueUnit = Literal["share", "per_fte", "per_month", "rating"]


class AnchorStep(Declaration):
    """Half-open range of values ``[lower, upper)`` that earns ``score``; empty = unbounded.

    ``is_lower_inclusive``/``is_upper_inclusive`` say on which side the limit itself falls.
    """

    score: int = Field(ge=1, le=5)
    lower: Decimal | None = None
    upper: Decimal | None = None
    is_lower_inclusive: bool = True
    is_upper_inclusive: bool = False


class AnchorSet(Declaration):
    """Ranges that turn a value into a score 1-5, with their origin.

    The ranges lie end to end: every value has exactly one score. Limits have at most four decimals,
    so that scoring can compare them as whole ten-thousandths.
    """

    anchors: str
    version: int
    provenance: Provenance
    source: str
    steps: tuple[AnchorStep, ...]

    @model_validator(mode="after")
    def _check_steps(self) -> "AnchorSet":
        steps = sorted(self.steps, key=lambda s: (s.lower is not None, s.lower or 0))
        if not steps or steps[0].lower is not None or steps[-1].upper is not None:
            raise ValueError("the ranges must begin and end unbounded")
        for below, above in itertools.pairwise(steps):
            if below.upper is None or below.upper != above.lower:
                raise ValueError(
                    f"the ranges {below.score} and {above.score} do not lie end to end"
                )
            if below.is_upper_inclusive == above.is_lower_inclusive:
                raise ValueError(f"the limit {below.upper} must belong to exactly one range")
        for step in steps:
            for limit in (step.lower, step.upper):
                if limit is not None and limit != round(limit, 4):
                    raise ValueError(f"the limit {limit} has more than four decimals")
        return self


class GroupSize(Declaration):
    """The smallest group of workers about which an indicator says something in a profile."""

    group: WorkerGroup
    minimum: int


class Indicator(Declaration):
    """One indicator of model fidelity."""

    id: str
    version: int
    name: Text
    rule_text: Text  # the rule in one or two plain sentences
    subscale: Subscale | None  # None: detail indicator, in no part of the profile
    fit: Fit | None
    shape: Shape
    rule: Rule
    is_stock: bool = False  # the year equals its last quarter
    deciding_kind: str
    deciding_filter: dict[str, str] = Field(default_factory=dict)
    anchors: str | None = None  # name of an anchor set; "rating" = the value is the score
    is_lower_better: bool = False
    minimum_units: int = 5  # for a rate: worker-months
    profile_group: GroupSize | None = None  # smaller groups: not applicable in the profile
    value_unit: ValueUnit | None = None  # how the value is printed; empty: follows from the shape
    unit_label: Text  # "begeleidingstrajecten" / "trajectories"
    topic: str | None = None  # SM01..SM14
    keep_shipped: bool = False  # in an overlay: the shipped version is scored beside this one
    provenance: Provenance
    source: str

    @model_validator(mode="after")
    def _check_rule(self) -> "Indicator":
        needed, given = SHAPE_PARAMETERS[self.shape], self.rule.list_given()
        if given - {"needs_numerator"} != needed:
            raise ValueError(f"shape {self.shape} needs {sorted(needed)}, given: {sorted(given)}")
        if "needs_numerator" in given and self.shape != "ratio":
            raise ValueError("`needs_numerator` belongs to shape ratio")
        if (self.shape == "rated") != (self.anchors == "rating"):
            raise ValueError("shape rated, and no other, has anchors `rating`")
        if (self.subscale is None) != (self.fit is None):
            raise ValueError("give both `subscale` and `fit`, or neither")
        return self

    @property
    def is_anchored(self) -> bool:
        """True when a value of this indicator can become a score."""
        return self.anchors is not None

    @property
    def printed_unit(self) -> ValueUnit:
        """How a value of this indicator is printed."""
        by_shape: dict[str, ValueUnit] = {"rate": "per_month", "rated": "rating"}
        return self.value_unit or by_shape.get(self.shape, "share")


class AuditRhythm(Declaration):
    """How often a team is audited: more often in the first years after its baseline."""

    first_days: int  # between audits in the first years
    first_years: int
    later_days: int  # between audits after them
    grace_days: int  # on top of each, also for the baseline


class Requirement(Declaration):
    """One quality requirement: a norm on an indicator or on the audits."""

    id: str
    version: int
    name: Text
    rule_text: Text
    kind: Literal["indicator", "audit", "early_contact"]
    indicator: str | None = None
    norm: Decimal | None = None
    norm_setting: str | None = None  # norm from the programme profile
    is_maximum: bool = False  # met when the value is at most the norm
    has_chance_guard: bool = False  # below the norm is tested with a Wilson interval
    minimum_units: int | None = None  # None: the minimum of the indicator
    programme: str | None = None  # early_contact: trajectories of this programme only
    limit_days: int | None = None  # early_contact: days after the start
    moment_count: int | None = None  # early_contact: contact moments needed within the limit
    audit_rhythm: AuditRhythm | None = None  # audit: of days; without it the norm is of assessors
    provenance: Provenance
    source: str

    @model_validator(mode="after")
    def _check_norm(self) -> "Requirement":
        if self.kind == "indicator" and self.indicator is None:
            raise ValueError("a requirement of kind indicator names its `indicator`")
        if self.norm is not None and self.norm_setting is not None:
            raise ValueError("give either `norm` or `norm_setting`, not both")
        early = (self.programme, self.limit_days, self.moment_count)
        if self.kind == "early_contact" and None in early:
            raise ValueError("early_contact needs `programme`, `limit_days` and `moment_count`")
        if self.kind == "audit" and (self.norm is None) == (self.audit_rhythm is None):
            raise ValueError("kind audit needs a `norm` (of assessors) or an `audit_rhythm`")
        return self
