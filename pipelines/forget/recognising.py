"""Under which pseudonyms a client and their records are known in a home."""

import unicodedata

from pipelines.catalogue.models.sources import FieldSource
from pipelines.deliveries.columns import list_landed_columns
from pipelines.deliveries.hashing import HASH_LENGTH, make_hash_table, rehash_table
from pipelines.deliveries.keys import PseudonymKey
from pipelines.deliveries.overlays import find_catalogue, list_run_sources
from pipelines.forget.links import CLIENT, list_personal_kinds
from pipelines.forget.rewriting import list_landed
from pipelines.forget.tending import find_key_version
from pipelines.forget.tombstones import Pseudonyms
from pipelines.run import Run
from pipelines.warehouse import Warehouse, WarehouseError, open_warehouse


def list_pseudonyms(
    warehouse: Warehouse, run: Run, key: PseudonymKey, organisation_id: str, client_id: str
) -> set[str]:
    """Every pseudonym under which an id can have landed: each export reads ids in its own way."""
    first, *later_keys = key.derive_chain(organisation_id, find_key_version(run, organisation_id))
    warehouse.execute("create or replace temp table incoming (cell varchar)")
    text = unicodedata.normalize("NFC", client_id.strip())
    warehouse.execute("insert into incoming values (?)", [text])
    found: set[str] = set()
    for rule in _list_rules(run, organisation_id):
        make_hash_table(warehouse, "client_hash", "cell", CLIENT, rule, first)
        for later in later_keys:
            rehash_table(warehouse, "client_hash", later)
        rows = warehouse.fetch_all(
            "select hash from client_hash where length(hash) = ?", [HASH_LENGTH]
        )
        found |= {pseudonym for (pseudonym,) in rows}
    return found


def _list_rules(run: Run, organisation_id: str) -> list[FieldSource]:
    """How the delivered exports of an organisation read a client id."""
    sources = list_run_sources(run)
    records = find_catalogue(run, organisation_id).records
    used = {(delivery.source, delivery.export) for delivery in list_landed(run, organisation_id)}
    rules: list[FieldSource] = []
    for source_id, export_id in sorted(used):
        source = sources.get(source_id)
        for export in source.exports if source else ():
            if export.id == export_id:
                for column in list_landed_columns(export, records):
                    if column.domain == CLIENT and column.rule not in rules:
                        rules.append(column.rule)
    return rules


def list_staged_keys(run: Run, organisation_id: str, rows: dict[str, set[int]]) -> Pseudonyms:
    """The keys that staging made for rows without a key of their own; empty without a warehouse.

    Args:
        run: where the warehouse is.
        organisation_id: the organisation.
        rows: delivery -> row numbers.
    """
    found: Pseudonyms = {}
    if not rows or not run.warehouse.is_file():
        return found
    numbered = [(delivery, row) for delivery, numbers in rows.items() for row in sorted(numbers)]
    try:
        with open_warehouse(run.warehouse, is_read_only=True) as warehouse:
            warehouse.execute("create temp table theirs (delivery varchar, row_number bigint)")
            warehouse.execute(
                "insert into theirs"
                " select unnest(cast(? as varchar[])), unnest(cast(? as bigint[]))",
                [[delivery for delivery, _ in numbered], [row for _, row in numbered]],
            )
            for kind in list_personal_kinds(run.catalogue.records):
                key = run.catalogue.records[kind].key[0]
                is_theirs = run.catalogue.records[kind].fields[key].references is None
                if not is_theirs or not warehouse.has_table(f"staged.{kind}"):
                    continue
                keys = warehouse.fetch_all(
                    f"""
                    select distinct staged.{key}
                    from staged.{kind} as staged
                    inner join theirs using (delivery, row_number)
                    where staged.organisation_id = ? and length(staged.{key}) = ?
                    """,
                    [organisation_id, HASH_LENGTH],
                )
                found[kind] = {value for (value,) in keys}
    except WarehouseError:
        return {}  # a damaged cache: it goes, and what was made of it is searched by other keys
    return found
