"""The colours and type of all pages and charts, in light and dark.

One place for every colour: the style sheet gets them as CSS variables, the charts through
``chart_styles``. Not here: what a chart does with them.
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
