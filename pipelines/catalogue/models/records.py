"""Record kinds: the contract of what an organisation delivers, field by field."""

from enum import StrEnum
from typing import Literal

from pydantic import Field, model_validator

from pipelines.catalogue.models.base import Declaration, Text


class FieldType(StrEnum):
    """How the text of a delivered cell becomes a value, and its DuckDB type."""

    ID = "id"
    TEXT = "text"
    CODE = "code"
    DATE = "date"
    BOOL = "bool"
    INTEGER = "integer"
    DECIMAL = "decimal"

    @property
    def sql_type(self) -> str:
        """The DuckDB type of a staged column; decimals are exact, never floating point."""
        return {
            "date": "DATE",
            "bool": "BOOLEAN",
            "integer": "BIGINT",
            "decimal": "DECIMAL(9,2)",
        }.get(self.value, "VARCHAR")


class SubjectReference(Declaration):
    """A reference whose target kind depends on another field of the same row."""

    field: str
    targets: dict[str, str]  # value of that field -> "kind.field"


class RecordField(Declaration):
    """One field of a record kind."""

    type: FieldType
    required: bool = False
    codes: str | None = None  # name of a code list in codes/
    is_open_list: bool = False  # an unknown code is kept, counted and reported
    # Key domain: the value is replaced by a keyed hash at the door. Ids of one domain that are
    # delivered equal stay equal, so that a rating finds its document and a rater its worker row.
    pseudonym: Literal["client", "worker", "record"] | None = None
    references: str | None = None  # "kind.field" that must exist among the staged rows
    references_by: SubjectReference | None = None
    on_missing_reference: Literal["quarantine", "empty"] = "quarantine"
    minimum: float | None = None
    maximum: float | None = None
    default: str | int | bool | None = None
    label: Text

    @model_validator(mode="after")
    def _check_combination(self) -> "RecordField":
        if (self.type == FieldType.CODE) != (self.codes is not None):
            raise ValueError("a field of type code names its code list in `codes`, others do not")
        if self.pseudonym and self.type != FieldType.ID:
            raise ValueError("only a field of type id can have a `pseudonym`")
        return self


class RowRule(Declaration):
    """A rule between fields of one row, as a SQL condition that a good row satisfies.

    A condition that is unknown (an empty field) counts as satisfied.
    """

    name: str
    condition: str
    column: str
    severity: Literal["hard", "soft"]
    message: Text


class RecordKind(Declaration):
    """One record kind; the staged table has its fields in this order."""

    kind: str
    label: Text
    key: tuple[str, ...]
    date_field: str | None = None  # the date that says when a row happened (for period and K)
    is_person_event: bool = False  # hangs on a trajectory and has a date
    fields: dict[str, RecordField]
    rules: tuple[RowRule, ...] = Field(default=())

    @model_validator(mode="after")
    def _check_names(self) -> "RecordKind":
        for name in self.key:
            if name not in self.fields:
                raise ValueError(f"key field {name!r} is not declared in `fields`")
            if not self.fields[name].required:
                raise ValueError(f"key field {name!r} must be required")
        if self.date_field and self.date_field not in self.fields:
            raise ValueError(f"date_field {self.date_field!r} is not declared in `fields`")
        for rule in self.rules:
            if rule.column not in self.fields:
                raise ValueError(f"rule {rule.name!r} names unknown column {rule.column!r}")
        return self
