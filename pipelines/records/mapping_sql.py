"""One query per record source: landed rows of all its files -> typed candidate rows with faults.

The query is composed from the declarations, layer upon layer; each layer is one ``select *`` more.
What does not belong here: which candidates win and whether they refer to something (staging).
"""

from pipelines.catalogue.models.records import RecordField, RecordKind
from pipelines.catalogue.models.sources import FieldSource
from pipelines.deliveries.columns import AGE_BAND, ROW_FAULT, name_filter_column, name_hashed
from pipelines.records.field_sql import FieldSql, Finding, compose_field
from pipelines.records.identity_sql import (
    compose_parent_fault,
    compose_parent_join,
    compose_row_key,
    list_match_cells,
)
from pipelines.records.mapping import Mapping
from pipelines.records.reasons import Reason
from pipelines.records.schema import list_staged_columns
from pipelines.records.sql_text import (
    NO_TEXT,
    CellReader,
    join_lines,
    make_cell_reader,
    quote_name,
    quote_text,
    quote_value,
)

FINDING_TYPE = "struct(column_name varchar, code varchar, code_text varchar)[]"
# Beside the staged columns: which record source of the export made the row, what is wrong with it,
# and what is wrong with its parent (judged later, among the staged rows).
CANDIDATE_COLUMNS = {
    "mapping": "VARCHAR",
    "parent_fault": "VARCHAR",
    "faults": FINDING_TYPE,
    "warnings": FINDING_TYPE,
}


def list_candidate_columns(kind: RecordKind) -> dict[str, str]:
    """Column name -> DuckDB type of ``scratch.<kind>``."""
    return list_staged_columns(kind) | CANDIDATE_COLUMNS


def compose_filter(mapping: Mapping, landed: set[str]) -> str:
    """The condition on a landed row that makes it a record of this kind."""
    rule = mapping.record.only_where
    if rule is None:
        return "true"
    name = name_filter_column(mapping.export, mapping.catalogue.records, rule.column)
    cell = f"read_text({make_cell_reader(landed)(name)})"
    return f"{cell} is {'not ' if rule.is_filled else ''}null"


def compose_mapping(mapping: Mapping, landed: set[str]) -> str:
    """The SELECT that makes candidates; the columns are those of :func:`list_candidate_columns`.

    It reads ``read_parquet($files)`` and ``staged.delivery``, joined on the file name.

    Args:
        mapping: what to map.
        landed: the columns that at least one of the files has.
    """
    read_cell = make_cell_reader(landed)
    fields = [
        _compose(mapping, name, declared, read_cell)
        for name, declared in mapping.kind.fields.items()
    ]
    cells = [
        *(f"{sql.cell} as {sql.refer('cell')}" for sql in fields),
        *(f"{sql.several} as {sql.refer('several')}" for sql in fields if sql.several != "false"),
    ]
    codes = [f"{_alias(sql)}.code as {sql.refer('code')}" for sql in fields if sql.lookup]
    joins = [_join_codes(mapping, sql) for sql in fields if sql.lookup]
    parent_fault = NO_TEXT
    if mapping.record.parent:
        cells += list(list_match_cells(mapping, read_cell))
        joins.append(compose_parent_join(mapping))
        codes += ["parent.parent_key", "parent.match_count"]
        parent_fault = compose_parent_fault(mapping)
    rules = _list_rule_findings(mapping, "hard")
    ragged = Finding(f"{quote_name('row fault')} is not null", Reason.RAGGED_ROW)
    faults = [*_list_findings(fields, "faults"), *rules]
    warnings = [*_list_findings(fields, "warnings"), *_list_rule_findings(mapping, "soft")]
    columns = [
        *(quote_name(name) for name in list_staged_columns(mapping.kind)),
        f"{quote_text(mapping.name)} as mapping",
        "parent_fault",
        # The cells of a ragged row are not where they belong, so they have no faults of their own.
        f"coalesce({_collect([(None, ragged)])}, {_collect(faults)}) as faults",
        f"{_collect(warnings)} as warnings",
    ]
    decimal_mark = quote_text(mapping.source.decimal_mark)
    return f"""
with delivered as (
    select
        delivery.organisation_id,
        delivery.delivery,
        delivery.delivery_rank,
        landed.row_number,
        -- A cell of a workbook holds the number itself, with a point.
        case when delivery.format = 'csv' then {decimal_mark} else '.' end as decimal_mark,
        {read_cell(ROW_FAULT)} as {quote_name("row fault")},
        {join_lines(cells)}
    from read_parquet($files, union_by_name = true, filename = true) as landed
    inner join staged.delivery on $folder || delivery.landing = landed.filename
    where {compose_filter(mapping, landed)}
),
looked_up as (
    select {join_lines(["delivered.*", *codes])}
    from delivered
    {" ".join(joins)}
),
cleaned as (
    select *, {join_lines(f"{sql.text} as {sql.refer('text')}" for sql in fields)} from looked_up
),
readings as (
    select *, {join_lines(f"{sql.raw} as {sql.refer('raw')}" for sql in fields)} from cleaned
),
typed as (
    select
        *,
        {parent_fault} as parent_fault,
        {join_lines(f"{sql.value} as {quote_name(sql.name)}" for sql in fields)}
    from readings
)
select {join_lines(columns)}
from typed
"""


