"""The command ``krachtwerk export``: a folder for a researcher, from the results of a run.

What does not belong here: writing the files (the results room).
"""

import argparse
import os
from collections.abc import Mapping
from pathlib import Path

from assets.settings import PREFIX, read_research_language
from pipelines.errors import UserError

DEFAULT_HOME = "build"
USUAL_LANGUAGE = "nl"


def add_export_command(commands) -> None:
    """Adds the command to the parser's subcommands."""
    parser = commands.add_parser(
        "export", help="a folder for research: every table as Parquet, CSV and SPSS, with labels"
    )
    parser.add_argument("--home", metavar="DIR", help="home of the run (default build)")
    parser.add_argument("--to", metavar="DIR", help="the folder to make")
    parser.add_argument("--language", metavar="nl|en", help="language of the labels (default nl)")
    parser.set_defaults(work=export_for_research)


def export_for_research(
    options: argparse.Namespace, environment: Mapping[str, str] = os.environ
) -> int:
    """``krachtwerk export``."""

    def read(name: str) -> str | None:
        return vars(options).get(name) or environment.get(PREFIX + name.upper()) or None

    target = read("to")
    if target is None:
        raise UserError(
            what="No folder to export to is given.",
            where=f"--to or {PREFIX}TO",
            expected="the name of a new or empty folder, or of an earlier export",
            to_do="Give --to DIR.",
        )
    language = read_research_language(read("language"), USUAL_LANGUAGE)
    from pipelines.catalogue import load_catalogue
    from pipelines.results import export_package

    results = Path(read("home") or DEFAULT_HOME).expanduser() / "results"
    folder = Path(target).expanduser().absolute()
    tables = export_package(results, folder, load_catalogue(), language)
    print(f"{len(tables)} tables as Parquet, CSV and SPSS: {folder}")
    print("Pseudonymised, not protected: small numbers are shown. Keep inside.")
    return 0
