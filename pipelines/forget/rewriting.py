"""Writes landing files anew in their place, and says so in the journal.

Both happen in an order that can be cut off anywhere: the file first, then the line about it; a
line that is missing is written by the next attempt.
"""

import hashlib
from dataclasses import dataclass
from pathlib import Path

from pipelines.deliveries import ROW_NUMBER, Delivery, append_event
from pipelines.deliveries.hashing import make_hmac_parameters, make_rehash_sql
from pipelines.deliveries.journal import CARRIED_OVER, FORGOTTEN, read_journal
from pipelines.deliveries.keys import FIRST_KEY_VERSION, PseudonymKey
from pipelines.deliveries.landing import FORGOTTEN_NAME, KEY_VERSION_NAME, write_landing
from pipelines.records.sql_text import quote_name, quote_text
from pipelines.run import Run
from pipelines.warehouse import Warehouse, escape_glob


@dataclass(frozen=True)
class LandedState:
    """What a landing file says of itself."""

    row_count: int
    key_version: int
    forgotten: int  # rows that were taken out of it


def list_landed(run: Run, organisation_id: str) -> list[Delivery]:
    """The deliveries of an organisation of which the landing file is there, the earliest first."""
    deliveries, _ = read_journal(run.journal)
    return sorted(
        (
            delivery
            for delivery in deliveries
            if delivery.organisation_id == organisation_id
            and (run.landing / delivery.landing).is_file()
        ),
        key=lambda delivery: delivery.rank_key,
    )


def read_state(warehouse: Warehouse, path: Path) -> LandedState:
    """The rows of a landing file and the key version of its hashes."""
    (row_count,) = warehouse.fetch_one(
        "select sum(num_rows) from parquet_file_metadata(?)", [escape_glob(path)]
    )
    named = dict(
        warehouse.fetch_all(
            "select decode(key), decode(value) from parquet_kv_metadata(?)", [escape_glob(path)]
        )
    )
    return LandedState(
        row_count,
        int(named.get(KEY_VERSION_NAME, FIRST_KEY_VERSION)),
        int(named.get(FORGOTTEN_NAME, 0)),
    )


def take_out_rows(warehouse: Warehouse, run: Run, delivery: Delivery, rows: set[int]) -> bool:
    """Takes rows out of a landing file; True when the journal got a line about it.

    Without rows only a line that an earlier attempt could not write any more is written.
    """
    path = run.landing / delivery.landing
    state = read_state(warehouse, path)
    if rows:
        numbers = ", ".join(str(row) for row in sorted(rows))
        sql = (
            f"select * from read_parquet({quote_text(escape_glob(path))})"
            f" where {quote_name(ROW_NUMBER)} not in ({numbers})"
            f" order by {quote_name(ROW_NUMBER)}"
        )
        write_landing(warehouse, sql, path, state.key_version, state.forgotten + len(rows))
    forgotten = state.forgotten + len(rows)
    if forgotten == delivery.forgotten:
        return False
    _record(run, delivery, FORGOTTEN, {"forgotten": forgotten})
    return True


def carry_over(
    warehouse: Warehouse, run: Run, delivery: Delivery, key: PseudonymKey, version: int
) -> bool:
    """Hashes the hashes of a landing file under the later keys; True when anything was done."""
    path = run.landing / delivery.landing
    state = read_state(warehouse, path)
    for later in range(state.key_version + 1, version + 1):
        described = warehouse.fetch_all("describe from read_parquet(?)", [escape_glob(path)])
        names = [name for (name, *_) in described]
        hashed = [name for name in names if is_hashed(name)]
        columns = [
            f"{make_rehash_sql(quote_name(name))} as {quote_name(name)}"
            if name in hashed
            else quote_name(name)
            for name in names
        ]
        secret = key.derive(delivery.organisation_id, later)
        pads = make_hmac_parameters(secret) if hashed else {}
        # The new hashes are made in memory: a statement that writes a file takes no parameters.
        warehouse.execute(
            f"create or replace temp table carried_over as select {', '.join(columns)}"
            " from read_parquet($path)",
            {"path": escape_glob(path), **pads},
        )
        sql = f"select * from carried_over order by {quote_name(ROW_NUMBER)}"
        write_landing(warehouse, sql, path, later, state.forgotten)
        warehouse.execute("drop table carried_over")
    if state.key_version >= version and delivery.key_version >= version:
        return False
    _record(run, delivery, CARRIED_OVER, {"key_version": version})
    return True


def is_hashed(column: str) -> bool:
    """True for a landed column with keyed hashes."""
    return column.rpartition("#")[2] in ("client", "worker", "record") and "#" in column


def _record(run: Run, delivery: Delivery, event: str, changed: dict[str, int]) -> None:
    path = run.landing / delivery.landing
    content = path.read_bytes()
    identity = {"organisation_id": delivery.organisation_id, "delivery": delivery.delivery}
    digest = {
        "landing_bytes": len(content),
        "landing_sha256": hashlib.sha256(content).hexdigest(),
    }
    append_event(run.journal, {"event": event, **identity, **changed, **digest})
