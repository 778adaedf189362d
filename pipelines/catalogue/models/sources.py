"""Source mappings: what an export of a client-file system calls the fields of our records."""

from typing import Literal

from pydantic import Field, field_validator, model_validator

from pipelines.catalogue.models.base import Declaration, Text

EVERY_SHEET = "*"


class FieldSource(Declaration):
    """Where the value of one record field comes from in a row of the export."""

    column: str | None = None  # header as delivered (compared trimmed, without case)
    constant: str | int | bool | None = None  # the same value for every row
    # Delivered text -> our code, id or true/false; '' = empty. A text that is not listed stays as
    # it is and is read as usual (code list and its synonyms, yes/no words, number, reference).
    codes: dict[str, str] = Field(default_factory=dict)
    split: str | None = None  # several values in one cell, joined by this separator
    take: Literal["first", "last"] | None = None  # of several values; without it: quarantined
    age_band_at: str | None = None  # birth-date column -> age band on the date in this column
    pad_to: int | None = None  # ids whose leading zeros a spreadsheet took away: pad to this length
    is_name: bool = False  # a person's name: trimmed, case-folded, NFC before hashing
    is_default_date: bool = False  # the system fills this date in itself
    optional: bool = False  # the column may be absent from the file


class RowFilter(Declaration):
    """Only rows whose column has (or lacks) a value become a record of this kind."""

    column: str
    is_filled: bool = True


class RowKey(Declaration):
    """A natural key made from declared columns plus a counter for equal rows."""

    field: str
    columns: tuple[str, ...]


class ParentLookup(Declaration):
    """Finds the parent row by declared columns; none or two: the row is quarantined."""

    field: str  # our field that is filled, e.g. trajectory_id
    kind: str  # parent kind
    match: dict[str, str]  # parent field -> column in this export


class RecordSource(Declaration):
    """The records of one kind that an export yields."""

    kind: str
    fields: dict[str, FieldSource]
    only_where: RowFilter | None = None
    row_key: RowKey | None = None
    parent: ParentLookup | None = None
    complete: bool = False  # a delivery replaces everything of this kind and organisation


class Export(Declaration):
    """One export file of a source system, recognised by its whole header set."""

    id: str
    label: Text
    known_columns: tuple[str, ...] = ()  # in the export, never kept (names, BSN, free text)
    file_date_label: str | None = None  # preamble cell whose right neighbour is the file's date
    file_date_pattern: str | None = None  # regex with group 1 = date, on the file name
    total_markers: tuple[str, ...] = ("Totaal", "Uniek", "Total")
    records: tuple[RecordSource, ...]

    @field_validator("known_columns", mode="before")
    @classmethod
    def _read_emptied_list(cls, content: object) -> object:
        """Somebody who takes the last column out of the list leaves its name behind."""
        return () if content is None else content


class Source(Declaration):
    """A source system (or delivery template) and its exports."""

    source: str
    version: int
    label: Text
    description: Text
    # Only needed for a number such as 1.250: with a decimal comma its dot stands between thousands.
    decimal_mark: Literal[",", "."] = "."
    # Field -> delivered text -> our code or id, for every export (an organisation's team names).
    codes: dict[str, dict[str, str]] = Field(default_factory=dict)
    # Sheets that are read besides the one that fits best; '*': every one that an export fits.
    sheets: tuple[str, ...] = ()
    exports: tuple[Export, ...]

    @model_validator(mode="after")
    def _check_ids(self) -> "Source":
        ids = [export.id for export in self.exports]
        if len(ids) != len(set(ids)):
            raise ValueError("two exports have the same id")
        fields = {name for export in self.exports for record in export.records
                  for name in record.fields}  # fmt: skip
        for name in self.codes:
            if name not in fields:
                raise ValueError(f"`codes` names {name!r}, which no export fills")
        return self

    def spread_codes(self) -> "Source":
        """The mapping with ``codes`` written into every export that fills their fields."""
        if not self.codes:
            return self
        exports = tuple(_add_codes(export, self.codes) for export in self.exports)
        return self.model_copy(update={"exports": exports, "codes": {}})


def _add_codes(export: Export, codes: dict[str, dict[str, str]]) -> Export:
    records = []
    for record in export.records:
        fields = {
            name: origin.model_copy(update={"codes": {**origin.codes, **codes.get(name, {})}})
            for name, origin in record.fields.items()
        }
        records.append(record.model_copy(update={"fields": fields}))
    return export.model_copy(update={"records": tuple(records)})
