"""The published outcomes of one entity as sheets: flow, change, goals, closures, comparison.

Here: which columns stand in which sheet, and names for codes. Not here: how a file writes a cell,
and ranks: teams are compared with limits, never in an order.
"""

from collections.abc import Iterable, Iterator

from pipelines.protection.told_rows import name_told_row
from reports.downloads.sheet import ROW_KEY, Column
from reports.organisation import Entity
from reports.outcome_book import Measure, find_breakdown, find_category
from reports.outcome_words import OutcomeWords
from reports.pages.page import PageContext

ABOUT_WHOM = (Column("period"), Column("breakdown"), Column("category"))
STATE = (Column("status", words="download.outcome_status"), Column("is_provisional", "yes_no"))
INTERVAL = (Column("ci_low", "number"), Column("ci_high", "number"))
REASONS = "is_reasons_suppressed"
LOST = "is_lost_suppressed"
FLOW = (
    *ABOUT_WHOM,
    Column("instrument"),
    Column("informant"),
    Column("stage", words="outcomes.stage"),
    Column("numerator", "count"),
    Column("denominator", "count"),
    Column("share", "number"),
    Column("not_yet_due_count", "count", hidden_by=REASONS),
    Column("ended_count", "count", hidden_by=REASONS),
    Column("missed_count", "count", hidden_by=REASONS),
    Column("before_first_record_count", "count", hidden_by=REASONS),
    *STATE,
    ROW_KEY,
)
CHANGE = (
    *ABOUT_WHOM,
    Column("instrument"),
    Column("instrument_version"),
    Column("scale"),
    Column("informant"),
    Column("moments"),
    Column("is_higher_better", "yes_no"),
    Column("due_count", "count"),
    Column("completers_count", "count"),
    Column("lost_count", "count", hidden_by=LOST),
    Column("mean_t0", "number"),
    Column("sd_t0", "number"),
    Column("mean_later", "number"),
    Column("mean_change", "number"),
    *INTERVAL,
    Column("d_t0_sd", "number"),
    Column("srm", "number"),
    Column("reliable_change_threshold", "number"),
    Column("improved_count", "count"),
    Column("unchanged_count", "count"),
    Column("deteriorated_count", "count"),
    Column("share_improved", "number"),
    Column("share_improved_ci_low", "number"),
    Column("share_improved_ci_high", "number"),
    *STATE,
    ROW_KEY,
)
GOALS = (
    *ABOUT_WHOM,
    Column("measure"),
    Column("value", "number"),
    *INTERVAL,
    Column("numerator", "number"),
    Column("denominator", "number"),
    *STATE,
    ROW_KEY,
)
CLOSURES = (
    *ABOUT_WHOM,
    Column("measure"),
    Column("measure_category"),
    Column("value", "number"),
    *INTERVAL,
    Column("numerator", "count"),
    Column("denominator", "count"),
    *STATE,
    ROW_KEY,
)
COMPARISON = (
    Column("period"),
    Column("category"),
    Column("measure"),
    Column("value", "number"),
    Column("numerator", "count"),
    Column("denominator", "count"),
    Column("target", "number"),
    Column("lower_2_sd", "number"),
    Column("upper_2_sd", "number"),
    Column("lower_3_sd", "number"),
    Column("upper_3_sd", "number"),
    Column("shrunken_value", "number"),
    Column("shrunken_low", "number"),
    Column("shrunken_high", "number"),
    Column("teams_count", "count"),
    Column("is_provisional", "yes_no"),
    ROW_KEY,
)


def list_flow(context: PageContext, entity: Entity) -> Iterator[dict]:
    """Who was measured, stage by stage."""
    names = OutcomeWords(context)
    for row in _select(context.organisation.outcomes.flow, entity):
        status = "suppressed" if row["is_suppressed"] else "given"
        yield {**row, **_name(names, row, "outcome_flow"), "status": status}


def list_change(context: PageContext, entity: Entity) -> Iterator[dict]:
    """Change between two moments, per scale."""
    names = OutcomeWords(context)
    for row in _select(context.organisation.outcomes.change, entity):
        scale = names.name_part(_read_measure(row))
        yield {**row, **_name(names, row, "outcome_change"), "scale": scale}


def list_goals(context: PageContext, entity: Entity) -> Iterator[dict]:
    """How goals ended."""
    rows = _select(context.organisation.outcomes.goals, entity)
    return _list_measured(context, rows, "goal_attainment")


def list_closures(context: PageContext, entity: Entity) -> Iterator[dict]:
    """How support ended, and where people lived afterwards."""
    rows = _select(context.organisation.outcomes.closures, entity)
    for row in _list_measured(context, rows, "closures"):
        category = row["measure_category"]
        yield {
            **row,
            "measure_category": context.words.get(f"outcomes.category.{category}", category or ""),
        }


def list_comparison(context: PageContext, entity: Entity) -> Iterator[dict]:
    """A team, or every team of the organisation, beside all compared teams together."""
    names = OutcomeWords(context)
    for row in context.organisation.comparisons:
        if entity.team_id in (None, row["team_id"]):
            yield {
                **row,
                "category": names.name_category("team", row["team_id"]),
                "measure": _name_compared(context, names, row),
                "row_key": name_told_row("comparison", row),
            }


OUTCOME_SHEETS = (
    ("flow", FLOW, list_flow),
    ("change", CHANGE, list_change),
    ("goals", GOALS, list_goals),
    ("closures", CLOSURES, list_closures),
    ("comparison", COMPARISON, list_comparison),
)


def _select(rows: Iterable[dict], entity: Entity) -> Iterator[dict]:
    """The rows of a team; for the organisation its own, in every breakdown."""
    return (row for row in rows if row["team_id"] == entity.team_id)


def _name(names: OutcomeWords, row: dict, table: str) -> dict[str, str]:
    """What a row is about, in the language of the reader, and its key."""
    breakdown = find_breakdown(row)
    named = {
        "breakdown": names.words(f"download.breakdown.{breakdown}"),
        "category": names.name_category(breakdown, find_category(row)),
        "row_key": name_told_row(table, row),
    }
    if "instrument" in row:
        named["instrument"] = names.name_instrument(row["instrument"])
        named["informant"] = names.name_informant(row["informant"])
    return named


def _list_measured(context: PageContext, rows: Iterable[dict], table: str) -> Iterator[dict]:
    names = OutcomeWords(context)
    for row in rows:
        measure = context.words(f"download.measure.{row['measure']}")
        yield {**row, **_name(names, row, table), "measure": measure}


def _read_measure(row: dict) -> Measure:
    return Measure(row["instrument"], row["instrument_version"], row["scale"], row["informant"])


def _name_compared(context: PageContext, names: OutcomeWords, row: dict) -> str:
    if row["subject"] == "indicator":
        return f"{row['measure']} {context.name(row['measure'])}"
    if row["subject"] == "outcome_change":
        return f"{names.name_scale(_read_measure(row))}, {row['moments']}"
    return context.words(f"download.measure.{row['measure']}")
