"""Rows that were read but not used, per record kind: superseded, quarantined, not a record.

Drawn as shares of the rows read. The used rows are in the table twin only: beside them, everything
else would be too thin to see.
"""

from pipelines.catalogue.wording import Words
from reports.formats import Formats, start_with_capital
from reports.panels.panel import Panel, escape_label, row_layout, wrap_label

UNUSED = ("superseded", "quarantined", "not_a_record")
FATES = ("staged", *UNUSED)


def records(deliveries: list[dict]) -> list[dict]:
    """One record per record kind with rows: the four counts over all its files.

    The kind of which most was not used comes first.
    """
    total: dict[str, dict] = {}
    for row in deliveries:
        if not row["record_kind"] or not row["rows_read"]:
            continue
        sums = total.setdefault(row["record_kind"], dict.fromkeys(FATES, 0))
        for fate in FATES:
            sums[fate] += int(row[fate] or 0)

    def weigh(kind: str) -> float:
        counts = total[kind]
        return counts["staged"] / (sum(counts.values()) or 1)

    return [
        {"record_kind": kind, **total[kind]}
        for kind in sorted(total, key=lambda one: (weigh(one), one))
    ]


def figure(rows: list[dict], labels: dict[str, str], words: Words, formats: Formats) -> dict:
    """The chart as a dictionary for plotly.js: shares, to compare kinds of every size."""
    at = list(range(len(rows)))
    totals = [sum(row[fate] for fate in FATES) or 1 for row in rows]
    traces = [
        {
            "type": "bar", "orientation": "h", "meta": {"role": f"fate_{fate}"}, "y": at,
            "width": 0.6,
            "x": [round(row[fate] / total, 5) for row, total in zip(rows, totals, strict=True)],
            "hoverinfo": "text",
            "hovertext": [
                escape_label(f"{labels[row['record_kind']]}: {formats.count(row[fate])} "
                             f"{words(f'fate.{fate}')}")
                for row in rows
            ],
        }
        for fate in UNUSED
    ]  # fmt: skip
    layout = row_layout(
        [wrap_label(start_with_capital(labels[row["record_kind"]])) for row in rows], at, 34,
        {"l": 8, "r": 20, "t": 8, "b": 28},
    )  # fmt: skip
    highest = max(
        (
            sum(row[fate] for fate in UNUSED) / total
            for row, total in zip(rows, totals, strict=True)
        ),
        default=0,
    )
    layout |= {
        "barmode": "stack",
        "xaxis": {"range": [0, max(0.01, highest * 1.05)], "tickformat": ".1~%", "nticks": 5},
    }
    return {"data": traces, "layout": layout}


def make_panel(rows: list[dict], labels: dict[str, str], words: Words, formats: Formats) -> Panel:
    """The counts as a panel."""
    read = sum(row[fate] for row in rows for fate in FATES)
    staged = sum(row["staged"] for row in rows)
    return Panel(
        key="rows-read",
        title=words("data.chart"),
        summary=words(
            "data.chart_summary",
            read=formats.count(read),
            share=formats.percent(staged / read if read else None, 1),
        ),
        spec=figure(rows, labels, words, formats),
        legend=tuple((f"fate_{fate}", words(f"fate.{fate}")) for fate in UNUSED),
        header=(words("column.record_kind"), *(words(f"fate.{fate}") for fate in FATES)),
        rows=[
            (labels[row["record_kind"]], *(formats.count(row[fate]) for fate in FATES))
            for row in rows
        ],
    )
