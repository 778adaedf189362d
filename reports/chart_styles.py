"""What the charts get of the theme: a template, and a style for every role that a figure names.

A trace names its role in ``meta.role``, a shape or annotation in ``name``; so a figure holds no
colour and the same figure serves both themes. Not here: the colours, and what is drawn.
"""

from reports.theme import DARK, FONT, LIGHT, SCALE
from reports.trace_styles import list_trace_styles

SHARE_RANGE = (-0.04, 1.06)  # marks at 0 and 100% stay whole
TREND_RANGE = (-0.16, 1.06)  # with room under 0 for the crosses of quarters without a value


def plot_theme() -> dict:
    """Light and dark: a Plotly template and the style of each role."""
    return {"light": _plot_theme(LIGHT), "dark": _plot_theme(DARK)}


def _plot_theme(colour: dict[str, str]) -> dict:
    return {
        "template": _make_template(colour),
        "traces": list_trace_styles(colour),
        "layouts": _list_layouts(),
        "shapes": _list_shapes(colour),
        "annotations": _list_notes(colour),
        "on_score": [ink for _, ink in SCALE.values()],
    }


def _make_template(colour: dict[str, str]) -> dict:
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
    return {
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


def _list_layouts() -> dict[str, dict]:
    trend = {
        "margin": {"l": 8, "r": 10, "t": 6, "b": 22},
        "hovermode": "closest",
        "xaxis": {"type": "category", "showgrid": False},
    }
    shares = {"range": list(TREND_RANGE), "tickvals": [0, 0.5, 1], "tickformat": ".0%"}
    funnel = {
        "margin": {"l": 8, "r": 16, "t": 8, "b": 44},
        "hovermode": "closest",
        "xaxis": {"showgrid": False, "nticks": 6},
        "yaxis": {"tickformat": ".0%", "nticks": 5},
    }
    scatter = {
        "margin": {"l": 8, "r": 16, "t": 8, "b": 44},
        "hovermode": "closest",
        "xaxis": {"range": [0.8, 5.2], "tickvals": [1, 2, 3, 4, 5], "showgrid": False},
    }
    return {
        "trend": trend,
        "trend_share": {**trend, "yaxis": shares},
        "funnel": funnel,
        "scatter": scatter,
    }


def _list_shapes(colour: dict[str, str]) -> dict[str, dict]:
    return {
        "band": {"line": {"color": colour["line"], "width": 1, "dash": "dot"}},
        "spread": {"fillcolor": colour["grid"], "line": {"width": 0}},
        "reference": {"line": {"color": colour["faint"], "width": 1.5, "dash": "dot"}},
    }


def _list_notes(colour: dict[str, str]) -> dict[str, dict]:
    return {
        "band": {"font": {"color": colour["muted"], "size": 12}},
        "heading": {"font": {"color": colour["muted"], "size": 13, "weight": 600}},
        "rule": {
            "font": {"color": colour["ink"], "size": 12},
            "arrowcolor": colour["muted"],
            "arrowwidth": 1,
            "bgcolor": colour["surface"],
        },
        # beside a row, at its right: in pixels, so that it stays clear of a mark at the edge
        "ink": {"xshift": 12, "font": {"color": colour["ink"], "size": 16}},
        "side": {"xshift": 12, "font": {"color": colour["muted"], "size": 13}},
    }
