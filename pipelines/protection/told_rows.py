"""Names of published rows that are no score: what a page or file says which row it tells.

The check before publication holds what it reads against these names. Scores have their score key.
"""

from collections.abc import Mapping
from datetime import date

from pipelines.protection.keeping import KEPT_TABLES, KeepRule

SCORE_KEYED = ("indicator_scores", "indicator_exclusions", "score_reason")
TOLD_ROWS: dict[str, KeepRule] = {
    **{name: rule for name, rule in KEPT_TABLES.items() if name not in SCORE_KEYED},
    "audit": KeepRule(("organisation_id", "team_id", "audit_date")),
    "fidelity_outcome_point": KeepRule(("hypothesis_id", "organisation_id", "team_id", "period")),
    "monitoring_point": KeepRule(
        ("level", "organisation_id", "team_id", "subject", "measure", "indicator_version", "period")
    ),
}


def name_told_row(table: str, row: Mapping) -> str:
    """``table|...``: the columns that name one figure, in the order of the rule."""
    return "|".join([table, *(_write(row.get(column)) for column in TOLD_ROWS[table].figure)])


def _write(value: object) -> str:
    if value is None or value != value:
        return ""
    return value.isoformat() if isinstance(value, date) else str(value)
