"""Completers beside the lost, at T0: how far apart they began, in standard deviations.

Far from the middle line means that the change says less about those who were lost.
"""

from pipelines.protection.told_rows import name_told_row
from reports.formats import Formats
from reports.outcome_book import Measure
from reports.outcome_words import OutcomeWords, show_signed
from reports.panels.interval_rows import Axis, Row, draw_rows, find_range
from reports.panels.panel import NO_COUNT, Panel


def records(found: list[tuple[Measure, str, dict | None]]) -> list[dict]:
    """One record per scale and pair of moments of the organisation that has lost clients.

    Args:
        found: measure, pair of moments, and the row of the organisation (None: no row).
    """
    return [
        {"measure": measure, "moments": moments, "row": row}
        for measure, moments, row in found
        if row is not None and (row["is_lost_suppressed"] or row["lost_count"])
    ]


def _label(record: dict, names: OutcomeWords) -> str:
    return f"{names.name_part(record['measure'])}, {record['moments'].replace('-', '–')}"


def figure(records: list[dict], names: OutcomeWords, formats: Formats) -> dict:
    """The chart as a dictionary for plotly.js."""
    words = names.words
    rows = [
        Row(
            label=_label(record, names),
            value=row["completers_lost_difference"],
            hover=words(
                "outcomes.lost_hover",
                completers=formats.number(row["mean_t0"]),
                lost=formats.number(row["lost_mean_t0"]),
            ),
            state=words("outcomes.state.suppressed")
            if row["is_lost_suppressed"]
            else words("outcomes.state.no_spread"),
            group=names.name_instrument(record["measure"].instrument),
        )
        for record in records
        for row in (record["row"],)
    ]
    low, high = find_range(rows, 0)
    low, high = min(low, -1.0), max(high, 1.0)
    return draw_rows(
        rows, Axis(low, high, reference=0, reference_label=words("outcomes.alike")), formats, 30
    )


def make_panel(records: list[dict], names: OutcomeWords, formats: Formats) -> Panel:
    """Completers and lost at the start as a panel."""
    words = names.words
    known = [
        record["row"]["completers_lost_difference"]
        for record in records
        if record["row"]["completers_lost_difference"] is not None
    ]
    columns = ("scale", "completers", "lost", "mean_t0", "lost_mean_t0", "difference_sd")
    return Panel(
        key="lost-at-start",
        title=words("outcomes.lost_title"),
        summary=words(
            "outcomes.lost_summary",
            scales=len(known),
            largest=formats.number(max(map(abs, known)), 2),
        ),
        spec=figure(records, names, formats),
        header=tuple(words(f"outcomes.column.{column}") for column in columns),
        rows=[
            (
                f"{names.name_instrument(record['measure'].instrument)}: {_label(record, names)}",
                formats.count(row["completers_count"]),
                words("outcomes.state.hidden")
                if row["is_lost_suppressed"]
                else formats.count(row["lost_count"]),
                formats.number(row["mean_t0"]),
                formats.number(row["lost_mean_t0"]),
                show_signed(formats, row["completers_lost_difference"], 2),
            )
            for record in records
            for row in (record["row"],)
        ],
        cells=tuple(name_told_row("outcome_change", record["row"]) for record in records),
        number_columns=(NO_COUNT,),
    )
