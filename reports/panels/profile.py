"""Record profile of one entity in one year: score and bounds per part, last year beside it."""

import pandas as pd

from pipelines.catalogue.models.bands import BandSet
from pipelines.catalogue.wording import Words
from pipelines.protection.told_rows import name_told_row
from reports.formats import Formats
from reports.panels.panel import NO_COUNT, Panel, escape_label, row_layout, wrap_label
from reports.tables import to_rows

GROUPS = (("total",), ("structure", "supervision", "practice"), ("C", "E", "W", "M"))
PARTS = tuple(part for group in GROUPS for part in group)
SUBSCALES = ("total", "structure", "supervision", "practice")
WITH_SCORE = ("shown", "single_indicator")


def records(profile: pd.DataFrame, period: str | None, previous: str | None) -> list[dict]:
    """One record per part that has a row in ``period``, in fixed order, with last year's score."""
    now = {row["part"]: row for row in to_rows(profile[profile["period"] == period])}
    before = {row["part"]: row for row in to_rows(profile[profile["period"] == previous])}
    return [
        {**now[part], "previous_score": before.get(part, {}).get("score"),
         "previous_period": previous}
        for part in PARTS
        if part in now
    ]  # fmt: skip


def name_band(band: str, bands: BandSet, words: Words) -> str:
    """The word for a band; two bounds in different bands have no band."""
    labels = {step.band: step.label.in_language(words.language) for step in bands.steps}
    return labels.get(band) or words(f"band.{band}")


def say_band(band: str, bands: BandSet, words: Words) -> str:
    """A band as part of a sentence: the bare word for the middle one would read as a mean."""
    labels = {step.band: step.label.in_language(words.language) for step in bands.steps}
    return words("band.level", band=labels[band]) if band in labels else words(f"band.{band}")


def describe(record: dict, bands: BandSet, words: Words, formats: Formats) -> str:
    """One part in words: its score, band and bounds, or why there is no score."""
    name = words(f"part.{record['part']}")
    if record["status"] not in WITH_SCORE:
        return words("profile.no_score", part=name, why=words(f"profile_status.{record['status']}"))
    is_complete = record["indicators_scored"] == record["indicators_applicable"]
    return words(
        "profile.complete" if is_complete else "profile.with_score",
        part=name,
        score=formats.score(record["score"]),
        band=say_band(record["band"], bands, words),
        lowest=formats.score(record["lowest"]),
        highest=formats.score(record["highest"]),
        scored=formats.count(record["indicators_scored"]),
        applicable=formats.count(record["indicators_applicable"]),
    )


def _positions(rows: list[dict]) -> list[float]:
    group_of = {part: number for number, group in enumerate(GROUPS) for part in group}
    return [index + 0.45 * group_of[row["part"]] for index, row in enumerate(rows)]


