"""Outcomes of the clients: who was measured comes first, then change, goals and closures.

Per team, programme and target group where enough clients stand behind a figure. What does not
belong here: why anything changes; this page describes.
"""

from dataclasses import dataclass

from pipelines.protection.told_rows import name_told_row
from reports.outcome_book import Measure
from reports.outcome_words import OutcomeWords
from reports.pages.page import Page, PageContext
from reports.panels import change, flow, goals, lost_at_start, reliable_change, shares
from reports.panels.panel import Panel

MOMENTS = ("T0-T1", "T0-T2")
CLOSING = ("planned", "premature", "neutral", "not_planned", "without_contact", "follow_on")
T_SCORE_AS_EXPECTED = 50.0
GROUPS = ("total", "team", "programme", "target_group")


@dataclass(frozen=True)
class ChangeBlock:
    """One scale between two moments: its panels and what a reader must know beside them."""

    panel: Panel
    reliable_panel: Panel | None
    reading: str
    norm: str


def build(context: PageContext) -> list[Page]:
    """The outcomes page of the organisation."""
    organisation, words = context.organisation, context.words
    book, year = organisation.outcomes, organisation.year
    names = OutcomeWords(context)
    cohort = book.choose_cohort(year)
    headline, headline_told = _make_headline(context, names)
    flows = [
        _make_flow(context, names, one, begun)
        for begun in dict.fromkeys((cohort, year))
        for one in book.list_instruments(begun)
    ]
    blocks, hidden, empty, without_norm = _make_changes(context, names)
    lost = _make_lost(context, names)
    goal_panels = _make_goal_panels(context, names)
    closing_panels = _make_closing_panels(context, names)
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
                "headline": headline,
                "headline_told": headline_told,
                "cohort": cohort,
                "flows": flows,
                "lost_panel": lost,
                "blocks": blocks,
                "hidden": hidden,
                "empty": empty,
                "without_norm": ", ".join(without_norm),
                "goal_panels": goal_panels,
                "closing_panels": closing_panels,
            },
        )
    ]


def _make_headline(context: PageContext, names: OutcomeWords) -> tuple[str, list[str]]:
    """How many began and were measured, with the instrument that most were measured with twice.

    With the names of the figures in it.
    """
    words, formats = context.words, context.formats
    book = context.organisation.outcomes
    year = book.choose_cohort(context.organisation.year)
    best: tuple[int, str, dict, list[str]] | None = None
    instruments = book.list_instruments(year)
    for instrument in instruments:
        stages = {row["stage"]: row for row in book.flow_of(year, instrument).get(
            ("total", None), [])}  # fmt: skip
        numbers = {stage: row["numerator"] for stage, row in stages.items()}
        if all(numbers.get(stage) is not None for stage in ("started", "t0", "t1")):
            told = [name_told_row("outcome_flow", row) for row in stages.values()]
            found = (numbers["t1"], names.name_instrument(instrument[0]), numbers, told)
            best = max(best, found, key=lambda one: one[0]) if best else found
    if best:
        _, name, numbers, told = best
        counts = {stage: formats.count(numbers[stage]) for stage in ("started", "t0", "t1")}
        return words("outcomes.headline", year=year, instrument=name, **counts), told
    return words(
        "outcomes.headline_hidden" if instruments else "outcomes.none", year=year or ""
    ), []


def _make_flow(
    context: PageContext, names: OutcomeWords, instrument: tuple[str, str], year: str | None
) -> tuple[Panel, list[tuple], list[tuple]]:
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

    def list_lines(*breakdowns: str) -> list[tuple]:
        return [
            (place.name, [row["name"] for row in stages],
             [_tell_stage(context, row) for row in stages])
            for place in names.list_places(found, breakdowns)
            for stages in (flow.records(found[place.key]),)
        ]  # fmt: skip

    return panel, list_lines("team"), list_lines("programme", "target_group")


def _tell_stage(context: PageContext, row: dict) -> str:
    if row["reached"] is None:
        return context.words("outcomes.state.suppressed")
    return context.formats.count(row["reached"])


