"""Indicators of model fidelity, their anchors, and the requirements built on them."""

from decimal import Decimal
from typing import Literal

from pydantic import Field, model_validator

from pipelines.catalogue.models.base import Declaration, Provenance, Text

Shape = Literal["within", "current", "recurring", "share", "ratio", "coverage", "rate", "rated"]
Subscale = Literal["structure", "supervision", "practice"]
Fit = Literal["C", "E", "W", "M"]


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
    """Ranges that turn a value into a score 1-5, with their origin."""

    anchors: str
    version: int
    provenance: Provenance
    source: str
    steps: tuple[AnchorStep, ...]


class Rule(Declaration):
    """The parameters of an indicator's shape; which ones apply depends on the shape."""

    event: str | None = None  # within, current, recurring: event type in the event facts
    setting: str | None = None  # within, current, recurring: profile setting with the days N
    answer: str | None = None  # share: "record_kind.field" in the answer facts
    accepted: tuple[str, ...] = ()  # share: answers that meet the condition
    measure: str | None = None  # ratio: measure in the tally facts
    code_list: str | None = None  # coverage: list whose codes are to be touched
    population: str | None = None  # coverage, share: which units
    session: str | None = None  # rate: kind of supervision session
    subject: str | None = None  # rated: kind of rated document


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
    minimum_units: int = 5
    unit_label: Text  # "begeleidingstrajecten" / "trajectories"
    topic: str | None = None  # SM01..SM14
    provenance: Provenance
    source: str

    @property
    def is_anchored(self) -> bool:
        """True when a value of this indicator can become a score."""
        return self.anchors is not None


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
    programme: str | None = None
    provenance: Provenance
    source: str

    @model_validator(mode="after")
    def _check_norm(self) -> "Requirement":
        if self.kind == "indicator" and self.indicator is None:
            raise ValueError("a requirement of kind indicator names its `indicator`")
        if self.norm is not None and self.norm_setting is not None:
            raise ValueError("give either `norm` or `norm_setting`, not both")
        return self
