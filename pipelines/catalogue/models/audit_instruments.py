"""Audit instruments: the items assessors rate, how they add up, and what is still to be supplied.

Only what is public stands in the shipped files: never an item text, never an item nobody published.
The licence holder's own items come in an overlay, as a file of the same name.
"""

from typing import Annotated, Literal

from pydantic import Field, StringConstraints, model_validator

from pipelines.catalogue.models.bands import Band, check_steps
from pipelines.catalogue.models.base import Declaration, Provenance, Text

Topic = Annotated[str, StringConstraints(pattern=r"^SM(0[1-9]|1[0-4])$")]


class AuditSubscale(Declaration):
    """A group of items with a score of its own."""

    label: Text


class AuditItem(Declaration):
    """One item: its name, not its text."""

    label: Text
    subscale: str | None = None
    topic: Topic | None = None  # what records say something about as well


class InstrumentBands(Declaration):
    """The words for a total of this instrument, highest first, in points of its own total."""

    provenance: Provenance
    source: str
    steps: tuple[Band, ...]

    @model_validator(mode="after")
    def _check_order(self) -> "InstrumentBands":
        check_steps(self.steps)
        return self


class AuditInstrument(Declaration):
    """One fidelity instrument in one version."""

    instrument: str
    version: int  # of this declaration
    label: Text
    synonyms: tuple[str, ...] = ()  # other spellings in exports, compared without case
    editions: tuple[str, ...] = ()  # how exports call the version of the instrument
    lowest_rating: int = Field(ge=1, le=5)
    highest_rating: int = Field(ge=1, le=5)
    total: Literal["mean", "sum"]
    item_count: int = Field(ge=1)
    subscales: dict[str, AuditSubscale] = Field(default_factory=dict)
    items: dict[str, AuditItem] = Field(default_factory=dict)  # empty: supplied by an overlay
    bands: InstrumentBands | None = None  # empty: those of the record profile
    public: Text  # what is public about this instrument
    to_supply: Text  # what the licence holder must supply
    provenance: Provenance
    source: str

    @model_validator(mode="after")
    def _check_items(self) -> "AuditInstrument":
        if self.lowest_rating >= self.highest_rating:
            raise ValueError("`lowest_rating` is not below `highest_rating`")
        if self.items and len(self.items) != self.item_count:
            raise ValueError(f"{len(self.items)} items, `item_count` says {self.item_count}")
        if taken := {"total", *self.subscales} & self.items.keys():
            raise ValueError(f"an item has the name of a part: {sorted(taken)}")
        if "total" in self.subscales:
            raise ValueError("a subscale cannot be called `total`")
        for name, item in self.items.items():
            if item.subscale is not None and item.subscale not in self.subscales:
                raise ValueError(f"item {name!r}: no subscale {item.subscale!r}")
        return self
