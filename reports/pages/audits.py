"""Audits: one page for the organisation, and one per team with everything about its rounds."""

from pipelines.catalogue.models.bands import Band
from reports.audit_book import Audit
from reports.audit_lines import (
    list_item_lines,
    list_recommendation_lines,
    list_round_lines,
    make_history,
)
from reports.audit_words import (
    InstrumentWords,
    describe_agreement,
    describe_difference,
    is_wide,
    list_reasons,
    name_round,
    show_change,
)
from reports.organisation import Entity
from reports.pages.page import Page, PageContext
from reports.panels import audit_totals, triangulation
from reports.panels.panel import Panel


def build(context: PageContext) -> list[Page]:
    """The audits of the organisation, and of each team that was audited."""
    book = context.organisation.audits
    teams = [team for team in context.organisation.teams if book.of_team(team.team_id)]
    return [_build_whole(context, teams), *(_build_team(context, team) for team in teams)]


def _build_whole(context: PageContext, teams: list[Entity]) -> Page:
    words, book = context.words, context.organisation.audits
    last = [(team, book.last_of(team.team_id)) for team in teams]
    panels = _make_totals(context, last)
    days = [audit.day for _, audit in last]
    return Page(
        path="audits.html",
        template="audits.html",
        section="audits",
        title=words("audits.title"),
        panels=panels,
        values={
            "headline": words(
                "audits.headline",
                audits=sum(len(book.of_team(team.team_id)) for team in teams),
                teams=len(teams),
                date=context.formats.date(max(days)),
            )
            if days
            else words("audits.none"),
            "has_audits": bool(teams),
            "total_panels": panels,
            "rounds": [
                (team, list_round_lines(context, audits))
                for team in teams
                if (audits := book.of_team(team.team_id))
            ],
            "instruments": sorted(
                {InstrumentWords(context, audit.instrument).label
                 for team in teams for audit in book.of_team(team.team_id)}
            ),
            "agreement": _group_agreement(context),
            "wide": [
                (team, audit, rows) for team, audit in last if (rows := _list_wide(context, audit))
            ],
            "open": [
                (team, audit, rows, sum(bool(row["is_overdue"]) for row in rows))
                for team, audit in last
                for rows in (book.open_of(team.team_id),)
            ],
            "has_suppressed": any(audit.is_suppressed for _, audit in last),
            "unlisted": sorted(
                {InstrumentWords(context, audit.instrument).label for _, audit in last
                 if not audit.is_listed}
            ),
        },
    )  # fmt: skip


def _make_totals(context: PageContext, last: list[tuple[Entity, Audit]]) -> list[Panel]:
    """One chart per instrument: totals of different instruments have no common axis."""
    by_instrument: dict[str, list[tuple[Entity, Audit]]] = {}
    for team, audit in last:
        if audit.is_listed:
            by_instrument.setdefault(audit.instrument, []).append((team, audit))
    panels = []
    for number, name in enumerate(sorted(by_instrument)):
        instrument = InstrumentWords(context, name)
        title = context.words("audits.totals")
        if len(by_instrument) > 1:
            title = f"{title}: {instrument.label}"
        rows = [_read_total(context, instrument, *pair) for pair in by_instrument[name]]
        steps: tuple[Band, ...] = instrument.steps
        panels.append(
            audit_totals.make_panel(
                f"totals-{number}", title, rows, instrument.range, steps, context.words,
                context.formats,
            )
        )  # fmt: skip
    return panels


def _read_total(
    context: PageContext, instrument: InstrumentWords, team: Entity, audit: Audit
) -> dict:
    row = audit.total or {"score": None, "lowest": None, "highest": None, "band": None,
                          "previous_score": None, "status": "no_data"}  # fmt: skip
    return {
        "team": team.name,
        "round": name_round(context, audit.round),
        "score": row["score"],
        "lowest": row["lowest"],
        "highest": row["highest"],
        "band": instrument.name_band(row["band"]),
        "previous_score": row["previous_score"],
        "state": context.words(f"audits.item_status.{row['status']}"),
    }


