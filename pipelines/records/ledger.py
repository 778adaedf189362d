"""What staging writes down beside the staged rows: findings, counts, keys of quarantined rows.

Each record kind replaces its own part, in the transaction that fills its staged table. The tables
that people read (quarantine, warnings, delivery report) are made from these afterwards.
"""

from pipelines.warehouse import Warehouse

OUTCOMES = ("staged", "superseded", "quarantined", "not_a_record", "vanished")

_TABLES = {
    # One row per fault of a quarantined row and per warning of a staged row; is_fault is NULL for
    # what would have been a warning had the row not been quarantined: it only counts for the
    # unknown texts. code_text only where a code list or mapping does not know the text.
    "quality.row_finding": """
        organisation_id VARCHAR, delivery VARCHAR, record_kind VARCHAR, row_number BIGINT,
        column_name VARCHAR, code VARCHAR, code_text VARCHAR, is_fault BOOLEAN
    """,
    # Rows per outcome. `vanished` counts keys, under the complete delivery that lacks them.
    "quality.row_tally": """
        organisation_id VARCHAR, delivery VARCHAR, record_kind VARCHAR, outcome VARCHAR,
        row_count BIGINT
    """,
    # Hashes by which a child row learns that its parent was quarantined; no value is kept.
    "quality.quarantined_key": """
        organisation_id VARCHAR, record_kind VARCHAR, fields VARCHAR, key_hash UBIGINT
    """,
}


def list_ledger_tables() -> tuple[str, ...]:
    """The tables of the ledger; each has a part per record kind."""
    return tuple(_TABLES)


def create_ledger(warehouse: Warehouse) -> None:
    """Makes the ledger tables where they do not exist yet."""
    for table, columns in _TABLES.items():
        warehouse.execute(f"create table if not exists {table} ({columns})")


def forget_kind(warehouse: Warehouse, kind: str) -> None:
    """Removes the part of one record kind."""
    for table in _TABLES:
        warehouse.execute(f"delete from {table} where record_kind = ?", [kind])
