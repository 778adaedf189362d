"""How many teams meet each requirement, are uncertain, do not meet it, or cannot be judged."""

import pandas as pd

from pipelines.catalogue.wording import Words
from reports.formats import Formats, start_with_capital
from reports.panels.panel import Panel, escape_label, row_layout, wrap_label
from reports.requirement_lines import STATUSES


def records(requirements: pd.DataFrame, order: list[str]) -> list[dict]:
    """One record per requirement in ``order``: the number of teams per status.

    Args:
        requirements: the rows of the teams in one period.
    """
    counted = requirements.groupby(["requirement_id", "status"]).size().to_dict()
    return [
        {
            "requirement_id": requirement,
            **{status: int(counted.get((requirement, status), 0)) for status in STATUSES},
        }
        for requirement in order
        if any((requirement, status) in counted for status in STATUSES)
    ]


def figure(rows: list[dict], names: dict[str, str], words: Words, formats: Formats) -> dict:
    """The chart as a dictionary for plotly.js; ``names`` gives each requirement's name."""
    at = list(range(len(rows)))
    labels = {status: words(f"requirement_status.{status}") for status in STATUSES}
    traces = [
        {
            "type": "bar", "orientation": "h", "meta": {"role": f"status_{status}"},
            "x": [row[status] for row in rows], "y": at, "width": 0.62,
            "text": [formats.count(row[status]) if row[status] else "" for row in rows],
            "textposition": "none", "hoverinfo": "text",
            "hovertext": [
                escape_label(f"{names[row['requirement_id']]}: {row[status]} × {labels[status]}")
                for row in rows
            ],
        }
        for status in STATUSES
        if any(row[status] for row in rows)
    ]  # fmt: skip
    ticks = [wrap_label(start_with_capital(names[row["requirement_id"]]), 26) for row in rows]
    layout = row_layout(ticks, at, 40, {"l": 8, "r": 16, "t": 8, "b": 30})
    teams = max((sum(row[status] for status in STATUSES) for row in rows), default=1)
    layout |= {
        "barmode": "stack",
        "xaxis": {"range": [0, teams * 1.004], "dtick": max(1, -(-teams // 10)), "tickformat": "d"},
    }
    return {"data": traces, "layout": layout}


def make_panel(rows: list[dict], names: dict[str, str], words: Words, formats: Formats) -> Panel:
    """The counts as a panel."""
    met = sum(row["met"] for row in rows)
    judged = met + sum(row["uncertain"] + row["not_met"] for row in rows)
    return Panel(
        key="requirement-counts",
        title=words("requirements.chart"),
        summary=words("requirements.chart_summary", met=met, judged=judged),
        spec=figure(rows, names, words, formats),
        legend=tuple(
            (f"status_{status}", words(f"requirement_status.{status}"))
            for status in STATUSES
            if any(row[status] for row in rows)
        ),
        header=(
            words("column.requirement"),
            *(words(f"requirement_status.{status}") for status in STATUSES),
        ),
        rows=[
            (names[row["requirement_id"]], *(formats.count(row[status]) for status in STATUSES))
            for row in rows
        ],
    )
