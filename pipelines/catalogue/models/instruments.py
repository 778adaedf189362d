"""Outcome instruments: what is known about their scores. Never their items (licences).

A fact nobody has published stays empty; a change on a scale without a published reliability is
shown without a judgement about single persons.
"""

from decimal import Decimal
from typing import Literal

from pydantic import Field, model_validator

from pipelines.catalogue.models.base import Declaration, Provenance, Text


class InstrumentVersion(Declaration):
    """A version of an instrument; scores of two versions are never put together."""

    label: Text
    synonyms: tuple[str, ...] = ()


class Scale(Declaration):
    """One score of an instrument (a total, a subscale, a domain)."""

    label: Text
    synonyms: tuple[str, ...] = ()  # other spellings in exports, compared without case
    versions: tuple[str, ...] = ()  # empty: in every version
    minimum: Decimal | None = None  # empty: that of every scale of the instrument
    maximum: Decimal | None = None


class Reliability(Declaration):
    """A published reliability, with what it was found for.

    A range over scales or settings is given as lowest and highest; reliable change uses the lowest,
    because a lower reliability asks for a larger change.
    """

    kind: Literal["test_retest", "alpha"]
    lowest: Decimal = Field(ge=0, le=1)
    highest: Decimal = Field(ge=0, le=1)
    sample_size: int | None = None
    versions: tuple[str, ...] = ()  # empty: every version
    scales: tuple[str, ...]
    source: str

    @model_validator(mode="after")
    def _check_order(self) -> "Reliability":
        if self.lowest > self.highest:
            raise ValueError("`lowest` is above `highest`")
        return self


class StandardDeviation(Declaration):
    """A published standard deviation of a scale at the start of support."""

    value: Decimal = Field(gt=0)
    versions: tuple[str, ...] = ()
    scales: tuple[str, ...]
    source: str


class Instrument(Declaration):
    """One outcome instrument."""

    instrument: str
    label: Text
    synonyms: tuple[str, ...] = ()
    is_higher_better: bool
    minimum: Decimal | None = None  # only when it holds for every scale
    maximum: Decimal | None = None
    not_discussed_codes: tuple[Decimal, ...] = ()  # a score that means: not talked about
    versions: dict[str, InstrumentVersion] = Field(default_factory=dict)
    scales: dict[str, Scale]
    reliabilities: tuple[Reliability, ...] = ()
    standard_deviations: tuple[StandardDeviation, ...] = ()
    provenance: Provenance
    source: str

    @model_validator(mode="after")
    def _check_names(self) -> "Instrument":
        facts = (*self.reliabilities, *self.standard_deviations, *self.scales.values())
        for fact in facts:
            for version in fact.versions:
                if version not in self.versions:
                    raise ValueError(f"no version {version!r}")
            for scale in getattr(fact, "scales", ()):
                if scale not in self.scales:
                    raise ValueError(f"no scale {scale!r}")
        for entries in (self.versions, self.scales):
            seen: dict[str, str] = {}
            for name, entry in entries.items():
                for word in (name, *entry.synonyms):
                    if seen.setdefault(word.casefold(), name) != name:
                        raise ValueError(f"{word!r} stands for two of {sorted(entries)}")
        return self
