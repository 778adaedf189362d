"""Outcomes of the clients: who was measured comes first, then change, goals and closures.

Per team, programme and target group where enough clients stand behind a figure. What does not
belong here: why anything changes; this page describes.
"""

from reports.outcome_changes import make_changes, make_lost
from reports.outcome_endings import make_closing_panels, make_goal_panels
from reports.outcome_words import OutcomeWords
from reports.pages.page import Page, PageContext
from reports.panels import flow
from reports.panels.panel import Panel


def build(context: PageContext) -> list[Page]:
    """The outcomes page of the organisation."""
    organisation, words = context.organisation, context.words
    book, year = organisation.outcomes, organisation.year
    names = OutcomeWords(context)
    cohort = book.choose_cohort(year)
    flows = [
        _make_flow(context, names, one, begun)
        for begun in dict.fromkeys((cohort, year))
        for one in book.list_instruments(begun)
    ]
    blocks, hidden, empty, without_norm = make_changes(context, names)
    lost = make_lost(context, names)
    goal_panels = make_goal_panels(context, names)
    closing_panels = make_closing_panels(context, names)
    panels = [
        *(panel for panel, _, _ in flows),
        *([lost] if lost else []),
        *(panel for block in blocks for panel in (block.panel, block.reliable_panel) if panel),
        *goal_panels,
        *closing_panels,
    ]
    return [
        Page(
            path="outcomes.html",
            template="outcomes.html",
            section="outcomes",
            title=words("outcomes.title"),
            panels=panels,
            values={
                "headline": _make_headline(context, names),
                "cohort": cohort,
                "flows": flows,
                "lost_panel": lost,
                "blocks": blocks,
                "hidden": hidden,
                "empty": empty,
                "limits": list(dict.fromkeys(block.limit for block in blocks if block.limit)),
                "without_norm": ", ".join(without_norm),
                "goal_panels": goal_panels,
                "closing_panels": closing_panels,
            },
        )
    ]


def _make_headline(context: PageContext, names: OutcomeWords) -> str:
    """How many began and were measured, with the instrument that most were measured with twice."""
    words, formats = context.words, context.formats
    book = context.organisation.outcomes
    year = book.choose_cohort(context.organisation.year)
    best: tuple[int, str, dict] | None = None
    instruments = book.list_instruments(year)
    for instrument in instruments:
        stages = {row["stage"]: row for row in book.flow_of(year, instrument).get(
            ("total", None), [])}  # fmt: skip
        numbers = {stage: row["numerator"] for stage, row in stages.items()}
        if all(numbers.get(stage) is not None for stage in ("started", "t0", "t1")):
            found = (numbers["t1"], names.name_instrument(instrument[0]), numbers)
            best = max(best, found, key=lambda one: one[0]) if best else found
    if best:
        _, name, numbers = best
        counts = {stage: formats.count(numbers[stage]) for stage in ("started", "t0", "t1")}
        return words("outcomes.headline", year=year, instrument=name, **counts)
    return words("outcomes.headline_hidden" if instruments else "outcomes.none", year=year or "")


def _make_flow(
    context: PageContext, names: OutcomeWords, instrument: tuple[str, str], year: str | None
) -> tuple[Panel, list[tuple[str, ...]], list[tuple[str, ...]]]:
    """The panel of one instrument and year of starting, and lines per team and per group."""
    found = context.organisation.outcomes.flow_of(year, instrument)
    title = context.words(
        "outcomes.flow_title",
        instrument=names.name_instrument(instrument[0]),
        informant=names.name_informant(instrument[1]),
        year=year,
    )
    key = f"flow-{instrument[0]}-{instrument[1]}-{year}".replace(" ", "-")
    whole = flow.records(found.get(("total", None), []))
    panel = flow.make_panel(key, title, whole, context.words, context.formats)

    def list_lines(*breakdowns: str) -> list[tuple[str, ...]]:
        return [
            (place.name, *(_tell_stage(context, row) for row in flow.records(found[place.key])))
            for place in names.list_places(found, breakdowns)
        ]

    return panel, list_lines("team"), list_lines("programme", "target_group")


def _tell_stage(context: PageContext, row: dict) -> str:
    if row["reached"] is None:
        return context.words("outcomes.state.suppressed")
    return context.formats.count(row["reached"])
