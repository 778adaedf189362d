"""What every chart brings along: a title, one sentence, the figure, and its data as a table."""

import json
import textwrap
from dataclasses import dataclass, field

from markupsafe import Markup

NO_COUNT = -1  # as last of the columns of numbers: none of them is the n of a score


@dataclass(frozen=True)
class Panel:
    """One chart as a page shows it."""

    key: str  # unique on its page
    title: str
    summary: str  # what it shows, in one sentence; also what a screen reader says
    spec: dict  # {"data": [...], "layout": {...}} for plotly.js
    header: tuple[str, ...]
    rows: list[tuple[str, ...]] = field(default_factory=list)
    legend: tuple[tuple[str, str], ...] = ()  # (role, words) of the fills that occur
    is_small: bool = False
    # For the check of what was written: the score key of each row (None: no figure), and which
    # columns hold its numbers, the last of these its n.
    cells: tuple[str | None, ...] = ()
    number_columns: tuple[int, ...] = ()
    cells_before: tuple[str | None, ...] = ()  # of the last column: the same of an earlier period

    @property
    def cell_codes(self) -> Markup:
        """The figures of the rows as JSON that is safe between single quotes."""
        return _encode_cells(self.cells)

    @property
    def cell_codes_before(self) -> Markup:
        """The figures of the last column as JSON that is safe between single quotes."""
        return _encode_cells(self.cells_before)

    @property
    def height(self) -> int | None:
        """Height in CSS pixels, reserved before it is drawn; None: as the style sheet says."""
        return self.spec["layout"].get("height")

    @property
    def height_class(self) -> str:
        """The class whose rule reserves the height (:mod:`reports.inline_style`)."""
        return f"h{self.height}"


def list_quarter_keys(first: str, number: int) -> list[str]:
    """The score key of a quarter and of those after it; nothing when it is not of a quarter."""
    head, mark, tail = first.rpartition("-Q")
    if not mark:
        return []
    start = int(head[-4:]) * 4 + int(tail[0]) - 1
    return [
        f"{head[:-4]}{place // 4}-Q{place % 4 + 1}{tail[1:]}"
        for place in range(start, start + number)
    ]


def _encode_cells(cells: tuple[str | None, ...]) -> Markup:
    """The names as a JSON list; what all have in common stands once.

    Safe between single quotes: a page holds dozens of these, and an escaped quote is long.
    """
    known = [key for key in cells if key]
    start = _find_common_start(known)
    end = _find_common_start([key[len(start) :][::-1] for key in known])[::-1]
    parts: list | int = [key and key[len(start) : len(key) - len(end)] for key in cells]
    if len(known) > 1 and list(cells) == list_quarter_keys(known[0], len(known)):
        start, end, parts = known[0], "", len(known)  # quarter after quarter
    codes = json.dumps([start, end, parts], separators=(",", ":"), ensure_ascii=False)
    return Markup(codes.replace("&", "&amp;").replace("<", "&lt;").replace("'", "&#39;"))


def _find_common_start(texts: list[str]) -> str:
    """What all texts begin with."""
    if not texts:
        return ""
    # what the first and the last in order share, all between them share
    first, last = min(texts), max(texts)
    length = next(
        (place for place, (a, b) in enumerate(zip(first, last, strict=False)) if a != b),
        len(first),
    )
    return first[:length]


def wrap_label(text: str, width: int = 24) -> str:
    """The text over several lines, as plotly.js breaks them; markup in names is shown as text."""
    lines = textwrap.wrap(text, width, max_lines=3, placeholder=" …") or [""]
    return "<br>".join(escape_label(line) for line in lines)


def escape_label(text: str) -> str:
    """Text that plotly.js shows as it is: it reads some HTML tags in labels and hover texts."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def row_layout(labels: list[str], positions: list[float], row_height: int, margin: dict) -> dict:
    """Layout parts of a chart whose rows stand below each other, first row on top."""
    height = int(row_height * (max(positions, default=0) + 1)) + margin["t"] + margin["b"]
    return {
        "height": height,
        "margin": margin,
        "hovermode": "closest",
        "yaxis": {
            "tickmode": "array",
            "tickvals": positions,
            "ticktext": labels,
            "range": [max(positions, default=0) + 0.6, -0.6],
            "showgrid": False,
            "ticklen": 0,
            "ticklabelstandoff": 8,
        },
    }
