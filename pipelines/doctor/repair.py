"""Puts right what can be put right in the files of a home; the rest is for a run or a person."""

import shutil
from collections.abc import Iterable
from pathlib import Path

from pipelines.deliveries.journal import LOST, append_event
from pipelines.doctor.finding import Cure, Finding
from pipelines.doctor.journal_part import cut_journal
from pipelines.records.opening import set_aside
from pipelines.run import Run


def repair_files(run: Run, findings: Iterable[Finding], is_loss_accepted: bool) -> None:
    """Removes, cuts and sets aside what the findings say.

    Args:
        run: the home.
        findings: what :func:`examine_home` found.
        is_loss_accepted: exports that are gone for good are written off, with a line of their own
            in the journal.
    """
    findings = tuple(findings)
    if any(finding.cure is Cure.CUT for finding in findings):
        cut_journal(run.journal)
    for finding in findings:
        if finding.cure in (Cure.REMOVE, Cure.READ_AGAIN):
            # What is damaged but as long as it was would be taken for whole by a run.
            _remove(finding.path)
        elif finding.cure is Cure.SET_ASIDE:
            set_aside(run)
        elif finding.cure is Cure.DELIVER and is_loss_accepted:
            _write_off(run, finding)


def _write_off(run: Run, finding: Finding) -> None:
    if finding.delivery is not None:
        append_event(
            run.journal,
            {
                "event": LOST,
                "organisation_id": finding.organisation_id,
                "delivery": finding.delivery,
                "landing": finding.path.name,
            },
        )
    _remove(finding.path)


def _remove(path: Path) -> None:
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path)
    else:
        path.unlink(missing_ok=True)
