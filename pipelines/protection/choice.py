"""What was hidden for the sake of others, kept as long as the counts and the code are the same.

The choice takes most of the time of protection, and the same cells give the same choice. What does
not belong here: the choice itself (``suppression``); its proofs, which are checked on every use.
"""

import hashlib
import json
from functools import cache
from importlib import resources
from pathlib import Path

from pipelines.protection.published_system import attacker_file
from pipelines.run import Run
from pipelines.warehouse import Warehouse

CODE_SUFFIXES = {".py", ".sql"}


def fingerprint_cells(warehouse: Warehouse) -> str:
    """A hash of the judged cells and of the code that chooses."""
    (rows,) = warehouse.fetch_one(
        "select md5(string_agg(line, chr(10) order by line))"
        " from (select cell::varchar as line from judged_cell as cell)"
    )
    return hashlib.sha256(f"{rows}{_hash_code()}".encode()).hexdigest()


def read_choice(run: Run, system: str, fingerprint: str) -> list[str] | None:
    """The keys hidden for others, of the same cells; None: they must be chosen."""
    try:
        kept = json.loads(_choice_file(run, system).read_text(encoding="utf-8"))
        is_known = kept["cells"] == fingerprint and kept["proofs"] == _hash_proofs(run, system)
        return kept["hidden"] if is_known else None
    except (OSError, ValueError, KeyError, TypeError):
        return None  # not there yet, or damaged: it is a cache


def write_choice(run: Run, system: str, fingerprint: str, hidden: list[str]) -> None:
    """Keeps a choice whose proofs are written."""
    content = {"cells": fingerprint, "proofs": _hash_proofs(run, system), "hidden": hidden}
    path = _choice_file(run, system)
    half_written = path.with_suffix(".part")
    half_written.write_text(json.dumps(content), encoding="utf-8")
    half_written.replace(path)


def _choice_file(run: Run, system: str) -> Path:
    return attacker_file(run, system, "choice.json")


def _hash_proofs(run: Run, system: str) -> str:
    return hashlib.sha256(attacker_file(run, system, "jsonl").read_bytes()).hexdigest()


@cache
def _hash_code() -> str:
    digest = hashlib.sha256()
    for path in sorted(Path(str(resources.files("pipelines.protection"))).iterdir()):
        if path.suffix in CODE_SUFFIXES:
            digest.update(path.read_bytes())
    return digest.hexdigest()
