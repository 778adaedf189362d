"""Teams beside each other, in three pages: practice and outcomes, structure and supervision, time.

Teams stand in the order of their names and no colour judges. What does not belong here: limits and
shrinkage (rooms ``statistics`` and ``monitoring``) and which row may be shown (``protection``).
"""

from collections.abc import Iterator
from dataclasses import dataclass

from pipelines.catalogue.models.indicators import ValueUnit
from pipelines.protection.limits import MINIMUM_ORGANISATIONS
from reports.outcome_book import Measure
from reports.outcome_words import OutcomeWords
from reports.pages.page import Page, PageContext
from reports.panels import funnel, over_time, shrunken
from reports.panels.panel import Panel

PARTS = {"comparison.html": ("outcomes", "practice"),
         "comparison-organisation.html": ("structure", "supervision")}  # fmt: skip
LINKS = (
    ("comparison.html", "comparison.page_practice"),
    ("comparison-organisation.html", "comparison.page_organisation"),
    ("comparison-time.html", "comparison.page_time"),
)
FEWEST_TEAMS = 2


@dataclass(frozen=True)
class Comparison:
    """One measure: its funnel (shares only) and its shrunken values, with words beside them."""

    key: str
    title: str
    funnel_panel: Panel | None
    panel: Panel
    notes: tuple[str, ...]  # how its limits were made


def build(context: PageContext) -> list[Page]:
    """The three pages on comparison."""
    return [
        _build_teams(context, "comparison.html", "comparison.title"),
        _build_teams(context, "comparison-organisation.html", "comparison.title_organisation"),
        _build_time(context),
    ]


def _list_measures(context: PageContext, part: str) -> Iterator[tuple[str, str, list[dict]]]:
    """(key, name, rows of the year) of everything that teams are held beside each other by."""
    organisation = context.organisation
    rows = [row for row in organisation.comparisons if row["period"] == organisation.year]
    if part == "outcomes":
        yield from _list_changes(context)
        yield from _list_other_outcomes(context, rows)
        return
    for indicator in context.indicators_of(part):
        found = [
            row
            for row in rows
            if row["subject"] == "indicator"
            and row["measure"] == indicator.id
            and row["indicator_version"] == indicator.version
        ]
        if found or indicator.printed_unit == "share":
            yield indicator.id, context.name(indicator.id), found


def _list_changes(context: PageContext) -> Iterator[tuple[str, str, list[dict]]]:
    """Change of those who began in the latest year with a change to show."""
    words, names = context.words, OutcomeWords(context)
    organisation = context.organisation
    year = organisation.outcomes.choose_cohort(organisation.year)
    changes: dict[tuple[Measure, str], list[dict]] = {}
    for row in organisation.comparisons:
        if row["subject"] == "outcome_change" and row["period"] == year:
            measure = Measure(
                row["instrument"], row["instrument_version"], row["scale"], row["informant"]
            )
            changes.setdefault((measure, row["moments"]), []).append(row)
    for measure, moments in sorted(changes, key=lambda key: (key[0].key, key[1])):
        name = words("comparison.change_name", scale=names.name_scale(measure),
                     moments=moments.replace("-", "–"), year=year)  # fmt: skip
        key = f"{measure.key}-{moments}".replace(".", "-").replace(" ", "-")
        yield f"change-{key}", name, changes[measure, moments]


def _list_other_outcomes(
    context: PageContext, rows: list[dict]
) -> Iterator[tuple[str, str, list[dict]]]:
    for subject, measure in (
        ("goal_attainment", "attained"),
        ("goal_attainment", "gas_t"),
        ("closures", "planned"),
    ):
        found = [row for row in rows if (row["subject"], row["measure"]) == (subject, measure)]
        yield measure, context.words(f"comparison.{measure}"), found


def _is_printed_as_share(context: PageContext, key: str) -> bool:
    """True for an indicator such as a coverage: a share by its nature, if not of counted units."""
    indicator = context.catalogue.indicators.get(key)
    return indicator is not None and indicator.printed_unit == "share"