def _make_changes(
    context: PageContext, names: OutcomeWords
) -> tuple[list[ChangeBlock], list[str], list[str], list[str]]:
    """Blocks to draw; scales that are wholly hidden, without anybody twice, and without a norm."""
    organisation, words = context.organisation, context.words
    book = organisation.outcomes
    year = book.choose_cohort(organisation.year)
    before = str(int(year) - 1) if year else None
    blocks: list[ChangeBlock] = []
    hidden, empty, without_norm = [], [], []
    for measure in book.list_measures(year):
        for moments in MOMENTS:
            rows = book.change_of(year, measure, moments)
            title = words(
                "outcomes.change_title",
                scale=names.name_scale(measure),
                moments=moments.replace("-", "–"),
            )
            if not rows:
                continue
            if not any(row["mean_change"] is not None for row in rows.values()):
                is_hidden = any(row["is_suppressed"] for row in rows.values())
                (hidden if is_hidden else empty).append(title)
                continue
            earlier = book.change_of(before, measure, moments)
            block, has_norm = _make_block(context, names, measure, moments, rows, earlier)
            blocks.append(block)
            name = names.name_scale(measure)
            if not has_norm and name not in without_norm:
                without_norm.append(name)
    return blocks, hidden, empty, without_norm


def _make_block(
    context: PageContext,
    names: OutcomeWords,
    measure: Measure,
    moments: str,
    rows: dict[tuple, dict],
    earlier: dict[tuple, dict],
) -> tuple[ChangeBlock, bool]:
    words, formats = context.words, context.formats
    spoken = {"scale": names.name_scale(measure), "moments": moments.replace("-", "–")}
    key = f"{measure.key}-{moments}".replace(".", "-").replace(" ", "-")
    records = change.records(rows, names.list_places(rows), earlier)
    row = next(iter(rows.values()))
    side = {None: "unknown", True: "higher", False: "lower"}[row["is_higher_better"]]
    direction = words(f"outcomes.direction.{side}")
    if version := names.name_version(measure):
        direction += " " + words("outcomes.version", version=version)
    title = words("outcomes.change_title", **spoken)
    panel = change.make_panel(f"change-{key}", title, records, names, formats)
    threshold = next(
        (one for one in rows.values() if one["reliable_change_threshold"] is not None), None
    )
    reliable, norm = None, ""
    shown = reliable_change.records(records)
    if threshold is not None and any(one["row"]["share_improved"] is not None for one in shown):
        title = words("outcomes.reliable_title", **spoken)
        reliable = reliable_change.make_panel(f"reliable-{key}", title, shown, names, formats)
        norm = _describe_norm(context, threshold)
    block = ChangeBlock(
        panel, reliable, words("outcomes.change_reading", direction=direction), norm
    )
    return block, threshold is not None


def _describe_norm(context: PageContext, row: dict) -> str:
    words, formats = context.words, context.formats
    source = row["reliable_change_sd_source"]
    kind = "pooled_t0" if source == "pooled_t0" else "published"
    return words(
        "outcomes.reliable_norm",
        threshold=formats.number(row["reliable_change_threshold"]),
        reliability=formats.number(row["reliability"], 3),
        kind=words(f"outcomes.reliability_kind.{row['reliability_kind']}"),
        source=row["reliability_source"],
        sd=formats.number(row["reliable_change_sd"], 2),
        sd_source=words(
            f"outcomes.sd_source.{kind}",
            **{"count": formats.count(row["reliable_change_sd_count"])}
            if kind == "pooled_t0"
            else {"source": source},
        ),
    )


def _make_lost(context: PageContext, names: OutcomeWords) -> Panel | None:
    """The panel of those who were lost; None when not one difference may be shown."""
    book = context.organisation.outcomes
    year = book.choose_cohort(context.organisation.year)
    found = [
        (measure, moments, book.change_of(year, measure, moments).get(("total", None)))
        for measure in book.list_measures(year)
        for moments in MOMENTS
    ]
    records = lost_at_start.records(found)
    if all(record["row"]["completers_lost_difference"] is None for record in records):
        return None
    return lost_at_start.make_panel(records, names, context.formats)


def _make_goal_panels(context: PageContext, names: OutcomeWords) -> list[Panel]:
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


def _make_closing_panels(context: PageContext, names: OutcomeWords) -> list[Panel]:
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
