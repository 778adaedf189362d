"""One measure by quarter with limits of ordinary variation; a rule that fired stands at its point.

Fewer than 12 settled quarters: a line without limits, marked provisional. A gap is not bridged. A
flagged point asks for a look; it is no judgement and may be chance.
"""

from pipelines.catalogue.models.indicators import ValueUnit
from pipelines.catalogue.wording import Words
from pipelines.protection.told_rows import name_told_row
from reports.formats import Formats
from reports.panels.panel import NO_COUNT, Panel, escape_label
from reports.panels.trend import RATING_AXIS, list_ticks, place_gaps


def records(rows: list[dict]) -> list[dict]:
    """The points of one series in the order of time, each with the names of its rules."""
    return [
        {**row, "rules": [rule for rule in (row["rules"] or "").split(", ") if rule]}
        for row in sorted(rows, key=lambda row: row["period"])
    ]


def _find_starts(points: list[dict]) -> list[tuple[int, str]]:
    """Where each rule begins to flag: its name once for a run of points, not at each."""
    starts = []
    for place, point in enumerate(points):
        before = points[place - 1]["rules"] if place else []
        starts += [(place, rule) for rule in point["rules"] if rule not in before]
    return starts


def figure(points: list[dict], unit: ValueUnit, words: Words, formats: Formats) -> dict:
    """The chart as a dictionary for plotly.js."""
    x = [formats.short_period(point["period"]) for point in points]
    data = []
    for name, role in (
        ("lower_limit", "limit_3"),
        ("upper_limit", "limit_3"),
        ("centre", "centre"),
    ):
        line = [point[name] for point in points]
        if any(value is not None for value in line):
            data.append({"meta": {"role": role}, "x": x, "y": [_cut(value) for value in line]})
    data.append(
        {"meta": {"role": "trend"}, "x": x, "y": [_cut(point["value"]) for point in points]}
    )
    for role, chosen in (
        ("provisional", [i for i, p in enumerate(points)
                         if p["value"] is not None and p["is_provisional"]]),
        ("flagged", [i for i, p in enumerate(points) if p["rules"]]),
    ):  # fmt: skip
        if chosen:
            data.append({"meta": {"role": role}, "x": [x[i] for i in chosen],
                         "y": [_cut(points[i]["value"]) for i in chosen]})  # fmt: skip
    axis = _make_axis(points, unit)
    gaps = [i for i, p in enumerate(points) if p["value"] is None]
    if gaps:
        floor = place_gaps(axis)
        data.append({"meta": {"role": "gap"}, "x": [x[i] for i in gaps], "y": [floor] * len(gaps)})
    return {
        "data": data,
        "layout": {
            "meta": {"role": "trend_share" if unit == "share" else "trend"},
            "xaxis": {"tickvals": list_ticks(points)},
            **({"yaxis": axis} if axis else {}),
            "annotations": [
                {"name": "rule", "x": x[i], "y": _cut(points[i]["value"]),
                 "text": escape_label(words(f"comparison.rule_short.{rule}")),
                 "showarrow": True, "arrowhead": 0, "ax": 0, "ay": -26 - 15 * order}
                for order, (i, rule) in _number_within_place(_find_starts(points))
            ],
        },
    }  # fmt: skip


def _number_within_place(starts: list[tuple[int, str]]) -> list[tuple[int, tuple[int, str]]]:
    counts: dict[int, int] = {}
    numbered = []
    for place, rule in starts:
        numbered.append((counts.get(place, 0), (place, rule)))
        counts[place] = counts.get(place, 0) + 1
    return numbered


def _cut(value: float | None) -> float | None:
    return None if value is None else round(value, 3)


def _make_axis(points: list[dict], unit: ValueUnit) -> dict:
    if unit == "share":
        return {}  # the axis of the theme
    if unit == "rating":
        return RATING_AXIS
    highest = max(
        (p[name] for p in points for name in ("value", "upper_limit") if p[name] is not None),
        default=1,
    )
    return {
        "range": [round(-0.16 * (highest or 1), 2), round(1.2 * (highest or 1), 2)],
        "nticks": 3,
    }


def make_panel(
    key: str, title: str, points: list[dict], unit: ValueUnit, words: Words, formats: Formats
) -> Panel:
    """One measure over time as a panel."""
    flagged = [point for point in points if point["rules"]]
    last = points[-1]
    if last["chart_kind"] == "run":
        reason = "hidden" if last["chart_reason"] == "baseline_hidden" else "provisional"
        summary = words(f"comparison.time_{reason}", points=last["points_count"])
    elif flagged:
        names = sorted({rule for point in flagged for rule in point["rules"]})
        summary = words(
            "comparison.time_flagged",
            points=len(flagged),
            rules="; ".join(words(f"comparison.rule.{name}") for name in names),
            share=formats.percent(last["false_flag_share"]),
        )
    else:
        summary = words("comparison.time_quiet", share=formats.percent(last["false_flag_share"]))
    columns = ("quarter", "value", "limits", "rule")
    return Panel(
        key=key,
        title=title,
        summary=summary,
        spec=figure(points, unit, words, formats),
        header=tuple(words(f"comparison.column.{column}") for column in columns),
        rows=[
            (
                formats.short_period(point["period"]),
                words("status.suppressed")
                if point["is_suppressed"]
                else formats.value(point["value"], unit),
                formats.interval(point["lower_limit"], point["upper_limit"], unit),
                ", ".join(words(f"comparison.rule.{rule}") for rule in point["rules"])
                or (words("status.provisional") if point["is_provisional"] else ""),
            )
            for point in points
        ],
        is_small=True,
        cells=tuple(name_told_row("monitoring_point", point) for point in points),
        number_columns=(1, NO_COUNT),
    )
