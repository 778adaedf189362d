"""What the acceptance report of an unknown export says, line by line, in the reader's language.

No cell of a delivery stands in it. What does not belong here: how a page or a CSV file is written.
"""

from dataclasses import dataclass

from pipelines.catalogue import Catalogue
from pipelines.catalogue.refusal_words import describe_refusal
from pipelines.catalogue.wording import Words
from pipelines.onboard import ColumnProposal, Confidence, Proposal, Rehearsal, TableProposal
from pipelines.onboard.wording import describe_unread, describe_whys, name_field
from pipelines.records.reasons import Reason, read_reason_words
from reports.formats import Formats
from reports.onboard_facts import list_properties

_MOST_QUARANTINE_LINES = 10


@dataclass(frozen=True)
class AcceptanceReport:
    """Everything that is told, in the language of the reader."""

    organisation: str
    source: str
    proposal: Proposal
    rehearsal: Rehearsal | None
    catalogue: Catalogue
    words: Words

    @property
    def formats(self) -> Formats:
        """Numbers as the reader writes them."""
        return Formats(self.words)


def name_place(file: str, sheet: str | None) -> str:
    """A file, or a sheet of it."""
    return f"{file} › {sheet}" if sheet else file


def write_lead(report: AcceptanceReport) -> str:
    """What was done and whether anything came of it, in a sentence or two."""
    files = {t.table.file for t in report.proposal.tables} | {
        u.file for u in report.proposal.unread
    }
    told = report.words.count("onboard.files", len(files))
    key = "lead" if report.proposal.mapped else "lead_none"
    return report.words(f"onboard.{key}", files=told)


def list_good(report: AcceptanceReport) -> list[str]:
    """What fits already."""
    words, count = report.words, report.formats.count
    columns = [column for table in report.proposal.mapped for column in table.columns]
    used = [column for column in columns if column.uses]
    if not used:
        return [words("onboard.good_none")]
    high = sum(_judge(column) is Confidence.HIGH for column in used)
    personal = sum(column.is_personal for column in columns)
    told = [
        words(
            "onboard.good_columns", used=count(len(used)), all=count(len(columns)), high=count(high)
        )
    ]
    if personal:
        told.append(words("onboard.good_left_out", personal=count(personal)))
    if report.rehearsal:
        counts = [one for file in report.rehearsal.files for one in file.counts]
        read = sum(one.rows_read for one in counts)
        staged = sum(one.staged for one in counts)
        told.append(words("onboard.good_rows", read=count(read), staged=count(staged)))
    return told


def list_to_do(report: AcceptanceReport) -> list[str]:
    """What someone still has to do: first what is missing, then what is unsure, then the rows."""
    words = report.words
    told = [
        words(
            "onboard.todo.unread",
            file=name_place(one.file, one.sheet),
            why=describe_unread(one, words),
        )
        for one in report.proposal.unread
    ]
    for table in report.proposal.tables:
        if not table.records:
            place = name_place(table.table.file, table.table.sheet)
            told.append(words("onboard.todo.no_kind", file=place))
    for table in report.proposal.mapped:
        told += _list_missing(report, table)
    for table in report.proposal.mapped:
        told += _list_unsure(report, table)
    for file in report.rehearsal.files if report.rehearsal else ():
        if file.refused:
            why = describe_refusal(words, *file.refused)
            told.append(words("onboard.todo.refused", file=file.file, why=why))
    causes = list_findings(report, "faults", left_out=(Reason.PARENT_QUARANTINED,))
    for name, column, why, rows in causes[:_MOST_QUARANTINE_LINES]:
        key = "quarantined" if column else "quarantined_row"
        told.append(words(f"onboard.todo.{key}", file=name, column=column, why=why, rows=rows))
    return told


def _list_missing(report: AcceptanceReport, table: TableProposal) -> list[str]:
    words, file = report.words, table.table.file
    told = []
    for record in table.records:
        for field in record.missing:
            name = name_field(report.catalogue, record.kind, field, words.language)
            told.append(words("onboard.todo.missing", file=file, field=name))
    if not table.file_date_label and not table.file_date_pattern:
        told.append(words("onboard.todo.no_date", file=file))
    return told


