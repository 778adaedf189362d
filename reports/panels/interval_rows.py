"""Rows of estimates below each other: mark, 95 % interval, wide band, the period before.

Shared by the charts of outcomes, comparison and research: what differs is what a row is about.
Rows keep the order they are given in; nothing here sorts by a result.
"""

from dataclasses import dataclass

from reports.formats import Formats
from reports.panels.panel import escape_label, row_layout, wrap_label

ROW_HEIGHT = 36
GROUP_GAP = 0.85  # of a row, with the heading of the group in it


@dataclass(frozen=True)
class Row:
    """One row; every number may be empty, ``state`` then says why in words."""

    label: str
    value: float | None
    low: float | None = None
    high: float | None = None
    band_low: float | None = None
    band_high: float | None = None
    previous: float | None = None
    side: str = ""  # what stands at the right, such as "n = 24"
    hover: str = ""
    state: str = ""
    group: str = ""
    is_provisional: bool = False


@dataclass(frozen=True)
class Axis:
    """The axis of the values."""

    low: float
    high: float
    tick_format: str = ""
    reference: float | None = None  # a dotted line: no change, as expected, the common mean
    reference_label: str = ""
    note_at: float | None = None  # where the words of an empty row begin


def place_rows(rows: list[Row]) -> tuple[list[float], list[tuple[float, str]]]:
    """The height of every row, and the headings of groups with theirs."""
    places: list[float] = []
    headings: list[tuple[float, str]] = []
    at, group = 0.0, ""
    for row in rows:
        if row.group != group and row.group:
            at += GROUP_GAP if places else GROUP_GAP * 0.6
            headings.append((at - 0.62, row.group))
        group = row.group
        places.append(round(at, 2))
        at += 1
    return places, headings


def find_range(
    rows: list[Row], reference: float | None = None, around: float = 0.1
) -> tuple[float, float]:
    """The ends of an axis that holds every number of the rows and the reference, with a margin."""
    numbers = [
        number
        for row in rows
        for number in (row.value, row.low, row.high, row.band_low, row.band_high, row.previous)
        if number is not None
    ] + ([] if reference is None else [reference])
    if not numbers:
        return -1.0, 1.0
    low, high = min(numbers), max(numbers)
    margin = (high - low or 1.0) * around
    return round(low - margin, 4), round(high + margin, 4)


def _place_note(axis: Axis) -> float:
    """Where the words of an empty row begin: at the left, or right of a dotted line there."""
    if axis.note_at is not None:
        return axis.note_at
    if axis.reference is None or axis.reference > axis.low + (axis.high - axis.low) / 2:
        return axis.low
    return round(axis.reference + (axis.high - axis.low) * 0.01, 4)


def _draw_lines(role: str, spans: list[tuple[float, float, float]]) -> dict:
    x: list[float | None] = []
    y: list[float | None] = []
    for low, high, at in spans:
        x += [round(low, 4), round(high, 4), None]
        y += [at, at, None]
    return {"type": "scatter", "mode": "lines", "meta": {"role": role}, "x": x, "y": y,
            "hoverinfo": "skip", "connectgaps": False}  # fmt: skip


def _draw_marks(role: str, size: int, chosen: list[tuple[Row, float]], key: str) -> dict:
    return {
        "type": "scatter", "mode": "markers", "meta": {"role": role},
        "x": [round(getattr(row, key), 4) for row, _ in chosen], "y": [at for _, at in chosen],
        "marker": {"size": size}, "cliponaxis": False, "hoverinfo": "text",
        "hovertext": [escape_label(row.hover) for row, _ in chosen],
    }  # fmt: skip


def draw_rows(rows: list[Row], axis: Axis, formats: Formats, label_width: int = 24) -> dict:
    """The chart as a dictionary for plotly.js."""
    places, headings = place_rows(rows)
    pairs = list(zip(rows, places, strict=True))
    known = [(row, at) for row, at in pairs if row.value is not None]
    blank = [(row, at) for row, at in pairs if row.value is None]
    bands = [(row.band_low, row.band_high, at) for row, at in pairs if row.band_low is not None]
    intervals = [(row.low, row.high, at) for row, at in pairs if row.low is not None]
    data = []
    if bands:
        data.append(_draw_lines("bounds", bands))
    if intervals:
        data.append(_draw_lines("span", intervals))
    before = [(row, at) for row, at in known if row.previous is not None]
    if before:
        data.append(_draw_marks("previous", 9, before, "previous"))
    settled = [(row, at) for row, at in known if not row.is_provisional]
    open_ones = [(row, at) for row, at in known if row.is_provisional]
    data.append(_draw_marks("score", 13, settled, "value"))
    if open_ones:
        data.append(_draw_marks("open", 12, open_ones, "value"))
    if blank:
        start = _place_note(axis)
        data.append(
            {"type": "scatter", "mode": "text", "meta": {"role": "note"}, "x": [start] * len(blank),
             "y": [at for _, at in blank], "text": [escape_label(row.state) for row, _ in blank],
             "textposition": "middle right", "hoverinfo": "skip", "cliponaxis": False}
        )  # fmt: skip
    sides = any(row.side for row in rows)
    layout = row_layout(
        [wrap_label(row.label, label_width) for row in rows], places, ROW_HEIGHT,
        {"l": 8, "r": 64 if sides else 16, "t": 26 if axis.reference_label else 10, "b": 30},
    )  # fmt: skip
    layout["yaxis"]["range"] = [max(places, default=0) + 0.6, -0.9 if headings else -0.6]
    layout["xaxis"] = {"range": [axis.low, axis.high], "nticks": 6}
    if axis.tick_format:
        layout["xaxis"]["tickformat"] = axis.tick_format
    layout["annotations"] = [
        {"name": "heading", "xref": "paper", "yref": "y", "x": 0, "y": at, "xanchor": "left",
         "showarrow": False, "text": escape_label(text)}
        for at, text in headings
    ] + [
        {"name": "side", "xref": "paper", "yref": "y", "x": 1, "y": at, "xanchor": "left",
         "showarrow": False, "text": escape_label(row.side)}
        for row, at in pairs
        if row.side
    ]  # fmt: skip
    if axis.reference is not None:
        layout["shapes"] = [
            {"type": "line", "name": "reference", "xref": "x", "yref": "paper", "y0": 0, "y1": 1,
             "x0": axis.reference, "x1": axis.reference, "layer": "below"}
        ]  # fmt: skip
        if axis.reference_label:
            layout["annotations"].append(
                {"name": "band", "xref": "x", "yref": "paper", "x": axis.reference, "y": 1,
                 "yanchor": "bottom", "showarrow": False,
                 "text": escape_label(axis.reference_label)}
            )  # fmt: skip
    return {"data": data, "layout": layout}
