"""How a reader says that a file cannot be what it claims: a code and values, never a sentence.

The sentences stand in the words of both languages under the same codes.
"""

from enum import StrEnum

from pipelines.catalogue.refusal_words import RefusalValue, describe_refusal
from pipelines.catalogue.wording import load_words


class RefusalCode(StrEnum):
    """Why a file is not read."""

    # the file as such
    NOT_A_REGULAR_FILE = "not_a_regular_file"
    FILE_EMPTY = "file_empty"
    FILE_TOO_LARGE = "file_too_large"
    FORMAT_UNKNOWN = "format_unknown"
    FORMAT_DIFFERS = "format_differs"
    # text
    NOT_TEXT = "not_text"
    NUL_BYTES = "nul_bytes"
    LINE_TOO_LONG = "line_too_long"
    CELL_TOO_LONG = "cell_too_long"
    QUOTE_NOT_CLOSED = "quote_not_closed"
    # workbooks
    WORKBOOK_OLD_OR_LOCKED = "workbook_old_or_locked"
    WORKBOOK_TOO_LARGE = "workbook_too_large"
    WORKBOOK_DAMAGED = "workbook_damaged"
    WORKBOOK_MACROS = "workbook_macros"
    WORKBOOK_ACTIVE_CONTENT = "workbook_active_content"
    WORKBOOK_UNUSUAL = "workbook_unusual"
    WORKBOOK_PASSWORD = "workbook_password"
    WORKBOOK_PACKING = "workbook_packing"
    WORKBOOK_BOMB = "workbook_bomb"
    NOT_A_WORKBOOK = "not_a_workbook"
    SHEET_TOO_SPARSE = "sheet_too_sparse"
    SHEET_MOSTLY_BLANK = "sheet_mostly_blank"
    SHEET_NOT_NAMED = "sheet_not_named"
    # Parquet
    PARQUET_DAMAGED = "parquet_damaged"
    PARQUET_BOMB = "parquet_bomb"
    TOO_MANY_ROWS = "too_many_rows"
    # rows and columns
    ROWS_UNREADABLE = "rows_unreadable"
    TOO_MANY_COLUMNS = "too_many_columns"
    HEADER_UNKNOWN = "header_unknown"
    HEADER_INCOMPLETE = "header_incomplete"
    HEADER_AMBIGUOUS = "header_ambiguous"
    REPORT_NOT_RECORDS = "report_not_records"
    # personal numbers
    ID_COLUMN_HOLDS_BSN = "id_column_holds_bsn"
    COLUMN_NAMED_BSN = "column_named_bsn"
    # passing: tried again at the next run
    FILE_VANISHED = "file_vanished"
    FILE_CHANGED = "file_changed"
    FILE_UNREADABLE = "file_unreadable"
    MEMORY_FULL = "memory_full"


class UnreadFileError(Exception):
    """A file is not read.

    Args:
        code: why.
        values: what the sentence names: only names of our own mappings and formats, and numbers;
            nothing that stands in the file.
    """

    def __init__(self, code: RefusalCode, **values: RefusalValue):
        self.code = code
        self.values = values
        # The terminal and the journal are read by the people who run this: English.
        self.reason = describe_refusal(load_words("en"), code, values)
        super().__init__(self.reason)


class RefusedFileError(UnreadFileError):
    """The file is refused: reading the same bytes again gives the same."""


class UnsteadyFileError(UnreadFileError):
    """The file could not be read this time; the next run tries again."""
