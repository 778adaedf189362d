"""The command ``krachtwerk``: reads options, starts the work, says what became of it.

Heavy rooms are imported by the command that needs them, so that help and ``check`` answer at once.
What does not belong here: the work itself.
"""

import argparse
import os
import sys
import traceback
from collections.abc import Sequence
from pathlib import Path

from assets.accept_command import add_accept_command
from assets.doctor_command import add_doctor_command
from assets.explain_commands import add_explain_commands
from assets.export_command import add_export_command
from assets.forget_command import add_forget_commands
from assets.onboard_command import add_onboard_command
from pipelines.catalogue import CatalogueError
from pipelines.errors import UserError

DONE = 0
NOT_PUBLISHED = 1
WRONG_USE = 2
FAULT_IN_SOFTWARE = 70
STOPPED = 130


def make_parser() -> argparse.ArgumentParser:
    """The commands and their options."""
    parser = argparse.ArgumentParser(
        prog="krachtwerk",
        description="Fidelity and outcome monitoring for strengths-based social care.",
        epilog="Every option can also be given as an environment variable, e.g. KRACHTWERK_INBOX."
        " Exit codes: 0 done; 1 done, but a blocking check failed and nothing was published;"
        " 2 wrong use or configuration; 75 another run holds the lock.",
    )
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    run = commands.add_parser("run", help="the whole job: from export files to dashboards")
    run.add_argument("--inbox", metavar="DIR", help="folder with one folder per organisation")
    run.add_argument("--home", metavar="DIR", help="folder for everything that is made")
    run.add_argument(
        "--as-of", metavar="YYYY-MM-DD", help="what was known on this day (else: last file date)"
    )
    run.add_argument("--languages", metavar="nl,en", help="languages of the dashboards")
    run.add_argument(
        "--research-language",
        metavar="nl|en",
        help="language of the labels in files for research (else: the first of --languages)",
    )
    run.set_defaults(work=run_all)
    check = commands.add_parser("check", help="validates catalogue, overlay and mappings")
    check.add_argument("--overlay", metavar="DIR", help="an organisation's own catalogue folder")
    check.add_argument("--inbox", metavar="DIR", help="the overlays of every organisation in it")
    check.set_defaults(work=check_catalogue)
    add_onboard_command(commands)
    add_explain_commands(commands)
    add_export_command(commands)
    add_accept_command(commands)
    add_forget_commands(commands)
    add_doctor_command(commands)
    return parser


def run_all(options: argparse.Namespace) -> int:
    """``krachtwerk run``."""
    from assets.settings import read_run

    run = read_run(vars(options))
    from assets.whole_run import run_everything

    return DONE if run_everything(run, print) else NOT_PUBLISHED


def check_catalogue(options: argparse.Namespace) -> int:
    """``krachtwerk check``."""
    from assets.catalogue_check import describe_catalogue, describe_inbox

    print(describe_catalogue(Path(options.overlay) if options.overlay else None))
    if options.inbox:
        print(describe_inbox(Path(options.inbox)))
    return DONE


def explain_machine(error: Exception) -> UserError | None:
    """The message about rights, a full disk or memory, when that is what went wrong."""
    from pipelines.warehouse.trouble import Trouble, find_trouble

    if isinstance(error, PermissionError):
        return UserError(
            what="This user may not read or write a file or folder.",
            where=str(error.filename),
            expected="an inbox that this user may read, and a home it may write in",
            to_do="Give the user those rights, or start as another one.",
        )

    trouble, cause = find_trouble(error)
    full = {Trouble.DISK_FULL: "disk", Trouble.MEMORY_FULL: "memory"}.get(trouble)
    return full and UserError(
        what=f"The {full} is full, so the work stopped.",
        where=str(cause).splitlines()[0][:300],
        expected=f"room on the {full} of this machine",
        to_do="Make room and start again: what was published before is still there, nothing is"
        " half done and nothing that was accepted is lost.",
    )


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs one command; the result is the exit code."""
    options = make_parser().parse_args(arguments)
    try:
        return options.work(options)
    except UserError as error:
        print(error, file=sys.stderr)
        return error.exit_code
    except CatalogueError as error:
        print(f"The catalogue has {len(error.faults)} fault(s):", file=sys.stderr)
        print(error, file=sys.stderr)
        return WRONG_USE
    except KeyboardInterrupt:
        print("Stopped. Start again when you like: nothing is half done.", file=sys.stderr)
        return STOPPED
    except Exception as error:
        if message := explain_machine(error):
            print(message, file=sys.stderr)
            return WRONG_USE
        # Not the user's fault, and 1 would mean that a check failed.
        traceback.print_exc()
        return FAULT_IN_SOFTWARE


def start() -> None:
    """Entry point of the installed command."""
    code = main()
    sys.stdout.flush()
    sys.stderr.flush()
    # Without the interpreter's own clean-up: DuckDB 2.0 under Great Expectations then prints some
    # forty lines about objects that outlived it (nanobind leak warnings), and everything is closed.
    os._exit(code)


if __name__ == "__main__":
    start()
