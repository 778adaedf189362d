"""Shows a finished folder under a fixed name in one move, so that nobody ever reads a half one."""

import hashlib
import os
from pathlib import Path


def show_folder(link: Path, folder: Path) -> None:
    """Makes ``link`` lead to ``folder``; before the move readers see the old, after it the new.

    Args:
        link: a symbolic link, or nothing yet.
        folder: complete; lies beside or below the link.
    """
    # What the link leads to must be on disk before the link is, or a power cut publishes nothing.
    os.sync()
    draft = link.with_name(link.name + ".new")
    draft.unlink(missing_ok=True)
    draft.symlink_to(os.path.relpath(folder, link.parent), target_is_directory=True)
    draft.replace(link)


def digest_folder(folder: Path) -> str:
    """The sha-256 over the names and contents of all files below ``folder``."""
    digest = hashlib.sha256()
    files = {path.relative_to(folder).as_posix(): path for path in folder.rglob("*")}
    for name in sorted(name for name, path in files.items() if path.is_file()):
        content = hashlib.sha256(files[name].read_bytes()).hexdigest()
        digest.update(f"{name}\0{content}\n".encode())
    return digest.hexdigest()
