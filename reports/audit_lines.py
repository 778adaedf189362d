"""Rounds, items and recommendations as lines of a table, in the words of the reader."""

from dataclasses import dataclass

from reports.audit_book import OPEN_STATUSES, TOTAL, Audit
from reports.audit_words import (
    InstrumentWords,
    describe_ratings,
    name_code,
    name_round,
    show_bounds,
    show_change,
    show_raters,
    show_score,
)
from reports.formats import DASH
from reports.pages.page import PageContext


@dataclass(frozen=True)
class RoundLine:
    """The total and the areas of one round."""

    told: tuple[str, ...]  # the figures in it
    round: str
    date: str
    instrument: str
    score: str
    bounds: str
    band: str
    change: str
    raters: str
    areas: str


@dataclass(frozen=True)
class ItemLine:
    """One item of one round."""

    name: str
    score: str
    change: str
    raters: str
    ratings: list[str]


@dataclass(frozen=True)
class RecommendationLine:
    """One recommendation and what came of it."""

    told: tuple[str, ...]  # the figures in it
    round: str
    item: str
    code: str
    priority: str
    owner: str
    due: str
    status: str
    is_open: bool
    is_overdue: bool
    is_repeated: bool
    follow_up: str
    next_score: str


def list_round_lines(context: PageContext, audits: list[Audit]) -> list[RoundLine]:
    """One line per round, the latest first."""
    lines = []
    for audit in reversed(audits):
        instrument, row = InstrumentWords(context, audit.instrument), audit.total
        suppressed = context.words("audits.item_status.suppressed")
        lines.append(
            RoundLine(
                told=(audit.name,),
                round=name_round(context, audit.round),
                date=context.formats.date(audit.day),
                instrument=instrument.label,
                score=suppressed if audit.is_suppressed else show_score(context, row),
                bounds=show_bounds(context, row),
                band=instrument.name_band(row["band"]) if row else "",
                change=show_change(context, row["score_change"] if row else None),
                raters=show_raters(context, audit),
                areas=_list_areas(context, instrument, audit),
            )
        )
    return lines


def _list_areas(context: PageContext, instrument: InstrumentWords, audit: Audit) -> str:
    """The subscales of one round with their scores."""
    if audit.is_suppressed or not audit.is_listed:
        return ""
    return " · ".join(
        f"{instrument.name_part(part)} {show_score(context, audit.scores.get(part))}"
        for part in instrument.list_parts()
        if part != TOTAL
    )


def list_item_lines(context: PageContext, audit: Audit) -> list[ItemLine]:
    """The items of one round; none when the round is suppressed."""
    if audit.is_suppressed:
        return []
    instrument = InstrumentWords(context, audit.instrument)
    lines = []
    for item in instrument.list_items([audit]):
        row = audit.scores.get(item)
        ratings = audit.ratings.get(item, [])
        hands = {one["assessor_number"] for one in ratings if not one["is_consensus"]}
        lines.append(
            ItemLine(
                name=instrument.name_part(item),
                score=show_score(context, row),
                change=show_change(context, row["score_change"] if row else None),
                raters=context.formats.count(len(hands)),
                ratings=describe_ratings(context, ratings),
            )
        )
    return lines


def make_history(context: PageContext, audits: list[Audit]) -> tuple[list[str], list[list[str]]]:
    """Items by round, for rounds with the same instrument: header and rows."""
    instrument = InstrumentWords(context, audits[-1].instrument)
    header = [context.words("audits.column.item")]
    header += [f"{name_round(context, one.round)} ({one.day.year})" for one in audits]
    rows = [
        [instrument.name_part(item), *(show_score(context, one.scores.get(item)) for one in audits)]
        for item in instrument.list_items(audits)
    ]
    return header, rows


def list_recommendation_lines(
    context: PageContext, audits: list[Audit]
) -> list[RecommendationLine]:
    """Open ones first, then the latest round first."""
    lines = []
    for audit in reversed(audits):
        instrument = InstrumentWords(context, audit.instrument)
        for row in sorted(
            audit.recommendations,
            key=lambda one: (one["priority"], one["item_id"], one["recommendation_code"]),
        ):
            lines.append(make_recommendation_line(context, audit, instrument, row))
    return sorted(lines, key=lambda line: not line.is_open)


def make_recommendation_line(
    context: PageContext, audit: Audit, instrument: InstrumentWords, row: dict
) -> RecommendationLine:
    """One recommendation in words."""
    words, formats = context.words, context.formats
    next_score = DASH
    if row["next_item_score"] is not None:
        next_score = words(
            "audits.next_score",
            before=formats.score(row["item_score"]),
            after=formats.score(row["next_item_score"]),
            round=name_round(context, row["next_round"]),
        )
    return RecommendationLine(
        told=(audit.name,),
        round=name_round(context, audit.round),
        item=instrument.name_part(row["item_id"]),
        code=row["recommendation_code"],
        priority=formats.count(row["priority"]),
        owner=name_code(context, "worker_role", row["owner_role_code"]) or DASH,
        due=formats.date(row["due_date"]),
        status=name_code(context, "recommendation_status", row["status"]),
        is_open=row["status"] in OPEN_STATUSES,
        is_overdue=bool(row["is_overdue"]),
        is_repeated=bool(row["is_repeated"]),
        follow_up=words(f"audits.follow_up.{row['follow_up']}"),
        next_score=next_score,
    )