def figure(
    rows: list[dict],
    bands: BandSet,
    words: Words,
    formats: Formats,
    sole: dict[str, str] | None = None,
    everyone: dict[str, float] | None = None,
    is_small: bool = False,
) -> dict:
    """The chart as a dictionary for plotly.js.

    Args:
        sole: part -> name of its only applicable indicator, for parts of one indicator.
        everyone: part -> score over all organisations together.
    """
    at = _positions(rows)
    bounds_x: list[float | None] = []
    bounds_y: list[float | None] = []
    for row, y in zip(rows, at, strict=True):
        if row["lowest"] is not None and row["highest"] is not None:
            bounds_x += [round(row["lowest"], 4), round(row["highest"], 4), None]
            bounds_y += [y, y, None]
    traces = [
        {"type": "scatter", "mode": "lines", "meta": {"role": "bounds"}, "x": bounds_x,
         "y": bounds_y, "hoverinfo": "skip", "connectgaps": False},
        _points("previous", [row["previous_score"] for row in rows], at, {"size": 9}),
    ]  # fmt: skip
    if everyone:
        scores = [everyone.get(row["part"]) for row in rows]
        texts = [words("profile.everyone", score=formats.score(score)) for score in scores]
        traces.append(
            _points("comparison", scores, at, {"symbol": "line-ns-open", "size": 18}, texts)
        )
    traces.append(_points("score", [row["score"] for row in rows], at, {"size": 17}))
    hidden = [(row, y) for row, y in zip(rows, at, strict=True) if row["status"] not in WITH_SCORE]
    traces.append(
        {"type": "scatter", "mode": "text", "meta": {"role": "note"},
         "x": [1] * len(hidden),
         "y": [y - (0.3 if row["lowest"] is not None else 0) for row, y in hidden],
         "text": [words(f"profile_status_short.{row['status']}") for row, _ in hidden],
         "textposition": "middle right", "hoverinfo": "skip"}
    )  # fmt: skip
    labels = []
    for row in rows:
        label = wrap_label(words(f"part.{row['part']}"), 22)
        if row["status"] == "single_indicator" and sole and row["part"] in sole:
            label += "<br>" + wrap_label(words("profile.sole", indicator=sole[row["part"]]), 24)
        labels.append(label)
    layout = row_layout(labels, at, 30 if is_small else 36, {"l": 8, "r": 50, "t": 26, "b": 26})
    layout["xaxis"] = {"range": [0.8, 5.2], "tickvals": [1, 2, 3, 4, 5], "showgrid": False}
    limits = [float(step.lower) for step in bands.steps if step.lower is not None]
    layout["shapes"] = [
        {"type": "line", "name": "band", "xref": "x", "yref": "paper", "x0": x, "x1": x, "y0": 0,
         "y1": 1, "layer": "below"}
        for x in limits
    ]  # fmt: skip
    edges = [5.0, *limits, 1.0]
    layout["annotations"] = [
        {"name": "band", "xref": "x", "yref": "paper", "x": (edges[index] + edges[index + 1]) / 2,
         "y": 1, "yanchor": "bottom", "showarrow": False,
         "text": escape_label(step.label.in_language(words.language))}
        for index, step in enumerate(bands.steps)
        # On a small chart the words of neighbours would run into each other.
        if not is_small or index in (0, len(bands.steps) - 1)
    ] + [
        {"name": "ink", "xref": "paper", "yref": "y", "x": 1, "y": y, "xanchor": "left",
         "showarrow": False, "text": formats.score(row["score"])}
        for row, y in zip(rows, at, strict=True)
        if row["status"] in WITH_SCORE
    ]  # fmt: skip
    return {"data": traces, "layout": layout}


def _points(
    role: str, x: list, y: list[float], marker: dict, hover: list[str] | None = None
) -> dict:
    """Marks of one kind; without words of their own, pointing at one shows its row of the table."""
    return {
        "type": "scatter", "mode": "markers", "meta": {"role": role}, "y": y,
        "x": [value and round(value, 4) for value in x], "hoverinfo": "text", "marker": marker,
        "cliponaxis": False, **({"hovertext": hover} if hover else {}),
    }  # fmt: skip


def make_panel(
    key: str,
    title: str,
    rows: list[dict],
    bands: BandSet,
    words: Words,
    formats: Formats,
    **options,
) -> Panel:
    """The record profile as a panel; ``options`` go to :func:`figure`."""
    total = next((row for row in rows if row["part"] == "total"), None)
    summary = describe(total, bands, words, formats) if total else words("profile.none")
    table = [
        (
            words(f"part.{row['part']}"),
            formats.score(row["score"]),
            name_band(row["band"], bands, words)
            if row["band"]
            else words(f"profile_status.{row['status']}"),
            formats.bounds(row["lowest"], row["highest"]),
            words("profile.n_of_n", scored=formats.count(row["indicators_scored"]),
                  applicable=formats.count(row["indicators_applicable"])),
            formats.score(row["previous_score"]),
        )
        for row in rows
    ]  # fmt: skip
    columns = ("part", "score", "band", "bounds", "indicators", "previous")
    return Panel(
        key=key,
        title=title,
        summary=summary,
        spec=figure(rows, bands, words, formats, **options),
        header=tuple(words(f"column.{column}") for column in columns),
        rows=table,
        is_small=options.get("is_small", False),
        cells=tuple(name_told_row("record_profile", row) for row in rows),
        number_columns=(1, 3, 4, NO_COUNT),
        cells_before=tuple(
            name_told_row("record_profile", {**row, "period": row.get("previous_period")})
            for row in rows
        ),
    )
