"""How each role of a trace looks: the marks, lines and fills of a chart, in colours of a theme.

Not here: axes, shapes and words around marks (``chart_styles``), and which trace has which role.
"""

from reports.theme import SCALE

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


def list_trace_styles(colour: dict[str, str]) -> dict[str, dict]:
    """Role -> what a trace of that role gets, unless its figure says otherwise.

    Args:
        colour: name -> colour, of the light or the dark theme.
    """
    scale = [[(n - 1) / 4, fill] for n, (fill, _) in SCALE.items()]
    outline = {"color": colour["ink"], "width": 1}
    return {
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
        "team": _make_team(colour, {"color": colour["surface"], "width": 1.5}, "accent"),
        "team_open": _make_team(colour, {"color": colour["accent"], "width": 2}, "surface"),
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
        **_list_fills(colour, outline),
    }


def _list_fills(colour: dict[str, str], outline: dict) -> dict[str, dict]:
    traces: dict[str, dict] = {}
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
    return traces


def _make_team(colour: dict[str, str], line: dict, fill: str) -> dict:
    """The mark of a team, with its name beside it."""
    return {
        "type": "scatter",
        "mode": "markers",
        "hoverinfo": "text",
        "cliponaxis": False,
        "marker": {"size": 11, "color": colour[fill], "line": line},
        "textfont": {"color": colour["ink"], "size": 12, "shadow": "auto"},
    }


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
