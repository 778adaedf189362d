"""What the models say of one question: difference per point of fidelity with its 95 % interval.

A model that was not fitted, or that has no interval, has a row that says why. The p value stands in
the last columns of the table, never in the chart.
"""

from pipelines.catalogue.wording import Words
from pipelines.protection.told_rows import name_told_row
from reports.formats import DASH, Formats
from reports.outcome_words import show_signed, show_signed_interval
from reports.panels.interval_rows import Axis, Row, draw_rows, find_range
from reports.panels.panel import NO_COUNT, Panel

ORDER = (
    "team_line_within",
    "team_line",
    "mixed_fidelity",
    "mixed_between",
    "mixed_within",
)


def name_model(row: dict) -> str:
    """The key of the words for a model and its term."""
    return f"mixed_{row['term']}" if row["model"] == "mixed" else row["model"]


def records(rows: list[dict]) -> list[dict]:
    """The models of one question over all organisations, the leading one first."""
    return sorted(rows, key=lambda row: (not row["is_leading"], ORDER.index(name_model(row))))


def figure(rows: list[dict], words: Words, formats: Formats) -> dict:
    """The chart as a dictionary for plotly.js."""
    lines = [
        Row(
            label=words(f"research.model.{name_model(row)}"),
            value=row["estimate"],
            low=row["ci_low"],
            high=row["ci_high"],
            hover=f"{show_signed(formats, row['estimate'], 2)} "
            f"({show_signed_interval(formats, row['ci_low'], row['ci_high'], 2)})",
            state=words(f"research.status.{row['status']}"),
        )
        for row in rows
    ]
    low, high = find_range(lines, 0, 0.15)
    axis = Axis(low, high, reference=0, reference_label=words("research.zero"))
    return draw_rows(lines, axis, formats, 20)


def show_p_value(value: float | None, formats: Formats) -> str:
    """A p value with three decimals; a very small one as "below"."""
    if value is None:
        return DASH
    return f"< {formats.number(0.001, 3)}" if value < 0.001 else formats.number(value, 3)


def make_panel(key: str, title: str, rows: list[dict], words: Words, formats: Formats) -> Panel:
    """The estimates of one question as a panel."""
    columns = ("model", "estimate", "interval", "state", "degrees", "p_value")
    known = any(row["estimate"] is not None for row in rows)
    return Panel(
        key=key,
        title=title,
        summary=words("research.estimates_summary" if known else "research.estimates_none"),
        spec=figure(rows, words, formats),
        header=tuple(words(f"research.column.{column}") for column in columns),
        rows=[
            (
                words(f"research.model.{name_model(row)}"),
                show_signed(formats, row["estimate"], 2),
                show_signed_interval(formats, row["ci_low"], row["ci_high"], 2),
                words(f"research.status.{row['status']}"),
                formats.count(row["degrees_of_freedom"]),
                show_p_value(row["p_value"], formats),
            )
            for row in rows
        ],
        cells=tuple(name_told_row("fidelity_outcome", row) for row in rows),
        number_columns=(NO_COUNT,),
    )
