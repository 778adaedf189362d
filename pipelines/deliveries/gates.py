"""What is held back at the door although its column is declared: BSNs, addresses, free text.

The BSN test is the eleven-test on the digits of a cell, eight digits padded to nine. Nine in a
hundred random numbers pass it, so that an id column is only refused when most of many values pass.
Nothing here tells a value; only columns and counts leave this module.
"""

import math
import re
from collections.abc import Iterable

from pipelines.catalogue.models.records import FieldType
from pipelines.deliveries.columns import LandedColumn
from pipelines.deliveries.journal import DeliveryWarning
from pipelines.deliveries.refused import RefusalCode, RefusedFileError
from pipelines.warehouse import Warehouse

BSN_WEIGHTS = (9, 8, 7, 6, 5, 4, 3, 2, -1)
BSN_HEADER = re.compile(r"\bbsn\b|burgerservice|sofi-?nummer", re.IGNORECASE)
MINIMUM_ID_VALUES = 20
MAXIMUM_BSN_SHARE = 0.5
FREE_TEXT_MEDIAN_LENGTH = 80
# A longer cell is a sentence about somebody: a declared text is a name or a criterion,
# and no code, date or number comes near the second limit (a cell with several values may).
LONGEST_TEXT = 100
LONGEST_VALUE = 60
# A day where a code should stand is most often the birth date of somebody.
DAY = r"\d{1,2}[-/. ]\d{1,2}[-/. ]\d{4}|\d{4}[-/.]\d{1,2}[-/.]\d{1,2}( .*)?"
EMAIL = r"[^\s@]+@[^\s@]+\.[A-Za-z]{2,}"
# Texts whose digits together are no number a person could have: dates and decimals.
NO_ID_SHAPE = r"(19|20)\d\d[-/.]?\d{1,2}[-/.]?\d{1,2}|\d{1,2}[-/.]\d{1,2}[-/.]\d{4}|-?\d+[.,]\d+"
# What every cell has that one of the tests below could find.
_MAY_BE_A_BSN = "regexp_full_match({}, '[0-9 .-]{{8,}}')"
_MAY_BE_HELD_BACK = (
    f"length(text) > 5 and (length(text) > {LONGEST_VALUE} or contains(text, '@')"
    " or (regexp_matches(text, '[0-9]([ .-]*[0-9]){7}')"
    f" and not regexp_full_match(text, '{NO_ID_SHAPE}')))"
)
_MAY_BE_A_DAY = f"length(text) > 5 and regexp_full_match(text, '{DAY}')"
# What replaces a BSN in a cell that should hold a number, date, code or yes/no.
HELD_BACK_MARK = "#held_back"


def make_bsn_sql(digits: str) -> str:
    """A DuckDB condition: the text expression ``digits`` (digits only) passes the eleven-test."""
    padded = f"lpad({digits}, 9, '0')"
    terms = " + ".join(
        f"({weight}) * try_cast(substr({padded}, {at}, 1) as integer)"
        for at, weight in enumerate(BSN_WEIGHTS, start=1)
    )
    # try_cast: the engine may work out the sum before it looks at the length.
    return (
        f"case when length({digits}) in (8, 9) and try_cast({digits} as bigint) > 0"
        f" then ({terms}) % 11 = 0 else false end"
    )


def make_holds_bsn_sql(text: str) -> str:
    """A DuckDB condition: ``text`` as a whole, or a number in it, passes the eleven-test."""
    whole = f"regexp_replace({text}, '[ .-]', '', 'g')"
    runs = f"regexp_extract_all({text}, '[0-9]+')"
    return (
        f"(not regexp_full_match({text}, '{NO_ID_SHAPE}') and ("
        f"(regexp_full_match({whole}, '[0-9]{{8,9}}') and {make_bsn_sql(whole)})"
        f" or len(list_filter({runs}, lambda run: {make_bsn_sql('run')})) > 0))"
    )


def check_id_columns(warehouse: Warehouse, columns: dict[str, LandedColumn]) -> None:
    """Raises a RefusedFileError when the ids in a column of ``incoming`` are BSNs.

    Args:
        warehouse: where the temp table ``incoming`` stands.
        columns: column of ``incoming`` -> the landed column it becomes.
    """
    suspects = _find_number_columns(warehouse, list(columns))
    if not suspects:
        return
    found = warehouse.fetch_all(
        f"""
        with texts as ({_list_distinct_texts(suspects)}),
        ids as (
            select distinct slot, regexp_replace(text, '[ .-]', '', 'g') as id
            from texts
        )
        select
            slot,
            count(*),
            count(*) filter (where regexp_full_match(id, '[0-9]+') and {make_bsn_sql("id")})
        from ids
        group by slot
        order by slot
        """
    )
    for slot, values, passing in found:
        if values >= MINIMUM_ID_VALUES and passing > MAXIMUM_BSN_SHARE * values:
            raise RefusedFileError(
                RefusalCode.ID_COLUMN_HOLDS_BSN,
                column=columns[slot].header,
                passing=passing,
                different=values,
            )


