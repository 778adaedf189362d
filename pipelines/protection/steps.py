"""The protected tables in build order; each exported one is written to Parquet right away."""

import pandas as pd

from pipelines.catalogue import Catalogue
from pipelines.catalogue.models.indicators import Requirement
from pipelines.facts.catalogue_tables import read_catalogues
from pipelines.protection.audit_steps import AUDIT_STEPS
from pipelines.protection.cell_systems import CELL_SYSTEMS, CellSystem, make_hiding_step
from pipelines.protection.comparison_steps import COMPARISON_STEPS
from pipelines.protection.limits import (
    DEFAULT_MINIMUM_CLIENTS,
    LOWEST_MINIMUM_CLIENTS,
    MINIMUM_ORGANISATIONS,
    MINIMUM_WORKERS,
)
from pipelines.protection.outcome_steps import OUTCOME_STEPS, OUTCOMES
from pipelines.protection.reason_steps import REASON_STEPS
from pipelines.protection.registered import REGISTERED_STEP
from pipelines.protection.tables import make_step
from pipelines.run import Run
from pipelines.warehouse import TableStep, Warehouse

PARAMETERS = {
    "organisation": {
        "default_minimum": DEFAULT_MINIMUM_CLIENTS,
        "lowest_minimum": LOWEST_MINIMUM_CLIENTS,
    },
    "score_primary": {
        "default_minimum": DEFAULT_MINIMUM_CLIENTS,
        "minimum_workers": MINIMUM_WORKERS,
        "minimum_organisations": MINIMUM_ORGANISATIONS,
    },
}


def list_parts(catalogue: Catalogue) -> list[tuple[str, str, int]]:
    """(part of the record profile, indicator id, version) for every part an indicator counts in."""
    parts = []
    for indicator in catalogue.indicators.values():
        if indicator.subscale is not None:
            parts.append(("total", indicator.id, indicator.version))
            parts.append((indicator.subscale, indicator.id, indicator.version))
        if indicator.fit is not None:
            parts.append((indicator.fit, indicator.id, indicator.version))
    return parts


def _build_profile_part(warehouse: Warehouse, run: Run) -> None:
    _write_rows(
        warehouse,
        "profile_part",
        "organisation_key VARCHAR, part VARCHAR, indicator_id VARCHAR, indicator_version INTEGER",
        [
            (organisation_id, *part)
            for organisation_id, catalogue in read_catalogues(warehouse, run).items()
            for part in list_parts(catalogue)
        ],
    )


def _build_requirement_subject(warehouse: Warehouse, run: Run) -> None:
    _write_rows(
        warehouse,
        "requirement_subject",
        "organisation_id VARCHAR, requirement_id VARCHAR, subject VARCHAR, subject_version INTEGER",
        [
            (organisation_id, requirement.id, *_find_subject(catalogue, requirement))
            for organisation_id, catalogue in read_catalogues(warehouse, run).items()
            if organisation_id
            for requirement in catalogue.requirements.values()
        ],
    )


def _find_subject(catalogue: Catalogue, requirement: Requirement) -> tuple[str | None, int | None]:
    """The id and version whose population protects a requirement."""
    # An audit requirement counts assessors and days, not clients: it has no subject.
    if requirement.kind == "audit":
        return None, None
    if requirement.indicator is None:
        return requirement.id, requirement.version
    return requirement.indicator, catalogue.indicators[requirement.indicator].version


def _write_rows(warehouse: Warehouse, name: str, columns: str, rows: list[tuple]) -> None:
    warehouse.execute(f"create or replace table protected.{name} ({columns})")
    if rows:
        names = [column.split()[0] for column in columns.split(",")]
        # dtype object: an empty cell stays empty instead of turning whole numbers into floats
        frame = pd.DataFrame(rows, columns=names, dtype=object)
        warehouse.write_frame(f"protected.{name}", frame)


def _step(name: str, description: str, *reads: str) -> TableStep:
    return make_step(name, description, reads, PARAMETERS.get(name))


def _protect(system: CellSystem) -> tuple[TableStep, TableStep]:
    limits = {"minimum_workers": MINIMUM_WORKERS}
    name = system.cells.partition(".")[2]
    counts = make_step(name, f"To protect: {system.description}", system.reads,
                       {one: limits[one] for one in system.parameters})  # fmt: skip
    return counts, make_hiding_step(system)


SYSTEM_NAMES = tuple(system.name for system in (*CELL_SYSTEMS, OUTCOMES))

STEPS: tuple[TableStep, ...] = (
    TableStep(
        "protected.profile_part",
        "Which indicators count in which part of the record profile.",
        ("staged.organisation",),
        _build_profile_part,
    ),
    TableStep(
        "protected.requirement_subject",
        "Whose population protects a requirement: that of its indicator, or its own.",
        ("staged.organisation",),
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
        "score_primary",
        "Per score key: must its numbers be hidden for their own sake?",
        "results.indicator_scores",
        "score.indicator_population",
        "protected.organisation",
    ),
    REGISTERED_STEP,
    *(step for system in CELL_SYSTEMS for step in _protect(system)),
    _step(
        "score_disclosure",
        "Per score key: may its numbers be shown?",
        "protected.score_primary",
        "protected.hidden_score",
        "protected.hidden_exclusion",
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
        "protected.score_disclosure",
        "protected.hidden_requirement",
        "protected.requirement_subject",
    ),
    _step("delivery_report", "What was read from each file.", "quality.delivery_report"),
    _step("file_detection", "What was detected in each file.", "quality.file_detection"),
    _step(
        "quarantine",
        "Quarantined rows counted per file, record kind, column and reason.",
        "results.quarantine",
        "results.delivery_report",
    ),
    _step(
        "quarantine_row",
        "Where quarantined rows stand in the organisation's own files, and why; never a value.",
        "results.quarantine",
        "results.delivery_report",
    ),
    _step("check_results", "Results of the data-quality checks.", "results.check_results"),
    *AUDIT_STEPS,
    *REASON_STEPS,
    *OUTCOME_STEPS,
    *COMPARISON_STEPS,
)
