"""The delivery report and the quarantine of an organisation as CSV files, for its supplier.

They say where a row stands in the organisation's own file and why it was set aside; what stands in
the row was never kept.
"""

from reports.delivery_words import list_jumps, name_kind, say_reason, say_refusal
from reports.downloads.dutch_csv import write_dutch_csv
from reports.downloads.files import FOLDER
from reports.downloads.sheet import Sheet
from reports.pages.page import Download, PageContext

COUNTS = ("rows_read", "staged", "superseded", "quarantined", "not_a_record", "vanished")


def list_delivery_downloads(context: PageContext) -> list[Download]:
    """The files of the data page; the one with quarantined rows only when there are any."""
    sheets = [_make_report(context), _make_quarantine(context)]
    words = context.words
    return [
        Download(
            f"{FOLDER}/data-{sheet.key}.csv",
            words("download.csv", sheet=sheet.title),
            write_dutch_csv(sheet, words("download.yes"), words("download.no")),
        )
        for sheet in sheets
        if sheet.rows
    ]


def _make_report(context: PageContext) -> Sheet:
    words = context.words
    names = ("file", "record_kind", "file_date", "rows_read")
    header = [words(f"column.{name}") for name in names]
    header += [words(f"fate.{name}") for name in COUNTS[1:-1]]
    rows = []
    for row in context.organisation.deliveries:
        remark = ""
        if row["refused_reason"]:
            remark = f"{words('data.refused')}: {say_refusal(context, row)}"
        elif row["waiting_jumps"]:
            remark = f"{words('data.waiting')}: {' '.join(list_jumps(context, row))}"
        elif row["forgotten"]:
            remark = words("data.forgotten_count", count=context.formats.count(row["forgotten"]))
        kind = name_kind(context, row["record_kind"]) if row["record_kind"] else None
        counts = [row[name] for name in COUNTS]
        rows.append((row["file"], kind, row["file_date"], *counts, remark))
    return Sheet(
        key="deliveries",
        title=words("data.deliveries"),
        header=(*header, words("column.vanished"), words("data.remark")),
        kinds=("text", "text", "day", *["count"] * len(COUNTS), "text"),
        rows=tuple(rows),
    )


def _make_quarantine(context: PageContext) -> Sheet:
    words = context.words
    names = ("file", "record_kind", "row", "column", "reason")
    return Sheet(
        key="quarantine",
        title=words("data.quarantine"),
        header=tuple(words(f"column.{name}") for name in names),
        kinds=("text", "text", "count", "text", "text"),
        rows=tuple(
            (
                row["file"],
                name_kind(context, row["record_kind"]),
                row["row_number"],
                row["column"],
                say_reason(context, row["reason"], row["record_kind"]),
            )
            for row in context.organisation.quarantine_rows
        ),
    )