def _find_number_columns(warehouse: Warehouse, slots: list[str]) -> list[str]:
    """The columns of ``incoming`` with a cell that could be a BSN.

    One look at every cell: of ids most texts differ, so that listing them first costs more.
    """
    if not slots:
        return []
    tests = ", ".join(f"coalesce(bool_or({_MAY_BE_A_BSN.format(slot)}), false)" for slot in slots)
    found = warehouse.fetch_one(f"select {tests} from incoming")
    return [slot for slot, may_be_found in zip(slots, found, strict=True) if may_be_found]


def hold_back_columns(
    warehouse: Warehouse, columns: dict[str, LandedColumn]
) -> list[DeliveryWarning]:
    """Empties in ``incoming`` what may not land, and says what was held back.

    A text column is emptied whole when one value in it is a BSN or e-mail address, or when it reads
    as free text. In any other column only the cell is replaced, as is a cell anywhere that is too
    long for a value, and a day in a column of codes; ids have a test of their own.

    Args:
        warehouse: where the temp table ``incoming`` stands.
        columns: column of ``incoming`` -> the landed column it becomes (not the hashed ones).
    """
    open_columns = [slot for slot, column in columns.items() if column.types != {FieldType.ID}]
    if not open_columns:
        return []
    # Of codes, dates and numbers few texts differ: every test is asked once per text.
    warehouse.execute(f"create or replace temp table texts as {_list_distinct_texts(open_columns)}")
    suspects = [
        slot
        for slot, may_be_held_back, may_be_a_day in warehouse.fetch_all(
            f"select slot, bool_or({_MAY_BE_HELD_BACK}), bool_or({_MAY_BE_A_DAY})"
            " from texts group by slot"
        )
        if may_be_held_back or (may_be_a_day and columns[slot].types == {FieldType.CODE})
    ]
    if not suspects:
        return []
    found = warehouse.fetch_all(
        f"""
        select
            slot,
            bool_or({make_holds_bsn_sql("text")}),
            bool_or(regexp_matches(text, '{EMAIL}')),
            median(length(text)) > {FREE_TEXT_MEDIAN_LENGTH},
            max(length(text)),
            bool_or(regexp_full_match(text, '{DAY}'))
        from texts
        where list_contains($suspects, slot)
        group by slot
        order by slot
        """,
        {"suspects": suspects},
    )
    warnings = []
    for slot, has_bsn, has_email, is_free_text, length, has_day in found:
        column = columns[slot]
        limit = _find_limit(column)
        may_hold_day = column.types != {FieldType.CODE}
        if column.types <= {FieldType.TEXT}:
            reasons = {"bsn": has_bsn, "email": has_email, "free_text": is_free_text}
            reason = next((name for name, applies in reasons.items() if applies), None)
            if reason:
                warehouse.execute(f"update incoming set {slot} = null")
                warnings.append(DeliveryWarning(f"column_held_back_{reason}", column.header))
                continue
        if has_bsn or has_email or length > limit or (has_day and not may_hold_day):
            count = _replace_cells(warehouse, slot, limit, may_hold_day)
            warnings.append(DeliveryWarning("cell_held_back", column.header, count))
    return warnings


def _list_distinct_texts(columns: Iterable[str]) -> str:
    """SQL: every distinct text of each column, as (slot, text)."""
    return " union all ".join(
        f"select distinct '{slot}' as slot, {slot} as text from incoming where {slot} is not null"
        for slot in columns
    )


def _find_limit(column: LandedColumn) -> float:
    """How long a cell of a column may be."""
    if column.is_split:
        return math.inf
    return LONGEST_TEXT if FieldType.TEXT in column.types else LONGEST_VALUE


def _replace_cells(warehouse: Warehouse, slot: str, limit: float, may_hold_day: bool) -> int:
    """The number of cells of one column that were replaced."""
    conditions = [make_holds_bsn_sql(slot), f"regexp_matches({slot}, '{EMAIL}')"]
    if math.isfinite(limit):
        conditions.append(f"length({slot}) > {limit}")
    if not may_hold_day:
        conditions.append(f"regexp_full_match({slot}, '{DAY}')")
    return warehouse.fetch_one(
        f"""
        update incoming set {slot} = '{HELD_BACK_MARK}'
        where {" or ".join(conditions)}
        """
    )[0]
