"""``krachtwerk accept``: a file that waits because of a sudden jump is taken as it is.

What does not belong here: which files wait (``pipelines.deliveries.jumps``).
"""

import argparse

from pipelines.errors import UserError

SHORTEST_HASH = 8


def add_accept_command(commands) -> None:
    """Adds the command and its options."""
    accept = commands.add_parser("accept", help="takes a file that waits because of a sudden jump")
    accept.add_argument("--organisation", metavar="ID", help="organisation_id")
    accept.add_argument("--delivery", metavar="HASH", help="the file by (the start of) its hash")
    accept.add_argument("--file", metavar="NAME", help="instead: the file by its name")
    accept.add_argument("--inbox", metavar="DIR", help="folder with one folder per organisation")
    accept.add_argument("--home", metavar="DIR", help="home of the run")
    accept.set_defaults(work=accept_delivery)


def accept_delivery(options: argparse.Namespace) -> int:
    """Writes the acceptance in the journal; the next run takes the file."""
    from assets.settings import check_home, read_option, read_run

    given = {
        name: read_option(vars(options), name) for name in ("organisation", "delivery", "file")
    }
    run = read_run(vars(options), needs_key=False)
    from pipelines.deliveries import hold_lock, read_organisations
    from pipelines.deliveries.jumps import record_acceptance
    from pipelines.deliveries.reception import read_reception

    check_home(run)
    with hold_lock(run.home):
        organisations = read_organisations(run.inbox, run.catalogue)
        waiting = read_reception(run, organisations).waiting
        found = [one for one in waiting if _is_meant(one.delivery, given)]
        if len(found) != 1:
            names = [
                f"{w.delivery.organisation_id}, {w.delivery.file}, {w.delivery.delivery[:12]}"
                for w in waiting
            ]
            raise UserError(
                what="This is not one file that waits.",
                where=" ".join(f"--{name} {text}" for name, text in given.items() if text)
                or "no option",
                expected=f"one of the files that wait: {'; '.join(names) or 'none waits'}",
                to_do="Give --organisation and --delivery (or --file) of one of these.",
            )
        record_acceptance(run.journal, found[0])
    entry = found[0].delivery
    print(f"Accepted: {entry.organisation_id}, {entry.file}. The next run takes it as it is.")
    return 0


def _is_meant(delivery, given: dict[str, str | None]) -> bool:
    if not given["organisation"] or not (given["delivery"] or given["file"]):
        return False
    start = given["delivery"] or ""
    return (
        delivery.organisation_id == given["organisation"]
        and given["file"] in (None, delivery.file)
        and delivery.delivery.startswith(start)
        and (not start or len(start) >= SHORTEST_HASH)
    )
