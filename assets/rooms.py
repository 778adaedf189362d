"""Every asset of the method, in the order of the data: door, records, facts, scores, pages.

The lineage follows from what each table says it reads. What does not belong here: jobs, schedules
and sensors (``definitions``).
"""

import dagster as dg

import quality_checks
from assets.check_assets import (
    GATED,
    make_check_result_assets,
    make_gate,
    make_table_checks,
)
from assets.delivery_assets import LANDING, make_delivery_asset
from assets.publication_assets import make_kept_asset, make_results_asset, make_site_asset
from assets.table_assets import make_table_asset
from pipelines import audits, facts, monitoring, outcomes, protection, results, scoring
from pipelines.catalogue import load_catalogue
from pipelines.records import steps as records
from pipelines.warehouse import TableStep

# Dagster group -> the table steps of a room, in the order of the data.
ROOMS: dict[str, tuple[TableStep, ...]] = {
    "records": records.STEPS,
    "facts": facts.STEPS,
    "scoring": scoring.STEPS,
    "audits": audits.STEPS,
    "outcomes": outcomes.STEPS,
    "monitoring": monitoring.STEPS,
    "results": results.STEPS,
    "quality_checks": quality_checks.STEPS,
    "protection": protection.STEPS,
}

# What the description of the results files tells about: organisations, and whose catalogue differs.
DESCRIBED = ("staged.organisation", "catalogue.own_declaration")


def list_assets() -> list[dg.AssetsDefinition]:
    """Every asset of a run."""
    tables = [step.table for steps in ROOMS.values() for step in steps]
    return [
        make_delivery_asset(),
        make_check_result_assets(load_catalogue()),
        *(
            make_table_asset(step, _name_group(step, group), _list_extra_reads(step, group))
            for group, steps in ROOMS.items()
            for step in steps
        ),
        make_results_asset([*DESCRIBED, *(name for name in tables if name.startswith("results."))]),
        make_site_asset([table for table in tables if table.startswith("protected.")]),
        make_kept_asset(["score.result", "score.unit_row", "results.indicator_units"]),
    ]


def _name_group(step: TableStep, room: str) -> str:
    schema = step.table.partition(".")[0]
    return schema if schema in ("catalogue", "results") else room


def _list_extra_reads(step: TableStep, group: str) -> tuple[str, ...]:
    if group == "records" and not step.reads:
        return (LANDING,)  # the first tables read the landed files
    if group == "protection":
        return (GATED,)  # nothing is prepared for publication before the checks
    return ()


def list_asset_checks() -> list[dg.AssetChecksDefinition]:
    """What the checks found, shown on every table, and the gate before publication."""
    return [make_table_checks(load_catalogue()), make_gate()]
