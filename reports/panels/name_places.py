"""Where the names beside dots stand so that they do not cover each other or a dot.

A rough guess of the size of a name does: charts are drawn at many widths. What has no free place
keeps its mark and loses its name; pointing at it and the table still give it.
"""

CHARACTER_WIDTH = 0.019  # of the width of a chart of some 400 pixels
NAME_HEIGHT = 0.075  # of the height of a chart of some 270 pixels
GAP = 0.02
LONGEST = 18

Box = tuple[float, float, float, float]


def shorten_name(name: str) -> str:
    """The name, or its beginning when it is long."""
    return name if len(name) <= LONGEST else name[: LONGEST - 1].rstrip() + "…"


def _make_box(x: float, y: float, name: str, place: str) -> Box:
    width = CHARACTER_WIDTH * len(name)
    vertical, _, side = place.partition(" ")
    left = x + GAP if side == "right" else x - GAP - width
    bottom = {"top": y + GAP, "bottom": y - GAP - NAME_HEIGHT, "middle": y - NAME_HEIGHT / 2}[
        vertical
    ]
    return left, bottom, left + width, bottom + NAME_HEIGHT


def _overlap(one: Box, other: Box) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]


def place_names(points: list[tuple[float, float, str]]) -> list[tuple[str, str]]:
    """Per point the shortened name (empty without a free place) and the side it stands on.

    Args:
        points: x and y as shares of the width and height of the chart, and the name.
    """
    taken = [(x - GAP, y - GAP, x + GAP, y + GAP) for x, y, _ in points]
    found: dict[int, tuple[str, str]] = {}
    for index in sorted(range(len(points)), key=lambda i: (-points[i][1], points[i][0], i)):
        x, y, name = points[index]
        short = shorten_name(name)
        sides = ("left", "right") if x > 0.5 else ("right", "left")
        places = [f"{v} {side}" for side in sides for v in ("middle", "top", "bottom")]
        for place in places:
            box = _make_box(x, y, short, place)
            others = taken[:index] + taken[index + 1 :]
            if box[0] >= 0 and box[2] <= 1 and not any(_overlap(box, other) for other in others):
                found[index] = (short, place)
                taken.append(box)
                break
        else:
            found[index] = ("", "middle right")
    return [found[index] for index in range(len(points))]
