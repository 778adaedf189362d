"""The command ``krachtwerk onboard``: looks at unknown exports and writes a proposal for a person.

What does not belong here: the looking (the onboard room) and the report (layer ``reports``).
"""

import argparse
import hashlib
import re
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from assets.command_settings import CommandSettings
from pipelines.errors import UserError

LANGUAGES = ("nl", "en")
DEFAULT_ORGANISATION = "new"
PAGE, TABLE = "acceptance_report.html", "acceptance_report.csv"
# The last line of a mapping as written; a mapping with other lines above it was corrected by hand.
_SEAL = "# krachtwerk onboard: "
_ORGANISATION_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,63}")


def add_onboard_command(commands) -> None:
    """Adds the command to the parser's subcommands."""
    onboard = commands.add_parser(
        "onboard", help="looks at unknown exports, proposes how to read them"
    )
    onboard.add_argument("files", metavar="FILE", nargs="+", help="exports that belong together")
    onboard.add_argument("--organisation", metavar="ID", help="organisation_id (default new)")
    onboard.add_argument("--out", metavar="DIR", help="where to write (default onboard-<ID>)")
    onboard.add_argument("--language", metavar="nl|en", help="language of the report (default nl)")
    onboard.set_defaults(work=propose_reading)


def propose_reading(options: argparse.Namespace) -> int:
    """``krachtwerk onboard``."""
    settings = CommandSettings(options)
    language = settings.choose("language", LANGUAGES)
    organisation = _check_organisation(settings.read("organisation") or DEFAULT_ORGANISATION)
    source = re.sub(r"[^a-z0-9]+", "_", organisation.lower()).strip("_") or DEFAULT_ORGANISATION
    out = Path(settings.read("out") or f"onboard-{organisation}").expanduser()
    mapping_file = out / "mapping" / "sources" / f"{source}.yaml"
    _check_out(out, mapping_file)
    paths = [Path(name).expanduser() for name in options.files]

    from pipelines.catalogue import load_catalogue
    from pipelines.catalogue.wording import load_words
    from pipelines.onboard import propose_mapping, rehearse, write_mapping
    from pipelines.onboard.wording import describe_unread
    from pipelines.warehouse import open_warehouse
    from reports.onboard_lines import AcceptanceReport, list_to_do
    from reports.onboard_report import write_csv, write_page

    catalogue, words = load_catalogue(), load_words(language)
    with _make_work_folder() as work, open_warehouse() as warehouse:
        warehouse.execute("set temp_directory = ?", [str(work)])
        (work / "look").mkdir()
        proposal = propose_mapping(paths, catalogue, warehouse, work / "look")
        if not proposal.tables:
            raise _explain_nothing(proposal, describe_unread, load_words("en"))
        mapping, rehearsal = None, None
        if proposal.mapped:
            mapping = write_mapping(proposal, source, catalogue, words)
            (work / "rehearsal").mkdir()
            read = [t.table.path for t in proposal.tables if t.records and t.is_main]
            rehearsal = rehearse(read, mapping, source, organisation, catalogue, work / "rehearsal")
    report = AcceptanceReport(organisation, source, proposal, rehearsal, catalogue, words)
    shown_mapping = mapping_file.relative_to(out).as_posix()
    written = [_write(out / PAGE, write_page(report, shown_mapping).encode())]
    written.append(_write(out / TABLE, write_csv(report)))
    if mapping is not None:
        written.append(_write(mapping_file, _seal(mapping).encode()))
    print("\n".join(_summarise(proposal, rehearsal, list_to_do(report))))
    print("Written:\n" + "\n".join(f"  {path}" for path in written))
    return 0


def _check_organisation(text: str) -> str:
    if not _ORGANISATION_ID.fullmatch(text):
        raise UserError(
            what=f"{text!r} is not an organisation_id.",
            where="--organisation or KRACHTWERK_ORGANISATION",
            expected="letters, digits, dots, dashes and underscores",
            to_do="Correct it, or leave it out.",
        )
    return text


def _check_out(out: Path, mapping_file: Path) -> None:
    """Raises a UserError when writing would take away what a person corrected."""
    if out.exists() and not out.is_dir():
        raise UserError(
            what="The place to write is not a folder.",
            where=str(out),
            expected="a folder, or a name that does not exist yet",
            to_do="Name another one with --out.",
        )
    if mapping_file.is_file() and not _is_as_written(mapping_file.read_text(encoding="utf-8")):
        raise UserError(
            what="The mapping of an earlier time was corrected by hand; it is not overwritten.",
            where=str(mapping_file),
            expected="no mapping yet, or one that is as it was written",
            to_do="Name another folder with --out, or move the mapping away.",
        )


def _seal(mapping: str) -> str:
    """The mapping with a last line by which a correction is noticed."""
    return f"{mapping}{_SEAL}{hashlib.sha256(mapping.encode()).hexdigest()[:16]}\n"


def _is_as_written(text: str) -> bool:
    body, found, _ = text.rpartition(_SEAL)
    return bool(found) and _seal(body) == text


def _explain_nothing(proposal, describe_unread, words) -> UserError:
    """One message for files of which none can be read."""
    told = "; ".join(
        f"{one.file}{f' ({one.sheet})' if one.sheet else ''}: {describe_unread(one, words)}"
        for one in proposal.unread
    )
    return UserError(
        what="There is nothing in these files to propose a mapping for.",
        where=told,
        expected="lists of records with a header row, as CSV, XLSX or Parquet",
        to_do="Ask the supplier for the list behind the report, or correct the file as said above.",
    )


def _summarise(proposal, rehearsal, to_do: list[str]) -> Iterator[str]:
    for table in proposal.tables:
        kinds = " + ".join(record.kind for record in table.records) or "not recognised"
        used = sum(bool(column.uses) for column in table.columns)
        yield f"  {table.table.file}: {kinds}, {used} of {len(table.columns)} columns have a place"
    counts = [one for file in (rehearsal.files if rehearsal else ()) for one in file.counts]
    if counts:
        yield (
            f"Rehearsal: {sum(c.rows_read for c in counts)} rows read,"
            f" {sum(c.staged for c in counts)} of use,"
            f" {sum(c.quarantined for c in counts)} set aside."
        )
    yield f"To do: {len(to_do)} points; they stand in the report."


def _write(path: Path, content: bytes) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_name(path.name + ".draft")
    draft.write_bytes(content)
    return draft.replace(path)


@contextmanager
def _make_work_folder() -> Iterator[Path]:
    """A folder that only this user can read, gone afterwards."""
    work = Path(tempfile.mkdtemp(prefix="krachtwerk-onboard-"))
    try:
        yield work
    finally:
        shutil.rmtree(work, ignore_errors=True)
