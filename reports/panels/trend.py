"""One indicator over the quarters: value, 95% interval, provisional quarters, named gaps.

A gap is never bridged and never drawn as zero: a cross below the axis stands for it. Pointing at a
quarter shows its row of the table twin, so that a page of 35 trends says everything once.
"""

import pandas as pd

from pipelines.catalogue.models.indicators import ValueUnit
from pipelines.catalogue.wording import Words
from reports.chart_styles import TREND_RANGE
from reports.formats import Formats
from reports.panels.panel import Panel
from reports.tables import to_rows

COLUMNS = ["indicator_id", "period", "value", "ci_low", "ci_high", "units_counted", "status",
           "score", "is_provisional", "score_key"]  # fmt: skip

LONGEST = 12  # quarters shown
RATING_AXIS = {"range": [0.4, 5.2], "tickvals": [1, 3, 5]}


def records(scores: pd.DataFrame, quarters: list[str]) -> dict[str, list[dict]]:
    """Indicator -> one point per quarter; a quarter without a row has status ``no_row``.

    Starts with the first quarter in which the entity has rows, at most three years back.
    """
    chosen = scores.loc[scores["period"].isin(quarters[-LONGEST:]), COLUMNS]
    first = chosen["period"].min() if len(chosen) else ""
    quarters = [quarter for quarter in quarters[-LONGEST:] if quarter >= first]
    found = {(row["indicator_id"], row["period"]): row for row in to_rows(chosen)}
    empty = dict.fromkeys(COLUMNS)
    return {
        indicator: [
            found.get(
                (indicator, quarter),
                {**empty, "indicator_id": indicator, "period": quarter, "status": "no_row"},
            )
            for quarter in quarters
        ]
        for indicator in sorted({key[0] for key in found})
    }


def _axis(points: list[dict], unit: ValueUnit) -> dict:
    if unit == "share":
        return {}  # the axis of the theme
    if unit == "rating":
        return RATING_AXIS
    highest = max((p["ci_high"] or p["value"] or 0 for p in points), default=0) or 1
    return {"range": [round(-0.16 * highest, 3), round(1.15 * highest, 3)], "nticks": 3}


def place_gaps(axis: dict) -> float:
    """Where the crosses of quarters without a value stand: between the lowest line and the edge."""
    low = axis.get("range", TREND_RANGE)[0]
    lowest = axis["tickvals"][0] if "tickvals" in axis else 0
    return round((low + lowest) / 2, 4)


def figure(points: list[dict], unit: ValueUnit, formats: Formats) -> dict:
    """The chart as a dictionary for plotly.js.

    What is the same in every trend stands in the theme: a page holds 35 of them.
    """
    x = [formats.short_period(p["period"]) for p in points]
    axis = _axis(points, unit)
    line = {
        "meta": {"role": "trend"}, "x": x,
        "y": [None if p["value"] is None else round(p["value"], 3) for p in points],
    }  # fmt: skip
    if any(p["ci_low"] is not None for p in points):
        line["error_y"] = {
            "array": [_distance(p["ci_high"], p["value"]) for p in points],
            "arrayminus": [_distance(p["value"], p["ci_low"]) for p in points],
        }
    traces = [line]
    provisional = [
        i for i, p in enumerate(points) if p["value"] is not None and p["is_provisional"]
    ]
    gaps = [i for i, p in enumerate(points) if p["value"] is None]
    if provisional:
        y = [line["y"][i] for i in provisional]
        traces.append(_markers("provisional", [x[i] for i in provisional], y))
    if gaps:
        traces.append(_markers("gap", [x[i] for i in gaps], [place_gaps(axis)] * len(gaps)))
    return {
        "data": traces,
        "layout": {
            "meta": {"role": "trend_share" if unit == "share" else "trend"},
            "xaxis": {"tickvals": list_ticks(points)},
            **({"yaxis": axis} if axis else {}),
        },
    }


def list_ticks(points: list[dict]) -> list[int]:
    """Which quarters have their name at the axis: the first of each year, else the first of all."""
    return [place for place, p in enumerate(points) if p["period"].endswith("Q1")] or [0]


def _distance(upper: float | None, lower: float | None) -> float | None:
    return None if upper is None or lower is None else round(upper - lower, 2)


def _describe_state(point: dict, words: Words) -> str:
    """What is special about a quarter; nothing about one with a score."""
    states = [] if point["status"] == "scored" else [words(f"status.{point['status']}")]
    if point.get("is_kept"):
        states.append(words("kept.quarter"))
    return ", ".join([*states, *([words("status.provisional")] if point["is_provisional"] else [])])


def list_table_rows(
    points: list[dict], unit: ValueUnit, words: Words, formats: Formats
) -> list[tuple]:
    """The quarters as rows of the table twin."""
    return [
        (
            formats.short_period(p["period"]),
            formats.value(p["value"], unit),
            formats.interval(p["ci_low"], p["ci_high"], unit),
            formats.count(p["units_counted"]),
            _describe_state(p, words),
        )
        for p in points
    ]


def _markers(role: str, x: list[str], y: list[float]) -> dict:
    return {"meta": {"role": role}, "x": x, "y": y}


def make_panel(
    key: str, title: str, points: list[dict], unit: ValueUnit, words: Words, formats: Formats
) -> Panel:
    """One indicator's trend as a panel."""
    known = [p for p in points if p["value"] is not None]
    summary = words("trend.none", number=len(points))
    if known:
        summary = words(
            "trend.summary" if len(known) > 1 else "trend.only",
            first=formats.value(known[0]["value"], unit, 0),
            first_period=formats.quarter(known[0]["period"]),
            last=formats.value(known[-1]["value"], unit, 0),
            last_period=formats.quarter(known[-1]["period"]),
        )
    columns = ("quarter", "value", "interval", "n", "status")
    return Panel(
        key=key,
        title=title,
        summary=summary,
        spec=figure(points, unit, formats),
        header=tuple(words(f"column.{column}") for column in columns),
        rows=list_table_rows(points, unit, words, formats),
        is_small=True,
        cells=tuple(p["score_key"] for p in points),
        number_columns=(1, 2, 3),
    )
