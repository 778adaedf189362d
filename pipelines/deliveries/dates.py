"""Dates as Dutch exports write them, read by one SQL expression.

Used at the door for file dates and for the age band; staging may use the same expression.
"""

from datetime import date

from pipelines.warehouse import Warehouse

MONTHS = {
    1: ("jan", "januari", "january"),
    2: ("feb", "februari", "february"),
    3: ("mrt", "maart", "mar", "march"),
    4: ("apr", "april"),
    5: ("mei", "may"),
    6: ("jun", "juni", "june"),
    7: ("jul", "juli", "july"),
    8: ("aug", "augustus", "august"),
    9: ("sep", "sept", "september"),
    10: ("okt", "oktober", "oct", "october"),
    11: ("nov", "november"),
    12: ("dec", "december"),
}
# A spreadsheet counts days from here (its 29 February 1900 never was).
SERIAL_ORIGIN = "1899-12-30"


def make_date_sql(text: str) -> str:
    """A DuckDB expression of type DATE for the SQL expression ``text``; NULL when it is no date.

    Reads ISO, ``d-m-yyyy`` with ``-``, ``/`` or ``.``, ``yyyymmdd``, spreadsheet serials and Dutch
    or English month names; a time behind the date is left out.
    """
    names = [name for words in MONTHS.values() for name in words]
    numbers = [number for number, words in MONTHS.items() for _ in words]
    year, month, day = (f"regexp_extract(v, '{_NAMED}', {group})" for group in (3, 2, 1))
    named = f"concat_ws('-', {year}, {numbers}[list_position({names}, lower({month}))], {day})"
    return f"""list_transform([trim({text})], lambda v: case
        when regexp_full_match(v, '\\d{{4}}-\\d{{1,2}}-\\d{{1,2}}([ T].*)?')
            then try_cast(regexp_extract(v, '^[\\d-]+') as date)
        when regexp_full_match(v, '{_DAY_FIRST}')
            then try_cast(regexp_replace(v, '{_DAY_FIRST}', '\\3-\\2-\\1') as date)
        when regexp_full_match(v, '(19|20)\\d{{6}}')
            then try_cast(regexp_replace(v, '(....)(..)(..)', '\\1-\\2-\\3') as date)
        when regexp_full_match(v, '\\d{{5}}([.,]\\d+)?')
            then date '{SERIAL_ORIGIN}' + try_cast(left(v, 5) as integer)
        when regexp_full_match(v, '{_NAMED}') then try_cast({named} as date)
    end)[1]"""


_DAY_FIRST = r"(\d{1,2})[-/.](\d{1,2})[-/.](\d{4})(?: .*)?"
_NAMED = r"(\d{1,2})[ -]+([A-Za-z]+)\.?[ -]+(\d{4})(?: .*)?"


def parse_date(warehouse: Warehouse, text: str) -> date | None:
    """The date in one text, or None."""
    return warehouse.fetch_one(f"select {make_date_sql('?')}", [text])[0]
