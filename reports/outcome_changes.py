"""What changed for those who were measured twice, scale by scale, and who was lost in between.

Not here: how a chart of change looks (``panels``), and why anything changes.
"""

from dataclasses import dataclass

from reports.outcome_book import Measure
from reports.outcome_words import OutcomeWords
from reports.pages.page import PageContext
from reports.panels import change, lost_at_start, reliable_change
from reports.panels.panel import Panel

MOMENTS = ("T0-T1", "T0-T2")


@dataclass(frozen=True)
class ChangeBlock:
    """One scale between two moments: its panels and what a reader must know beside them."""

    panel: Panel
    reliable_panel: Panel | None
    reading: str
    limit: tuple[str, str] | None  # from where a change is reliable, and the source of that


def make_changes(
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
    reliable, limit = None, None
    shown = reliable_change.records(records)
    if threshold is not None and any(one["row"]["share_improved"] is not None for one in shown):
        title = words("outcomes.reliable_title", **spoken)
        reliable = reliable_change.make_panel(f"reliable-{key}", title, shown, names, formats)
        limit = _describe_limit(context, spoken["scale"], threshold)
    block = ChangeBlock(
        panel, reliable, words("outcomes.change_reading", direction=direction), limit
    )
    return block, threshold is not None


def _describe_limit(context: PageContext, scale: str, row: dict) -> tuple[str, str]:
    words, formats = context.words, context.formats
    source = row["reliable_change_sd_source"]
    kind = "pooled_t0" if source == "pooled_t0" else "published"
    text = words(
        "outcomes.reliable_norm",
        scale=scale,
        threshold=formats.number(row["reliable_change_threshold"]),
        reliability=formats.number(row["reliability"], 3),
        kind=words(f"outcomes.reliability_kind.{row['reliability_kind']}"),
        sd=formats.number(row["reliable_change_sd"], 2),
        sd_source=words(
            f"outcomes.sd_source.{kind}",
            **{"count": formats.count(row["reliable_change_sd_count"])}
            if kind == "pooled_t0"
            else {"source": source},
        ),
    )
    return text, row["reliability_source"]


def make_lost(context: PageContext, names: OutcomeWords) -> Panel | None:
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