def _group_agreement(context: PageContext) -> list[tuple[str, list[dict]]]:
    groups: dict[str, list[dict]] = {}
    for row in context.organisation.audits.agreement:
        groups.setdefault(row["instrument"], []).append(row)
    order = [key.rpartition(".")[2] for key in context.words.texts
             if key.startswith("audits.statistic.")]  # fmt: skip

    def place(row: dict) -> tuple[int, str]:
        known = row["statistic"] in order
        return (order.index(row["statistic"]) if known else len(order), row["statistic"])

    return [
        (
            InstrumentWords(context, name).label,
            [describe_agreement(context, row) for row in sorted(rows, key=place)],
        )
        for name, rows in sorted(groups.items())
    ]


def _list_beside(context: PageContext, audit: Audit) -> list[dict]:
    instrument = InstrumentWords(context, audit.instrument)
    return [
        {
            "topic": instrument.name_part(item),
            "audit_score": row["audit_score"],
            "record_score": row["record_score"],
            "difference": row["difference"],
            "sign": "" if row["difference"] is None else show_change(context, row["difference"]),
            "state": describe_difference(context, row),
            "reasons": list_reasons(context, row),
            "is_wide": is_wide(row),
            "period": row["period"],
        }
        for item in instrument.list_items([audit])
        if (row := audit.beside.get(item)) is not None
    ]


def _list_wide(context: PageContext, audit: Audit) -> list[dict]:
    return [row for row in _list_beside(context, audit) if row["is_wide"]]


def _build_team(context: PageContext, team: Entity) -> Page:
    words, audits = context.words, context.organisation.audits.of_team(team.team_id)
    last = audits[-1]
    instrument = InstrumentWords(context, last.instrument)
    beside = _list_beside(context, last)
    panel = None
    if beside:
        panel = triangulation.make_panel(words("audits.beside"), beside, words, context.formats)
    same = [audit for audit in audits if audit.instrument == last.instrument]
    return Page(
        path=team.audit_page,
        template="audits_team.html",
        section="audits",
        title=words("audits.title_team", team=team.name),
        panels=[panel] if panel else [],
        values={
            "team": team,
            "headline": describe_last(context, last),
            "is_suppressed": last.is_suppressed,
            "unlisted": "" if last.is_listed else instrument.label,
            "panel": panel,
            "beside": beside,
            "beside_intro": words(
                "audits.beside_intro",
                round=name_round(context, last.round),
                date=context.formats.date(last.day),
                period=next((row["period"] for row in beside if row["period"]), last.day.year),
            ),
            "items": list_item_lines(context, last),
            "history": make_history(context, same),
            "history_title": words("audits.history_summary", instrument=instrument.label),
            "rounds": list_round_lines(context, audits),
            "earlier": [
                (
                    words(
                        "audits.earlier",
                        round=name_round(context, audit.round),
                        date=context.formats.date(audit.day),
                    ),
                    list_item_lines(context, audit),
                )
                for audit in reversed(audits[:-1])
                if not audit.is_suppressed
            ],
            "recommendations": list_recommendation_lines(context, audits),
        },
    )


def describe_last(context: PageContext, audit: Audit) -> str:
    """The last audit of a team in one to three sentences."""
    words, formats, row = context.words, context.formats, audit.total
    when = {"round": name_round(context, audit.round), "date": formats.date(audit.day)}
    if audit.is_suppressed:
        return words("audits.headline_suppressed", **when)
    if row is None or row["score"] is None:
        status = row["status"] if row else "no_data"
        return words("audits.headline_no_score", **when, why=words(f"audits.item_status.{status}"))
    instrument = InstrumentWords(context, audit.instrument)
    sentences = [
        words(
            "audits.headline_team",
            **when,
            score=formats.score(row["score"]),
            band=instrument.say_band(row["band"]),
        )
    ]
    if row["highest"] > row["lowest"]:
        lowest, highest = formats.score(row["lowest"]), formats.score(row["highest"])
        sentences.append(words("audits.headline_bounds", lowest=lowest, highest=highest))
    if row["score_change"] is not None and audit.previous is not None:
        size = formats.number(abs(row["score_change"]))
        way = "higher" if row["score_change"] > 0 else "lower"
        if size == formats.number(0):
            way = "equal"
        sentences.append(
            words(
                f"audits.headline_change.{way}",
                change=size,
                round=name_round(context, audit.previous.round),
            )
        )
    return " ".join(sentences)
