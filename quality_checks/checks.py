"""What a check is: one question about one table, as an expectation and as plain SQL.

Great Expectations answers each question for the whole table. Where the answer is no, the SQL of the
same check counts per organisation and lists the offending rows. What does not belong here: which
checks exist (``record_checks``, ``delivery_checks``) and how they are run (``suites``).
"""

from dataclasses import dataclass, field
from typing import Any, Literal

Severity = Literal["warning", "blocking"]
Outcome = Literal["passed", "failed", "error"]

ROWS_EXPECTATION = "unexpected_rows_expectation"


@dataclass(frozen=True)
class Check:
    """One data-quality check.

    SQL texts read the checked table as ``{batch}``. ``offenders`` yields organisation_id,
    record_kind, delivery, row_number (NULL when a whole file is meant); a check that measures
    something else than a number of rows has ``measure`` instead: organisation_id, record_kind,
    observed. An organisation fails when what is observed is greater than ``threshold``.
    """

    name: str  # "family" or "family:column"
    table: str  # "schema.table"
    record_kinds: tuple[str, ...]
    severity: Severity
    offenders: str | None = None
    measure: str | None = None
    threshold: float = 0
    scope: str = ""  # organisation_id, record_kind for which the check means something
    expectation: str = ROWS_EXPECTATION  # type as Great Expectations names it
    arguments: dict[str, Any] = field(default_factory=dict)

    @property
    def key(self) -> str:
        """The name that is unique over all tables."""
        return f"{self.table}/{self.name}"

    @property
    def observed(self) -> str:
        """SQL: organisation_id, record_kind, observed; organisations without finding may miss."""
        if self.measure is not None:
            return self.measure
        return (
            "select organisation_id, record_kind, count(*) as observed\n"
            f"from ({self.offenders}) as offender\n"
            "group by organisation_id, record_kind"
        )

    def on_table(self, sql: str) -> str:
        """``sql`` reading the warehouse table itself."""
        return sql.replace("{batch}", self.table)

    def list_arguments(self) -> dict[str, Any]:
        """The arguments of the expectation.

        The rows query of an expectation is grouped per organisation, so that no more than a handful
        of rows, and no delivered value, ever leaves the warehouse.
        """
        if self.expectation != ROWS_EXPECTATION:
            return self.arguments
        query = (
            "select organisation_id, record_kind, observed\n"
            f"from ({self.observed}) as found\n"
            f"where observed > {self.threshold}"
        )
        return {"unexpected_rows_query": query}


def quote(name: str) -> str:
    """A column name as SQL identifier."""
    return '"' + name.replace('"', '""') + '"'


def quote_text(text: str) -> str:
    """A text as SQL literal."""
    return "'" + text.replace("'", "''") + "'"
