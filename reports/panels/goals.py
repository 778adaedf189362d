"""How goals ended: attained, partly, not, stopped, as shares of the goals closed in the year."""

from pipelines.protection.told_rows import name_told_row
from reports.formats import DASH, Formats
from reports.outcome_words import OutcomeWords, Place
from reports.panels.panel import NO_COUNT, Panel
from reports.panels.stacked_rows import Stack, draw_stacks

ENDS = ("attained", "partly", "not_attained", "stopped")
BREAKDOWNS = ("total", "team", "own_words", "recovery_form", "life_domain", "programme",
              "target_group")  # fmt: skip


def records(by_end: dict[str, dict[tuple, dict]], places: list[Place]) -> list[dict]:
    """One record per place: the row of each end; hidden places stay."""
    return [
        {"place": place, **{end: by_end[end][place.key] for end in ENDS}}
        for place in places
        if all(place.key in by_end[end] for end in ENDS)
    ]


def figure(records: list[dict], names: OutcomeWords, formats: Formats) -> dict:
    """The chart as a dictionary for plotly.js."""
    words = names.words
    stacks = []
    for record in records:
        row = record["attained"]
        is_shown = row["value"] is not None
        parts = tuple(
            (
                f"goal_{end}",
                record[end]["value"] or 0.0,
                f"{record['place'].name}: {formats.percent(record[end]['value'])} "
                f"{words(f'outcomes.goal_end.{end}')}",
            )
            for end in ENDS
        )
        stacks.append(
            Stack(
                label=record["place"].name,
                parts=parts if is_shown else (),
                side=words("outcomes.n", n=formats.count(row["denominator"])) if is_shown else "",
                state="" if is_shown else names.describe_state(row),
                group=record["place"].group,
            )
        )
    return draw_stacks(stacks, [f"goal_{end}" for end in ENDS], formats, True)


def make_panel(
    key: str, title: str, records: list[dict], names: OutcomeWords, formats: Formats
) -> Panel:
    """The ends of goals as a panel."""
    words = names.words
    whole = next((r["attained"] for r in records if r["place"].breakdown == "total"), None)
    summary = words("outcomes.goals_none")
    if whole is not None and whole["value"] is not None:
        summary = words(
            "outcomes.goals_summary",
            share=formats.percent(whole["value"]),
            n=formats.count(whole["denominator"]),
            interval=formats.interval(whole["ci_low"], whole["ci_high"], "share"),
        )
    columns = ("place", "goals", *(f"goal_{end}" for end in ENDS), "attained_interval", "state")
    return Panel(
        key=key,
        title=title,
        summary=summary,
        spec=figure(records, names, formats),
        legend=tuple((f"goal_{end}", words(f"outcomes.goal_end.{end}")) for end in ENDS),
        header=tuple(words(f"outcomes.column.{column}") for column in columns),
        rows=[
            (
                record["place"].name,
                formats.count(record["attained"]["denominator"])
                if record["attained"]["denominator"] is not None
                else DASH,
                *(formats.percent(record[end]["value"]) for end in ENDS),
                formats.interval(
                    record["attained"]["ci_low"], record["attained"]["ci_high"], "share"
                ),
                names.describe_state(record["attained"]),
            )
            for record in records
        ],
        cells=tuple(name_told_row("goal_attainment", record["attained"]) for record in records),
        number_columns=(1, 2, 3, 4, 5, 6, NO_COUNT),
    )
