"""What the staged tables were made from, so that an unchanged table is not made again.

The fingerprint covers everything this room reads: the accepted files, the settings of the
organisations, the declarations and the code. The same fingerprint gives the same tables. What does
not belong here: deciding what a row becomes.
"""

from collections.abc import Callable
from hashlib import sha256
from importlib import resources
from pathlib import Path

from pipelines.records.accepted import find_as_of, list_ranked_deliveries, read_accepted
from pipelines.run import Run
from pipelines.warehouse import Warehouse

CODE_SUFFIXES = {".py", ".sql", ".yaml"}


def calculate_fingerprint(run: Run) -> str:
    """The sha-256 over everything that decides what the staged tables hold."""
    digest = sha256()
    package = Path(str(resources.files("pipelines")))
    for path in sorted(package.rglob("*")):
        if path.suffix in CODE_SUFFIXES:
            digest.update(str(path.relative_to(package)).encode())
            digest.update(path.read_bytes())
    for room in (run.catalogue.records, run.catalogue.codes, run.catalogue.sources):
        for declaration in room.values():
            digest.update(declaration.model_dump_json().encode())
    for profile in run.catalogue.profiles.values():
        digest.update(profile.model_dump_json().encode())
    digest.update(repr(read_accepted(run).organisations).encode())
    for rank, delivery in list_ranked_deliveries(run):
        landed = run.landing / delivery.landing
        size = landed.stat().st_size if landed.exists() else 0
        digest.update(repr((rank, delivery, size)).encode())
    digest.update(str(find_as_of(run)).encode())
    return digest.hexdigest()


def build_fingerprint(warehouse: Warehouse, run: Run) -> None:
    """Writes ``staged.fingerprint`` (one row) and keeps what earlier tables were made from."""
    warehouse.execute("create or replace table staged.fingerprint (fingerprint VARCHAR)")
    warehouse.execute("insert into staged.fingerprint values (?)", [calculate_fingerprint(run)])
    warehouse.execute(
        "create table if not exists quality.made_from (table_name VARCHAR, fingerprint VARCHAR)"
    )


def build_when_changed(
    warehouse: Warehouse, run: Run, table: str, build: Callable[[Warehouse, Run], None]
) -> None:
    """Builds ``table`` unless it stands and was made from the same files, settings and code.

    The note is written after the table: a run that is cut off between the two builds it once more.
    """
    is_current = warehouse.has_table(table) and warehouse.fetch_one(
        """
        select 1
        from quality.made_from
        inner join staged.fingerprint using (fingerprint)
        where table_name = ?
        """,
        [table],
    )
    if is_current:
        return
    warehouse.execute("delete from quality.made_from where table_name = ?", [table])
    build(warehouse, run)
    warehouse.execute(
        "insert into quality.made_from select ?, fingerprint from staged.fingerprint", [table]
    )
