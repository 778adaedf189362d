"""The page of one team, and the same page for the organisation as a whole: to talk about."""

from pipelines.catalogue.models.indicators import Indicator
from reports.audit_lines import make_recommendation_line
from reports.audit_words import InstrumentWords
from reports.downloads import list_downloads
from reports.formats import start_with_capital
from reports.organisation import Entity
from reports.pages.audits import describe_last
from reports.pages.page import SUBSCALES, Page, PageContext
from reports.panels import intervals, profile, trend, two_versions
from reports.panels.panel import Panel
from reports.reading import (
    find_sole_indicators,
    find_strengths,
    find_weak_spots,
    has_scores,
    name_findings,
    read_indicator,
    show_value,
)
from reports.requirement_lines import list_requirement_lines
from reports.why import list_change_sentences, list_lift_sentences


def build(context: PageContext) -> list[Page]:
    """The page of the organisation as a whole and one page per team."""
    organisation = context.organisation
    whole = _build_one(context, organisation.itself, "organisation.html")
    return [whole, *(_build_one(context, team, team.page) for team in organisation.teams)]


def _build_one(context: PageContext, entity: Entity, path: str) -> Page:
    organisation, words = context.organisation, context.words
    year = organisation.year
    points = trend.records(entity.scores, organisation.quarters)
    trends = _make_trends(context, points)
    _add_shipped_lines(context, entity, points, trends)
    blocks = [
        {
            "key": subscale,
            "title": words(f"part.{subscale}") if subscale else words("team.details"),
            "lines": [
                read_indicator(context, entity, one, year, points.get(one.id, []))
                for one in context.indicators_of(subscale)
            ],
            "interval_panel": _make_intervals(context, entity, subscale) if subscale else None,
            "trends": [
                trends[one.id] for one in context.indicators_of(subscale) if one.id in trends
            ],
        }
        for subscale in (*SUBSCALES, None)
    ]
    is_team = entity.team_id is not None
    own_profile = _make_profile(context, entity)
    return Page(
        path=path,
        template="team.html",
        section="teams" if is_team else "organisation",
        title=entity.name if is_team else words("team.whole_organisation"),
        downloads=list_downloads(context, entity),
        panels=[
            own_profile,
            *(block["interval_panel"] for block in blocks if block["interval_panel"]),
            *(panel for block in blocks for panel in block["trends"]),
        ],
        values={
            "entity": entity,
            "is_team": is_team,
            "setting": _name_setting(context, entity),
            "has_year": entity.has_period(year),
            "profile_panel": own_profile,
            "thin_parts": _list_thin_parts(context, entity),
            "blocks": [block for block in blocks if block["lines"]],
            "has_scores": has_scores(context, entity, year),
            "strengths": name_findings(
                context, entity, find_strengths(context, entity, year), year
            ),
            "weak_spots": name_findings(
                context, entity, find_weak_spots(context, entity, year), year
            ),
            "questions": _ask_questions(context, entity),
            "requirements": list_requirement_lines(context, entity, year),
            "changes": list_change_sentences(context, entity, year),
            "lifts": list_lift_sentences(context, entity, year),
            "last_audit": _describe_last_audit(context, entity),
            "not_delivered": _list_not_delivered(context, entity),
            "kinds_behind": _list_kinds_behind(context),
        },
    )


def _describe_last_audit(context: PageContext, entity: Entity) -> dict | None:
    """The last audit of a team and what is still open of it; None for the organisation."""
    if entity.team_id is None:
        return None
    audit = context.organisation.audits.last_of(entity.team_id)
    if audit is None:
        return {
            "headline": context.words("audits.team_none"),
            "open": [],
            "earlier": 0,
            "page": None,
        }
    instrument = InstrumentWords(context, audit.instrument)
    return {
        "headline": describe_last(context, audit),
        "is_suppressed": audit.is_suppressed,
        "open": [
            make_recommendation_line(context, audit, instrument, row)
            for row in audit.open_recommendations
        ],
        "earlier": len(context.organisation.audits.open_of(entity.team_id))
        - len(audit.open_recommendations),
        "page": entity.audit_page,
    }


