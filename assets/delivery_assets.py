"""The door: files of the inbox become landing Parquet and lines in the journal."""

import dagster as dg

from assets.session import Session
from assets.table_assets import make_asset
from pipelines.deliveries import receive_deliveries
from pipelines.forget import tend_landing
from pipelines.run import Run

LANDING = "landing.delivery"


def make_delivery_asset() -> dg.AssetsDefinition:
    """The asset that takes in what is new in the inbox."""
    return make_asset(
        LANDING,
        "deliveries",
        "Accepted export files: declared columns only, personal keys hashed, one Parquet per file.",
        (),
        _receive,
        kinds={"parquet"},
    )


def _receive(session: Session) -> dg.MaterializeResult:
    # Before the door, work on landing that was cut off is finished; after it, a forgotten client
    # who was delivered again is gone before anything is read.
    rewritten = tend_landing(session.run)
    known = _count_journal(session.run)
    session.reception = receive_deliveries(session.run)
    if _count_journal(session.run) > known:
        session.start_validator()  # it loads while the news is staged
    rewritten += tend_landing(session.run)
    return dg.MaterializeResult(
        metadata={
            "dagster/row_count": sum(d.rows_read for d in session.reception.deliveries),
            "organisations": len(session.reception.organisations),
            "accepted_files": len(session.reception.deliveries),
            "refused_files": len(session.reception.refusals),
            "skipped_files": len(session.reception.skipped),
            "waiting_files": len(session.reception.waiting),
            "rewritten_files": rewritten,
        }
    )


def _count_journal(run: Run) -> int:
    """The bytes of the journal; it only grows."""
    return run.journal.stat().st_size if run.journal.exists() else 0
