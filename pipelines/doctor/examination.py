"""Asks every part of a home what is wrong with it."""

from dataclasses import dataclass

from pipelines.deliveries.journal import read_events, read_journal
from pipelines.doctor.finding import Finding
from pipelines.doctor.journal_part import examine_journal
from pipelines.doctor.landing_part import Exports, examine_landing, read_exports
from pipelines.doctor.release_part import examine_releases
from pipelines.doctor.warehouse_part import examine_warehouse
from pipelines.errors import UserError
from pipelines.run import Run


@dataclass(frozen=True)
class Examination:
    """What was looked at and what was found."""

    findings: tuple[Finding, ...]
    deliveries: int
    is_whole: bool  # False: the journal must be mended before the rest can be held against it


def examine_home(run: Run, has_inbox: bool) -> Examination:
    """Everything that is wrong in ``run.home``; reads every byte that it keeps.

    Args:
        run: home and catalogue; the inbox when there is one.
        has_inbox: an inbox was named: what is lost is looked for there.

    Raises:
        UserError: the inbox has a fault, or another program holds the warehouse.
    """
    found = list(examine_journal(run.journal))
    try:
        deliveries, _ = read_journal(run.journal)
    except UserError:
        return Examination(tuple(found), 0, is_whole=False)
    exports = read_exports(run) if has_inbox else Exports()
    found.extend(examine_landing(run, deliveries, exports))
    found.extend(examine_warehouse(run, bool(deliveries), has_inbox))
    found.extend(examine_releases(run, read_events(run.journal)))
    return Examination(tuple(found), len(deliveries), is_whole=True)