def _compose(mapping: Mapping, name: str, declared: RecordField, read_cell: CellReader) -> FieldSql:
    record = mapping.record
    is_key = name in mapping.kind.key
    if record.parent and record.parent.field == name:
        found = "case when match_count = 1 then parent_key end"
        return _make_plain(name, mapping.parent_column, found)
    if record.row_key and record.row_key.field == name:
        sql = _make_plain(name, " + ".join(record.row_key.columns), quote_name(f"cell of {name}"))
        sql.cell = compose_row_key(mapping, read_cell)
        sql.faults.append(Finding(f"{sql.refer('cell')} is null", Reason.MISSING_KEY))
        return sql
    origin = record.fields.get(name, FieldSource())
    if origin.constant is not None:
        constant = f"cast({quote_value(origin.constant)} as {declared.type.sql_type})"
        return _make_plain(name, name, constant)
    landed_name = origin.column
    if landed_name and origin.age_band_at:
        landed_name = f"{landed_name}#{AGE_BAND}"
    elif landed_name and declared.pseudonym:
        landed_name = name_hashed(landed_name, declared.pseudonym)
    cell = read_cell(landed_name) if landed_name else NO_TEXT
    return compose_field(name, declared, origin, cell, mapping.catalogue, is_key)


def _make_plain(name: str, column_name: str, value: str) -> FieldSql:
    """A field whose value needs no reading."""
    return FieldSql(name, column_name, text="null", raw="null", value=value)


def _alias(sql: FieldSql) -> str:
    return quote_name(f"codes of {sql.name}")


def _join_codes(mapping: Mapping, sql: FieldSql) -> str:
    lookup = quote_text(f"{mapping.name}/{sql.name}")
    return (
        f"left join known_text as {_alias(sql)} on {_alias(sql)}.lookup = {lookup}"
        f" and {_alias(sql)}.known_text = lower({sql.refer('cell')})"
    )


def _list_findings(fields: list[FieldSql], which: str) -> list[tuple[str, Finding]]:
    return [(sql.column_name, finding) for sql in fields for finding in getattr(sql, which)]


def _list_rule_findings(mapping: Mapping, severity: str) -> list[tuple[str, Finding]]:
    """The declared row rules; a rule that cannot be decided (an empty field) is satisfied."""
    return [
        (mapping.name_column(rule.column), Finding(f"({rule.condition}) is false", rule.name))
        for rule in mapping.kind.rules
        if rule.severity == severity
    ]


def _collect(findings: list[tuple[str | None, Finding]]) -> str:
    """A list of all findings of a row; NULL, without further work, for a row that has none."""
    if not findings:
        return f"cast(null as {FINDING_TYPE})"
    any_of = " or ".join(f"({finding.condition})" for _, finding in findings)
    each = join_lines(
        f"case when {finding.condition} then {{'column_name': {quote_value(column)},"
        f" 'code': {quote_text(finding.code)}, 'code_text': {finding.code_text}}} end"
        for column, finding in findings
    )
    return f"case when {any_of} then list_filter([{each}], lambda finding: finding is not null) end"
