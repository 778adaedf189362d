"""The colours and type of all pages and charts, in light and dark.

One place for every colour: the style sheet gets them as CSS variables, the charts as a template
plus a style per role. A trace names its role in ``meta.role``, a shape or annotation in ``name``;
so a figure holds no colour and the same figure serves both themes. Not here: what is drawn.
"""

FONT = '"Source Sans 3", "Source Sans Pro", "Segoe UI", system-ui, sans-serif'

# One hue from pale to deep. Order is readable without colour vision and in grey print; no colour
# means good or bad. The digit always stands in the mark.
SCALE = {
    1: ("#e4e1d5", "#1d2a33"),
    2: ("#bcd0cf", "#1d2a33"),
    3: ("#86b3b8", "#10222a"),
    4: ("#3d7f8d", "#ffffff"),
    5: ("#0f4a5c", "#ffffff"),
}

LIGHT = {
    "paper": "#fbfaf7",
    "surface": "#ffffff",
    "ink": "#1d2a33",
    "muted": "#55626b",
    "line": "#d9d6cc",
    "grid": "#e9e6dd",
    "accent": "#0f5b70",
    "accent_soft": "#a9cbd2",
    "faint": "#7f8b92",
    "note": "#7a5a12",
    "note_surface": "#fbf3df",
    "focus": "#b3541e",
}

DARK = {
    "paper": "#141b20",
    "surface": "#1c252b",
    "ink": "#e9eef0",
    "muted": "#aab6bc",
    "line": "#36434b",
    "grid": "#2b363d",
    "accent": "#7cc4d4",
    "accent_soft": "#38606b",
    "faint": "#8c999f",
    "note": "#e9c878",
    "note_surface": "#2f2a1b",
    "focus": "#f0a36b",
}

SHARE_RANGE = (-0.04, 1.06)  # of the small charts: marks at 0 and 100% stay whole

# Requirement statuses: one hue, told apart by lightness, pattern and the word beside it.
STATUS_FILL = {
    "met": "accent",
    "uncertain": "accent_soft",
    "not_met": "surface",
    "not_assessable": "grid",
    "not_applicable": "grid",
    "suppressed": "grid",
}

FATE_FILL = {
    "staged": "accent",
    "superseded": "accent_soft",
    "quarantined": "note_surface",
    "not_a_record": "grid",
}


# What became of measurements and goals: one hue and patterns, none of them good or bad.
PART_FILL = {
    "flow_reached": ("accent", ""),
    "flow_not_yet_due": ("surface", ""),
    "flow_ended": ("accent_soft", ""),
    "flow_missed": ("grid", "/"),
    "flow_before_first_record": ("grid", "."),
    "flow_untold": ("grid", "x"),
    "goal_attained": ("accent", ""),
    "goal_partly": ("accent_soft", ""),
    "goal_not_attained": ("surface", "/"),
    "goal_stopped": ("grid", ""),
}


def css_variables() -> str:
    """The style sheet's variables: light, dark by preference, and dark or light by choice."""

    def declare(colours: dict[str, str]) -> str:
        return "".join(f"--{name.replace('_', '-')}:{value};" for name, value in colours.items())

    scale = "".join(f"--score-{n}:{fill};--on-score-{n}:{ink};" for n, (fill, ink) in SCALE.items())
    # Dark is for screens only: paper is white, whatever the screen shows.
    return (
        f":root{{color-scheme:light;{declare(LIGHT)}{scale}--font:{FONT};}}\n"
        "@media screen and (prefers-color-scheme:dark){:root:not([data-theme=light])"
        f"{{color-scheme:dark;{declare(DARK)}}}}}\n"
        f"@media screen{{:root[data-theme=dark]{{color-scheme:dark;{declare(DARK)}}}}}\n"
    )


def plot_theme() -> dict:
    """Light and dark: a Plotly template and the style of each role."""
    return {"light": _plot_theme(LIGHT), "dark": _plot_theme(DARK)}


