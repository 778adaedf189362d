"""One share of every own team against its size, between the limits of ordinary spread.

The limits allow for more spread than chance gives (from ten teams on). Teams of other organisations
are a band at most. A place outside says "look", never "bad": every team has the same mark.
"""

from pipelines.catalogue.wording import Words
from pipelines.statistics.funnel import Funnel
from reports.chart_styles import SHARE_RANGE
from reports.formats import Formats
from reports.panels.name_places import place_names
from reports.panels.panel import Panel, escape_label

HEIGHT = 270
GRID = 14  # points of a limit curve


def records(rows: list[dict]) -> dict:
    """Teams by name, the limits at a grid of sizes, and the spread of the others.

    Args:
        rows: the rows of one measure and year, each with ``team`` (its name).
    """
    teams = sorted(rows, key=lambda row: (row["team"].casefold(), row["team_id"]))
    first = teams[0]
    funnel = Funnel(first["target"], first["funnel_phi"], first["funnel_tau2"], None, ())
    sizes = [row["denominator"] for row in teams]
    low, high = max(2, int(min(sizes) * 0.7)), int(max(sizes) * 1.15) + 1
    grid = sorted({round(low + (high - low) * (i / (GRID - 1)) ** 1.6) for i in range(GRID)})
    limits = {
        sd_count: [funnel.find_limits(size, sd_count) for size in grid] for sd_count in (2, 3)
    }
    return {
        "teams": teams,
        "grid": grid,
        "limits": limits,
        "target": first["target"],
        "others": (first["others_low"], first["others_high"]),
        "is_adjusted": first["funnel_note"] is None,
        "scope": first["scope"],
    }


def figure(record: dict, words: Words, formats: Formats) -> dict:
    """The chart as a dictionary for plotly.js."""
    grid, teams = record["grid"], record["teams"]
    data = [
        {"meta": {"role": f"limit_{sd_count}"}, "x": grid,
         "y": [round(pair[side], 3) for pair in record["limits"][sd_count]]}
        for sd_count in (3, 2)
        for side in (0, 1)
    ]  # fmt: skip
    middle = round(record["target"], 4)
    data.append({"meta": {"role": "centre"}, "x": [grid[0], grid[-1]], "y": [middle, middle]})
    bottom, top = _find_range(record)
    names = _place_names(record, bottom, top)
    settled = [row for row in teams if not row["is_provisional"]]
    for role, chosen in (
        ("team", settled),
        ("team_open", [row for row in teams if row["is_provisional"]]),
    ):
        if not chosen:
            continue
        marks = {
            "meta": {"role": role},
            "x": [row["denominator"] for row in chosen],
            "y": [round(row["value"], 4) for row in chosen],
            "hovertext": [
                escape_label(
                    words("comparison.funnel_hover", team=row["team"], n=row["denominator"],
                          value=formats.percent(row["value"]),
                          position=words(f"comparison.position.{row['position']}"))
                )
                for row in chosen
            ],
        }  # fmt: skip
        named = [names[row["team_id"]] for row in chosen]
        marks |= {
            "mode": "markers+text",
            "text": [escape_label(name) for name, _ in named],
            "textposition": [place for _, place in named],
        }
        data.append(marks)
    layout = {
        "height": HEIGHT,
        "meta": {"role": "funnel"},
        "xaxis": {"range": [grid[0] - 1, grid[-1]], "title": {"text": words("comparison.size")}},
        "yaxis": {"range": [bottom, top]},
    }
    low, high = record["others"]
    if low is not None:
        layout["shapes"] = [
            {"type": "rect", "name": "spread", "xref": "paper", "yref": "y", "x0": 0, "x1": 1,
             "y0": low, "y1": high, "layer": "below"}
        ]  # fmt: skip
    return {"data": data, "layout": layout}


def _find_range(record: dict) -> tuple[float, float]:
    """The ends of the axis: what is drawn, with room for names; never far beyond 0 and 100%."""
    drawn = [row["value"] for row in record["teams"]]
    drawn += [limit for pairs in record["limits"].values() for pair in pairs for limit in pair]
    drawn += [share for share in record["others"] if share is not None]
    margin = max(0.06, (max(drawn) - min(drawn)) * 0.1)
    return (
        round(max(SHARE_RANGE[0], min(drawn) - margin), 3),
        round(min(SHARE_RANGE[1], max(drawn) + margin), 3),
    )


def _place_names(record: dict, bottom: float, top: float) -> dict[str, tuple[str, str]]:
    """Team -> its name and the side of the mark it stands on."""
    grid, teams = record["grid"], record["teams"]

    def place(size: float, share: float) -> tuple[float, float]:
        return (size - grid[0] + 1) / (grid[-1] - grid[0] + 1), (share - bottom) / (top - bottom)

    points = [(*place(row["denominator"], row["value"]), row["team"]) for row in teams]
    curves = [
        [place(size, pair[side]) for size, pair in zip(grid, pairs, strict=True)]
        for pairs in record["limits"].values()
        for side in (0, 1)
    ]
    middle = [place(size, record["target"]) for size in (grid[0], grid[-1])]
    placed = place_names(points, [*curves, middle])
    return {row["team_id"]: one for row, one in zip(teams, placed, strict=True)}


def make_panel(key: str, title: str, record: dict, words: Words, formats: Formats) -> Panel:
    """The funnel of one measure as a panel; its table is that of the chart beside it."""
    outside = [row["team"] for row in record["teams"] if row["position"] != "within"]
    teams = len(record["teams"])
    if outside:
        summary = words("comparison.funnel_outside", names="; ".join(outside))
    else:
        summary = words("comparison.funnel_within", teams=teams)
    return Panel(key, title, summary, figure(record, words, formats), header=(), rows=[])
