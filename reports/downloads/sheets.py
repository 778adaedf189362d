"""The published figures of one entity as sheets: columns with a kind, cells with plain values.

Here: which columns stand in which sheet. Not here: how a workbook or a CSV file writes a cell.
"""

from collections.abc import Callable, Iterator

from pipelines.protection.told_rows import name_told_row
from reports.audit_words import InstrumentWords, name_round
from reports.downloads.outcome_sheets import OUTCOME_SHEETS
from reports.downloads.sheet import ROW_KEY, Column, Sheet, make_sheet
from reports.organisation import Entity
from reports.pages.page import PageContext
from reports.tables import to_rows

SCORES = (
    Column("period"),
    Column("indicator_id"),
    Column("indicator_version", "count"),
    Column("indicator"),
    Column("unit", words="download.unit"),
    Column("value", "number"),
    Column("ci_low", "number"),
    Column("ci_high", "number"),
    Column("numerator", "number"),
    Column("denominator", "number"),
    Column("units_counted", "count"),
    Column("units_excluded", "count"),
    Column("score", "number"),
    Column("status", words="status"),
    Column("is_provisional", "yes_no"),
    Column("provenance", words="provenance"),
    Column("score_key"),
)
PROFILE = (
    Column("period"),
    Column("part", words="part"),
    Column("score", "number"),
    Column("lowest", "number"),
    Column("highest", "number"),
    Column("band"),
    Column("indicators_scored", "count"),
    Column("indicators_applicable", "count"),
    Column("status", words="profile_status"),
    ROW_KEY,
)
REQUIREMENTS = (
    Column("period"),
    Column("requirement_id"),
    Column("requirement"),
    Column("value", "number"),
    Column("norm", "number"),
    Column("status", words="requirement_status"),
    Column("reason", words="requirement_reason"),
    ROW_KEY,
)
AUDITS = (
    Column("audit_date", "day"),
    Column("round"),
    Column("instrument"),
    Column("part"),
    Column("score", "number"),
    Column("lowest", "number"),
    Column("highest", "number"),
    Column("band"),
    Column("raters", "count"),
    Column("status", words="audits.item_status"),
    ROW_KEY,
)


def list_sheets(context: PageContext, entity: Entity) -> list[Sheet]:
    """The sheets with at least one row, those people open a file for first."""
    declared: tuple[tuple[str, tuple[Column, ...], Callable], ...] = (
        ("indicators", SCORES, _list_scores),
        ("profile", PROFILE, _list_profile),
        ("requirements", REQUIREMENTS, _list_requirements),
        ("audits", AUDITS, _list_audits),
        *OUTCOME_SHEETS,
    )
    sheets = [
        make_sheet(context, key, columns, list(list_rows(context, entity)))
        for key, columns, list_rows in declared
    ]
    return [sheet for sheet in sheets if sheet.rows]


def _list_scores(context: PageContext, entity: Entity) -> Iterator[dict]:
    catalogue = context.catalogue
    frames = [entity.scores] if entity.earlier is None else [entity.scores, entity.earlier]
    rows = [row for frame in frames for row in to_rows(frame)]
    place = {one.id: number for number, one in enumerate(context.indicators)}
    rows.sort(key=lambda row: (row["period"], place.get(row["indicator_id"], len(place)),
                               row["indicator_id"], row["indicator_version"]))  # fmt: skip
    for row in rows:
        declared = catalogue.indicators.get(row["indicator_id"])
        if declared is None:
            continue
        yield {
            **row,
            "indicator": context.name(declared.id),
            "unit": declared.printed_unit,
        }


def _list_profile(context: PageContext, entity: Entity) -> Iterator[dict]:
    labels = {step.band: step.label.in_language(context.language) for step in context.bands.steps}
    for row in to_rows(entity.profile):
        band = row["band"]
        name = labels.get(band) or context.words.get(f"band.{band}", "")
        yield {**row, "band": name if band else None,
               "row_key": name_told_row("record_profile", row)}  # fmt: skip


def _list_requirements(context: PageContext, entity: Entity) -> Iterator[dict]:
    declared = context.catalogue.requirements
    for row in to_rows(entity.requirements):
        one = declared.get(row["requirement_id"])
        name = one.name.in_language(context.language) if one else row["requirement_id"]
        key = name_told_row("requirement_results", row)
        yield {**row, "requirement": name, "row_key": key}


def _list_audits(context: PageContext, entity: Entity) -> Iterator[dict]:
    for audit in context.organisation.audits.of_team(entity.team_id):
        instrument = InstrumentWords(context, audit.instrument)
        for part in (*instrument.list_parts(), *instrument.list_items([audit])):
            if part in audit.scores:
                row = audit.scores[part]
                yield {
                    **row,
                    "round": name_round(context, row["round"]),
                    "instrument": instrument.label,
                    "part": instrument.name_part(part),
                    "band": instrument.name_band(row["band"]) or None,
                    "row_key": audit.name,
                }
