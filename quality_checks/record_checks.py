"""Checks of a staged table that follow from the declaration of its record kind.

Everything staging promises is asked again here, of the staged table itself: a hard rule that fails
is a fault of the software and blocks publication; a soft rule that fails is a finding about the
data. What does not belong here: checks about files and organisations (``delivery_checks``).
"""

from collections.abc import Iterator
from datetime import date

from pipelines.catalogue import Catalogue
from pipelines.catalogue.models.records import FieldType, RecordField, RecordKind
from quality_checks.checks import Check, Severity, quote, quote_text

# Before this date no organisation kept such records in a system; a date there is a typing fault.
EARLIEST_DATE = date(1990, 1, 1)
# Plans reach ahead, but not ten years. Whole years: the question stays the same as files come in.
YEARS_AHEAD = 10
# Fewer answers in one file can be all the same by chance.
ONE_VALUE_MINIMUM_ROWS = 20


def list_record_checks(kind: RecordKind, catalogue: Catalogue, as_of: date) -> list[Check]:
    """Every check of ``staged.<kind>``, in the order of its fields."""
    maker = _CheckMaker(kind)
    checks: list[Check] = []
    for name, declared in kind.fields.items():
        checks.extend(_list_field_checks(maker, name, declared, catalogue, as_of))
    checks.append(maker.make_key_check())
    for rule in kind.rules:
        severity: Severity = "blocking" if rule.severity == "hard" else "warning"
        checks.append(maker.make(f"rule:{rule.name}", severity, f"not ({rule.condition})"))
    if kind.date_field:
        checks.append(maker.make_rows_after_export())
    return checks


def _list_field_checks(
    maker: "_CheckMaker", name: str, declared: RecordField, catalogue: Catalogue, as_of: date
) -> Iterator[Check]:
    column = quote(name)
    if declared.required:
        yield maker.make(
            f"required:{name}",
            "blocking",
            f"{column} is null",
            "expect_column_values_to_not_be_null",
            column=name,
        )
    if declared.codes:
        codes = sorted(catalogue.codes[declared.codes].codes)
        yield maker.make(
            f"code:{name}",
            "warning" if declared.is_open_list else "blocking",
            f"{column} not in ({', '.join(map(quote_text, codes))})",
            "expect_column_values_to_be_in_set",
            column=name,
            value_set=codes,
        )
    if declared.minimum is not None or declared.maximum is not None:
        yield maker.make_range(
            f"range:{name}", "blocking", name, declared.minimum, declared.maximum
        )
    if declared.type == FieldType.DATE:
        latest = date(min(as_of.year + YEARS_AHEAD, date.max.year), 12, 31)
        yield maker.make_range(f"date_plausible:{name}", "warning", name, EARLIEST_DATE, latest)
    if declared.references:
        missing = maker.find_missing_parent(name, declared.references)
        yield maker.make(f"reference:{name}", "blocking", missing)
    if declared.references_by:
        choice = declared.references_by
        missing = " or ".join(
            f"({quote(choice.field)} = {quote_text(value)}"
            f" and {maker.find_missing_parent(name, target)})"
            for value, target in choice.targets.items()
        )
        yield maker.make(f"reference:{name}", "blocking", missing)
    if declared.type == FieldType.BOOL and declared.default is None:
        yield maker.make_one_value(name)


class _CheckMaker:
    """Makes checks of one staged table."""

    def __init__(self, kind: RecordKind):
        self.kind = kind
        self.table = f"staged.{kind.kind}"
        self.kind_literal = quote_text(kind.kind)

    def _make(self, name: str, severity: Severity, offenders: str, **settings) -> Check:
        return Check(
            name=name,
            table=self.table,
            record_kinds=(self.kind.kind,),
            severity=severity,
            offenders=offenders,
            scope=f"select distinct organisation_id, {self.kind_literal} as record_kind"
            " from {batch}",
            **settings,
        )

    def _select(self, source: str, condition: str, row_number: str = "row_number") -> str:
        return (
            f"select organisation_id, {self.kind_literal} as record_kind, delivery,"
            f" {row_number} as row_number\nfrom {source}\nwhere {condition}"
        )

    def make(
        self, name: str, severity: Severity, condition: str, expectation: str = "", **arguments
    ) -> Check:
        """A check whose offenders are the rows that meet ``condition``."""
        offenders = self._select("(select * from {batch}) as checked", condition)
        if not expectation:
            return self._make(name, severity, offenders)
        return self._make(name, severity, offenders, expectation=expectation, arguments=arguments)

    def make_range(self, name, severity: Severity, column: str, minimum, maximum) -> Check:
        """A check that a column lies between two limits, both allowed, either may be open."""
        literals = [None if limit is None else f"'{limit}'" for limit in (minimum, maximum)]
        conditions = [
            f"{quote(column)} {operator} {literal}"
            for operator, literal in zip("<>", literals, strict=True)
            if literal
        ]
        return self.make(
            name,
            severity,
            " or ".join(conditions),
            "expect_column_values_to_be_between",
            column=column,
            min_value=minimum,
            max_value=maximum,
        )

    def make_key_check(self) -> Check:
        """A check that no two rows of an organisation have the same natural key."""
        columns = ("organisation_id", *self.kind.key)
        source = (
            f"(select *, count(*) over (partition by {', '.join(map(quote, columns))}) as key_rows"
            " from {batch}) as checked"
        )
        return self._make(
            "key_unique",
            "blocking",
            self._select(source, "key_rows > 1"),
            expectation="expect_compound_columns_to_be_unique",
            arguments={"column_list": list(columns), "ignore_row_if": "never"},
        )

    def find_missing_parent(self, column: str, target: str) -> str:
        """SQL condition: the reference is filled and nothing of the organisation carries it."""
        parent, _, parent_column = target.partition(".")
        return (
            f"({quote(column)} is not null and not exists (select 1 from staged.{parent} as parent"
            " where parent.organisation_id = checked.organisation_id"
            f" and parent.{quote(parent_column)} = checked.{quote(column)}))"
        )

    def make_rows_after_export(self) -> Check:
        """A check for rows dated after what their organisation can know."""
        condition = (
            "exists (select 1 from staged.organisation as owner"
            " where owner.organisation_id = checked.organisation_id"
            f" and checked.{quote(self.kind.date_field)} > owner.known_until)"
        )
        return self.make("rows_after_export", "warning", condition)

    def make_one_value(self, name: str) -> Check:
        """A check for files in which a yes/no column says the same in every row."""
        column = quote(name)
        offenders = (
            f"select organisation_id, {self.kind_literal} as record_kind, delivery,"
            " cast(null as bigint) as row_number\nfrom {batch}\n"
            "group by organisation_id, delivery\n"
            f"having count({column}) >= {ONE_VALUE_MINIMUM_ROWS}"
            f" and count(distinct {column}) = 1"
        )
        return self._make(f"one_value:{name}", "warning", offenders)
