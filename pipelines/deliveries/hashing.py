"""Keyed hashes of personal keys, computed by DuckDB for all distinct values at once.

HMAC-SHA-256 under the key of the organisation over ``domain | 0x1f | text``, first 20 hex
characters (80 bits: in ten million keys a collision has a chance of 1 in 24 billion).
"""

from pipelines.catalogue.models.sources import FieldSource
from pipelines.deliveries.readers.grid import quote_literal, quote_name
from pipelines.warehouse import Warehouse

HASH_LENGTH = 20
BLOCK_BYTES = 64
# What stands in a hashed cell that held more values than it may; staging quarantines the row.
MULTIPLE_MARK = "#multiple"
# How exports write "nothing" where an id should stand, compared without case.
EMPTY_WORDS = (
    "-",
    "--",
    "n.v.t.",
    "n.v.t",
    "nvt",
    "onbekend",
    "geen",
    "null",
    "n/a",
    "unknown",
    "?",
)


def make_hmac_sql(message: str) -> str:
    """A DuckDB expression: the hash of the text expression ``message``.

    Needs the parameters of :func:`make_hmac_parameters`.
    """
    inner = f"unhex(sha256($inner_pad::blob || encode({message})))"
    return f"left(sha256($outer_pad::blob || {inner}), {HASH_LENGTH})"


def make_hmac_parameters(key: bytes) -> dict[str, bytes]:
    """The padded key for both passes of HMAC (RFC 2104); the key is shorter than a block."""
    block = key.ljust(BLOCK_BYTES, b"\0")
    return {
        "inner_pad": bytes(byte ^ 0x36 for byte in block),
        "outer_pad": bytes(byte ^ 0x5C for byte in block),
    }


def make_hash_table(
    warehouse: Warehouse, table: str, column: str, domain: str, rule: FieldSource, key: bytes
) -> None:
    """Fills temp table ``table`` (cell, hash): one row per distinct cell of ``incoming``.

    Args:
        warehouse: where the temp table ``incoming`` stands.
        table: name of the table to make.
        column: column of ``incoming`` with the cells as text.
        domain: client, worker or record.
        rule: how the mapping reads the id (codes, several values, padding, name).
        key: the key of the organisation.
    """
    warehouse.execute(
        f"""
        create or replace temp table {quote_name(table)} as
        with cells as (
            select distinct {quote_name(column)} as cell
            from incoming
            where {quote_name(column)} is not null
        ),
        texts as (select cell, {_make_text_sql("cell", rule)} as text from cells)
        select
            cell,
            case
                when text = '{MULTIPLE_MARK}' then text
                when text <> '' and not list_contains($empty_words, lower(text))
                    then {make_hmac_sql(f"{quote_literal(domain)} || chr(31) || text")}
            end as hash
        from texts
        """,
        {
            **make_hmac_parameters(key),
            "empty_words": list(EMPTY_WORDS),
            **_make_code_parameters(rule),
        },
    )


def rehash_table(warehouse: Warehouse, table: str, key: bytes) -> None:
    """Hashes the hashes of a hash table once more, under the next key of the organisation."""
    warehouse.execute(
        f"create or replace temp table {quote_name(table)} as"
        f" select cell, {make_rehash_sql('hash')} as hash from {quote_name(table)}",
        make_hmac_parameters(key),
    )


def make_rehash_sql(cell: str) -> str:
    """A DuckDB expression: the hash of a hash; a mark stays, and empty stays empty.

    Needs the parameters of :func:`make_hmac_parameters`.
    """
    return f"case when {cell} = '{MULTIPLE_MARK}' then {cell} else {make_hmac_sql(cell)} end"


def _make_text_sql(cell: str, rule: FieldSource) -> str:
    """The id in one cell: of several values the right one, mapped, padded, folded."""
    if rule.split is None:
        return _make_one_text_sql(cell, rule)
    parts = (
        f"list_filter(list_transform(string_split({cell}, {quote_literal(rule.split)}),"
        " lambda part: trim(part)), lambda part: part <> '')"
    )
    if rule.take is not None:
        part = f"{parts}[{1 if rule.take == 'first' else -1}]"
        return _make_one_text_sql(part, rule)
    one = _make_one_text_sql(cell, rule)
    # A listed text may hold the separator itself.
    known = "list_contains($code_words, lower(cell))" if rule.codes else "false"
    return f"case when len({parts}) > 1 and not {known} then '{MULTIPLE_MARK}' else {one} end"


def _make_one_text_sql(text: str, rule: FieldSource) -> str:
    sql = f"trim({text})"
    if rule.codes:
        at = f"list_position($code_words, lower({sql}))"
        sql = f"coalesce($code_values[{at}], {sql})"
    if rule.pad_to:
        sql = (
            f"case when regexp_full_match({sql}, '\\d+') and length({sql}) < {rule.pad_to}"
            f" then lpad({sql}, {rule.pad_to}, '0') else {sql} end"
        )
    if rule.is_name:
        sql = f"lower(regexp_replace({sql}, '\\s+', ' ', 'g'))"
    return sql


def _make_code_parameters(rule: FieldSource) -> dict[str, list[str]]:
    if not rule.codes:
        return {}
    return {
        "code_words": [" ".join(word.split()).lower() for word in rule.codes],
        "code_values": list(rule.codes.values()),
    }
