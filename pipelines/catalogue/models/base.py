"""What all declarations share: strict keys, two languages, provenance."""

from enum import StrEnum

from pydantic import BaseModel, ConfigDict


class Declaration(BaseModel):
    """A strict, immutable declaration: an unknown key is a fault, not a silent extra."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Text(Declaration):
    """The same words in Dutch and English."""

    nl: str
    en: str

    def in_language(self, language: str) -> str:
        """The words in ``language`` ("nl" or "en")."""
        return getattr(self, language)


class Provenance(StrEnum):
    """Where a rule or number comes from; printed beside every number."""

    SEED = "seed"
    PUBLISHED = "published"
    ORGANISATION = "organisation"
    DEFAULT = "default"
