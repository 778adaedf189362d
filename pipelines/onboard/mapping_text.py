"""A proposal as the YAML of a source mapping, with a comment beside everything that is a guess.

Written by hand and not dumped: the comments are what a person reads and corrects.
"""

import json
from collections.abc import Iterator

from pipelines.catalogue import Catalogue
from pipelines.catalogue.wording import Words
from pipelines.onboard.proposal import (
    ColumnProposal,
    Confidence,
    Proposal,
    RecordProposal,
    TableProposal,
    Use,
)
from pipelines.onboard.wording import describe_whys, name_field

_COMMENT_WIDTH = 110


def write_mapping(proposal: Proposal, source: str, catalogue: Catalogue, words: Words) -> str:
    """The mapping as text; the same proposal gives the same text.

    Args:
        proposal: at least one of its tables is mapped.
        source: the name of the mapping, also of its file.
        catalogue: labels of kinds and fields.
        words: the language of the comments.
    """
    files = ", ".join(sorted({table.table.file for table in proposal.mapped}))
    lines = [
        *_comment(words("onboard.mapping.head", files=files)),
        *_comment(words("onboard.mapping.how")),
        f"source: {source}",
        "version: 1",
        f"label: {{nl: {_quote(source)}, en: {_quote(source)}}}",
        "description:",
        f"  nl: {_quote(f'Voorstel voor de exports van {source}.')}",
        f"  en: {_quote(f'Proposal for the exports of {source}.')}",
        f"decimal_mark: {_quote(proposal.decimal_mark)}",
        "exports:",
    ]
    for table in proposal.mapped:
        lines += _write_export(table, catalogue, words)
    return "\n".join(lines) + "\n"


def _write_export(table: TableProposal, catalogue: Catalogue, words: Words) -> Iterator[str]:
    kinds = [catalogue.records[record.kind] for record in table.records]
    name = " + ".join(kind.label.in_language(words.language) for kind in kinds)
    told = describe_whys(table.whys, catalogue, words)
    yield ""
    yield from _comment(
        f"{table.table.file}: {name} ({_say(table.confidence, words)}). {told}", indent=2
    )
    yield f"  - id: {_quote(table.export_id)}"
    labels = {language: " + ".join(k.label.in_language(language) for k in kinds)
              for language in ("nl", "en")}  # fmt: skip
    yield f"    label: {{nl: {_quote(labels['nl'])}, en: {_quote(labels['en'])}}}"
    if table.file_date_label:
        yield f"    file_date_label: {_quote(table.file_date_label)}"
    if table.file_date_pattern:
        yield f"    file_date_pattern: {_quote(table.file_date_pattern)}"
    if not table.file_date_label and not table.file_date_pattern:
        yield from _comment(words("onboard.mapping.no_file_date"), indent=4)
    left_out = [c for c in table.columns if not c.uses and c.header and not _is_repeat(table, c)]
    if left_out:
        yield "    known_columns:"
        yield from _comment(words("onboard.mapping.left_out"), indent=6)
    for column in left_out:
        yield f"      - {_quote(column.header)}  # {describe_whys(column.whys, catalogue, words)}"
    yield "    records:"
    for record in table.records:
        yield from _write_record(table, record, catalogue, words)


def _write_record(
    table: TableProposal, record: RecordProposal, catalogue: Catalogue, words: Words
) -> Iterator[str]:
    yield f"      - kind: {record.kind}"
    if record.only_where is not None:
        yield f"        only_where: {{column: {_quote(table.columns[record.only_where].header)}}}"
    if record.row_key:
        field, positions = record.row_key
        columns = ", ".join(_quote(table.columns[at].header) for at in positions)
        yield from _comment(words("onboard.mapping.row_key"), indent=8)
        yield f"        row_key: {{field: {field}, columns: [{columns}]}}"
    if record.parent:
        field, kind = record.parent
        match = ", ".join(
            f"{use.field}: {_quote(column.header)}"
            for column in table.columns
            for use in column.uses
            if use.is_parent_key
        )
        yield from _comment(words("onboard.mapping.parent"), indent=8)
        yield f"        parent: {{field: {field}, kind: {kind}, match: {{{match}}}}}"
    yield "        fields:"
    uses = table.list_uses(record.kind)
    for field in catalogue.records[record.kind].fields:
        if field in uses:
            yield from _write_field(field, *uses[field], catalogue, words)
        elif field in record.constants:
            told = words("onboard.mapping.constant")
            yield f"          {field}: {{constant: {_quote(record.constants[field])}}}  # {told}"
        elif field in record.missing:
            label = name_field(catalogue, record.kind, field, words.language)
            yield from _comment(words("onboard.mapping.missing", field=label), indent=10)
            yield f"          # {field}: {{column: ''}}"


def _write_field(
    field: str, column: ColumnProposal, use: Use, catalogue: Catalogue, words: Words
) -> Iterator[str]:
    told = f"{_say(use.confidence, words)}: {describe_whys(use.whys, catalogue, words)}"
    options = "".join(f", {name}: {_write_option(value)}" for name, value in use.options.items())
    codes = [code for code in use.codes if not code.is_known]
    if not codes and use.unknown_codes is None:
        yield f"          {field}: {{column: {_quote(column.header)}{options}}}  # {told}"
        return
    yield f"          {field}:  # {told}"
    yield f"            column: {_quote(column.header)}"
    for name, value in use.options.items():
        yield f"            {name}: {_write_option(value)}"
    if codes:
        yield "            codes:"
    for code in codes:
        told = _say(code.confidence, words)
        yield f"              {_quote(code.text)}: {_quote(code.code)}  # {told}"
    if use.unknown_codes is not None:
        unknown = use.unknown_codes
        yield from _comment(
            words(
                "onboard.mapping.unknown_codes",
                texts=unknown.texts,
                rows=unknown.rows,
                row=unknown.first_row,
            ),
            indent=14 if codes else 12,
        )


def _is_repeat(table: TableProposal, column: ColumnProposal) -> bool:
    return column.position in table.table.repeated


def _say(confidence: Confidence, words: Words) -> str:
    return words(f"onboard.confidence.{confidence.value}")


def _write_option(value: object) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    return str(value) if isinstance(value, int) else _quote(str(value))


def _quote(text: str) -> str:
    """A text as a YAML scalar, whatever stands in it."""
    if text.isprintable():
        return "'" + text.replace("'", "''") + "'"
    return json.dumps(text)


def _comment(text: str, indent: int = 0) -> Iterator[str]:
    """The text as comment lines of readable length."""
    line = ""
    for word in text.split():
        if line and len(line) + len(word) + 1 > _COMMENT_WIDTH - indent:
            yield f"{' ' * indent}# {line}"
            line = ""
        line = f"{line} {word}" if line else word
    if line:
        yield f"{' ' * indent}# {line}"
