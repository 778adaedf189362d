"""Records beside assessors, topic by topic: two marks and the line between them.

A topic with one side only has one mark; why the other is missing stands in the table.
"""

from pipelines.catalogue.wording import Words
from reports.formats import Formats, start_with_capital
from reports.panels.panel import Panel, row_layout, wrap_label

ROW_HEIGHT = 38  # two lines of a label


def figure(rows: list[dict], words: Words, formats: Formats) -> dict:
    """The chart as a dictionary for plotly.js.

    Args:
        rows: topic (its name), audit_score, record_score, difference, sign (the difference as
            text; empty when there is none).
    """
    at = list(range(len(rows)))
    line_x: list[float | None] = []
    line_y: list[float | None] = []
    for row, y in zip(rows, at, strict=True):
        if row["difference"] is not None:
            line_x += [row["audit_score"], row["record_score"], None]
            line_y += [y, y, None]

    def points(role: str, size: int) -> dict:
        scores = [row[f"{role}_score"] for row in rows]
        return {
            "type": "scatter", "mode": "markers", "meta": {"role": role}, "x": scores, "y": at,
            "marker": {"size": size}, "cliponaxis": False, "hoverinfo": "text",
            "hovertext": [
                words(f"audits.hover_{role}", score=formats.score(score)) for score in scores
            ],
        }  # fmt: skip

    layout = row_layout(
        [wrap_label(start_with_capital(row["topic"]), 34) for row in rows], at, ROW_HEIGHT,
        {"l": 8, "r": 48, "t": 8, "b": 28},
    )  # fmt: skip
    layout["xaxis"] = {"range": [0.8, 5.2], "tickvals": [1, 2, 3, 4, 5]}
    layout["annotations"] = [
        {"name": "side", "xref": "paper", "yref": "y", "x": 1, "y": y, "xanchor": "left",
         "showarrow": False, "text": row["sign"]}
        for row, y in zip(rows, at, strict=True)
        if row["sign"]
    ]  # fmt: skip
    return {
        "data": [
            {"type": "scatter", "mode": "lines", "meta": {"role": "between"}, "x": line_x,
             "y": line_y, "hoverinfo": "skip", "connectgaps": False},
            points("audit", 15),
            points("record", 12),
        ],
        "layout": layout,
    }  # fmt: skip


def make_panel(title: str, rows: list[dict], words: Words, formats: Formats) -> Panel:
    """The comparison as a panel; ``rows`` also hold ``state``, ``reasons`` and ``is_wide``."""
    apart = sum(row["is_wide"] for row in rows)
    columns = ("topic", "audit", "record", "difference", "likely")
    return Panel(
        key="beside",
        title=title,
        summary=words(
            "audits.beside_summary" if apart else "audits.beside_summary_alike",
            compared=sum(row["difference"] is not None for row in rows),
            topics=len(rows),
            apart=apart,
        ),
        spec=figure(rows, words, formats),
        header=tuple(words(f"audits.column.{column}") for column in columns),
        rows=[
            (
                row["topic"],
                formats.score(row["audit_score"]),
                formats.score(row["record_score"]),
                row["state"],
                "; ".join(row["reasons"]),
            )
            for row in rows
        ],
    )
