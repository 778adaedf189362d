"""``krachtwerk forget`` and ``krachtwerk rotate-key``: what is asked, done and said.

The id of a client is never printed. What does not belong here: the work itself
(``pipelines.forget``).
"""

import argparse
import sys
from typing import TYPE_CHECKING, NoReturn

from pipelines.errors import UserError

if TYPE_CHECKING:
    from pipelines.forget import Forgotten

FROM_INPUT = "-"  # as --client: the id is read from standard input, and stands in no history


def add_forget_commands(commands) -> None:
    """Adds the commands and their options."""
    forget = commands.add_parser("forget", help="removes a client everywhere, and proves it")
    forget.add_argument("--client", metavar="ID", help="as delivered; - reads it from input")
    forget.set_defaults(work=forget_one_client)
    rotate = commands.add_parser("rotate-key", help="gives an organisation another key")
    rotate.set_defaults(work=rotate_one_key)
    for parser in (forget, rotate):
        parser.add_argument("--organisation", metavar="ID", help="organisation_id")
        parser.add_argument("--inbox", metavar="DIR", help="folder with a folder per organisation")
        parser.add_argument("--home", metavar="DIR", help="home of the run")


def forget_one_client(options: argparse.Namespace) -> int:
    """``krachtwerk forget``."""
    from assets.settings import check_home, read_run

    organisation_id, client_id = _read(options, "organisation"), _read(options, "client")
    if client_id == FROM_INPUT:
        client_id = sys.stdin.readline().strip() or _explain_missing("client")
    run = read_run(vars(options))
    check_home(run)
    from pipelines.deliveries import hold_lock
    from pipelines.forget import forget_client

    with hold_lock(run.home):
        forgotten = forget_client(run, organisation_id, client_id)
    print(describe_forgotten(forgotten, organisation_id))
    if forgotten.hits:
        raise UserError(
            what="The client is still found.",
            where="; ".join(f"{name} ({count})" for name, count in forgotten.hits.items()),
            expected="no hit in any file of the home",
            to_do="Start the same command again. If a file stays, remove it by hand.",
        )
    return 0


def describe_forgotten(forgotten: "Forgotten", organisation_id: str) -> str:
    """What was done and what the search found."""
    rows = ", ".join(f"{kind} {count:,}" for kind, count in sorted(forgotten.rows_by_kind.items()))
    cleaned = forgotten.cleaned
    lines = [
        f"Forgotten   one client of {organisation_id}",
        f"Landing     {forgotten.landing_files:,} files written anew; rows taken out, as records:"
        f" {rows or 'none (any more)'}",
    ]
    lines += [f"Removed     {name}" for name in cleaned.removed]
    lines += [f"Taken out   {n:,} rows of {name}" for name, n in cleaned.rows_taken_out.items()]
    searched = "" if forgotten.is_id_searched else "; the id itself is too short to search for"
    if forgotten.shared_count:
        searched += (
            f"; {forgotten.shared_count:,} pseudonyms are also those of records of others and were"
            " searched for with their kind"
        )
    total = sum(forgotten.hits.values())
    lines += [
        f"Proof       {forgotten.files_searched:,} files, {forgotten.bytes_searched:,} bytes were"
        f" searched for {forgotten.pseudonym_count:,} pseudonyms of the client and their records"
        f"{searched}: {total:,} hits",
        "Left        published pages: they hold counts of groups, no person. Not searched: the"
        " inbox, copies and backups; remove the client there yourself.",
        "Next        `krachtwerk run` makes the tables again, without this client.",
    ]
    return "\n".join(lines)


def rotate_one_key(options: argparse.Namespace) -> int:
    """``krachtwerk rotate-key``."""
    from assets.settings import check_home, read_run

    organisation_id = _read(options, "organisation")
    run = read_run(vars(options))
    check_home(run)
    from pipelines.deliveries import hold_lock
    from pipelines.forget import rotate_key

    with hold_lock(run.home):
        version, files = rotate_key(run, organisation_id)
    print(f"Key         {organisation_id} has key version {version}; {files:,} files carried over")
    print("Next        `krachtwerk run` makes the tables again, with the new pseudonyms.")
    return 0


def _read(options: argparse.Namespace, name: str) -> str:
    from assets.settings import read_option

    return read_option(vars(options), name) or _explain_missing(name)


def _explain_missing(name: str) -> NoReturn:
    from assets.settings import PREFIX

    raise UserError(
        what=f"No {name} is given.",
        where=f"--{name} or {PREFIX}{name.upper()}",
        expected=f"the id of the {name}",
        to_do=f"Give --{name} ID.",
    )
