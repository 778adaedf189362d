"""The shipped version of a rule beside the organisation's own: a second line, never joined.

A point of one line says nothing about the other: the rule is another one. What does not belong
here: which versions are scored (the organisation's catalogue says so).
"""

from dataclasses import replace

from pipelines.catalogue.models.indicators import ValueUnit
from pipelines.catalogue.wording import Words
from reports.formats import Formats
from reports.panels.panel import Panel


def add_shipped_line(
    panel: Panel, points: list[dict], version: int, unit: ValueUnit, words: Words, formats: Formats
) -> Panel:
    """The trend panel with the values under the shipped rule as a dotted line of their own.

    Args:
        points: one per quarter, as ``trend.records`` gives them, of the shipped version.
        version: which one that is.
    """
    if all(p["value"] is None for p in points):
        return panel
    name = words("method.shipped_version", version=version)
    rows = [
        (
            f"{formats.short_period(p['period'])}, {name}",
            formats.value(p["value"], unit),
            formats.interval(p["ci_low"], p["ci_high"], unit),
            formats.count(p["units_counted"]),
            words(f"status.{p['status']}"),
        )
        for p in points
    ]
    line = {
        "type": "scatter",
        "mode": "lines+markers",
        "meta": {"role": "trend", "first_row": len(panel.rows)},
        "x": [formats.short_period(p["period"]) for p in points],
        "y": [None if p["value"] is None else round(p["value"], 4) for p in points],
        "line": {"dash": "dot"},
        "marker": {"symbol": "circle-open"},
        "hovertext": [
            "" if p["value"] is None else " · ".join(cell for cell in row if cell)
            for p, row in zip(points, rows, strict=True)
        ],
    }
    spec = {**panel.spec, "data": [*panel.spec["data"], line]}
    summary = words("method.two_versions", summary=panel.summary, name=name)
    cells = (*panel.cells, *(p["score_key"] for p in points))
    return replace(panel, spec=spec, summary=summary, rows=[*panel.rows, *rows], cells=cells)
