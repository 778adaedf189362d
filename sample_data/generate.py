"""Writes the sample inbox, the example key and the list of what is planted.

Run it after a change and commit what it writes: `python -m sample_data.generate`. The same code
gives the same bytes on every run; nothing reads the clock, and the date of a file never comes from
the file system, because a version-control checkout does not keep it.
"""

import argparse
import shutil
from dataclasses import replace
from pathlib import Path

import yaml

from pipelines.catalogue import Catalogue, load_catalogue
from pipelines.catalogue.overlay import read_overlay
from sample_data.effects import list_effects
from sample_data.faults import PLANTERS, Planter
from sample_data.layouts import make_tables
from sample_data.tables import Table
from sample_data.world import ORGANISATIONS, Organisation, build_world
from sample_data.writers import write_csv, write_parquet, write_sheets, write_workbook

HERE = Path(__file__).parent
# Catalogues of organisations themselves, written by hand; each is copied beside its exports.
OVERLAYS = HERE / "overlays"
OVERLAY_FOLDER = "eigen_catalogus"
WRITERS = {".csv": write_csv, ".xlsx": write_workbook, ".parquet": write_parquet}


def generate(folder: Path) -> None:
    """Writes ``inbox/`` and ``planted.yaml`` in ``folder``, replacing what is there."""
    inbox = folder / "inbox"
    shutil.rmtree(inbox, ignore_errors=True)
    inbox.mkdir(parents=True)
    names = [organisation.organisation_id for organisation in ORGANISATIONS]
    (inbox / ".sample").write_text("\n".join(names) + "\n", encoding="utf-8")
    faults = []
    for organisation in ORGANISATIONS:
        planter = plant(organisation)
        _write_organisation(inbox / organisation.organisation_id, planter)
        faults += planter.entries
    planted = {"faults": faults, "effects": list_effects()}
    text = yaml.safe_dump(planted, allow_unicode=True, sort_keys=False, width=120)
    head = "# Written by sample_data/generate.py: every planted fault and effect; tests walk it.\n"
    (folder / "planted.yaml").write_text(head + text, encoding="utf-8")


def plant(organisation: Organisation) -> Planter:
    """The tables of an organisation with their faults, ready to be written."""
    world = build_world(organisation)
    tables = make_tables(_read_mappings(organisation), organisation, world)
    planter = Planter(organisation, world, tables)
    PLANTERS[organisation.organisation_id](planter)
    return planter


def _read_mappings(organisation: Organisation) -> Catalogue:
    """The shipped catalogue with the mappings of the organisation, by which its files are read."""
    overlay, shipped = OVERLAYS / organisation.organisation_id, load_catalogue()
    if not overlay.is_dir():
        return shipped
    return replace(shipped, sources=read_overlay(overlay, shipped).sources)


def _write_organisation(folder: Path, planter: Planter) -> None:
    organisation = planter.organisation
    settings = {
        "organisation_id": organisation.organisation_id,
        "name": organisation.name,
        "source": organisation.source,
    }
    if organisation.source == "canonical":
        settings["exported_on"] = organisation.known_until
    if organisation.method_start:
        settings["method_start"] = organisation.method_start
    overlay = OVERLAYS / organisation.organisation_id
    folder.mkdir(parents=True)
    if overlay.is_dir():
        settings["overlay"] = OVERLAY_FOLDER
        shutil.copytree(overlay, folder / OVERLAY_FOLDER)
    text = yaml.safe_dump(settings, allow_unicode=True, sort_keys=False)
    (folder / "organisation.yaml").write_text(text, encoding="utf-8")
    for table in planter.tables.values():
        _write_table(folder, table)
    for name, content in planter.blobs.items():
        (folder / name).write_bytes(content)
    for name, sheets in planter.sheets.items():
        write_sheets(folder / name, sheets)
    for name, original in planter.copies.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(folder / original, folder / name)


def _write_table(folder: Path, table: Table) -> None:
    WRITERS[Path(table.file).suffix](folder, table)


def main() -> None:
    """Writes the sample data into this folder, or into ``--out``."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--out", type=Path, default=HERE)
    generate(parser.parse_args().out)


if __name__ == "__main__":
    main()
