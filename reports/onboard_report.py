"""The acceptance report of an unknown export: one page, and the same as CSV for Dutch Excel.

What does not belong here: what the report says (``reports.onboard_lines``).
"""

from collections.abc import Iterator

from pipelines.onboard.wording import describe_unread
from reports.downloads.dutch_csv import write_dutch_csv
from reports.downloads.sheet import Sheet
from reports.inline_style import InlineStyle
from reports.onboard_facts import list_properties
from reports.onboard_lines import (
    AcceptanceReport,
    describe_table,
    list_codes,
    list_counts,
    list_findings,
    list_good,
    list_to_do,
    name_place,
    write_lead,
)
from reports.rendering import read_environment
from reports.static_files import read_static_files

_COLUMNS = ("file", "part", "header", "shape", "use", "confidence", "why", "rows")
_COLUMN_CELLS = ("header", "shape", "use", "confidence", "why", "filled")
_COUNTS = ("read", "staged", "superseded", "quarantined", "not_a_record")


def write_page(report: AcceptanceReport, mapping_file: str) -> str:
    """The report as one HTML page that needs no other file."""
    static = read_static_files()
    return (
        read_environment()
        .get_template("onboard.html")
        .render(
            t=report.words,
            f=report.formats,
            language=report.words.language,
            style=InlineStyle(static.contents[static.names["style.css"]].decode()),
            organisation=report.organisation,
            source=report.source,
            mapping_file=mapping_file,
            lead=write_lead(report),
            good=list_good(report),
            to_do=list_to_do(report),
            tables=[describe_table(report, table) for table in report.proposal.tables],
            unread=[
                (name_place(one.file, one.sheet), describe_unread(one, report.words))
                for one in report.proposal.unread
            ],
            rehearsal=list_counts(report),
            findings=list_findings(report, "faults"),
            warnings=list_findings(report, "warnings"),
            is_mapped=bool(report.proposal.mapped),
        )
    )


def write_csv(report: AcceptanceReport) -> bytes:
    """The report as CSV that Dutch Excel opens right; no cell of it is read as a formula."""
    words = report.words
    sheet = Sheet(
        key="onboard",
        title=words("onboard.title"),
        header=tuple(words(f"onboard.column.{name}") for name in _COLUMNS),
        kinds=("text",) * len(_COLUMNS),
        rows=tuple(_list_rows(report)),
    )
    return write_dutch_csv(sheet, words("onboard.yes_no.true"), words("onboard.yes_no.false"))


def _list_rows(report: AcceptanceReport) -> Iterator[tuple[str, ...]]:
    """One row per thing that is told, in the columns of ``_COLUMNS``."""
    words = report.words
    for text in list_to_do(report):
        yield "", words("onboard.to_do"), "", "", "", "", text, ""
    for table in report.proposal.tables:
        place = name_place(table.table.file, table.table.sheet)
        for name, value in list_properties(table, report.proposal, words):
            yield place, words("onboard.detected"), name, "", value, "", "", ""
        for row in describe_table(report, table)["columns"]:
            cells = (
                row[name] for name in ("header", "shape", "use", "confidence", "why", "filled")
            )
            yield place, words("onboard.columns"), *cells
        for header, text, meaning, sure, rows in list_codes(report, table):
            yield place, words("onboard.codes"), header, text, meaning, sure, "", rows
    for one in report.proposal.unread:
        place, told = name_place(one.file, one.sheet), describe_unread(one, words)
        yield place, words("onboard.unread_title"), "", "", "", "", told, ""
    for file, kind, *counts in list_counts(report):
        told = ", ".join(
            f"{words(f'onboard.{name}')}: {count}"
            for name, count in zip(_COUNTS, counts, strict=True)
        )
        yield file, words("onboard.rehearsal"), kind, "", told, "", "", counts[0]
    for title, name in (("reasons", "faults"), ("warnings", "warnings")):
        for file, column, told, rows in list_findings(report, name):
            yield file, words(f"onboard.{title}"), column, "", "", "", told, rows
