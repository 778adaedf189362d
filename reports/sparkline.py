"""A word-sized line of one indicator over the quarters, drawn as SVG in the page itself.

The same numbers stand in the trend chart and its table; for a screen reader it is left out.
"""

from markupsafe import Markup

from pipelines.catalogue.models.indicators import ValueUnit

WIDTH, HEIGHT, EDGE = 96, 22, 3  # the size stands in the style sheet as well


def draw_sparkline(points: list[dict], unit: ValueUnit) -> Markup:
    """An SVG of the values; quarters without a value interrupt the line."""
    values = [point["value"] for point in points]
    known = [value for value in values if value is not None]
    if len(known) < 2:
        return Markup("")
    lowest, highest = {"share": (0.0, 1.0), "rating": (1.0, 5.0)}.get(
        unit, (0.0, max(known) or 1.0)
    )
    step = (WIDTH - 2 * EDGE) / max(len(values) - 1, 1)

    def place(index: int, value: float) -> tuple[float, float]:
        share = (value - lowest) / (highest - lowest)
        return EDGE + step * index, HEIGHT - EDGE - (HEIGHT - 2 * EDGE) * share

    spots = [None if value is None else place(i, value) for i, value in enumerate(values)]
    path, is_open = [], False
    for spot in spots:
        if spot is not None:
            path.append(
                f"{'L' if is_open else 'M'}{spot[0]:.0f} {spot[1]:.1f}" + ("" if is_open else "h0")
            )
        is_open = spot is not None
    last = next(spot for spot in reversed(spots) if spot is not None)
    return Markup(
        f'<svg class="spark" aria-hidden="true"><path d="{"".join(path)}"/>'
        f'<circle cx="{last[0]:.0f}" cy="{last[1]:.1f}" r="2.6"/></svg>'
    )
