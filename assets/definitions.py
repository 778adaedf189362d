"""What Dagster loads: the assets, their checks, and when they are refreshed."""

import dagster as dg

from assets.automation import DAILY_SCHEDULE, REFRESH_JOB, inbox_changed
from assets.resources import session_resource
from assets.rooms import list_asset_checks, list_assets
from assets.session import SESSION

defs = dg.Definitions(
    assets=list_assets(),
    asset_checks=list_asset_checks(),
    resources={SESSION: session_resource},
    jobs=[REFRESH_JOB],
    schedules=[DAILY_SCHEDULE],
    sensors=[inbox_changed],
    # One process: the tables share one open warehouse, and starting a process costs more than
    # building most tables.
    executor=dg.in_process_executor,
)
