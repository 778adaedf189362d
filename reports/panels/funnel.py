"""One share of every own team against its size, between the limits of ordinary spread.

The limits allow for more spread than chance gives (from ten teams on). Teams of other organisations
are a band at most. A place outside says "look", never "bad": every team has the same mark.
"""

from pipelines.catalogue.wording import Words
from pipelines.statistics.funnel import Funnel
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
    names = _place_names(teams, grid)
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
        "separators": formats.plotly_separators,
        "xaxis": {"range": [grid[0] - 1, grid[-1]], "title": {"text": words("comparison.size")}},
    }
    low, high = record["others"]
    if low is not None:
        layout["shapes"] = [
            {"type": "rect", "name": "spread", "xref": "paper", "yref": "y", "x0": 0, "x1": 1,
             "y0": low, "y1": high, "layer": "below"}
        ]  # fmt: skip
    return {"data": data, "layout": layout}


def _place_names(teams: list[dict], grid: list[int]) -> dict[str, tuple[str, str]]:
    """Team -> its name and the side of the mark it stands on."""
    width = grid[-1] - grid[0] + 1
    points = [((row["denominator"] - grid[0] + 1) / width, row["value"], row["team"])
              for row in teams]  # fmt: skip
    return {row["team_id"]: place for row, place in zip(teams, place_names(points), strict=True)}


def make_panel(key: str, title: str, record: dict, words: Words, formats: Formats) -> Panel:
    """The funnel of one measure as a panel; its table is that of the chart beside it."""
    outside = [row["team"] for row in record["teams"] if row["position"] != "within"]
    teams = len(record["teams"])
    if outside:
        summary = words("comparison.funnel_outside", teams=teams, names="; ".join(outside))
    else:
        summary = words("comparison.funnel_within", teams=teams)
    return Panel(key, title, summary, figure(record, words, formats), header=(), rows=[])
