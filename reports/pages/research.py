"""Fidelity and outcome: what was asked beforehand, what it rests on, and what may be said.

Number of teams, spread and interval come before any p value. What does not belong here: causes, and
questions that were not declared in the catalogue.
"""

from dataclasses import dataclass

from pipelines.catalogue.models.hypotheses import Hypothesis
from pipelines.protection.told_rows import name_told_row
from reports.outcome_book import Measure
from reports.outcome_words import OutcomeWords, show_signed, show_signed_interval
from reports.pages.page import Page, PageContext
from reports.panels import estimates, fidelity_points
from reports.panels.panel import Panel

STUDIES = ("fukui", "canada", "houvast", "houvast_fidelity")


@dataclass(frozen=True)
class Question:
    """One declared hypothesis as a page shows it."""

    id: str
    name: str
    declared: str
    provenance: str
    source: str
    facts: list[tuple[str, str]]
    answer: str
    leading: str  # which of the models the answer is taken from, and why
    methods: str
    own: str
    told: tuple[str, ...]  # the estimates that the texts speak of
    points_panel: Panel | None
    hidden: str
    estimates_panel: Panel | None


def build(context: PageContext) -> list[Page]:
    """The research page."""
    words = context.words
    questions = [_ask(context, one) for one in context.catalogue.hypotheses.values()]
    return [
        Page(
            path="research.html",
            template="research.html",
            section="research",
            title=words("research.title"),
            panels=[
                panel
                for one in questions
                for panel in (one.estimates_panel, one.points_panel)
                if panel
            ],
            values={
                "questions": questions,
                "studies": [
                    (words(f"research.study.{one}"), words(f"research.study_source.{one}"))
                    for one in STUDIES
                ],
            },
        )
    ]


def _ask(context: PageContext, hypothesis: Hypothesis) -> Question:
    organisation, words, formats = context.organisation, context.words, context.formats
    rows = list(organisation.outcomes.associations_of(hypothesis.id))
    models = estimates.records([row for row in rows if row["level"] == "all"])
    line = next((row for row in models if row["is_leading"]), None)
    name = hypothesis.name.in_language(context.language)
    teams = {team.team_id: team.name for team in organisation.teams}
    points = fidelity_points.records(organisation.outcomes.points_of(hypothesis.id), teams)
    hidden = [row["team"] for row in points if row["is_suppressed"]]
    has_estimate = any(row["estimate"] is not None for row in models)
    return Question(
        id=hypothesis.id,
        name=name,
        declared=_declare(context, hypothesis),
        provenance=words(f"provenance.{hypothesis.provenance}"),
        source=hypothesis.source,
        facts=_list_facts(context, line),
        answer=_answer(context, line),
        leading=_tell_leading(context, models),
        methods=" ".join(
            dict.fromkeys(
                words(f"research.method.{row['model']}")
                for row in models
                if row["estimate"] is not None
            )
        ),
        own=_describe_own(context, rows),
        told=tuple(name_told_row("fidelity_outcome", row) for row in rows),
        points_panel=fidelity_points.make_panel(
            f"points-{hypothesis.id}",
            words("research.points_title", name=name),
            points,
            words,
            formats,
        ),
        hidden=words(
            "research.points_hidden", minimum=organisation.minimum_clients, names="; ".join(hidden)
        )
        if hidden
        else "",
        estimates_panel=estimates.make_panel(
            f"estimates-{hypothesis.id}",
            words("research.estimates_title", name=name),
            models,
            words,
            formats,
        )
        if has_estimate
        else None,
    )


def _declare(context: PageContext, hypothesis: Hypothesis) -> str:
    words, names = context.words, OutcomeWords(context)
    outcome = hypothesis.outcome
    measure = Measure(outcome.instrument, outcome.version, outcome.scale, outcome.informant)
    fidelity = words("research.fidelity_audit")
    if hypothesis.fidelity.kind == "record_profile":
        part = hypothesis.fidelity.part
        fidelity = words("research.fidelity_profile")
        if part != "total":
            fidelity = words("research.fidelity_part", part=words(f"part.{part}"))
    return words(
        "research.declared",
        fidelity=fidelity,
        outcome=words(
            "research.outcome",
            scale=names.name_scale(measure),
            moments=outcome.moments.replace("-", "–"),
            informant=names.name_informant(outcome.informant),
        ),
        minimum=hypothesis.minimum_completers,
    )


def _list_facts(context: PageContext, line: dict | None) -> list[tuple[str, str]]:
    """Teams, organisations, clients and spread, told before any estimate."""
    words, formats = context.words, context.formats
    if line is None or not line["teams_count"]:
        return []
    facts = [
        (words("research.teams"), formats.count(line["teams_count"])),
        (words("research.organisations"), formats.count(line["organisations_counted"])),
        (words("research.completers"), formats.count(line["completers_count"])),
    ]
    if line["fidelity_sd"] is not None:
        spread = words(
            "research.spread_value",
            sd=formats.number(line["fidelity_sd"], 2),
            low=formats.number(line["fidelity_lowest"]),
            high=formats.number(line["fidelity_highest"]),
        )
        facts.append((words("research.spread"), spread))
    return facts


def _answer(context: PageContext, line: dict | None) -> str:
    words, formats = context.words, context.formats
    if line is None or (line["teams_count"] == 0 and line["status"] != "suppressed"):
        return words("research.refused_none")
    if line["status"] == "suppressed":
        return words("research.suppressed")
    if line["status"] == "scatter_only":
        return words("research.refused", teams=formats.count(line["teams_count"]))
    if line["status"] == "no_fidelity_spread":
        is_within = line["model"] == "team_line_within"
        return words(f"research.no_spread{'_within' if is_within else ''}")
    told = {
        "teams": formats.count(line["teams_count"]),
        "interval": show_signed_interval(formats, line["ci_low"], line["ci_high"], 2),
    }
    if line["reading"] != "cannot_tell":
        told["estimate"] = show_signed(formats, line["estimate"], 2)
    return words(f"research.reading.{line['reading']}", **told)


def _tell_leading(context: PageContext, models: list[dict]) -> str:
    """Which line leads and why; of one organisation there is no choice."""
    line = next((row for row in models if row["is_leading"] and row["status"] == "given"), None)
    if line is None or not any(row["model"] == "team_line_within" for row in models):
        return ""
    return context.words(f"research.leading.{line['model']}")


def _describe_own(context: PageContext, rows: list[dict]) -> str:
    """What the models say of the own organisation alone; mostly that its teams are too few."""
    words, formats = context.words, context.formats
    own = next(
        (row for row in rows if row["level"] == "organisation" and row["model"] == "team_line"),
        None,
    )
    if own is None or own["status"] == "suppressed":
        return ""
    if own["status"] == "given":
        return words(
            f"research.reading.{own['reading']}",
            teams=formats.count(own["teams_count"]),
            interval=show_signed_interval(formats, own["ci_low"], own["ci_high"], 2),
            **{}
            if own["reading"] == "cannot_tell"
            else {"estimate": show_signed(formats, own["estimate"], 2)},
        )
    state = words(f"research.status.{own['status']}")
    return words("research.own_only", teams=formats.count(own["teams_count"]),
                 state=state[:1].upper() + state[1:])  # fmt: skip
