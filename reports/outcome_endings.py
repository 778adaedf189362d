"""How goals and care ended: the panels of the goals and the closures of a year.

Not here: how a chart of shares looks (``panels``), and change between measurements.
"""

from reports.outcome_words import OutcomeWords
from reports.pages.page import PageContext
from reports.panels import goals, shares
from reports.panels.panel import Panel

CLOSING = ("planned", "premature", "neutral", "not_planned", "without_contact", "follow_on")
T_SCORE_AS_EXPECTED = 50.0
GROUPS = ("total", "team", "programme", "target_group")


def make_goal_panels(context: PageContext, names: OutcomeWords) -> list[Panel]:
    """How goals ended, their T-scores, and the actions with a natural resource."""
    organisation, words, formats = context.organisation, context.words, context.formats
    book, year = organisation.outcomes, organisation.year
    by_end = {end: book.goals_of(year, end) for end in goals.ENDS}
    places = names.list_places(by_end["attained"], goals.BREAKDOWNS)
    found = goals.records(by_end, places)
    if not found:
        return []
    panels = [goals.make_panel("goals", words("outcomes.goals_title"), found, names, formats)]
    panels += _make_breakdown(context, names, "gas_t", "gas", T_SCORE_AS_EXPECTED)
    panels += _make_breakdown(context, names, "natural_resource", "natural", None)
    return panels


def _make_breakdown(
    context: PageContext, names: OutcomeWords, measure: str, name: str, reference: float | None
) -> list[Panel]:
    """One measure of goals for the whole and per team and group; nothing without a row."""
    organisation, words, formats = context.organisation, context.words, context.formats
    book = organisation.outcomes
    rows = book.goals_of(organisation.year, measure)
    before = book.goals_of(organisation.previous_year, measure)
    places = names.list_places(rows, GROUPS)
    records = shares.records(
        [(place.name, place.group, rows[place.key], before.get(place.key)) for place in places]
    )
    if not records:
        return []
    whole = rows.get(("total", None))
    summary = words(f"outcomes.{name}_none")
    if whole and whole["value"] is not None:
        numbers = {"n": formats.count(whole["denominator"])}
        if reference is None:
            numbers["share"] = formats.percent(whole["value"])
        else:
            numbers["value"] = formats.number(whole["value"])
            numbers["interval"] = formats.interval(whole["ci_low"], whole["ci_high"], "rating")
        summary = words(f"outcomes.{name}_summary", **numbers)
    title = words(f"outcomes.{name}_title")
    return [shares.make_panel(name, title, summary, records, names, formats, reference)]


def make_closing_panels(context: PageContext, names: OutcomeWords) -> list[Panel]:
    """How care ended, and the planned closures per team and group; nothing without a row."""
    organisation, words, formats = context.organisation, context.words, context.formats
    book, year, before = organisation.outcomes, organisation.year, organisation.previous_year
    whole = ("total", None)
    lines = [
        (words(f"outcomes.measure.{measure}"), words("outcomes.group.closing"),
         book.closures_of(year, measure).get(whole), book.closures_of(before, measure).get(whole))
        for measure in CLOSING
    ]  # fmt: skip
    housing = sorted(book.list_housing(year), key=lambda row: row["measure_category"] or "")
    earlier = {row["measure_category"]: row for row in book.list_housing(before)}
    lines += [
        (words.get(f"outcomes.category.{row['measure_category']}", row["measure_category"] or ""),
         words("outcomes.group.housing"), row, earlier.get(row["measure_category"]))
        for row in housing
    ]  # fmt: skip
    found = shares.records(lines)
    if not found:
        return []
    planned = book.closures_of(year, "planned")
    row = planned.get(whole)
    summary = words("outcomes.closures_none")
    if row and row["value"] is not None:
        summary = words(
            "outcomes.closures_summary",
            share=formats.percent(row["value"]),
            n=formats.count(row["denominator"]),
            interval=formats.interval(row["ci_low"], row["ci_high"], "share"),
        )
    planned_before = book.closures_of(before, "planned")
    by_place = shares.records(
        [(place.name, place.group, planned[place.key], planned_before.get(place.key))
         for place in names.list_places(planned, GROUPS)]
    )  # fmt: skip
    titles = (words("outcomes.closures_title"), words("outcomes.planned_title"))
    return [
        shares.make_panel("closures", titles[0], summary, found, names, formats),
        *([shares.make_panel("planned", titles[1], summary, by_place, names, formats)]
          if by_place else []),
    ]  # fmt: skip
