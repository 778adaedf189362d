"""SQL for one field of one mapping: from the landed cell to a value and its possible faults.

A field passes four layers of the mapping query, each of which may use the names of the ones before:
``cell`` (as landed), ``code`` (looked up, where texts are known), ``text`` (empties gone), ``raw``
(read, not yet judged), and then its value under its own name.
"""

from dataclasses import dataclass, field
from decimal import Decimal

from pipelines.catalogue import Catalogue
from pipelines.catalogue.known_texts import list_known_texts
from pipelines.catalogue.models.records import FieldType, RecordField
from pipelines.catalogue.models.sources import FieldSource
from pipelines.deliveries.gates import HELD_BACK_MARK, LONGEST_TEXT
from pipelines.deliveries.hashing import MULTIPLE_MARK
from pipelines.records.reasons import Reason, RowWarning
from pipelines.records.sql_text import quote_list, quote_name, quote_text, quote_value


@dataclass(frozen=True)
class Finding:
    """A fault or warning: when, which code, and the text of a code that nobody knows."""

    condition: str
    code: str
    code_text: str = "cast(null as varchar)"


@dataclass
class FieldSql:
    """The expressions of one field, layer by layer."""

    name: str
    column_name: str  # header as delivered, for findings
    cell: str = "cast(null as varchar)"
    several: str = "false"  # true when one cell holds more values than the field can take
    lookup: dict[str, str] = field(default_factory=dict)  # known text in lower case -> code
    text: str = ""
    raw: str = ""
    value: str = ""
    faults: list[Finding] = field(default_factory=list)
    warnings: list[Finding] = field(default_factory=list)

    def refer(self, layer: str) -> str:
        """The column of this field in ``layer``, e.g. ``"text of start_date"``."""
        return quote_name(f"{layer} of {self.name}")


def compose_field(
    name: str,
    declared: RecordField,
    origin: FieldSource,
    cell: str,
    catalogue: Catalogue,
    is_key: bool = False,
) -> FieldSql:
    """The expressions of a field that comes from a column.

    Args:
        name: the field.
        declared: its declaration.
        origin: where its text comes from.
        cell: SQL of the landed cell.
        catalogue: for the code lists.
        is_key: whether it is part of the natural key.
    """
    sql = FieldSql(name=name, column_name=origin.column or name, cell=cell)
    if declared.pseudonym:  # mapped, padded and split at the door, before it was hashed
        if origin.split:
            sql.several = f"coalesce({cell} = {quote_text(MULTIPLE_MARK)}, false)"
            sql.cell = f"nullif({cell}, {quote_text(MULTIPLE_MARK)})"
    else:
        sql.lookup = list_known_texts(declared, origin, catalogue)
        if origin.split:
            _pick_one(sql, origin, cell)
    text = sql.refer("cell")
    if not declared.pseudonym:
        text = f"read_text(nullif({text}, {quote_text(HELD_BACK_MARK)}))"
    # A text that maps to '' is a sentinel (such as 99 = not discussed): an empty value.
    sql.text = f"nullif(coalesce({sql.refer('code')}, {text}), '')" if sql.lookup else text
    sql.raw = sql.refer("text")
    _COMPOSERS[declared.type](sql, declared, origin)
    _add_missing(sql, declared, is_key)
    _add_range(sql, declared)
    if sql.several != "false":
        sql.faults.append(Finding(sql.refer("several"), Reason.SEVERAL_VALUES))
    if not declared.pseudonym:
        sql.faults.append(Finding(_is_held_back(sql), Reason.HELD_BACK))
    if declared.default is not None:
        default = quote_value(declared.default)
        sql.value = f"case when {sql.refer('text')} is null then {default} else {sql.value} end"
    return sql


def _pick_one(sql: FieldSql, origin: FieldSource, cell: str) -> None:
    """Takes one value out of a cell that may hold several.

    A known text may itself contain the separator. So a cell that is a known text stays whole, and
    another one is split only behind a known text (to take the last: before one), the longest first.
    """
    separator = quote_text(origin.split or "")
    if sql.lookup:
        known = quote_list(sorted(sql.lookup, key=lambda text: (-len(text), text)))
        test = (
            f"ends_with(lower({cell}), {separator} || known)"
            if origin.take == "last"
            else f"starts_with(lower({cell}), known || {separator})"
        )
        picked = f"list_filter({known}, lambda known: {test})[1]"
        several = f"not list_contains({known}, lower({cell})) and {picked} is not null"
    else:
        parts = f"list_filter(string_split({cell}, {separator}), lambda part: trim(part) <> '')"
        picked = f"{parts}[-1]" if origin.take == "last" else f"{parts}[1]"
        several = f"len({parts}) > 1"
    several = f"coalesce(contains({cell}, {separator}) and {several}, false)"
    if origin.take:
        sql.cell = f"case when {several} then {picked} else {cell} end"
    else:
        sql.cell = f"case when not {several} then {cell} end"
        sql.several = several


