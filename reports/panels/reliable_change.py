"""Share of the completers with a reliable change for the better: Wilson interval and wide band.

The band runs from "none of the lost improved" to "all of the lost improved". Only scales with a
norm: a published reliability and a standard deviation with its source.
"""

from pipelines.protection.told_rows import name_told_row
from reports.formats import DASH, Formats
from reports.outcome_words import OutcomeWords
from reports.panels.interval_rows import Axis, Row, draw_rows
from reports.panels.panel import NO_COUNT, Panel

CLASSES = ("improved", "unchanged", "deteriorated")


def records(found: list[dict]) -> list[dict]:
    """The records of the change chart that have a share; hidden ones stay hidden."""
    return [
        record
        for record in found
        if record["row"]["is_suppressed"] or record["row"]["share_improved"] is not None
    ]


def figure(records: list[dict], names: OutcomeWords, formats: Formats) -> dict:
    """The chart as a dictionary for plotly.js."""
    words = names.words
    rows = []
    for record in records:
        place, row = record["place"], record["row"]
        label, state = place.name, names.describe_state(row)
        if record["hidden_count"]:
            label = words("outcomes.all_of_group", number=record["hidden_count"])
            state = words("outcomes.state.all_suppressed")
        rows.append(
            Row(
                label=label,
                value=row["share_improved"],
                low=row["share_improved_ci_low"],
                high=row["share_improved_ci_high"],
                band_low=row["share_improved_lowest"],
                band_high=row["share_improved_highest"],
                side="" if row["share_improved"] is None
                else words("outcomes.n", n=formats.count(row["completers_count"])),
                hover=words(
                    "outcomes.reliable_hover", name=label,
                    value=formats.percent(row["share_improved"]),
                    interval=formats.interval(row["share_improved_ci_low"],
                                              row["share_improved_ci_high"], "share"),
                ),
                state=state,
                group=place.group,
                is_provisional=bool(row["is_provisional"]),
            )
        )  # fmt: skip
    return draw_rows(rows, Axis(-0.03, 1.03, ".0%", note_at=0), formats)


def make_panel(
    key: str, title: str, records: list[dict], names: OutcomeWords, formats: Formats
) -> Panel:
    """Reliable change on one scale as a panel."""
    words = names.words
    whole = next((r["row"] for r in records if r["place"].breakdown == "total"), None)
    summary = words("outcomes.reliable_none")
    if whole is not None and whole["share_improved"] is not None:
        summary = words(
            "outcomes.reliable_summary",
            share=formats.percent(whole["share_improved"]),
            interval=formats.interval(
                whole["share_improved_ci_low"], whole["share_improved_ci_high"], "share"
            ),
            n=formats.count(whole["completers_count"]),
        )
    columns = ("place", "n", "share_improved", "wilson", "band", *CLASSES, "state")
    return Panel(
        key=key,
        title=title,
        summary=summary,
        spec=figure(records, names, formats),
        header=tuple(words(f"outcomes.column.{column}") for column in columns),
        rows=[
            (
                words("outcomes.all_of_group", number=record["hidden_count"])
                if record["hidden_count"]
                else place.name,
                formats.count(row["completers_count"]),
                formats.percent(row["share_improved"]),
                formats.interval(
                    row["share_improved_ci_low"], row["share_improved_ci_high"], "share"
                ),
                words("outcomes.state.hidden")
                if row["is_lost_suppressed"] and not row["is_suppressed"]
                else formats.interval(
                    row["share_improved_lowest"], row["share_improved_highest"], "share"
                ),
                *(
                    formats.count(row[f"{kind}_count"]) if row["share_improved"] is not None
                    else DASH
                    for kind in CLASSES
                ),
                names.describe_state(row),
            )
            for record in records
            for place, row in ((record["place"], record["row"]),)
        ],
        cells=tuple(name_told_row("outcome_change", record["row"]) for record in records),
        number_columns=(1, 2, 3, 5, 6, 7, NO_COUNT),
    )  # fmt: skip