def _list_unsure(report: AcceptanceReport, table: TableProposal) -> list[str]:
    words, file = report.words, table.table.file
    told = []
    unsure = [c for c in table.columns if c.uses and _judge(c) is not Confidence.HIGH]
    if unsure:
        names = ", ".join(f'"{column.header}"' for column in unsure)
        told.append(words("onboard.todo.check", file=file, columns=names))
    for column in table.columns:
        for use in column.uses:
            if use.unknown_codes:
                told.append(
                    words(
                        "onboard.todo.unknown_codes",
                        file=file,
                        column=column.header,
                        texts=use.unknown_codes.texts,
                        rows=report.formats.count(use.unknown_codes.rows),
                        row=use.unknown_codes.first_row,
                    )
                )
    return told


def _judge(column: ColumnProposal) -> Confidence:
    """The lowest confidence of the uses of a column."""
    order = (Confidence.LOW, Confidence.MEDIUM, Confidence.HIGH)
    return min((use.confidence for use in column.uses), key=order.index, default=column.confidence)


def describe_table(report: AcceptanceReport, table: TableProposal) -> dict[str, object]:
    """Everything that is told of one table: its kind, what was detected, columns and codes."""
    words, language = report.words, report.words.language
    kinds = [report.catalogue.records[r.kind].label.in_language(language) for r in table.records]
    told = words("onboard.kind_none")
    if kinds:
        told = words(
            "onboard.kind_of",
            kinds=" + ".join(kinds),
            confidence=words(f"onboard.confidence.{table.confidence.value}"),
        )
    note = None
    if table.repeats:
        note = words("onboard.repeats", export=table.repeats)
    elif not table.is_main:
        note = words("onboard.not_main")
    return {
        "place": name_place(table.table.file, table.table.sheet),
        "kind": told,
        "why": describe_whys(table.whys, report.catalogue, words),
        "note": note,
        "properties": list_properties(table, report.proposal, words),
        "columns": [_describe_column(report, column) for column in table.columns],
        "codes": list_codes(report, table),
    }


def _describe_column(report: AcceptanceReport, column: ColumnProposal) -> dict[str, object]:
    words, language = report.words, report.words.language
    names = []
    for use in column.uses:
        name = name_field(report.catalogue, use.kind, use.field, language)
        names.append(words("onboard.parent_key", field=name) if use.is_parent_key else name)
    left_out = "left_out_personal" if column.is_personal else "left_out"
    whys = [why for use in column.uses[:1] for why in use.whys] or list(column.whys)
    return {
        "header": column.header or words("onboard.no_header", number=column.position + 1),
        "shape": words(f"onboard.shape.{column.shape.name}"),
        "filled": report.formats.count(column.shape.counts["filled"]),
        "distinct": report.formats.count(column.shape.counts["distinct_count"]),
        "use": "; ".join(names) or words(f"onboard.{left_out}"),
        "confidence": words(f"onboard.confidence.{_judge(column).value}"),
        "why": describe_whys(whys, report.catalogue, words),
    }


def list_codes(report: AcceptanceReport, table: TableProposal) -> list[tuple[str, ...]]:
    """Column, text, meaning, confidence, rows; of texts that consist of our own words only."""
    language, words, found = report.words.language, report.words, []
    for column in table.columns:
        for use in column.uses[:1]:
            declared = report.catalogue.records[use.kind].fields[use.field]
            for code in use.codes:
                meaning = words(f"onboard.yes_no.{code.code}") if not declared.codes else (
                    report.catalogue.codes[declared.codes].codes[code.code].label.in_language(language)
                )  # fmt: skip
                sure = words(f"onboard.confidence.{code.confidence.value}")
                rows = report.formats.count(code.rows)
                found.append((column.header, code.text, meaning, sure, rows))
    return found


def list_counts(report: AcceptanceReport) -> list[tuple[str, ...]]:
    """File, kind, read, staged, superseded, quarantined, not a record."""
    rows = []
    for file in report.rehearsal.files if report.rehearsal else ():
        for one in file.counts:
            counts = (one.rows_read, one.staged, one.superseded, one.quarantined, one.not_a_record)
            kind = report.catalogue.records[one.kind].label.in_language(report.words.language)
            rows.append((file.file, kind, *map(report.formats.count, counts)))
    return rows


def list_findings(
    report: AcceptanceReport, name: str, left_out: tuple[str, ...] = ()
) -> list[tuple[str, str, str, str]]:
    """File, column, sentence, rows; most rows first, without the codes in ``left_out``."""
    sentences = read_reason_words(report.catalogue, report.words.language)
    found = [
        (-one.rows, file.file, one.column or "", sentences.get(one.code, one.code))
        for file in (report.rehearsal.files if report.rehearsal else ())
        for one in getattr(file, name)
        if one.code not in left_out
    ]
    return [
        (file, column, told, report.formats.count(-rows))
        for rows, file, column, told in sorted(found)
    ]