def _compare(context: PageContext, key: str, name: str, rows: list[dict]) -> Comparison:
    words, formats = context.words, context.formats
    teams = {team.team_id: team.name for team in context.organisation.teams}
    named = [row | {"team": teams.get(row["team_id"], row["team_id"])} for row in rows]
    is_share = rows[0]["value_kind"] == "share"
    funnel_panel = None
    notes: list[str] = []
    if is_share:
        record = funnel.records(named)
        title = words("comparison.funnel_title", name=name)
        funnel_panel = funnel.make_panel(f"funnel-{key}", title, record, words, formats)
        notes.append(words("comparison.adjusted" if record["is_adjusted"]
                             else "comparison.unadjusted"))  # fmt: skip
        if record["others"][0] is not None:
            notes.append(words("comparison.band"))
    title = words("comparison.shrunken_title", name=name)
    unit = "share" if is_share or _is_printed_as_share(context, key) else "number"
    panel = shrunken.make_panel(
        f"shrunken-{key}", title, shrunken.records(named), unit, words, formats
    )
    return Comparison(key, name, funnel_panel, panel, tuple(notes))


def _build_teams(context: PageContext, path: str, title: str) -> Page:
    words, organisation = context.words, context.organisation
    blocks: list[tuple[str, list[Comparison]]] = []
    not_shown: list[str] = []
    for part in PARTS[path]:
        compared = []
        for key, name, rows in _list_measures(context, part):
            if len(rows) < FEWEST_TEAMS:
                not_shown.append(name)
            else:
                compared.append(_compare(context, key, name, rows))
        if compared:
            blocks.append((words(f"comparison.{part}"), compared))
    scopes = {row["scope"] for row in organisation.comparisons}
    scope = "scope_all" if "all" in scopes else "scope_organisation"
    return Page(
        path=path,
        template="comparison.html",
        section="comparison",
        title=words(title),
        panels=[
            panel
            for _, compared in blocks
            for one in compared
            for panel in (one.funnel_panel, one.panel)
            if panel
        ],
        values={
            "headline": words("comparison.headline")
            if blocks
            else words("comparison.headline_none", year=organisation.year or ""),
            "scope": words(f"comparison.{scope}", **({"organisations": MINIMUM_ORGANISATIONS}
                                                     if scope == "scope_all" else {}))
            if blocks
            else "",
            "notes": sorted({note for _, found in blocks for one in found for note in one.notes}),
            "blocks": blocks,
            "not_shown": not_shown,
            "links": LINKS,
        },
    )  # fmt: skip


def _build_time(context: PageContext) -> Page:
    words, organisation = context.words, context.organisation
    whole = [
        panel
        for indicator in context.indicators
        if indicator.subscale is not None
        and (
            panel := _make_series(
                context, ("organisation", None, "indicator", indicator.id),
                context.name(indicator.id), indicator.printed_unit, indicator.version,
            )
        )
    ]  # fmt: skip
    profile = _make_series(
        context, ("organisation", None, "record_profile", "total"), words("part.total"), "rating"
    )
    teams = [
        panel
        for team in organisation.teams
        if (
            panel := _make_series(
                context, ("team", team.team_id, "record_profile", "total"), team.name, "rating"
            )
        )
    ]
    panels = [*([profile] if profile else []), *whole]
    limited = [
        rows[-1]["false_flag_share"]
        for rows in organisation.series.values()
        if rows and rows[-1]["chart_kind"] != "run"
    ]
    return Page(
        path="comparison-time.html",
        template="comparison_time.html",
        section="comparison",
        title=words("comparison.title_time"),
        panels=[*panels, *teams],
        values={
            "whole": panels,
            "team_panels": teams,
            "flags": words(
                "comparison.time_flags",
                charts=len(limited),
                expected=context.formats.number(sum(share or 0 for share in limited)),
            )
            if limited
            else words("comparison.time_provisional_all"),
            "links": LINKS,
        },
    )


def _make_series(
    context: PageContext,
    series: tuple[str, str | None, str, str],
    title: str,
    unit: ValueUnit,
    version: int | None = None,
) -> Panel | None:
    rows = context.organisation.series.get((*series, version), [])
    if not any(row["value"] is not None for row in rows):
        return None
    _, team, _, measure = series
    place = next(
        (one.page.removesuffix(".html") for one in context.organisation.teams
         if one.team_id == team), "whole",
    )  # fmt: skip
    key = f"time-{place}-{measure}"
    points = over_time.records(rows)
    return over_time.make_panel(key, title, points, unit, context.words, context.formats)
