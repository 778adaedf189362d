"""Own teams with their fidelity and the change of their clients; no line through the dots.

Teams of other organisations are never drawn: a dot would be their number.
"""

from pipelines.catalogue.wording import Words
from pipelines.protection.told_rows import name_told_row
from reports.formats import Formats
from reports.outcome_words import show_signed
from reports.panels.name_places import place_names
from reports.panels.panel import NO_COUNT, Panel, escape_label

HEIGHT = 300


def records(rows: list[dict], teams: dict[str, str]) -> list[dict]:
    """The own teams by name, hidden ones included.

    Args:
        rows: one row per team, over all its years.
        teams: team -> its name.
    """
    named = [row | {"team": teams.get(row["team_id"], row["team_id"])} for row in rows]
    return sorted(named, key=lambda row: (row["team"].casefold(), row["team_id"]))


def figure(records: list[dict], words: Words, formats: Formats) -> dict:
    """The chart as a dictionary for plotly.js."""
    shown = [row for row in records if not row["is_suppressed"]]
    changes = [row["mean_improvement"] for row in shown]
    low, high = min([0.0, *changes]), max([0.0, *changes])
    margin = (high - low or 1.0) * 0.18
    bottom, top = low - margin, high + margin
    places = place_names(
        [((row["fidelity"] - 0.8) / 4.4, (row["mean_improvement"] - bottom) / (top - bottom),
          row["team"]) for row in shown]
    )  # fmt: skip
    return {
        "data": [
            {
                "meta": {"role": "team"},
                "mode": "markers+text",
                "x": [round(row["fidelity"], 3) for row in shown],
                "y": [round(row["mean_improvement"], 3) for row in shown],
                "text": [escape_label(name) for name, _ in places],
                "textposition": [place for _, place in places],
                "hovertext": [
                    escape_label(
                        words(
                            "research.points_hover",
                            team=row["team"],
                            fidelity=formats.score(row["fidelity"]),
                            change=show_signed(formats, row["mean_improvement"]),
                            n=formats.count(row["completers_count"]),
                        )
                    )
                    for row in shown
                ],
            }
        ],
        "layout": {
            "height": HEIGHT,
            "meta": {"role": "scatter"},
            "xaxis": {"title": {"text": words("research.axis_fidelity")}},
            "yaxis": {
                "title": {"text": words("research.axis_change")},
                "range": [round(bottom, 3), round(top, 3)],
                "nticks": 6,
            },
            "shapes": [
                {"type": "line", "name": "reference", "xref": "paper", "yref": "y", "x0": 0,
                 "x1": 1, "y0": 0, "y1": 0, "layer": "below"}
            ],
        },
    }  # fmt: skip


def make_panel(
    key: str, title: str, records: list[dict], words: Words, formats: Formats
) -> Panel | None:
    """The own teams as a panel; None when not one of them may be shown."""
    shown = [row for row in records if not row["is_suppressed"]]
    if not shown:
        return None
    columns = ("team", "fidelity", "change", "n", "state")
    return Panel(
        key=key,
        title=title,
        summary=words("research.points_summary", teams=len(records), shown=len(shown)),
        spec=figure(records, words, formats),
        header=tuple(words(f"research.column.{column}") for column in columns),
        rows=[
            (
                row["team"],
                formats.number(row["fidelity"], 2),
                show_signed(formats, row["mean_improvement"]),
                formats.count(row["completers_count"]),
                words("research.status.suppressed") if row["is_suppressed"] else "",
            )
            for row in records
        ],
        cells=tuple(name_told_row("fidelity_outcome_point", row) for row in records),
        number_columns=(1, 2, 3, NO_COUNT),
    )
