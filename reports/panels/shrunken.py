"""Every own team on one measure, by name: shrunken value with its 95 % interval, and the raw value.

A small team is pulled towards the common mean, because an extreme result of a few is mostly luck.
Ranks appear in words only, and only as the range they can be in.
"""

from pipelines.catalogue.wording import Words
from pipelines.protection.told_rows import name_told_row
from reports.formats import DASH, Formats
from reports.panels.interval_rows import Axis, Row, draw_rows, find_range
from reports.panels.panel import NO_COUNT, Panel


def records(rows: list[dict]) -> list[dict]:
    """The teams of one measure and year, by name; never by a value."""
    return sorted(rows, key=lambda row: (row["team"].casefold(), row["team_id"]))


def show_value(value: float | None, unit: str, formats: Formats) -> str:
    """A value of a comparison in its own unit: a share, or a number."""
    if unit == "share":
        return formats.percent(value)
    return formats.number(value, 1)


def _show_interval(row: dict, unit: str, formats: Formats) -> str:
    if row["shrunken_low"] is None:
        return DASH
    if unit == "share":
        return formats.interval(row["shrunken_low"], row["shrunken_high"], "share")
    low, high = (formats.number(row[f"shrunken_{end}"], 1) for end in ("low", "high"))
    return f"{low} {formats.words('outcomes.to')} {high}"


def describe_rank(row: dict, words: Words) -> str:
    """Where the team can stand from low to high, in words; mostly that this cannot be told."""
    low, high, teams = row["rank_low"], row["rank_high"], row["teams_count"]
    if low is None or (low == 1 and high == teams):
        return words("comparison.rank_unknown")
    if low == high:
        return words("comparison.rank_one", place=low, teams=teams)
    return words("comparison.rank_between", low=low, high=high, teams=teams)


def name_compared(row: dict) -> str:
    """The figure of a team that is held beside others, as other pages name it."""
    if row["subject"] == "indicator":
        return "|".join((row["measure"], row["organisation_id"], row["team_id"], row["period"],
                         f"v{row['indicator_version']:.0f}"))  # fmt: skip
    return name_told_row(row["subject"], {"level": "team", "breakdown": "total", **row})


def figure(rows: list[dict], unit: str, words: Words, formats: Formats) -> dict:
    """The chart as a dictionary for plotly.js."""
    is_share = unit == "share"
    lines = [
        Row(
            label=row["team"],
            value=row["shrunken_value"] if row["shrunken_value"] is not None else row["value"],
            low=row["shrunken_low"],
            high=row["shrunken_high"],
            previous=row["value"] if row["shrunken_value"] is not None else None,
            side=words("outcomes.n", n=formats.count(row["denominator"])),
            hover=f"{row['team']}: {show_value(row['shrunken_value'], unit, formats)} "
            f"({_show_interval(row, unit, formats)}), {describe_rank(row, words)}",
            is_provisional=bool(row["is_provisional"]),
        )
        for row in rows
    ]
    target = rows[0]["target"]
    low, high = (-0.03, 1.03) if is_share else find_range(lines, target)
    name = words("comparison.target") if target is not None else ""
    axis = Axis(low, high, ".0%" if is_share else "", reference=target, reference_label=name)
    return draw_rows(lines, axis, formats, 20)


def make_panel(
    key: str, title: str, rows: list[dict], unit: str, words: Words, formats: Formats
) -> Panel:
    """The comparison of one measure as a panel."""
    unknown = sum(
        row["rank_low"] is None or (row["rank_low"], row["rank_high"]) == (1, row["teams_count"])
        for row in rows
    )
    same = rows[0]["shrinkage_tau2"] == 0
    summary = "same" if same else {0: "told", len(rows): "none"}.get(unknown, "some")
    columns = ["team", "value", "n", "position", "shrunken", "interval", "rank"]
    if rows[0]["value_kind"] != "share":
        columns.remove("position")
    table = []
    for row in rows:
        position = f"comparison.position.{row['position']}"
        cells = {
            "team": row["team"],
            "value": show_value(row["value"], unit, formats),
            "n": formats.count(row["denominator"]),
            "position": words(position) if row["position"] else DASH,
            "shrunken": show_value(row["shrunken_value"], unit, formats),
            "interval": _show_interval(row, unit, formats),
            "rank": describe_rank(row, words),
        }
        table.append(tuple(cells[column] for column in columns))
    return Panel(
        key=key,
        title=title,
        summary=words(f"comparison.shrunken_{summary}", teams=len(rows), unknown=unknown),
        spec=figure(rows, unit, words, formats),
        header=tuple(words(f"comparison.column.{column}") for column in columns),
        rows=table,
        cells=tuple(name_compared(row) for row in rows),
        number_columns=(*range(1, len(columns)), NO_COUNT),
    )
