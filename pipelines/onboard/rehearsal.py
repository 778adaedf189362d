"""Runs a mapping through the real door and staging, in a home that is thrown away afterwards.

The same code reads the files as in a run, so that the counts are those of the run to come.
"""

import os
import secrets
import shutil
from dataclasses import dataclass
from pathlib import Path

from pipelines.catalogue import Catalogue
from pipelines.catalogue.refusal_words import RefusalValue
from pipelines.deliveries import read_organisations, receive_deliveries
from pipelines.deliveries.jumps import record_acceptance
from pipelines.deliveries.organisations import SETTINGS_FILE
from pipelines.deliveries.reception import read_reception
from pipelines.records.steps import list_steps
from pipelines.run import Run
from pipelines.warehouse import Warehouse, open_warehouse
from pipelines.warehouse.steps import build_all

OVERLAY = "mapping"  # the folder with the written mapping, as an organisation names it
_FOLDER = "organisation"
# A file without a date of its own counts by its modification time; here always the same one.
_MODIFIED = 1_000_000_000
_KEY_BYTES = 48


@dataclass(frozen=True)
class Finding:
    """Rows that were set aside, or kept with a warning, for one reason."""

    code: str  # a reason or warning, or the name of a row rule
    kind: str | None
    column: str | None
    rows: int


@dataclass(frozen=True)
class KindCount:
    """What became of the rows of one file as one record kind."""

    kind: str
    rows_read: int
    staged: int
    superseded: int
    quarantined: int
    not_a_record: int


@dataclass(frozen=True)
class FileResult:
    """What became of one file."""

    file: str
    counts: tuple[KindCount, ...] = ()
    faults: tuple[Finding, ...] = ()
    warnings: tuple[Finding, ...] = ()
    refused: tuple[str, dict[str, RefusalValue]] | None = None


@dataclass(frozen=True)
class Rehearsal:
    """What became of every file, in the order given."""

    files: tuple[FileResult, ...]


def rehearse(
    paths: list[Path],
    mapping: str,
    source: str,
    organisation_id: str,
    catalogue: Catalogue,
    work: Path,
) -> Rehearsal:
    """Reads the files with a mapping and counts what becomes of their rows.

    Args:
        mapping: the YAML of the mapping.
        source: its name.
        catalogue: the shipped catalogue, over which the mapping is laid.
        work: an empty private folder; the caller removes it.

    Raises:
        CatalogueError: the mapping is faulty.
        UserError: the mapping treats a personal column in a way that is not allowed.
    """
    inbox = _fill_inbox(paths, mapping, source, organisation_id, work)
    key_file = work / "key"
    key_file.touch(mode=0o600)
    # Thrown away with the pseudonyms that were made with it; no count depends on it.
    key_file.write_bytes(secrets.token_bytes(_KEY_BYTES))
    run = Run(inbox=inbox, home=work / "home", key_file=key_file, catalogue=catalogue)
    run.home.mkdir()
    # A jump between two files is for a run to ask about; here every row is to be seen.
    reception = receive_deliveries(run)
    while reception.waiting:
        for waiting in reception.waiting:
            record_acceptance(run.journal, waiting)
        reception = read_reception(run, reception.organisations)
    refused = {entry.file: (entry.reason_code, entry.reason_values) for entry in reception.refusals}
    names = [f"{at}/{path.name}" for at, path in enumerate(paths)]
    if not reception.deliveries:
        return Rehearsal(
            tuple(
                FileResult(path.name, refused=refused.get(name))
                for path, name in zip(paths, names, strict=True)
            )
        )
    overlays = {one.organisation_id: one.catalogue for one in read_organisations(inbox, catalogue)}
    deliveries = {entry.file: entry.delivery for entry in reception.deliveries}
    with open_warehouse() as warehouse:
        warehouse.execute("set temp_directory = ?", [str(work)])
        build_all(list_steps(catalogue), warehouse, Run(**{**vars(run), "overlays": overlays}))
        return Rehearsal(
            tuple(
                FileResult(path.name, refused=refused[name])
                if name in refused
                else _read_result(warehouse, path.name, deliveries.get(name, ""))
                for path, name in zip(paths, names, strict=True)
            )
        )


def _fill_inbox(
    paths: list[Path], mapping: str, source: str, organisation_id: str, work: Path
) -> Path:
    folder = work / "inbox" / _FOLDER
    overlay = folder / OVERLAY / "sources"
    overlay.mkdir(parents=True)
    (overlay / f"{source}.yaml").write_text(mapping, encoding="utf-8")
    (folder / SETTINGS_FILE).write_text(
        f"organisation_id: '{organisation_id}'\nname: '{organisation_id}'\n"
        f"source: '{source}'\noverlay: {OVERLAY}\n",
        encoding="utf-8",
    )
    for at, path in enumerate(paths):
        copy = folder / str(at) / path.name
        copy.parent.mkdir()
        shutil.copyfile(path, copy)
        os.utime(copy, (_MODIFIED, _MODIFIED))
    return folder.parent


def _read_result(warehouse: Warehouse, file: str, delivery: str) -> FileResult:
    counts = warehouse.fetch_all(
        """
        select record_kind, rows_read, staged, superseded, quarantined, not_a_record
        from quality.delivery_report
        where delivery = ? and refused_reason is null
        order by record_kind
        """,
        [delivery],
    )
    return FileResult(
        file=file,
        counts=tuple(KindCount(*row) for row in counts),
        faults=_read_findings(warehouse, "quarantine", "reason", delivery),
        warnings=_read_findings(warehouse, "warning", "warning", delivery),
    )


def _read_findings(
    warehouse: Warehouse, table: str, code: str, delivery: str
) -> tuple[Finding, ...]:
    found = warehouse.fetch_all(
        f"""
        select {code}, record_kind, column_name, count(distinct coalesce(row_number, 0))
        from quality.{table}
        where delivery = ?
        group by all
        order by 4 desc, 1, 2, 3
        """,
        [delivery],
    )
    return tuple(Finding(*row) for row in found)
