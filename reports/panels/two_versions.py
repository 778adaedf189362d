"""The shipped version of a rule beside the organisation's own: a second line, never joined.

A point of one line says nothing about the other: the rule is another one. Where only the score
limits are others the values are the same; then the scores are told and no line is drawn over the
other. What does not belong here: which versions are scored (the organisation's catalogue says so).
"""

from dataclasses import replace

from pipelines.catalogue.models.indicators import ValueUnit
from pipelines.catalogue.wording import Words
from reports.formats import DASH, Formats
from reports.panels.panel import Panel
from reports.panels.trend import list_table_rows


def add_shipped_line(
    panel: Panel,
    own: list[dict],
    kept: list[dict],
    version: int,
    unit: ValueUnit,
    words: Words,
    formats: Formats,
) -> Panel:
    """The trend panel with the values under the shipped rule as a dotted line of their own.

    Args:
        own: one point per quarter, as ``trend.records`` gives them: those of the panel.
        kept: the same of the shipped version.
        version: which one that is.
    """
    if all(p["value"] is None for p in kept):
        return panel
    name = words("method.shipped_version", version=version)
    if [p["value"] for p in own] == [p["value"] for p in kept]:
        return _tell_scores(panel, own, kept, name, words, formats)
    rows = [
        (f"{period}, {name}", *rest)
        for period, *rest in list_table_rows(kept, unit, words, formats)
    ]
    line = {
        "type": "scatter",
        "mode": "lines+markers",
        "meta": {"role": "trend", "first_row": len(panel.rows)},
        "x": [formats.short_period(p["period"]) for p in kept],
        "y": [None if p["value"] is None else round(p["value"], 4) for p in kept],
        "line": {"dash": "dot"},
        "marker": {"symbol": "circle-open"},
        "hovertext": [
            "" if p["value"] is None else " · ".join(cell for cell in row if cell)
            for p, row in zip(kept, rows, strict=True)
        ],
    }
    spec = {**panel.spec, "data": [*panel.spec["data"], line]}
    summary = words("method.two_versions", summary=panel.summary, name=name)
    cells = (*panel.cells, *(p["score_key"] for p in kept))
    return replace(panel, spec=spec, summary=summary, rows=[*panel.rows, *rows], cells=cells)


def _tell_scores(
    panel: Panel, own: list[dict], kept: list[dict], name: str, words: Words, formats: Formats
) -> Panel:
    """The panel with one sentence: the same values, and the last score under both limits."""
    last = max(
        (place for place, p in enumerate(own) if p["score"] is not None), default=len(own) - 1
    )
    scores = [formats.score(points[last]["score"]) or DASH for points in (own, kept)]
    summary = words(
        "method.same_values",
        summary=panel.summary,
        name=name,
        period=formats.period(own[last]["period"]),
        own=scores[0],
        shipped=scores[1],
    )
    return replace(panel, summary=summary)
