"""The catalogue as tables, so that scoring is a join between facts and catalogue.

Every organisation has a set of rows of its own, made from its effective catalogue; the rows with an
empty ``organisation_id`` are the shipped catalogue, by which all organisations together are scored.
What does not belong here: what stands in a row (``catalogue_rows``) and any delivered row.
"""

from __future__ import annotations

from collections.abc import Callable

from pipelines.catalogue import Catalogue
from pipelines.catalogue.overlay import leave_out_changed
from pipelines.deliveries.overlays import read_overlays
from pipelines.facts.catalogue_rows import (
    Rows,
    list_accepted_answer_rows,
    list_anchor_step_rows,
    list_band_rows,
    list_code_rows,
    list_indicator_rows,
    list_profile_part_rows,
    list_programme_rows,
    list_requirement_rows,
)
from pipelines.facts.own_declarations import OWN_DECLARATION_STEP
from pipelines.run import Run
from pipelines.statistics.intervals import read_t_quantiles
from pipelines.warehouse import TableStep, Warehouse


def read_catalogues(warehouse: Warehouse, run: Run) -> dict[str, Catalogue]:
    """The effective catalogue of every staged organisation, and the shared one under ``""``."""
    overlays = read_overlays(run)
    rows = warehouse.fetch_all("select organisation_id from staged.organisation order by 1")
    present = {name: overlays.get(name, run.catalogue) for (name,) in rows}
    return {"": leave_out_changed(run.catalogue, present.values()), **present}


def catalogue_table(
    name: str, columns: str, description: str, rows: Callable[[Catalogue], Rows]
) -> TableStep:
    """The step that writes rows made from every catalogue to ``catalogue.<name>``."""
    columns = f"organisation_id VARCHAR, {columns}"

    def build(warehouse: Warehouse, run: Run) -> None:
        catalogues = read_catalogues(warehouse, run)
        _write_table(
            warehouse,
            name,
            columns,
            (
                (organisation_id, *row)
                for organisation_id, catalogue in catalogues.items()
                for row in rows(catalogue)
            ),
        )

    return TableStep(f"catalogue.{name}", description, ("staged.organisation",), build)


def _write_table(warehouse: Warehouse, name: str, columns: str, rows: Rows) -> None:
    import pandas as pd

    warehouse.execute(f"create or replace table catalogue.{name} ({columns})")
    names = [column.split()[0] for column in columns.split(",")]
    # dtype object: an empty cell stays empty instead of turning whole numbers into floats
    frame = pd.DataFrame(rows, columns=names, dtype=object)
    if len(frame):
        warehouse.write_frame(f"catalogue.{name}", frame)


def build_t_quantile(warehouse: Warehouse, _: Run) -> None:
    """Builds ``catalogue.t_quantile``: one row per degree of freedom up to 200."""
    columns = "degrees INTEGER, quantile DOUBLE"
    _write_table(warehouse, "t_quantile", columns, read_t_quantiles().items())


CATALOGUE_STEPS = (
    OWN_DECLARATION_STEP,
    catalogue_table(
        "indicator",
        "indicator_key VARCHAR, indicator_id VARCHAR, indicator_version INTEGER, shape VARCHAR,"
        "interval_method VARCHAR,"
        "event VARCHAR, setting VARCHAR, answer VARCHAR, measure VARCHAR, needs_numerator BOOLEAN,"
        "code_list VARCHAR, population VARCHAR, session_kind VARCHAR, rated_subject VARCHAR,"
        "is_stock BOOLEAN, deciding_kind VARCHAR, deciding_subject VARCHAR, anchors VARCHAR,"
        "anchors_version INTEGER, minimum_units INTEGER, profile_group VARCHAR,"
        "profile_group_minimum INTEGER,"
        "provenance VARCHAR, is_about_clients BOOLEAN, is_published BOOLEAN,"
        "is_leading BOOLEAN, is_higher_better BOOLEAN",
        "Indicators and the parameters of their shapes",
        list_indicator_rows,
    ),
    catalogue_table(
        "accepted_answer",
        "indicator_key VARCHAR, answer_text VARCHAR",
        "Answers that meet the condition of a share",
        list_accepted_answer_rows,
    ),
    catalogue_table(
        "anchor_step",
        "anchors VARCHAR, anchors_version INTEGER, score INTEGER, lower_parts BIGINT,"
        "upper_parts BIGINT, is_lower_inclusive BOOLEAN, is_upper_inclusive BOOLEAN",
        "Ranges of values that earn a score, in ten-thousandths",
        list_anchor_step_rows,
    ),
    catalogue_table(
        "band",
        "band VARCHAR, lower_parts BIGINT, upper_parts BIGINT",
        "Bands of a profile score, in hundredths",
        list_band_rows,
    ),
    catalogue_table(
        "profile_part",
        "part VARCHAR, part_kind VARCHAR, indicator_id VARCHAR",
        "Which anchored indicators make up each part of the record profile",
        list_profile_part_rows,
    ),
    catalogue_table(
        "requirement",
        "requirement_id VARCHAR, requirement_key VARCHAR, kind VARCHAR, indicator_id VARCHAR,"
        "norm_parts BIGINT, norm_setting VARCHAR, is_maximum BOOLEAN, has_chance_guard BOOLEAN,"
        "minimum_units INTEGER, programme VARCHAR, limit_days INTEGER, moment_count INTEGER,"
        "rhythm_first_days INTEGER, rhythm_first_years INTEGER, rhythm_later_days INTEGER,"
        "rhythm_grace_days INTEGER",
        "Quality requirements and their norms, in ten-thousandths",
        list_requirement_rows,
    ),
    catalogue_table(
        "code",
        "code_list VARCHAR, code VARCHAR, meaning VARCHAR, is_end BOOLEAN",
        "Codes of the closed lists",
        list_code_rows,
    ),
    catalogue_table(
        "programme",
        "programme VARCHAR, is_method BOOLEAN",
        "Programmes, and whether the method's indicators look at them",
        list_programme_rows,
    ),
    TableStep(
        "catalogue.t_quantile",
        "Points of Student's t for intervals of means",
        (),
        build_t_quantile,
    ),
)
