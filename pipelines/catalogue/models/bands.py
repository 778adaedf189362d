"""The words for a score of the record profile."""

from decimal import Decimal

from pydantic import model_validator

from pipelines.catalogue.models.base import Declaration, Provenance, Text


class Band(Declaration):
    """A word for profile scores of at least ``lower`` (empty: the lowest band)."""

    band: str
    label: Text
    lower: Decimal | None = None


def check_steps(steps: tuple[Band, ...]) -> None:
    """Nothing when the bands stand from high to low, end to end.

    Raises:
        ValueError: they do not, or a limit has more than two decimals.
    """
    limits = [step.lower for step in steps[:-1]]
    if None in limits or steps[-1].lower is not None:
        raise ValueError("every band but the last gives `lower`, the last one does not")
    if limits != sorted(set(limits), reverse=True):
        raise ValueError("the bands stand from high to low")
    if any(limit != round(limit, 2) for limit in limits):
        raise ValueError("a limit has at most two decimals")


class BandSet(Declaration):
    """The words for a profile score, highest first, with their origin."""

    bands: str
    version: int
    provenance: Provenance
    source: str
    steps: tuple[Band, ...]

    @model_validator(mode="after")
    def _check_order(self) -> "BandSet":
        check_steps(self.steps)
        return self
