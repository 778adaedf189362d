"""The protected tables in build order; each exported one is written to Parquet right away."""

from pipelines.catalogue import Catalogue
from pipelines.protection.audit_steps import AUDIT_STEPS
from pipelines.protection.limits import (
    DEFAULT_MINIMUM_CLIENTS,
    LOWEST_MINIMUM_CLIENTS,
    MINIMUM_ORGANISATIONS,
    MINIMUM_WORKERS,
)
from pipelines.protection.reason_steps import REASON_STEPS
from pipelines.protection.tables import make_step
from pipelines.run import Run
from pipelines.warehouse import TableStep, Warehouse

PARAMETERS = {
    "organisation": {
        "default_minimum": DEFAULT_MINIMUM_CLIENTS,
        "lowest_minimum": LOWEST_MINIMUM_CLIENTS,
    },
    "score_disclosure": {
        "default_minimum": DEFAULT_MINIMUM_CLIENTS,
        "minimum_workers": MINIMUM_WORKERS,
        "minimum_organisations": MINIMUM_ORGANISATIONS,
    },
    "requirement_results": {"minimum_workers": MINIMUM_WORKERS},
    "indicator_exclusions": {
        "default_minimum": DEFAULT_MINIMUM_CLIENTS,
        "minimum_workers": MINIMUM_WORKERS,
    },
}


def list_parts(catalogue: Catalogue) -> list[tuple[str, str]]:
    """(part of the record profile, indicator id), for every part an indicator counts in."""
    parts = []
    for indicator in catalogue.indicators.values():
        if indicator.subscale is not None:
            parts.append(("total", indicator.id))
            parts.append((indicator.subscale, indicator.id))
        if indicator.fit is not None:
            parts.append((indicator.fit, indicator.id))
    return parts


def _build_profile_part(warehouse: Warehouse, run: Run) -> None:
    warehouse.execute(
        "create or replace table protected.profile_part (part VARCHAR, indicator_id VARCHAR)"
    )
    rows = list_parts(run.catalogue)
    if rows:
        warehouse.connection.executemany("insert into protected.profile_part values (?, ?)", rows)


def _build_requirement_subject(warehouse: Warehouse, run: Run) -> None:
    warehouse.execute(
        "create or replace table protected.requirement_subject "
        "(requirement_id VARCHAR, subject VARCHAR)"
    )
    # An audit requirement counts assessors and days, not clients: it has no subject.
    rows = [
        (
            requirement.id,
            None if requirement.kind == "audit" else requirement.indicator or requirement.id,
        )
        for requirement in run.catalogue.requirements.values()
    ]
    if rows:
        warehouse.connection.executemany(
            "insert into protected.requirement_subject values (?, ?)", rows
        )


def _step(name: str, description: str, *reads: str) -> TableStep:
    return make_step(name, description, reads, PARAMETERS.get(name))


STEPS: tuple[TableStep, ...] = (
    TableStep(
        "protected.profile_part",
        "Which indicators count in which part of the record profile.",
        (),
        _build_profile_part,
    ),
    TableStep(
        "protected.requirement_subject",
        "Whose population protects a requirement: that of its indicator, or its own.",
        (),
        _build_requirement_subject,
    ),
    _step(
        "organisation",
        "One row per organisation: name, known until, smallest number of clients shown.",
        "staged.organisation",
        "staged.run",
    ),
    _step("team", "One row per team: name and setting.", "staged.team"),
    _step(
        "score_disclosure",
        "Per score key: may its numbers be shown?",
        "results.indicator_scores",
        "score.indicator_population",
        "protected.organisation",
    ),
    _step(
        "indicator_scores",
        "Indicator scores; numbers of small populations are empty, status suppressed.",
        "results.indicator_scores",
        "protected.score_disclosure",
    ),
    _step(
        "indicator_exclusions",
        "Excluded units per score key and reason; all counts of a key, or none.",
        "score.indicator_unit",
        "protected.score_disclosure",
        "protected.organisation",
    ),
    _step(
        "record_profile",
        "Record profile; a part is as protected as its smallest scored indicator.",
        "results.record_profile",
        "protected.score_disclosure",
        "protected.profile_part",
    ),
    _step(
        "requirement_results",
        "Requirements; as protected as the indicator they rest on.",
        "results.requirement_results",
        "score.indicator_population",
        "protected.score_disclosure",
        "protected.requirement_subject",
        "protected.organisation",
    ),
    _step("delivery_report", "What was read from each file.", "quality.delivery_report"),
    _step(
        "quarantine",
        "Quarantined rows counted per file, record kind, column and reason.",
        "results.quarantine",
        "results.delivery_report",
    ),
    _step("check_results", "Results of the data-quality checks.", "results.check_results"),
    *AUDIT_STEPS,
    *REASON_STEPS,
)
