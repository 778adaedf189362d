"""Who was measured and who was lost: started, T0, T1 and T2 of one instrument, with the reasons.

Always drawn before any change. A part that may not be told is a part of its own, never nothing.
"""

from pipelines.catalogue.wording import Words
from pipelines.protection.told_rows import name_told_row
from reports.formats import DASH, Formats
from reports.panels.panel import NO_COUNT, Panel
from reports.panels.stacked_rows import Stack, draw_stacks, list_roles

STAGES = ("started", "t0", "t1", "t2")
BEFORE = {"t0": "started", "t1": "t0", "t2": "t0"}  # of whom a stage is a part
ROLES = (
    "flow_reached",
    "flow_not_yet_due",
    "flow_ended",
    "flow_missed",
    "flow_before_first_record",
    "flow_untold",
)
LOSSES = {
    "not_yet_due": "due",
    "before_first_record": "due",
    "ended": "measured",
    "missed": "measured",
}


def records(rows: list[dict]) -> list[dict]:
    """One record per stage: how many reached it, of how many, and the reasons of the others.

    Args:
        rows: the stages of one entity, year and instrument as the protected table has them.
    """
    by_stage = {row["stage"]: row for row in rows}
    found = []
    for stage in STAGES:
        row = by_stage.get(stage)
        if row is None:
            continue
        before = by_stage.get(BEFORE.get(stage, ""))
        total = row["numerator"] if before is None else before["numerator"]
        due = by_stage.get(f"{stage}_due")
        parts = {
            reason: None if source is None or source["is_reasons_suppressed"]
            else source[f"{reason}_count"]
            for reason, kind in LOSSES.items()
            for source in ((due if kind == "due" else row),)
        } if before is not None else {}  # fmt: skip
        reached = row["numerator"]
        untold = None
        if total is not None:
            told = (reached or 0) + sum(size or 0 for size in parts.values())
            untold = total - told
        found.append(
            {
                "stage": stage,
                "name": name_told_row("outcome_flow", row),
                "reached": reached,
                "total": total,
                "due": None if due is None else due["numerator"],
                **parts,
                "untold": untold,
                "is_suppressed": row["is_suppressed"],
                "is_provisional": row["is_provisional"],
            }
        )
    return found


def _name_parts(row: dict, words: Words, formats: Formats) -> list[tuple[str, float, str]]:
    stage = words(f"outcomes.stage.{row['stage']}")
    sizes = {"reached": row["reached"], **{reason: row.get(reason) for reason in LOSSES},
             "untold": row["untold"]}  # fmt: skip
    return [
        (
            f"flow_{part}",
            size,
            f"{stage}: {formats.count(size)} {words(f'outcomes.flow_part.{part}')}",
        )
        for part, size in sizes.items()
        if size
    ]


def figure(rows: list[dict], words: Words, formats: Formats) -> dict:
    """The chart as a dictionary for plotly.js."""
    stacks = _make_stacks(rows, words, formats)
    present = set(list_roles(stacks))
    return draw_stacks(stacks, [role for role in ROLES if role in present], formats, False, 20)


def _make_stacks(rows: list[dict], words: Words, formats: Formats) -> list[Stack]:
    return [
        Stack(
            label=words(f"outcomes.stage.{row['stage']}"),
            parts=tuple(_name_parts(row, words, formats)),
            side=formats.count(row["reached"]) if row["reached"] is not None else "",
            state=words("outcomes.state.suppressed") if row["is_suppressed"] else "",
        )
        for row in rows
    ]


def make_panel(key: str, title: str, rows: list[dict], words: Words, formats: Formats) -> Panel:
    """The flow of one instrument as a panel."""
    by_stage = {row["stage"]: row for row in rows}

    def tell(stage: str) -> str:
        row = by_stage.get(stage)
        if row is None:
            return DASH
        return (
            words("outcomes.state.suppressed")
            if row["reached"] is None
            else formats.count(row["reached"])
        )

    def share(row: dict) -> str:
        if row["reached"] is None or not row["due"] or row["stage"] == "started":
            return DASH
        return formats.percent(row["reached"] / row["due"])

    def cell(row: dict, part: str) -> str:
        if part not in row:
            return DASH
        return words("outcomes.state.hidden") if row[part] is None else formats.count(row[part])

    present = set(list_roles(_make_stacks(rows, words, formats)))
    columns = ("stage", "reached", "due", "share_of_due", *LOSSES)
    return Panel(
        key=key,
        title=title,
        summary=words("outcomes.flow_summary", started=tell("started"), t0=tell("t0"),
                      t1=tell("t1"), t2=tell("t2")),
        spec=figure(rows, words, formats),
        legend=tuple((role, words(f"outcomes.flow_part.{role.removeprefix('flow_')}"))
                     for role in ROLES if role in present),
        header=tuple(words(f"outcomes.column.{column}") for column in columns),
        rows=[
            (words(f"outcomes.stage.{row['stage']}"), tell(row["stage"]),
             formats.count(row["due"]), share(row), *(cell(row, part) for part in LOSSES))
            for row in rows
        ],
        cells=tuple(row["name"] for row in rows),
        number_columns=(NO_COUNT,),
    )  # fmt: skip