def _add_missing(sql: FieldSql, declared: RecordField, is_key: bool) -> None:
    if not declared.required or declared.default is not None:
        return
    is_missing = f"{sql.refer('text')} is null"
    if declared.type is FieldType.DATE:
        is_missing = f"({is_missing} or is_empty_date({sql.refer('raw')}))"
    is_missing += f" and ({_is_held_back(sql)}) is not true"
    if sql.several != "false":
        is_missing += f" and not {sql.refer('several')}"
    reason = Reason.MISSING_KEY if is_key else Reason.MISSING_REQUIRED
    sql.faults.append(Finding(is_missing, reason))


def _is_held_back(sql: FieldSql) -> str:
    """True when the door replaced the cell because it held a BSN or an address."""
    return f"{sql.refer('cell')} = {quote_text(HELD_BACK_MARK)}"


def _add_range(sql: FieldSql, declared: RecordField) -> None:
    value = quote_name(sql.name)
    limits = []
    if declared.minimum is not None:
        limits.append(f"{value} < {Decimal(str(declared.minimum))}")
    if declared.maximum is not None:
        limits.append(f"{value} > {Decimal(str(declared.maximum))}")
    if limits:
        sql.faults.append(Finding(" or ".join(limits), Reason.OUT_OF_RANGE))


def _compose_id(sql: FieldSql, declared: RecordField, origin: FieldSource) -> None:
    text = sql.refer("text")
    if origin.pad_to and not declared.pseudonym:
        is_number = f"regexp_full_match({text}, '\\d{{1,{origin.pad_to}}}')"
        sql.raw = f"case when {is_number} then lpad({text}, {origin.pad_to}, '0') else {text} end"
    sql.value = sql.refer("raw")
    if sql.lookup:
        known = quote_list(sorted(set(sql.lookup.values())))
        unknown = f"{sql.refer('code')} is null and not list_contains({known}, {text})"
        sql.warnings.append(Finding(unknown, RowWarning.UNMAPPED_NAME, f"read_code_text({text})"))


def _compose_text(sql: FieldSql, declared: RecordField, origin: FieldSource) -> None:
    too_long = f"length({sql.refer('text')}) > {LONGEST_TEXT}"
    sql.value = f"case when {too_long} then null else {sql.refer('raw')} end"
    sql.faults.append(Finding(too_long, Reason.TEXT_TOO_LONG))


def _compose_code(sql: FieldSql, declared: RecordField, origin: FieldSource) -> None:
    code, text = sql.refer("code"), sql.refer("text")
    shown = f"read_code_text({text})"
    unknown = f"{text} is not null and {code} is null"
    sql.value = f"nullif({code}, '')"
    if declared.is_open_list:
        sql.value = f"coalesce({sql.value}, {shown})"
        sql.warnings.append(
            Finding(f"{unknown} and {shown} is not null", RowWarning.UNMAPPED_CODE, shown)
        )
        unknown += f" and {shown} is null"
    sql.faults.append(Finding(unknown, Reason.UNKNOWN_CODE, shown))


def _compose_bool(sql: FieldSql, declared: RecordField, origin: FieldSource) -> None:
    sql.raw = f"read_bool({sql.refer('text')})"
    sql.value = sql.refer("raw")
    unread = f"{sql.refer('text')} is not null and {sql.refer('raw')} is null"
    sql.faults.append(Finding(unread, Reason.NOT_YES_NO))


def _compose_date(sql: FieldSql, declared: RecordField, origin: FieldSource) -> None:
    text, raw, value = sql.refer("text"), sql.refer("raw"), quote_name(sql.name)
    sql.text = f"without_time({sql.text})"
    sql.raw = f"read_day({text})"
    sql.value = f"known_date({raw})"
    unread = f"{text} is not null and {value} is null and is_empty_date({raw}) is not true"
    sql.faults.append(Finding(unread, Reason.NOT_A_DATE))


def _compose_number(sql: FieldSql, declared: RecordField, origin: FieldSource) -> None:
    text, raw, value = sql.refer("text"), sql.refer("raw"), quote_name(sql.name)
    is_whole = declared.type is FieldType.INTEGER
    sql.raw = f"read_number({text}, decimal_mark)"
    sql.value = f"read_integer({raw})" if is_whole else f"read_decimal({raw})"
    unfit = Reason.NOT_AN_INTEGER if is_whole else Reason.DECIMAL_DOES_NOT_FIT
    sql.faults += [
        Finding(f"{text} is not null and {raw} is null", Reason.NOT_A_NUMBER),
        Finding(f"{raw} is not null and {value} is null", unfit),
    ]


_COMPOSERS = {
    FieldType.ID: _compose_id,
    FieldType.TEXT: _compose_text,
    FieldType.CODE: _compose_code,
    FieldType.BOOL: _compose_bool,
    FieldType.DATE: _compose_date,
    FieldType.INTEGER: _compose_number,
    FieldType.DECIMAL: _compose_number,
}
