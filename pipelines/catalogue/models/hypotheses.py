"""Hypotheses: which outcome is held beside which measure of model fidelity, said beforehand.

Only what stands here is calculated; nothing is searched for. A hypothesis is about going together,
never about a cause.
"""

from typing import Literal

from pydantic import Field, model_validator

from pipelines.catalogue.models.base import Declaration, Provenance, Text


class FidelityMeasure(Declaration):
    """The measure of model fidelity: a part of the record profile, or an audit total."""

    kind: Literal["record_profile", "audit"]
    part: str = "total"
    instrument: str | None = None  # audit: fidelity instrument

    @model_validator(mode="after")
    def _check_instrument(self) -> "FidelityMeasure":
        # Totals of two instruments lie on different scales and are never taken together.
        if self.kind == "audit" and self.instrument is None:
            raise ValueError("an audit total needs the instrument it is of")
        if self.kind == "record_profile" and self.instrument is not None:
            raise ValueError("the record profile has no instrument")
        if self.kind == "audit" and self.part != "total":
            raise ValueError("of an audit only the total is interpolated")
        return self


class OutcomeMeasure(Declaration):
    """The outcome: the mean change of a team's completers on one scale."""

    instrument: str
    version: str
    scale: str
    informant: Literal["client", "worker"]
    moments: Literal["T0-T1", "T0-T2"]


class Hypothesis(Declaration):
    """One declared association."""

    id: str
    version: int
    name: Text
    fidelity: FidelityMeasure
    outcome: OutcomeMeasure
    minimum_completers: int = Field(default=5, ge=2)  # per team and year
    provenance: Provenance
    source: str
