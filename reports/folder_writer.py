"""Writes the files of one folder of a release; what did not change is the file of the one before.

A file with the same content becomes a second name (hard link) of the file that is published
already: nothing is written, and whoever copies the site by time of change copies only what is new.
Not here: what stands in the files.
"""

import os
from pathlib import Path


class FolderWriter:
    """One folder of a release in the making.

    Attributes:
        written: how many files are new or have other content than in the release before.
        kept: how many are the files of the release before.
    """

    def __init__(self, folder: Path, previous: Path | None = None):
        """``previous`` is the same folder in the published release, when there is one."""
        self.folder = folder
        self.previous = previous if previous is not None and previous.is_dir() else None
        self.written = 0
        self.kept = 0

    def write(self, name: str, content: bytes) -> None:
        """Puts one file in the folder, by its name with ``/`` between folders."""
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        before = self.previous / name if self.previous else None
        if before is not None and before.is_file() and before.read_bytes() == content:
            _link_or_copy(before, path)
            self.kept += 1
        else:
            path.write_bytes(content)
            self.written += 1

    def keep_all(self) -> None:
        """Takes over every file of the release before."""
        for before in sorted(self.previous.rglob("*")) if self.previous else ():
            if before.is_file():
                path = self.folder / before.relative_to(self.previous)
                path.parent.mkdir(parents=True, exist_ok=True)
                _link_or_copy(before, path)
                self.kept += 1


def _link_or_copy(before: Path, path: Path) -> None:
    try:
        os.link(before, path)
    except OSError:  # some file systems and network drives know no hard links
        path.write_bytes(before.read_bytes())
