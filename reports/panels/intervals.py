"""Values of one subscale's indicators with their 95% interval; the score stands in the mark.

Only indicators whose value is a share: other units have no common axis.
"""

import pandas as pd

from pipelines.catalogue.models.indicators import Indicator
from pipelines.catalogue.wording import Words
from reports.formats import Formats, start_with_capital
from reports.panels.panel import Panel, row_layout, wrap_label
from reports.tables import to_rows


def records(
    scores: pd.DataFrame, indicators: list[Indicator], period: str | None, previous: str | None
) -> list[dict]:
    """One record per indicator that is a share and has a row in ``period``, in catalogue order."""
    now = {row["indicator_id"]: row for row in to_rows(scores[scores["period"] == period])}
    before = {row["indicator_id"]: row for row in to_rows(scores[scores["period"] == previous])}
    return [
        {**now[one.id], "previous_value": before.get(one.id, {}).get("value")}
        for one in indicators
        if one.id in now and one.printed_unit == "share"
    ]


def figure(rows: list[dict], names: dict[str, str], words: Words, formats: Formats) -> dict:
    """The chart as a dictionary for plotly.js; ``names`` gives each indicator's name."""
    at = list(range(len(rows)))

    def pick(wanted: bool) -> list[tuple[dict, int]]:
        return [
            (row, y)
            for row, y in zip(rows, at, strict=True)
            if row["value"] is not None and (row["score"] is not None) == wanted
        ]

    def points(role: str, chosen: list[tuple[dict, int]], marker: dict, mode: str) -> dict:
        return {
            "type": "scatter", "mode": mode, "meta": {"role": role},
            "x": [round(row["value"], 4) for row, _ in chosen], "y": [y for _, y in chosen],
            "text": ["" if row["score"] is None else formats.count(row["score"])
                     for row, _ in chosen],
            "hoverinfo": "text", "marker": marker, "cliponaxis": False,
        }  # fmt: skip

    scored, unscored = pick(True), pick(False)
    with_interval = [row for row in (*scored, *unscored) if row[0]["ci_low"] is not None]
    interval = {
        "type": "scatter", "mode": "markers", "meta": {"role": "interval"},
        "x": [round(row["value"], 4) for row, _ in with_interval],
        "y": [y for _, y in with_interval],
        "marker": {"size": 1, "opacity": 0}, "hoverinfo": "skip", "cliponaxis": False,
        "error_x": {
            "type": "data", "symmetric": False,
            "array": [round(row["ci_high"] - row["value"], 4) for row, _ in with_interval],
            "arrayminus": [round(row["value"] - row["ci_low"], 4) for row, _ in with_interval],
        },
    }  # fmt: skip
    previous = [
        (row, y) for row, y in zip(rows, at, strict=True) if row["previous_value"] is not None
    ]
    before = {
        "type": "scatter", "mode": "markers", "meta": {"role": "previous"},
        "x": [round(row["previous_value"], 4) for row, _ in previous],
        "y": [y for _, y in previous],
        "hoverinfo": "text", "marker": {"size": 8}, "cliponaxis": False,
    }  # fmt: skip
    blank = [(row, y) for row, y in zip(rows, at, strict=True) if row["value"] is None]
    notes = {
        "type": "scatter", "mode": "text", "meta": {"role": "note"}, "x": [0] * len(blank),
        "y": [y for _, y in blank], "hoverinfo": "skip", "textposition": "middle right",
        "text": [words(f"status_short.{row['status']}") for row, _ in blank],
    }  # fmt: skip
    marks = {"size": 22, "color": [row["score"] for row, _ in scored]}
    labels = [wrap_label(start_with_capital(names[row["indicator_id"]])) for row in rows]
    layout = row_layout(labels, at, 40, {"l": 8, "r": 16, "t": 8, "b": 28})
    layout["xaxis"] = {
        "range": [-0.03, 1.03],
        "tickformat": ".0%",
        "tickvals": [0, 0.25, 0.5, 0.75, 1],
    }
    return {
        "data": [
            interval,
            before,
            points("unscored", unscored, {"size": 14, "symbol": "diamond"}, "markers"),
            points("scored", scored, marks, "markers+text"),
            notes,
        ],
        "layout": layout,
    }


def make_panel(
    key: str, title: str, rows: list[dict], names: dict[str, str], words: Words, formats: Formats
) -> Panel:
    """The chart of one subscale as a panel."""
    scored = sum(row["score"] is not None for row in rows)
    table = [
        (
            names[row["indicator_id"]],
            formats.percent(row["value"], 1),
            formats.interval(row["ci_low"], row["ci_high"], "share"),
            formats.count(row["score"]),
            formats.count(row["units_counted"]),
            formats.percent(row["previous_value"], 1),
            words(f"status.{row['status']}"),
        )
        for row in rows
    ]
    columns = ("indicator", "value", "interval", "score", "n", "previous", "status")
    return Panel(
        key=key,
        title=title,
        summary=words("intervals.summary", subscale=title, scored=scored, number=len(rows)),
        spec=figure(rows, names, words, formats),
        header=tuple(words(f"column.{column}") for column in columns),
        rows=table,
        cells=tuple(row["score_key"] for row in rows),
        number_columns=(1, 2, 3, 4),
    )
