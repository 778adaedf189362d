"""What every table was made from, so that a run knows what changed since.

One note per table and organisation: the fingerprint of the organisation (``fingerprint``) then. One
more, without an organisation, over the tables about all of them that were read. What does not
belong here: making tables again (``increments``).
"""

from collections.abc import Sequence
from hashlib import sha256

from pipelines.warehouse import Warehouse

MADE_FROM = "quality.made_from"


def forget_made(warehouse: Warehouse, except_schema: str) -> None:
    """Lets every table be made again in full, but those of one schema."""
    if warehouse.has_table(MADE_FROM):
        warehouse.execute(
            f"delete from {MADE_FROM} where table_name not like ?", [f"{except_schema}.%"]
        )


def forget_table(warehouse: Warehouse, table: str) -> None:
    """Lets one table be made again in full."""
    if warehouse.has_table(MADE_FROM):
        warehouse.execute(f"delete from {MADE_FROM} where table_name = ?", [table])


def knows_fingerprints(warehouse: Warehouse) -> bool:
    """True when it is known what may have changed.

    False for a warehouse filled by hand, as in many tests: it has no files to be made from.
    """
    if not warehouse.has_table("staged.fingerprint"):
        return False
    warehouse.execute(
        f"create table if not exists {MADE_FROM} (table_name VARCHAR, fingerprint VARCHAR)"
    )
    warehouse.execute(f"alter table {MADE_FROM} add column if not exists organisation_id VARCHAR")
    return True


def find_changed(warehouse: Warehouse, table: str) -> tuple[list[str], bool]:
    """What changed since ``table`` was made.

    Returns:
        The organisations with other, new or no more files; and whether all is to be made again: it
        is most of them, or the table is not there.
    """
    rows = warehouse.fetch_all(
        f"""
        select organisation_id
        from staged.fingerprint as now
        full join (
            select * from {MADE_FROM} where table_name = ? and organisation_id is not null
        ) as made
            using (organisation_id)
        where now.fingerprint is distinct from made.fingerprint
        order by organisation_id
        """,
        [table],
    )
    is_most = 2 * len(rows) > warehouse.count_rows("staged.fingerprint")
    return [name for (name,) in rows], is_most or not warehouse.has_table(table)


def is_made_from(warehouse: Warehouse, table: str, shared: Sequence[str]) -> bool:
    """True when the shared tables hold the rows from which ``table`` was made."""
    noted = warehouse.fetch_all(
        f"select fingerprint from {MADE_FROM} where table_name = ? and organisation_id is null",
        [table],
    )
    return noted == [(describe_rows(warehouse, shared),)]


def describe_rows(warehouse: Warehouse, tables: Sequence[str]) -> str:
    """The same text for the same columns and rows, in whatever order the rows stand."""
    parts = [version for (version,) in warehouse.fetch_all("select version()")]
    for table in tables:
        columns = warehouse.fetch_all(f"select column_name, column_type from (describe {table})")
        rows = warehouse.fetch_one(f"select count(*), sum(hash(one)) from {table} as one")
        parts.append(f"{table} {columns} {rows}")
    return sha256("\n".join(parts).encode()).hexdigest()


def note_made(warehouse: Warehouse, table: str, shared: Sequence[str]) -> None:
    """Notes that ``table`` was made from what organisations and shared tables hold now."""
    warehouse.execute(f"delete from {MADE_FROM} where table_name = ?", [table])
    warehouse.execute(
        f"insert into {MADE_FROM} (table_name, organisation_id, fingerprint)"
        " select ?, organisation_id, fingerprint from staged.fingerprint"
        " union all select ?, null, ?",
        [table, table, describe_rows(warehouse, shared)],
    )
