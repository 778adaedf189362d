"""Words by which an export nobody has seen is recognised: headers, cells, what is left out.

They only lead to a proposal that a person looks at; what a delivery means is said by its mapping.
"""

from typing import Literal

from pydantic import Field, model_validator

from pipelines.catalogue.models.base import Declaration


class FieldWords(Declaration):
    """What exports call one field, beside its own name and labels; a plain list is ``words``."""

    words: tuple[str, ...] = ()
    weak: tuple[str, ...] = ()  # may also mean something else: never more than a guess
    opposite: tuple[str, ...] = ()  # yes/no fields: headers that ask the reverse question
    yes: tuple[str, ...] = ()  # yes/no fields: cells that say yes without a word such as "ja"
    no: tuple[str, ...] = ()

    @model_validator(mode="before")
    @classmethod
    def _read_list(cls, content: object) -> object:
        return {"words": content} if isinstance(content, list) else content


class Ride(Declaration):
    """A kind whose fields may stand in the rows of another kind."""

    kind: str  # the other kind
    only_where: str  # its field that must be filled for a row to be a record of this kind too
    shared: dict[str, str]  # field of this kind -> field of the other whose column it shares


class KindWords(Declaration):
    """How exports name a record kind and its fields."""

    kind: str
    titles: tuple[str, ...]  # of files, sheets and reports
    fields: dict[str, FieldWords] = Field(default_factory=dict)
    inside: Ride | None = None
    # Field -> another field whose column it reads when it has none of its own.
    same_as: dict[str, str] = Field(default_factory=dict)


class CodeListWords(Declaration):
    """Cells that mean a code of a list, beside the synonyms with which the list itself is read."""

    list: str
    codes: dict[str, tuple[str, ...]]


class LeftOut(Declaration):
    """Columns that are not kept, and why."""

    is_personal: bool = True
    words: tuple[str, ...] = ()  # headers, word for word
    parts: tuple[str, ...] = ()  # one of these words anywhere in a header is enough
    only_types: tuple[Literal["date", "text"], ...] = ()  # empty: whatever the cells look like


class HeaderWords(Declaration):
    """Words that mean the same in a header, words that mean nothing, and special headers."""

    groups: dict[str, tuple[str, ...]]
    skipped: tuple[str, ...]
    negations: tuple[str, ...]  # words that turn a yes/no cell into "no"
    affirmations: tuple[str, ...]
    file_date: tuple[str, ...]  # preamble labels beside the date up to which the file knows
    # `Afsluitdatum deelnemer`: a date or reason (the second list) of a person (the first, as last
    # word) is not the one of a trajectory.
    person_alone: tuple[str, ...]
    person_alone_of: tuple[str, ...]
    left_out: dict[str, LeftOut]

    @model_validator(mode="after")
    def _check_groups(self) -> "HeaderWords":
        seen: dict[str, str] = {}
        for group, words in self.groups.items():
            for word in (group, *words):
                other = seen.setdefault(word, group)
                if other != group:
                    raise ValueError(f"{word!r} stands in the groups {other!r} and {group!r}")
        return self
