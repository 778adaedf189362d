"""What was seen of a file itself, as lines of the acceptance report."""

from pipelines.catalogue.wording import Words
from pipelines.onboard import Proposal, TableProposal


def list_properties(
    table: TableProposal, proposal: Proposal, words: Words
) -> list[tuple[str, str]]:
    """Name and value of everything that was detected in one file."""
    found, separator = table.table, table.table.separator
    lines = [("format", words(f"onboard.format.{found.format}"))]
    if found.encoding:
        lines.append(("encoding", words(f"onboard.encoding.{found.encoding}")))
    if separator:
        lines.append(("separator", words(f"onboard.separator.{separator}")))
    if found.sheet:
        lines.append(("sheet", found.sheet))
    others = [
        other.table.sheet for other in proposal.tables
        if other.table.path == found.path and other is not table and other.table.sheet
    ]  # fmt: skip
    if others and table.is_main:
        lines.append(("other_sheets", ", ".join(others)))
    lines.append(("header_row", _describe_header(table, words)))
    lines.append(("rows", str(found.rows_read)))
    lines.append(("totals", str(found.not_a_record)))
    if found.ragged:
        lines.append(("ragged", str(found.ragged)))
    if found.repaired:
        lines.append(("repaired", str(found.repaired)))
    mark = "comma" if proposal.decimal_mark == "," else "point"
    lines.append(("decimal_mark", words(f"onboard.decimal.{mark}")))
    forms = dict.fromkeys(
        form for column in table.columns if column.shape.is_date for form in column.shape.date_forms
    )
    if forms:
        told = "; ".join(words(f"onboard.date_form.{form}") for form in forms)
        lines.append(("date_forms", told))
    lines.append(("file_date", _describe_date(table, words)))
    return [(words(f"onboard.property.{name}"), value) for name, value in lines]


def _describe_header(table: TableProposal, words: Words) -> str:
    row = table.table.header_row
    if row == 0:
        return words("onboard.column_names")
    return words("onboard.rows_above" if row > 1 else "onboard.row_number", number=row)


def _describe_date(table: TableProposal, words: Words) -> str:
    if table.file_date_label:
        return words("onboard.file_date.label", label=table.file_date_label)
    return words(f"onboard.file_date.{'pattern' if table.file_date_pattern else 'none'}")
