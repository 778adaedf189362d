"""The files that all pages of an organisation share, named by their content.

Not here: page markup. The style sheet carries its fonts inside, so that a page opened from disk
shows them in every browser.
"""

import base64
import hashlib
import json
from dataclasses import dataclass
from functools import cache
from importlib import resources

from reports.chart_styles import plot_theme
from reports.theme import css_variables

FONTS = (
    ("Source Sans 3", 400, "source-sans-3-latin-400-normal"),
    ("Source Sans 3", 600, "source-sans-3-latin-600-normal"),
    ("Source Sans 3", 700, "source-sans-3-latin-700-normal"),
    ("Source Serif 4", 600, "source-serif-4-latin-600-normal"),
)
LICENCES = ("plotly-LICENSE.txt", "source-sans-LICENSE.txt", "source-serif-LICENSE.txt")


@dataclass(frozen=True)
class StaticFiles:
    """Contents by published name, and published names by plain name."""

    contents: dict[str, bytes]
    names: dict[str, str]


def _read(*parts: str) -> bytes:
    return resources.files("reports").joinpath("static", *parts).read_bytes()


def _font_faces() -> str:
    faces = []
    for family, weight, file in FONTS:
        data = base64.b64encode(_read("vendor", f"{file}.woff2")).decode()
        faces.append(
            f'@font-face{{font-family:"{family}";font-weight:{weight};font-display:swap;'
            f"src:url(data:font/woff2;base64,{data}) format('woff2')}}"
        )
    return "\n".join(faces)


@cache
def read_static_files() -> StaticFiles:
    """The shared files, read once per process."""
    style = f"{_font_faces()}\n{css_variables()}\n{_read('style.css').decode()}".encode()
    theme = json.dumps(plot_theme(), sort_keys=True, separators=(",", ":"))
    charts = f"window.krachtwerkTheme = {theme};\n{_read('charts.js').decode()}".encode()
    plain = {
        "style.css": style,
        "appearance.js": _read("appearance.js"),
        "charts.js": charts,
        "take.js": _read("take.js"),
        "teams.js": _read("teams.js"),
        "plotly.js": _read("vendor", "plotly-cartesian.min.js"),
    }
    names = {name: _hashed_name(name, content) for name, content in plain.items()}
    contents = {names[name]: content for name, content in plain.items()}
    contents |= {name: _read("vendor", name) for name in LICENCES}
    return StaticFiles(contents, names)


def _hashed_name(name: str, content: bytes) -> str:
    stem, _, suffix = name.partition(".")
    return f"{stem}.{hashlib.sha256(content).hexdigest()[:10]}.{suffix}"
