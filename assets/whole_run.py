"""The whole job in one process: the same assets as in Dagster's interface, with a summary.

What does not belong here: options and exit codes (``command_line``).
"""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Callable
from typing import TYPE_CHECKING

from assets.progress import Progress
from assets.session import SESSION, Session, open_session
from assets.summary import describe_run, list_refusals
from pipelines.records.opening import repeat_when_damaged
from pipelines.run import Run

if TYPE_CHECKING:
    from dagster import AssetsDefinition, AssetSelection

QUIET = {"loggers": {"console": {"config": {"log_level": "CRITICAL"}}}}


def run_everything(run: Run, say: Callable[[str], None]) -> bool:
    """Runs every asset and check; True when the dashboards were published.

    Args:
        run: the settings.
        say: called with each line of progress and summary.

    Raises:
        UserError: something that the user can mend; what was published stays published.
    """
    return repeat_when_damaged(run, lambda: _run_once(run, say), say)


def _run_once(run: Run, say: Callable[[str], None]) -> bool:
    with open_session(run) as session:
        for note in session.notes:
            say(note)
        # Great Expectations loads on the second core while files are read on the first.
        if not run.journal.exists():
            session.start_validator()
        try:
            is_published = materialize_assets(session, say)
        finally:
            for line in list_refusals(session):
                say(line)
        say(describe_run(session, is_published))
    return is_published


def materialize_assets(
    session: Session, say: Callable[[str], None], selection: AssetSelection | None = None
) -> bool:
    """Builds the selected assets (all of them) on an open session; False when the gate was closed.

    Raises:
        Exception: the first exception of an asset, as the asset raised it.
        KeyboardInterrupt: somebody stopped the run; Dagster lets the step at hand end first.
    """
    os.environ["DAGSTER_DISABLE_TELEMETRY"] = "1"
    import dagster as dg

    from assets.check_assets import GATE
    from assets.rooms import list_asset_checks, list_assets

    assets = list_assets()
    session.tell_progress = Progress(_count_pieces(assets), say).tell
    # Kept in memory: storing every event on disk costs more than building the tables.
    with dg.DagsterInstance.ephemeral() as instance:
        result = dg.materialize(
            [*assets, *list_asset_checks()],
            resources={SESSION: dg.ResourceDefinition.hardcoded_resource(session)},
            instance=instance,
            run_config=QUIET,
            raise_on_error=False,
            selection=selection,
        )
    if session.failure is not None:
        raise session.failure
    if result.success:
        return True
    if any(event.event_type_value == "PIPELINE_CANCELED" for event in result.all_events):
        raise KeyboardInterrupt
    if any(not e.passed and e.check_name == GATE for e in result.get_asset_check_evaluations()):
        return False
    failed = ", ".join(event.step_key or "?" for event in result.all_events if event.is_failure)
    raise RuntimeError(f"the run failed without an exception of an asset, at: {failed}")


def _count_pieces(assets: list[AssetsDefinition]) -> Counter[str]:
    """Group -> how many operations report progress."""
    return Counter(next(iter(asset.group_names_by_key.values())) for asset in assets)
