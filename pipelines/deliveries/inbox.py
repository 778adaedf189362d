"""Finds the files of an organisation without following links out of its folder."""

import os
import stat
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from pipelines.deliveries.names import mask_personal
from pipelines.deliveries.organisations import SETTINGS_FILE, Organisation
from pipelines.errors import UserError

# What file managers and spreadsheet programs leave behind.
STRAY_NAMES = frozenset({"thumbs.db", "desktop.ini"})
STRAY_PREFIXES = (".", "~$")


@dataclass(frozen=True)
class InboxFile:
    """One file as it lies in the inbox."""

    path: Path
    name: str  # relative to the organisation's folder, with `/`
    size: int
    modified_ns: int
    is_regular: bool  # False: a link, pipe or device; never opened
    is_readable: bool = True  # False: this user may not even look at it


def list_files(organisation: Organisation) -> list[InboxFile]:
    """The files of one organisation in the order of their names; settings and overlay left out."""
    overlay = None
    if organisation.overlay:
        overlay = (organisation.folder / organisation.overlay).resolve()
    return sorted(walk_files(organisation.folder, overlay), key=lambda found: found.name)


def walk_files(root: Path, overlay: Path | None) -> Iterator[InboxFile]:
    """The files below ``root``, without ``overlay``; one that goes away meanwhile is left out."""
    closed: list[OSError] = []
    for folder, subfolders, names in os.walk(root, followlinks=False, onerror=closed.append):
        here = Path(folder)
        links = [name for name in subfolders if (here / name).is_symlink()]
        subfolders[:] = [
            name
            for name in subfolders
            if not name.startswith(".") and name not in links and (here / name).resolve() != overlay
        ]
        for name in (*names, *links):
            if name.startswith(STRAY_PREFIXES) or name.casefold() in STRAY_NAMES:
                continue
            if here == root and name == SETTINGS_FILE:
                continue
            path = here / name
            shown = mask_personal(_make_printable(path.relative_to(root).as_posix()))
            try:
                status = path.lstat()
            except FileNotFoundError:
                continue
            except OSError:
                yield InboxFile(path, shown, 0, 0, is_regular=False, is_readable=False)
                continue
            yield InboxFile(
                path=path,
                name=shown,
                size=status.st_size,
                modified_ns=status.st_mtime_ns,
                is_regular=stat.S_ISREG(status.st_mode),
            )
    for error in closed:
        path = Path(error.filename)
        if not isinstance(error, FileNotFoundError):
            name = _make_printable(path.relative_to(root).as_posix())
            yield InboxFile(path, name, 0, 0, is_regular=False, is_readable=False)


def _make_printable(name: str) -> str:
    """The name without characters that break a line, a terminal or UTF-8."""
    text = name.encode("utf-8", "backslashreplace").decode("utf-8")
    return "".join(character if character.isprintable() else "?" for character in text)


def check_filled(inbox: Path, organisations: tuple[Organisation, ...]) -> None:
    """Raises a UserError when no organisation has a file, or a file lies beside the folders."""
    for path in sorted(inbox.iterdir()):
        if path.is_file() and path.suffix.casefold() in {".csv", ".xlsx", ".xlsm", ".parquet"}:
            raise UserError(
                what="An export lies outside the folder of an organisation.",
                where=str(path),
                expected="every export in the folder of its organisation",
                to_do="Move the file into that folder.",
            )
    if not any(list_files(organisation) for organisation in organisations):
        raise UserError(
            what="The inbox holds no export file.",
            where=str(inbox),
            expected="CSV, XLSX or Parquet files in the folder of an organisation",
            to_do="Put the exports in the folder of the organisation.",
        )
