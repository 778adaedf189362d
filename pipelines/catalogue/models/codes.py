"""Closed lists of codes with labels, synonyms and, for closure reasons, what they mean."""

from typing import Literal

from pydantic import model_validator

from pipelines.catalogue.models.base import Declaration, Provenance, Text


class Code(Declaration):
    """One code of a list."""

    label: Text
    synonyms: tuple[str, ...] = ()  # other spellings in exports, compared without case
    meaning: Literal["planned", "premature", "neutral"] | None = None
    is_end: bool = True  # closure reasons: does this closure end the trajectory?


class CodeList(Declaration):
    """A closed list of codes."""

    list: str
    label: Text
    provenance: Provenance
    source: str
    codes: dict[str, Code]

    @model_validator(mode="after")
    def _check_synonyms(self) -> "CodeList":
        seen: dict[str, str] = {}
        for code, entry in self.codes.items():
            for word in (code, *entry.synonyms):
                other = seen.setdefault(word.casefold(), code)
                if other != code:
                    raise ValueError(f"{word!r} stands for both {other!r} and {code!r}")
        return self
