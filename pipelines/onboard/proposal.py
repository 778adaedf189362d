"""What is proposed: per table a record kind, per column its use, each with confidence and reasons.

Plain values only; reasons are codes with values, put into words by whoever writes them.
"""

from dataclasses import dataclass, field
from enum import StrEnum

from pipelines.onboard.files import FoundTable, UnreadFile
from pipelines.onboard.shapes import Shape


class Confidence(StrEnum):
    """How sure a proposal is."""

    HIGH = "high"
    MEDIUM = "medium"
    LOW = "low"


@dataclass(frozen=True)
class Why:
    """A reason: a code of the words ``onboard.why`` and the values it names."""

    code: str
    values: dict[str, str | int] = field(default_factory=dict)


@dataclass(frozen=True)
class CodeProposal:
    """One delivered text and what it means; the text consists of words of ours only."""

    text: str
    code: str
    confidence: Confidence
    rows: int
    is_known: bool  # read so without the mapping saying it


@dataclass(frozen=True)
class UnknownCodes:
    """Texts that mean no code yet: only how many, and where the first one stands."""

    texts: int
    rows: int
    first_row: int


@dataclass(frozen=True)
class Use:
    """What one column is used for: a field of a record kind, or the way to its parent row."""

    kind: str
    field: str
    confidence: Confidence
    whys: tuple[Why, ...]
    is_parent_key: bool = False  # ``kind`` is the parent, found by this column
    codes: tuple[CodeProposal, ...] = ()
    unknown_codes: UnknownCodes | None = None
    options: dict[str, object] = field(default_factory=dict)  # of FieldSource: split, pad_to ...


@dataclass(frozen=True)
class ColumnProposal:
    """One column: its uses; without any it is left out, for ``whys``."""

    position: int
    header: str  # '' when there is none that can be shown
    shape: Shape
    uses: tuple[Use, ...] = ()
    confidence: Confidence = Confidence.LOW  # of leaving out
    whys: tuple[Why, ...] = ()
    is_personal: bool = False  # left out because it looks personal
    is_unknown: bool = False  # left out because nothing was recognised


@dataclass(frozen=True)
class RecordProposal:
    """The records of one kind that a table yields."""

    kind: str
    missing: tuple[str, ...]  # required fields without a column
    constants: dict[str, str] = field(default_factory=dict)
    only_where: int | None = None  # position of the column that must be filled
    row_key: tuple[str, tuple[int, ...]] | None = None  # field, positions
    parent: tuple[str, str] | None = None  # field, parent kind


@dataclass(frozen=True)
class TableProposal:
    """One table and what it seems to be."""

    table: FoundTable
    columns: tuple[ColumnProposal, ...]
    records: tuple[RecordProposal, ...]  # none: no record kind fits
    confidence: Confidence
    whys: tuple[Why, ...]
    export_id: str = ""
    is_main: bool = True  # False: another sheet of the same file is read
    file_date_label: str | None = None
    file_date_pattern: str | None = None
    repeats: str | None = None  # the export whose headers this file repeats

    def list_uses(self, kind: str) -> dict[str, tuple[ColumnProposal, Use]]:
        """field -> its column, of one record kind; not the way to a parent."""
        return {
            use.field: (column, use)
            for column in self.columns
            for use in column.uses
            if use.kind == kind and not use.is_parent_key
        }


@dataclass(frozen=True)
class Proposal:
    """Everything that was found out about the files given together."""

    tables: tuple[TableProposal, ...]
    unread: tuple[UnreadFile, ...]
    decimal_mark: str

    @property
    def mapped(self) -> tuple[TableProposal, ...]:
        """The tables that become an export of the mapping."""
        return tuple(t for t in self.tables if t.records and t.is_main and t.repeats is None)
