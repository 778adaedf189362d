"""The command ``krachtwerk doctor``: what is wrong in a home, and putting it right.

What does not belong here: finding and repairing (``pipelines.doctor``).
"""

import argparse
import os
from collections.abc import Mapping
from pathlib import Path

from pipelines.errors import UserError

PREFIX = "KRACHTWERK_"
DEFAULT_HOME = "build"
WELL = 0
NEEDS_A_PERSON = 1
# A damaged journal hides what else is wrong: it is mended first, then everything is looked at.
ROUNDS = 2


def add_doctor_command(commands) -> None:
    """Adds the command to the parser's subcommands."""
    doctor = commands.add_parser(
        "doctor", help="holds everything in a home against everything else; repairs it"
    )
    doctor.add_argument("--home", metavar="DIR", help="home to look at (default build)")
    doctor.add_argument("--inbox", metavar="DIR", help="where lost exports may still lie")
    doctor.add_argument(
        "--repair", action="store_true", help="put it right; with an inbox also by a run"
    )
    doctor.add_argument(
        "--accept-loss",
        action="store_true",
        help="with --repair: go on without exports that are gone for good",
    )
    doctor.set_defaults(work=examine)


def examine(options: argparse.Namespace, environment: Mapping[str, str] = os.environ) -> int:
    """``krachtwerk doctor``: 0 all is well or repaired, 1 something needs a person."""

    def read(name: str) -> str | None:
        return getattr(options, name) or environment.get(PREFIX + name.upper()) or None

    home = Path(read("home") or DEFAULT_HOME).expanduser().resolve()
    if not home.is_dir():
        raise UserError(
            what="There is no such home.",
            where=str(home),
            expected="a folder that `krachtwerk run` made",
            to_do="Name the home with --home DIR.",
        )
    if options.accept_loss and not options.repair:
        raise UserError(
            what="A loss is only accepted when the home is repaired.",
            where="--accept-loss",
            expected="--repair beside it",
            to_do="Look at the findings first; then give both options.",
        )
    from assets.settings import read_run
    from pipelines.catalogue import load_catalogue
    from pipelines.run import Run

    if read("inbox"):
        run = read_run({"home": str(home), "inbox": read("inbox")}, environment)
    else:
        nowhere = home / ".no-inbox"
        run = Run(inbox=nowhere, home=home, key_file=nowhere, catalogue=load_catalogue())
    return _examine(run, bool(read("inbox")), options.repair, options.accept_loss)


def _examine(run, has_inbox: bool, is_repair: bool, is_loss_accepted: bool) -> int:
    from pipelines.deliveries import hold_lock
    from pipelines.doctor import examine_home, repair_files
    from pipelines.doctor.finding import NEEDS_RUN

    needs_run = False
    with hold_lock(run.home):
        found = examine_home(run, has_inbox)
        _say_findings(found)
        for _ in range(ROUNDS if is_repair else 0):
            needs_run |= any(finding.cure in NEEDS_RUN for finding in found.findings)
            repair_files(run, found.findings, is_loss_accepted)
            is_known = found.is_whole
            found = examine_home(run, has_inbox)
            if is_known:
                break
            _say_findings(found)
    if is_repair and has_inbox and (needs_run or found.findings):
        _run_anew(run)
        with hold_lock(run.home):
            found = examine_home(run, has_inbox)
    if not found.findings:
        print(f"All is well: {found.deliveries} accepted file(s), nothing is missing or doubled.")
        return WELL
    _say_end(found, has_inbox, is_repair)
    return NEEDS_A_PERSON


def _run_anew(run) -> None:
    from assets.whole_run import run_everything

    print("A run puts the rest right:")
    try:
        run_everything(run, print)
    except UserError as error:
        # What the run says is for a person too; what is left wrong is told below.
        print(error)


def _say_findings(found) -> None:
    for number, finding in enumerate(found.findings, start=1):
        print(f"{number}. {finding.what}\n   where: {finding.where}\n   to do: {finding.to_do}")


def _say_end(found, has_inbox: bool, is_repair: bool) -> None:
    print()
    if not is_repair:
        print(
            f"{len(found.findings)} finding(s). With --repair this command puts right what it can."
        )
        return
    print(f"{len(found.findings)} finding(s) left:")
    _say_findings(found)
    if not has_inbox:
        print("Start `krachtwerk run`, or give --inbox: then this command does it.")
