"""Total of the last audit of every team, with its bounds and the round before; by name."""

from pipelines.catalogue.models.bands import Band
from pipelines.catalogue.wording import Words
from reports.formats import Formats
from reports.panels.panel import Panel, escape_label, row_layout, wrap_label

ROW_HEIGHT = 40


def figure(
    rows: list[dict],
    limits: tuple[float, float],
    steps: tuple[Band, ...],
    words: Words,
    formats: Formats,
) -> dict:
    """The chart as a dictionary for plotly.js.

    Args:
        rows: team, round, score, lowest, highest, band (in words), previous_score, state.
        limits: the lowest and the highest total there can be.
        steps: the bands of the total, highest first.
    """
    at = list(range(len(rows)))
    low, high = limits
    bounds_x: list[float | None] = []
    bounds_y: list[float | None] = []
    for row, y in zip(rows, at, strict=True):
        if row["lowest"] is not None:
            bounds_x += [row["lowest"], row["highest"], None]
            bounds_y += [y, y, None]

    def points(role: str, key: str, size: int, texts: list[str]) -> dict:
        return {
            "type": "scatter", "mode": "markers", "meta": {"role": role}, "y": at,
            "x": [row[key] for row in rows], "marker": {"size": size}, "cliponaxis": False,
            "hovertext": texts, "hoverinfo": "text",
        }  # fmt: skip

    before = [
        words("audits.previous_round", score=formats.score(row["previous_score"])) for row in rows
    ]
    hover = [escape_label(f"{row['round']}: {formats.score(row['score'])} {row['band']}".strip())
             for row in rows]  # fmt: skip
    blank = [(row, y) for row, y in zip(rows, at, strict=True) if row["score"] is None]
    notes = {
        "type": "scatter", "mode": "text", "meta": {"role": "note"}, "x": [low] * len(blank),
        "y": [y for _, y in blank], "text": [row["state"] for row, _ in blank],
        "textposition": "middle right", "hoverinfo": "skip",
    }  # fmt: skip
    labels = [wrap_label(row["team"], 18) for row in rows]
    layout = row_layout(labels, at, ROW_HEIGHT, {"l": 8, "r": 50, "t": 26, "b": 28})
    margin = (high - low) * 0.05
    layout["xaxis"] = {"range": [low - margin, high + margin], "showgrid": False, "nticks": 5}
    inner = [float(step.lower) for step in steps if step.lower is not None]
    layout["shapes"] = [
        {"type": "line", "name": "band", "xref": "x", "yref": "paper", "x0": x, "x1": x, "y0": 0,
         "y1": 1, "layer": "below"}
        for x in inner
    ]  # fmt: skip
    edges = [high, *inner, low]
    layout["annotations"] = [
        {"name": "band", "xref": "x", "yref": "paper", "y": 1, "yanchor": "bottom",
         "x": (edges[index] + edges[index + 1]) / 2, "showarrow": False,
         "text": escape_label(step.label.in_language(words.language))}
        for index, step in enumerate(steps)
    ] + [
        {"name": "ink", "xref": "paper", "yref": "y", "x": 1, "y": y, "xanchor": "left",
         "showarrow": False, "text": formats.score(row["score"])}
        for row, y in zip(rows, at, strict=True)
        if row["score"] is not None
    ]  # fmt: skip
    return {
        "data": [
            {"type": "scatter", "mode": "lines", "meta": {"role": "bounds"}, "x": bounds_x,
             "y": bounds_y, "hoverinfo": "skip", "connectgaps": False},
            points("previous", "previous_score", 9, before),
            points("score", "score", 17, hover),
            notes,
        ],
        "layout": layout,
    }  # fmt: skip


def make_panel(
    key: str,
    title: str,
    rows: list[dict],
    limits: tuple[float, float],
    steps: tuple[Band, ...],
    words: Words,
    formats: Formats,
) -> Panel:
    """The totals as a panel."""
    scored = sum(row["score"] is not None for row in rows)
    columns = ("column.team", "audits.column.round", "audits.column.total", "column.band",
               "column.bounds", "audits.column.previous")  # fmt: skip
    return Panel(
        key=key,
        title=title,
        summary=words("audits.totals_summary", teams=len(rows), scored=scored),
        spec=figure(rows, limits, steps, words, formats),
        header=tuple(words(column) for column in columns),
        rows=[
            (
                row["team"],
                row["round"],
                formats.score(row["score"]),
                row["band"] or row["state"],
                formats.bounds(row["lowest"], row["highest"]),
                formats.score(row["previous_score"]),
            )
            for row in rows
        ],
    )