def _make_profile(context: PageContext, entity: Entity) -> Panel:
    organisation, words = context.organisation, context.words
    rows = profile.records(entity.profile, organisation.year, organisation.previous_year)
    return profile.make_panel(
        "profile",
        words("profile.title", period=organisation.year or ""),
        rows,
        context.bands,
        words,
        context.formats,
        sole=find_sole_indicators(context, entity, organisation.year),
    )


def _make_intervals(context: PageContext, entity: Entity, subscale: str) -> Panel | None:
    organisation = context.organisation
    indicators = context.indicators_of(subscale)
    rows = intervals.records(
        entity.scores, indicators, organisation.year, organisation.previous_year
    )
    if not rows:
        return None
    names = {one.id: one.name.in_language(context.language) for one in indicators}
    title = context.words(f"part.{subscale}")
    return intervals.make_panel(
        f"values-{subscale}", title, rows, names, context.words, context.formats
    )


def _make_trends(context: PageContext, points: dict[str, list[dict]]) -> dict[str, Panel]:
    return {
        one.id: trend.make_panel(
            f"trend-{one.id}",
            one.name.in_language(context.language),
            points[one.id],
            one.printed_unit,
            context.words,
            context.formats,
        )
        for one in context.indicators
        if one.id in points
    }


def _add_shipped_lines(
    context: PageContext, entity: Entity, points: dict[str, list[dict]], trends: dict[str, Panel]
) -> None:
    """A second line for every indicator whose shipped version is scored as well."""
    if entity.earlier is None:
        return
    kept = trend.records(entity.earlier, context.organisation.quarters)
    for id in sorted(kept.keys() & trends.keys()):
        trends[id] = two_versions.add_shipped_line(
            trends[id],
            points[id],
            kept[id],
            context.catalogue.kept_versions[id].indicator.version,
            context.catalogue.indicators[id].printed_unit,
            context.words,
            context.formats,
        )


def _name_setting(context: PageContext, entity: Entity) -> str:
    if entity.setting is None:
        return ""
    return (
        context.catalogue.codes["setting"].codes[entity.setting].label.in_language(context.language)
    )


def _list_thin_parts(context: PageContext, entity: Entity) -> list[str]:
    """Parts with fewer than five applicable indicators: a mean of little."""
    return [
        context.words(f"part.{part}")
        for part in profile.PARTS
        if (row := entity.part(context.organisation.year, part)) is not None
        and row["indicators_applicable"] is not None
        and 1 < row["indicators_applicable"] < 5
    ]


def _ask_questions(context: PageContext, entity: Entity) -> list[str]:
    """Two questions to talk about: one from what goes well, one from what goes less well."""
    words, year = context.words, context.organisation.year
    strong = _practice_first(find_strengths(context, entity, year))
    weak = _practice_first(find_weak_spots(context, entity, year))
    first = words("question.strength_general")
    if strong:
        first = words(
            "question.strength",
            indicator=start_with_capital(context.name(strong[0].id)),
            value=show_value(context, entity, strong[0], year),
        )
    second = words("question.growth_general")
    if weak:
        second = words(
            f"question.growth_{weak[0].subscale}",
            indicator=start_with_capital(context.name(weak[0].id)),
            value=show_value(context, entity, weak[0], year),
        )
    return [first, second]


def _practice_first(indicators: list[Indicator]) -> list[Indicator]:
    """A team talks about its work with clients before hours and meetings."""
    return sorted(indicators, key=lambda one: one.subscale != "practice")


def _list_not_delivered(context: PageContext, entity: Entity) -> list[str]:
    """Indicators without a figure only because the organisation delivered no such records yet."""
    found = []
    for one in context.indicators:
        row = entity.score(context.organisation.year, one.id)
        if row is None or row["status"] != "no_data":
            continue
        reasons = {reason["exclusion_reason"] for reason in entity.exclusions_of(row)}
        if reasons == {"kind_not_delivered"}:
            found.append(one.name.in_language(context.language))
    return found


def _list_kinds_behind(context: PageContext) -> list[str]:
    records = context.catalogue.records
    return [
        records[row["record_kind"]].label.in_language(context.language)
        if row["record_kind"] in records
        else row["record_kind"]
        for row in context.organisation.checks
        if row["check"] == "kind_behind" and row["status"] == "failed"
    ]
