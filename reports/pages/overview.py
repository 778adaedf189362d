"""Overview: where the organisation stands, read in a minute by its manager."""

from reports.organisation import Entity
from reports.pages.page import Page, PageContext
from reports.panels import profile
from reports.reading import (
    LONGEST_LIST,
    find_changes,
    find_sole_indicators,
    find_strengths,
    find_unmet,
    find_weak_spots,
    has_scores,
    name_findings,
    show_score,
)


def build(context: PageContext) -> list[Page]:
    """The overview page."""
    organisation = context.organisation
    itself, year, words = organisation.itself, organisation.year, context.words
    rows = profile.records(itself.profile, year, organisation.previous_year)
    everyone = None
    if organisation.everyone is not None:
        everyone = {
            row["part"]: row["score"]
            for row in profile.records(organisation.everyone.profile, year, None)
        }
    panels = [
        profile.make_panel(
            "profile",
            words("profile.title", period=year or ""),
            rows,
            context.bands,
            words,
            context.formats,
            sole=find_sole_indicators(context, itself, year),
            everyone=everyone,
        )
    ]
    cards = [
        _make_card(context, number, entity) for number, entity in enumerate(organisation.teams)
    ]
    panels += [card["panel"] for card in cards]
    return [
        Page(
            path="index.html",
            template="overview.html",
            section="overview",
            title=words("overview.title"),
            panels=panels,
            values={
                "headline": _write_headline(context),
                "headline_teams": _tell_teams(context),
                "has_everyone": everyone is not None,
                "has_scores": has_scores(context, itself, year),
                "strengths": name_findings(
                    context, itself, find_strengths(context, itself, year), year
                ),
                "weak_spots": name_findings(
                    context, itself, find_weak_spots(context, itself, year), year
                ),
                "unmet": _list_unmet(context),
                "changes": _list_changes(context),
                "cards": cards,
                "data_status": _summarise_data(context),
            },
        )
    ]


def _write_headline(context: PageContext) -> str:
    organisation, words = context.organisation, context.words
    row = organisation.itself.part(organisation.year, "total")
    if row is None:
        return words("overview.headline_none")
    if row["score"] is None:
        why = words(f"profile_status.{row['status']}")
        return words("overview.headline_no_score", year=organisation.year, why=why)
    is_complete = row["indicators_scored"] == row["indicators_applicable"]
    sentence = words(
        "overview.headline",
        year=organisation.year,
        score=context.formats.score(row["score"]),
        band=profile.say_band(row["band"], context.bands, words),
    )
    basis = words(
        "overview.headline_complete" if is_complete else "overview.headline_partly",
        lowest=context.formats.score(row["lowest"]),
        highest=context.formats.score(row["highest"]),
        scored=context.formats.count(row["indicators_scored"]),
        applicable=context.formats.count(row["indicators_applicable"]),
    )
    return " ".join(filter(None, (sentence, _tell_change(context, row["score"]), basis)))


def _tell_change(context: PageContext, score: float) -> str:
    """How the whole profile stands beside that of the year before; empty without one."""
    organisation, formats = context.organisation, context.formats
    row = organisation.itself.part(organisation.previous_year, "total")
    if row is None or row["score"] is None:
        return ""
    now, before = formats.score(score), formats.score(row["score"])
    way = "same" if now == before else "rose" if score > row["score"] else "fell"
    return context.words(f"overview.headline_{way}", before=before, year=organisation.previous_year)


def _tell_teams(context: PageContext) -> str:
    """How many teams are below a requirement; empty when none can be judged."""
    organisation, words = context.organisation, context.words
    statuses = [
        {
            row["status"]
            for one in context.catalogue.requirements
            if (row := team.requirement(organisation.year, one)) is not None
        }
        for team in organisation.teams
    ]
    if not any(found & {"met", "not_met", "uncertain"} for found in statuses):
        return ""
    below = sum("not_met" in found for found in statuses)
    if not below:
        return words("overview.headline_teams.none")
    if len(statuses) == 1:
        return words("overview.headline_teams.single")
    return words.count("overview.headline_teams", below, teams=context.formats.count(len(statuses)))


def _list_unmet(context: PageContext) -> list[dict]:
    """Requirements that at least one team or the organisation itself does not meet."""
    organisation = context.organisation
    found = []
    for requirement in context.catalogue.requirements.values():
        teams = [
            team
            for team in organisation.teams
            if requirement.id in find_unmet(context, team, organisation.year)
        ]
        if teams:
            found.append(
                {"name": requirement.name.in_language(context.language), "teams": teams,
                 "id": requirement.id}
            )  # fmt: skip
    return found


def _list_changes(context: PageContext) -> list[dict]:
    organisation = context.organisation
    itself, year, before = organisation.itself, organisation.year, organisation.previous_year
    changes = find_changes(context, itself, year, before)
    return [
        {
            "name": context.name(one.id),
            "told": (old["score_key"], new["score_key"]),
            "before": show_score(context, old, one),
            "now": show_score(context, new, one),
            "value_before": context.formats.value(old["value"], one.printed_unit, 0),
            "value_now": context.formats.value(new["value"], one.printed_unit, 0),
        }
        for one, old, new in changes
    ][: 2 * LONGEST_LIST]


def _make_card(context: PageContext, number: int, team: Entity) -> dict:
    organisation, words = context.organisation, context.words
    rows = [
        row
        for row in profile.records(team.profile, organisation.year, organisation.previous_year)
        if row["part"] in profile.SUBSCALES
    ]
    panel = profile.make_panel(
        f"team-{number}",
        team.name,
        rows,
        context.bands,
        words,
        context.formats,
        sole=find_sole_indicators(context, team, organisation.year),
        is_small=True,
    )
    return {
        "team": team,
        "setting": context.catalogue.codes["setting"]
        .codes[team.setting]
        .label.in_language(context.language)
        if team.setting
        else "",
        "panel": panel,
        "has_rows": bool(rows),
        "unmet": _count_unmet(context, team),
    }


def _count_unmet(context: PageContext, team: Entity) -> str:
    """How many requirements are not met; says so when none could be judged."""
    words, year = context.words, context.organisation.year
    statuses = [
        row["status"]
        for one in context.catalogue.requirements
        if (row := team.requirement(year, one)) is not None
    ]
    unmet = statuses.count("not_met")
    if unmet:
        return words.count("overview.unmet", unmet)
    if "met" in statuses or "uncertain" in statuses:
        return words("overview.unmet.none")
    return words("overview.unmet.not_judged")


def _summarise_data(context: PageContext) -> list[dict]:
    organisation, formats = context.organisation, context.formats
    files = {row["delivery"] for row in organisation.deliveries if row["record_kind"]}
    refused = {row["delivery"] for row in organisation.deliveries if row["refused_reason"]}
    quarantined = sum(row["quarantined"] or 0 for row in organisation.deliveries)
    failed = sum(row["status"] in ("failed", "error") for row in organisation.checks)
    return [
        {"label": "data.tile_until", "value": formats.date(organisation.known_until)},
        {"label": "data.tile_files", "value": formats.count(len(files))},
        {"label": "data.tile_refused", "value": formats.count(len(refused))},
        {"label": "data.tile_quarantined", "value": formats.count(quarantined)},
        {"label": "data.tile_failed", "value": formats.count(failed)},
    ]
