"""Gives an organisation another key, and carries everything that was hashed before over to it.

The originals are not kept, so the old hashes themselves are hashed once more under the new key. The
journal line comes first; what was cut off is finished by the next run.
"""

import shutil

from pipelines.deliveries import append_event
from pipelines.deliveries.hashing import make_hmac_parameters, make_rehash_sql
from pipelines.deliveries.journal import KEY_VERSION
from pipelines.deliveries.keys import PseudonymKey, read_key
from pipelines.errors import UserError
from pipelines.forget.rewriting import list_landed
from pipelines.forget.tending import find_key_version, is_key_of_home, open_work, tend_landing
from pipelines.forget.tombstones import Pseudonyms, read_tombstones, seal_all
from pipelines.run import Run


def rotate_key(run: Run, organisation_id: str) -> tuple[int, int]:
    """Raises the key version of an organisation. The caller holds the lock of the home.

    Returns:
        The new key version, and the number of landing files that were carried over.

    Raises:
        UserError: nothing was accepted of this organisation, or the key is not that of the home.
    """
    key = read_key(run.key_file, run.inbox, run.home)
    deliveries = list_landed(run, organisation_id)
    if not deliveries or not is_key_of_home(run, key):
        raise UserError(
            what="The key of this organisation cannot be changed here.",
            where=f"{run.home}, organisation {organisation_id}, key {run.key_file}",
            expected="an organisation with accepted files, and the key file of this home",
            to_do="Check --organisation, --home and KRACHTWERK_KEY_FILE; nothing was changed.",
        )
    tend_landing(run)  # an earlier change that was cut off is finished first
    version = find_key_version(run, organisation_id) + 1
    tombstones = _carry_tombstones(run, key, organisation_id, version)
    event = {"event": KEY_VERSION, "organisation_id": organisation_id, "key_version": version}
    append_event(run.journal, {**event, "tombstones": tombstones})
    # Units of earlier releases carry the old pseudonyms: nothing now could be compared with them.
    shutil.rmtree(run.kept, ignore_errors=True)
    return version, tend_landing(run)


def _carry_tombstones(
    run: Run, key: PseudonymKey, organisation_id: str, version: int
) -> dict[str, list[str]]:
    """The tombstones of an organisation, of the pseudonyms that its clients have from now on."""
    earlier = key.derive_tombstone_key(organisation_id, version - 1)
    known = read_tombstones(run.journal, organisation_id, earlier)
    carried: Pseudonyms = {}
    parameters = make_hmac_parameters(key.derive(organisation_id, version))
    with open_work(run) as warehouse:
        for kind, pseudonyms in known.items():
            rows = warehouse.fetch_all(
                f"select {make_rehash_sql('hash')}"
                " from (select unnest(cast($hashes as varchar[])) as hash)",
                {**parameters, "hashes": sorted(pseudonyms)},
            )
            carried[kind] = {pseudonym for (pseudonym,) in rows}
    return seal_all(key.derive_tombstone_key(organisation_id, version), carried)