def _make_limit(colour: str, dash: str) -> dict:
    return {
        "type": "scatter",
        "mode": "lines",
        "hoverinfo": "skip",
        "connectgaps": False,
        "line": {"color": colour, "width": 1.5, "dash": dash},
    }


def _make_pattern(shape: str, colour: dict[str, str]) -> dict:
    return {"shape": shape, "fgcolor": colour["muted"], "size": 6, "solidity": 0.25}


def _plot_theme(colour: dict[str, str]) -> dict:
    axis = {
        "gridcolor": colour["grid"],
        "linecolor": colour["line"],
        "tickcolor": colour["line"],
        "zeroline": False,
        "fixedrange": True,
        "automargin": True,
        "tickfont": {"color": colour["muted"], "size": 13},
        "title": {"font": {"color": colour["muted"], "size": 13}},
    }
    template = {
        "layout": {
            "paper_bgcolor": "rgba(0,0,0,0)",
            "plot_bgcolor": "rgba(0,0,0,0)",
            "font": {"family": FONT, "color": colour["ink"], "size": 14},
            "hoverlabel": {
                "bgcolor": colour["surface"],
                "bordercolor": colour["line"],
                "font": {"family": FONT, "color": colour["ink"], "size": 14},
            },
            "xaxis": axis,
            "yaxis": axis,
            "showlegend": False,
        }
    }
    scale = [[(n - 1) / 4, fill] for n, (fill, _) in SCALE.items()]
    outline = {"color": colour["ink"], "width": 1}
    traces = {
        "bounds": {"line": {"color": colour["accent_soft"], "width": 9}},
        "score": {
            "marker": {
                "color": colour["accent"],
                "line": {"color": colour["surface"], "width": 1.5},
            }
        },
        "previous": {
            "marker": {"color": colour["surface"], "line": {"color": colour["faint"], "width": 1.5}}
        },
        "span": {"line": {"color": colour["ink"], "width": 2}},
        "open": {
            "marker": {"color": colour["surface"], "line": {"color": colour["accent"], "width": 2}}
        },
        "limit_2": _make_limit(colour["faint"], "dash"),
        "limit_3": _make_limit(colour["faint"], "dot"),
        "centre": _make_limit(colour["muted"], "solid"),
        "team": {
            "type": "scatter",
            "mode": "markers",
            "hoverinfo": "text",
            "cliponaxis": False,
            "marker": {
                "size": 11,
                "color": colour["accent"],
                "line": {"color": colour["surface"], "width": 1.5},
            },
            "textfont": {"color": colour["ink"], "size": 12, "shadow": "auto"},
        },
        "team_open": {
            "type": "scatter",
            "mode": "markers",
            "hoverinfo": "text",
            "cliponaxis": False,
            "marker": {
                "size": 11,
                "color": colour["surface"],
                "line": {"color": colour["accent"], "width": 2},
            },
            "textfont": {"color": colour["ink"], "size": 12, "shadow": "auto"},
        },
        "flagged": {
            "type": "scatter",
            "mode": "markers",
            "hoverinfo": "skip",
            "cliponaxis": False,
            "marker": {
                "size": 12,
                "symbol": "diamond",
                "color": colour["surface"],
                "line": {"color": colour["ink"], "width": 2},
            },
        },
        "comparison": {"marker": {"color": colour["muted"]}},
        "between": {"line": {"color": colour["accent_soft"], "width": 5}},
        "audit": {
            "marker": {
                "color": colour["accent"],
                "line": {"color": colour["surface"], "width": 1.5},
            }
        },
        "record": {
            "marker": {
                "color": colour["surface"],
                "symbol": "diamond",
                "line": {"color": colour["accent"], "width": 2},
            }
        },
        "note": {"textfont": {"color": colour["muted"], "size": 13}},
        "interval": {"error_x": {"color": colour["faint"], "thickness": 1.5, "width": 0}},
        "scored": {"marker": {"colorscale": scale, "cmin": 1, "cmax": 5, "line": outline}},
        "unscored": {"marker": {"color": colour["surface"], "line": outline}},
        "trend": {
            "type": "scatter",
            "mode": "lines+markers",
            "line": {"color": colour["accent"], "width": 2},
            "error_y": {
                "type": "data",
                "symmetric": False,
                "color": colour["accent_soft"],
                "thickness": 5,
                "width": 0,
            },
            "marker": {
                "color": colour["accent"],
                "size": 7,
                "line": {"color": colour["accent"], "width": 2},
            },
            "cliponaxis": False,
            "hoverinfo": "text",
        },
        "provisional": {
            "type": "scatter",
            "mode": "markers",
            "marker": {
                "color": colour["surface"],
                "size": 8,
                "line": {"color": colour["accent"], "width": 2},
            },
            "cliponaxis": False,
            "hoverinfo": "skip",
        },
        "gap": {
            "type": "scatter",
            "mode": "markers",
            "marker": {"color": colour["faint"], "symbol": "x-thin-open", "size": 7},
            "cliponaxis": False,
            "hoverinfo": "text",
        },
    }
    for fate, fill in FATE_FILL.items():
        traces[f"fate_{fate}"] = {"marker": {"color": colour[fill], "line": outline}}
    for part, (fill, pattern) in PART_FILL.items():
        traces[part] = {"marker": {"color": colour[fill], "line": outline,
                                   "pattern": _make_pattern(pattern, colour)}}  # fmt: skip
    for status, fill in STATUS_FILL.items():
        pattern = {"not_assessable": "/", "suppressed": "x", "uncertain": "."}.get(status, "")
        traces[f"status_{status}"] = {
            "marker": {
                "color": colour[fill],
                "line": outline,
                "pattern": _make_pattern(pattern, colour),
            },
        }
    trend = {
        "margin": {"l": 8, "r": 10, "t": 6, "b": 22},
        "hovermode": "closest",
        "xaxis": {"type": "category", "showgrid": False},
    }
    shares = {"range": list(SHARE_RANGE), "tickvals": [0, 0.5, 1], "tickformat": ".0%"}
    funnel = {
        "margin": {"l": 8, "r": 16, "t": 8, "b": 44},
        "hovermode": "closest",
        "xaxis": {"showgrid": False, "nticks": 6},
        "yaxis": {"range": list(SHARE_RANGE), "tickformat": ".0%", "nticks": 5},
    }
    scatter = {
        "margin": {"l": 8, "r": 16, "t": 8, "b": 44},
        "hovermode": "closest",
        "xaxis": {"range": [0.8, 5.2], "tickvals": [1, 2, 3, 4, 5], "showgrid": False},
    }
    layouts = {
        "trend": trend,
        "trend_share": {**trend, "yaxis": shares},
        "funnel": funnel,
        "scatter": scatter,
    }
    shapes = {
        "band": {"line": {"color": colour["line"], "width": 1, "dash": "dot"}},
        "spread": {"fillcolor": colour["grid"], "line": {"width": 0}},
        "reference": {"line": {"color": colour["faint"], "width": 1.5, "dash": "dot"}},
    }
    notes = {
        "band": {"font": {"color": colour["muted"], "size": 12}},
        "heading": {"font": {"color": colour["muted"], "size": 13, "weight": 600}},
        "rule": {
            "font": {"color": colour["ink"], "size": 12},
            "arrowcolor": colour["muted"],
            "arrowwidth": 1,
            "bgcolor": colour["surface"],
        },
        "ink": {"font": {"color": colour["ink"], "size": 16}},
        "side": {"font": {"color": colour["muted"], "size": 13}},
    }
    return {
        "template": template,
        "traces": traces,
        "layouts": layouts,
        "shapes": shapes,
        "annotations": notes,
        "on_score": [ink for _, ink in SCALE.values()],
    }
