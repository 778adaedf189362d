"""The settings of a run, from options or environment, checked before anything is touched."""

import os
from collections.abc import Mapping
from datetime import date
from pathlib import Path

from pipelines.catalogue import load_catalogue
from pipelines.errors import UserError
from pipelines.run import Run

PREFIX = "KRACHTWERK_"
LANGUAGES = ("nl", "en")
NO_KEY_FILE = os.devnull  # for work in which no key is read


def read_run(
    options: Mapping[str, str | None],
    environment: Mapping[str, str] = os.environ,
    needs_key: bool = True,
) -> Run:
    """The settings: an option wins from its environment twin (``inbox``, ``KRACHTWERK_INBOX``).

    Args:
        options: inbox, home, key_file, as_of, languages, research_language; missing or None: the
            environment decides.
        environment: the environment variables.
        needs_key: False for work in which no key is read.

    Raises:
        UserError: a setting is missing or cannot be read.
        CatalogueError: the shipped catalogue has faults.
    """

    def read(name: str) -> str | None:
        return read_option(options, name, environment)

    languages = _read_languages(read("languages"))
    return Run(
        inbox=_read_folder("inbox", read("inbox")),
        home=_read_folder("home", read("home")),
        key_file=_read_key_file(read("key_file") if needs_key else NO_KEY_FILE),
        catalogue=load_catalogue(),
        as_of=_read_date(read("as_of")),
        languages=languages,
        research_language=read_research_language(read("research_language"), languages[0]),
    )


def check_home(run: Run) -> None:
    """Raises a UserError when no run was ever done in the home; nothing is made there."""
    if not run.journal.is_file():
        raise UserError(
            what="There is no such home.",
            where=str(run.home),
            expected="a folder in which `krachtwerk run` took in a file",
            to_do="Name the home with --home DIR.",
        )


def read_option(
    options: Mapping[str, str | None], name: str, environment: Mapping[str, str] = os.environ
) -> str | None:
    """The text of one setting: an option wins from its environment twin; None when not given."""
    return options.get(name) or environment.get(PREFIX + name.upper()) or None


def _read_folder(name: str, text: str | None) -> Path:
    if text is None:
        raise UserError(
            what=f"No {name} is given.",
            where=f"--{name} or {PREFIX}{name.upper()}",
            expected="the name of a folder",
            to_do=f"Give --{name} DIR.",
        )
    path = Path(text).expanduser().resolve()
    if path.exists() and not path.is_dir():
        raise UserError(
            what=f"The {name} is not a folder.",
            where=str(path),
            expected="a folder",
            to_do=f"Name another folder with --{name}.",
        )
    return path


def _read_key_file(text: str | None) -> Path:
    if text is None:
        raise UserError(
            what="No key file is given, so personal keys cannot be replaced.",
            where=f"{PREFIX}KEY_FILE",
            expected="a file of at least 32 random bytes, mode 600, outside repository, home and"
            " inbox",
            to_do="Make one with `(umask 077; head -c 32 /dev/urandom > FILE)`, keep a copy in a"
            f" safe place, and name it in {PREFIX}KEY_FILE.",
        )
    return Path(text).expanduser().absolute()


def _read_date(text: str | None) -> date | None:
    if text is None:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise UserError(
            what=f"{text!r} is not a date.",
            where=f"--as-of or {PREFIX}AS_OF",
            expected="a date as YYYY-MM-DD",
            to_do="Correct the date, or leave it out: then the latest file date counts.",
        ) from error


def _read_languages(text: str | None) -> tuple[str, ...]:
    if text is None:
        return LANGUAGES
    languages = tuple(dict.fromkeys(part.strip() for part in text.split(",") if part.strip()))
    if not languages or set(languages) - set(LANGUAGES):
        raise UserError(
            what=f"{text!r} is not a list of known languages.",
            where=f"--languages or {PREFIX}LANGUAGES",
            expected=f"one or more of {', '.join(LANGUAGES)}, separated by a comma",
            to_do="Correct the list, or leave it out: then all languages are published.",
        )
    return languages


def read_research_language(text: str | None, usual: str) -> str:
    """The language of labels in files for research; ``usual`` when none is given.

    Raises:
        UserError: it is not a known language.
    """
    if text is None:
        return usual
    if text not in LANGUAGES:
        raise UserError(
            what=f"{text!r} is not a known language.",
            where=f"--research-language or {PREFIX}RESEARCH_LANGUAGE",
            expected=f"one of {', '.join(LANGUAGES)}",
            to_do="Correct the language, or leave it out.",
        )
    return text
