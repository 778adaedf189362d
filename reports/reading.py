"""What the figures say: states in words, strengths, points of attention, changes.

Everything here is a choice of rows or a sentence; nothing here computes a score. Nothing is ranked
between teams.
"""

from dataclasses import dataclass

from markupsafe import Markup

from pipelines.catalogue.models.indicators import Indicator
from reports.organisation import Entity
from reports.pages.page import PageContext
from reports.sparkline import draw_sparkline
from reports.why import Why, explain_on_page

STRONG_SCORE = 4
WEAK_SCORE = 2
LONGEST_LIST = 5


@dataclass(frozen=True)
class IndicatorLine:
    """One indicator in one period as a table shows it, all in words and numbers of the reader."""

    indicator: Indicator
    name: str
    score: float | None
    score_text: str
    value: str
    interval: str
    n: str
    state: str  # empty when there is a score
    score_key: str  # empty without a row
    why: Why
    is_provisional: bool
    spark: Markup


def describe_exclusions(context: PageContext, entity: Entity, row: dict) -> str:
    """Which units do not count and why; without counts where these are too small to show."""
    reasons = entity.exclusions_of(row)
    if not reasons or row["is_suppressed"]:
        return ""
    words = context.words
    named = [words(f"exclusion.{one['exclusion_reason']}") for one in reasons]
    if any(one["units"] is None for one in reasons):
        return words("excluded.without_counts", reasons=", ".join(named))
    total = context.formats.count(sum(one["units"] for one in reasons))
    if len(reasons) == 1:
        return words("excluded.with_counts", total=total, reasons=named[0])
    counted = [
        words("excluded.reason", number=context.formats.count(one["units"]), reason=name)
        for one, name in zip(reasons, named, strict=True)
    ]
    return words("excluded.with_counts", total=total, reasons="; ".join(counted))


def describe_state(context: PageContext, entity: Entity, row: dict | None, one: Indicator) -> str:
    """Why there is no score or an earlier one, in words; empty for a scored indicator."""
    words = context.words
    if row is None:
        return words("status.no_row")
    status = row["status"]
    if row["is_kept"]:
        return words("kept.state")
    if status == "scored":
        return ""
    if status == "suppressed":
        return words("state.suppressed", minimum=context.organisation.minimum_clients)
    if status == "too_few":
        return words("state.too_few", minimum=one.minimum_units)
    if status == "no_data":
        reasons = {reason["exclusion_reason"] for reason in entity.exclusions_of(row)}
        if reasons == {"kind_not_delivered"}:
            return words("state.kind_not_delivered")
    return words(f"state.{status}")


def read_indicator(
    context: PageContext, entity: Entity, one: Indicator, period: str | None, points: list[dict]
) -> IndicatorLine:
    """One line of the indicator table; ``points`` are its quarters, for the sparkline."""
    row = entity.score(period, one.id)
    formats = context.formats
    unit = one.printed_unit
    has_value = row is not None and row["value"] is not None
    return IndicatorLine(
        indicator=one,
        name=one.name.in_language(context.language),
        score=row["score"] if row else None,
        score_text=show_score(context, row, one),
        value=formats.value(row["value"], unit) if has_value else "",
        interval=formats.interval(row["ci_low"], row["ci_high"], unit) if has_value else "",
        n=formats.count(row["units_counted"]) if row and row["units_counted"] is not None else "",
        state=describe_state(context, entity, row, one),
        score_key=row["score_key"] if row else "",
        why=explain_on_page(
            context, entity, row, one, describe_exclusions(context, entity, row) if row else ""
        ),
        # When the whole year is provisional the head of the page says so, once.
        is_provisional=bool(row and row["is_provisional"] and has_value)
        and not context.organisation.is_year_provisional,
        spark=draw_sparkline(points, unit),
    )


def show_score(context: PageContext, row: dict | None, one: Indicator) -> str:
    """A score from anchors as a digit, a rating (which is its own score) with its decimal."""
    if row is None or row["score"] is None:
        return ""
    if one.printed_unit == "rating":
        return context.formats.score(row["score"])
    return context.formats.count(row["score"])


def name_findings(
    context: PageContext, entity: Entity, indicators: list[Indicator], period: str | None
) -> list[dict]:
    """Indicators with their score and value, as a list of findings shows them."""
    findings = []
    for one in indicators:
        row = entity.score(period, one.id)
        findings.append(
            {
                "id": one.id,
                "key": row["score_key"],
                "name": context.name(one.id),
                "value": show_value(context, entity, one, period),
                "score": row["score"],
                "score_text": show_score(context, row, one),
                "is_lower_better": one.is_lower_better,
            }
        )
    return findings


def _scored_rows(context: PageContext, entity: Entity, period: str | None):
    for one in context.indicators:
        row = entity.score(period, one.id)
        if row is not None and row["score"] is not None and one.subscale is not None:
            yield one, row


def find_strengths(context: PageContext, entity: Entity, period: str | None) -> list[Indicator]:
    """At most five indicators with score 4 or more: highest score first, then reading order."""
    strong = [(one, row) for one, row in _scored_rows(context, entity, period)
              if row["score"] >= STRONG_SCORE]  # fmt: skip
    strong.sort(key=lambda pair: -pair[1]["score"])
    return [one for one, _ in strong[:LONGEST_LIST]]


def find_weak_spots(context: PageContext, entity: Entity, period: str | None) -> list[Indicator]:
    """At most five indicators with score 2 or less: lowest score first, then reading order."""
    weak = [(one, row) for one, row in _scored_rows(context, entity, period)
            if row["score"] <= WEAK_SCORE]  # fmt: skip
    weak.sort(key=lambda pair: pair[1]["score"])
    return [one for one, _ in weak[:LONGEST_LIST]]


def has_scores(context: PageContext, entity: Entity, period: str | None) -> bool:
    """True when at least one indicator shows a score: without one, silence is not good news."""
    return any(True for _ in _scored_rows(context, entity, period))


def find_unmet(context: PageContext, entity: Entity, period: str | None) -> list[str]:
    """Requirements that are not met, in reading order."""
    return [
        requirement
        for requirement in context.catalogue.requirements
        if (entity.requirement(period, requirement) or {}).get("status") == "not_met"
    ]


def find_changes(
    context: PageContext, entity: Entity, period: str | None, previous: str | None
) -> list[tuple[Indicator, dict, dict]]:
    """Indicators whose score moved a whole point or more since last year: (what, before, now)."""
    changes = []
    for one, row in _scored_rows(context, entity, period):
        before = entity.score(previous, one.id)
        if before is None or before["score"] is None:
            continue
        if abs(row["score"] - before["score"]) >= 1:
            changes.append((one, before, row))
    return changes


def find_sole_indicators(
    context: PageContext, entity: Entity, period: str | None
) -> dict[str, str]:
    """Part -> name of its only indicator, for the parts that rest on a single one."""
    sole = {}
    for one, _ in _scored_rows(context, entity, period):
        for part in (one.subscale, one.fit):
            row = entity.part(period, part)
            if row is not None and row["status"] == "single_indicator":
                sole[part] = one.name.in_language(context.language)
    return sole


def show_value(context: PageContext, entity: Entity, one: Indicator, period: str | None) -> str:
    """The value of an indicator, without decimals for a share: for use in a sentence."""
    row = entity.score(period, one.id)
    return context.formats.value(row["value"] if row else None, one.printed_unit, 0)
