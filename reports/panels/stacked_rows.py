"""Rows of bars that add up: counts or shares of a whole, each part told apart without colour.

Shared by the charts of flow and goals; what the parts mean is theirs.
"""

from dataclasses import dataclass, field

from reports.formats import Formats
from reports.panels.interval_rows import GROUP_GAP
from reports.panels.panel import escape_label, row_layout, wrap_label

ROW_HEIGHT = 40


@dataclass(frozen=True)
class Stack:
    """One bar: its parts in order (role, size, words); ``state`` when there is nothing to draw."""

    label: str
    parts: tuple[tuple[str, float, str], ...] = field(default=())
    side: str = ""
    state: str = ""
    group: str = ""


def list_roles(rows: list[Stack]) -> list[str]:
    """The roles that occur, in the order of the parts."""
    found: dict[str, None] = {}
    for row in rows:
        for role, size, _ in row.parts:
            if size:
                found.setdefault(role)
    return list(found)


def draw_stacks(
    rows: list[Stack], roles: list[str], formats: Formats, is_share: bool, label_width: int = 24
) -> dict:
    """The chart as a dictionary for plotly.js; ``roles`` in the order of drawing."""
    places: list[float] = []
    headings: list[tuple[float, str]] = []
    at, group = 0.0, ""
    for row in rows:
        if row.group != group and row.group:
            at += GROUP_GAP if places else GROUP_GAP * 0.6
            headings.append((at - 0.66, row.group))
        group = row.group
        places.append(round(at, 2))
        at += 1
    data = []
    for role in roles:
        sizes = [next((p for p in row.parts if p[0] == role), (role, 0, "")) for row in rows]
        data.append(
            {"type": "bar", "orientation": "h", "meta": {"role": role}, "y": places, "width": 0.6,
             "x": [round(size, 5) if size else None for _, size, _ in sizes], "hoverinfo": "text",
             "hovertext": [escape_label(words) for _, _, words in sizes]}
        )  # fmt: skip
    blank = [(row, at) for row, at in zip(rows, places, strict=True) if row.state]
    if blank or not data:
        data.append(
            {"type": "scatter", "mode": "text", "meta": {"role": "note"},
             "x": [sum(size for _, size, _ in row.parts) for row, _ in blank],
             "y": [at for _, at in blank],
             "text": [" " + escape_label(row.state) for row, _ in blank],
             "textposition": "middle right", "hoverinfo": "skip", "cliponaxis": False}
        )  # fmt: skip
    sides = any(row.side for row in rows)
    layout = row_layout(
        [wrap_label(row.label, label_width) for row in rows], places, ROW_HEIGHT,
        {"l": 8, "r": 64 if sides else 16, "t": 8, "b": 30},
    )  # fmt: skip
    layout["yaxis"]["range"] = [max(places, default=0) + 0.6, -0.9 if headings else -0.6]
    longest = max((sum(size for _, size, _ in row.parts) for row in rows), default=0) or 1
    layout |= {
        "barmode": "stack",
        "xaxis": {"range": [0, 1.004], "tickformat": ".0%", "tickvals": [0, 0.25, 0.5, 0.75, 1]}
        if is_share
        else {"range": [0, longest * 1.02], "nticks": 6, "tickformat": ",d"},
        "annotations": [
            {"name": "heading", "xref": "paper", "yref": "y", "x": 0, "y": at, "xanchor": "left",
             "showarrow": False, "text": escape_label(text)}
            for at, text in headings
        ]
        + [
            {"name": "side", "xref": "paper", "yref": "y", "x": 1, "y": at, "xanchor": "left",
             "showarrow": False, "text": escape_label(row.side)}
            for row, at in zip(rows, places, strict=True)
            if row.side
        ],
    }  # fmt: skip
    return {"data": data, "layout": layout}
