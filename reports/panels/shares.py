"""Shares with their Wilson interval, or means with theirs: closures, natural resources, T scores.

One row per thing that is counted or per place it is counted in; the order is given, never sorted.
"""

from pipelines.protection.told_rows import name_told_row
from reports.formats import Formats
from reports.outcome_words import OutcomeWords
from reports.panels.interval_rows import Axis, Row, draw_rows, find_range
from reports.panels.panel import NO_COUNT, Panel


def records(lines: list[tuple[str, str, dict | None, dict | None]]) -> list[dict]:
    """One record per line that has a row.

    Args:
        lines: name, group, row of the year, row of the year before.
    """
    return [
        {"name": name, "group": group, "row": row,
         "previous": before["value"] if before else None, "before": before}
        for name, group, row, before in lines
        if row is not None
    ]  # fmt: skip


def _name_row(row: dict) -> str:
    table = "closures" if "measure_category" in row else "goal_attainment"
    return name_told_row(table, row)


def figure(
    records: list[dict], names: OutcomeWords, formats: Formats, reference: float | None = None
) -> dict:
    """The chart as a dictionary for plotly.js; with a ``reference`` the values are T scores."""
    words = names.words
    is_share = reference is None
    rows = [
        Row(
            label=record["name"],
            value=row["value"],
            low=row["ci_low"],
            high=row["ci_high"],
            previous=record["previous"],
            side="" if row["value"] is None
            else words("outcomes.n", n=formats.count(row["denominator"])),
            hover=f"{record['name']}: {_show(row, formats, is_share)}",
            state=names.describe_state(row),
            group=record["group"],
            is_provisional=bool(row["is_provisional"]),
        )
        for record in records
        for row in (record["row"],)
    ]  # fmt: skip
    if is_share:
        return draw_rows(rows, Axis(-0.03, 1.03, ".0%", note_at=0), formats)
    low, high = find_range(rows, reference)
    axis = Axis(
        min(low, reference - 10),
        max(high, reference + 10),
        reference=reference,
        reference_label=words("outcomes.as_expected"),
    )
    return draw_rows(rows, axis, formats)


def _show(row: dict, formats: Formats, is_share: bool) -> str:
    return formats.percent(row["value"]) if is_share else formats.number(row["value"])


def make_panel(
    key: str,
    title: str,
    summary: str,
    records: list[dict],
    names: OutcomeWords,
    formats: Formats,
    reference: float | None = None,
) -> Panel:
    """The shares or means as a panel."""
    words = names.words
    is_share = reference is None
    columns = ("what", "value", "interval", "n", "previous", "state")
    return Panel(
        key=key,
        title=title,
        summary=summary,
        spec=figure(records, names, formats, reference),
        header=tuple(words(f"outcomes.column.{column}") for column in columns),
        rows=[
            (
                record["name"],
                _show(row, formats, is_share),
                formats.interval(row["ci_low"], row["ci_high"], "share" if is_share else "rating"),
                formats.count(row["denominator"]),
                formats.percent(record["previous"])
                if is_share
                else formats.number(record["previous"]),
                names.describe_state(row),
            )
            for record in records
            for row in (record["row"],)
        ],
        cells=tuple(_name_row(record["row"]) for record in records),
        number_columns=(1, 2, 3, NO_COUNT),
        cells_before=tuple(
            _name_row(record["before"]) if record["before"] else None for record in records
        ),
        before_column=4,
    )
