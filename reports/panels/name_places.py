"""Where the names beside dots stand so that they cover no other name, dot or line.

A rough guess of the size of a name does: charts are drawn at many widths. What has no free place
keeps its mark and loses its name; pointing at it and the table still give it.
"""

from itertools import pairwise

CHARACTER_WIDTH = 0.019  # of the width of a chart of some 400 pixels
NAME_HEIGHT = 0.075  # of the height of a chart of some 270 pixels
GAP = 0.02
LONGEST = 22
STEPS = 8  # points of a line looked at along a name

Box = tuple[float, float, float, float]
Line = list[tuple[float, float]]  # from left to right, as shares of width and height


def shorten_name(name: str) -> str:
    """The name, or its beginning when it is long."""
    return name if len(name) <= LONGEST else name[: LONGEST - 1].rstrip() + "…"


def _make_box(x: float, y: float, name: str, place: str) -> Box:
    width = CHARACTER_WIDTH * len(name)
    vertical, _, side = place.partition(" ")
    left = {"right": x + GAP, "left": x - GAP - width, "center": x - width / 2}[side]
    bottom = {"top": y + GAP, "bottom": y - GAP - NAME_HEIGHT, "middle": y - NAME_HEIGHT / 2}[
        vertical
    ]
    return left, bottom, left + width, bottom + NAME_HEIGHT


def _overlap(one: Box, other: Box) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]


def _read_line(line: Line, x: float) -> float | None:
    """The height of a line at ``x``; None where it does not come."""
    for (x0, y0), (x1, y1) in pairwise(line):
        if x0 <= x <= x1 and x1 > x0:
            return y0 + (y1 - y0) * (x - x0) / (x1 - x0)
    return None


def _count_crossed(box: Box, lines: list[Line]) -> int:
    """How many lines run through the box."""
    places = [box[0] + (box[2] - box[0]) * step / STEPS for step in range(STEPS + 1)]
    return sum(
        any(
            (height := _read_line(line, x)) is not None and box[1] < height < box[3] for x in places
        )
        for line in lines
    )


def place_names(
    points: list[tuple[float, float, str]], lines: list[Line] | None = None
) -> list[tuple[str, str]]:
    """Per point the shortened name (empty without a free place) and the side it stands on.

    Args:
        points: x and y as shares of the width and height of the chart, and the name.
        lines: what is drawn behind the names; the place that crosses fewest of them is taken.
    """
    taken = [(x - GAP, y - GAP, x + GAP, y + GAP) for x, y, _ in points]
    found: dict[int, tuple[str, str]] = {}
    for index in sorted(range(len(points)), key=lambda i: (-points[i][1], points[i][0], i)):
        x, y, name = points[index]
        short = shorten_name(name)
        sides = ("left", "right") if x > 0.5 else ("right", "left")
        places = [f"{v} {side}" for side in sides for v in ("middle", "top", "bottom")]
        others = taken[:index] + taken[index + 1 :]
        free = [
            (place, box)
            for place in [*places, "top center", "bottom center"]
            for box in (_make_box(x, y, short, place),)
            if box[0] >= 0 and box[2] <= 1 and not any(_overlap(box, other) for other in others)
        ]
        if free:
            place, box = min(free, key=lambda one: _count_crossed(one[1], lines or []))
            found[index] = (short, place)
            taken.append(box)
        else:
            found[index] = ("", "middle right")
    return [found[index] for index in range(len(points))]
