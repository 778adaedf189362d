"""Names of published rows that are no score: what a page or file says which row it tells.

The check before publication holds what it reads against these names. Scores have their score key.
"""

from collections.abc import Mapping
from datetime import date

from pipelines.protection.keeping import KEPT_TABLES, KeepRule

SCORE_KEYED = ("indicator_scores", "indicator_exclusions", "score_reason")
# Rows of which the numbers can be hidden.
TOLD_ROWS: dict[str, KeepRule] = {
    **{name: rule for name, rule in KEPT_TABLES.items() if name not in SCORE_KEYED},
    "audit": KeepRule(("organisation_id", "team_id", "audit_date")),
    "fidelity_outcome_point": KeepRule(("hypothesis_id", "organisation_id", "team_id", "period")),
    "fidelity_outcome": KeepRule(("hypothesis_id", "level", "organisation_id", "model", "term")),
    "monitoring_point": KeepRule(
        ("level", "organisation_id", "team_id", "subject", "measure", "indicator_version", "period")
    ),
}
# Rows that are only there when they may be told.
SHOWN_ROWS: dict[str, tuple[str, ...]] = {
    "change": ("organisation_id", "team_id", "period"),
    "profile_lift": ("organisation_id", "team_id", "period", "place"),
    "rater_agreement": ("organisation_id", "instrument", "statistic"),
    "comparison": ("organisation_id", "team_id", "period", "subject", "measure",
                   "indicator_version", "instrument", "instrument_version", "scale", "informant",
                   "moments"),
}  # fmt: skip
NAMED_ROWS = {table: rule.figure for table, rule in TOLD_ROWS.items()} | SHOWN_ROWS

# Columns with a count that stands in the system of outcomes: table -> column -> group of clients.
COUNTED = {
    "outcome_flow": {"numerator": "reached"},
    "outcome_change": {"completers_count": "completers", "due_count": "due"},
    "goal_attainment": {"denominator": "closed"},
    "closures": {"denominator": "closed"},
}
COUNTS = ("numerator", "denominator", "completers_count", "due_count")
# Ways in which goals or trajectories ended are rows of one group.
ENDS = {"attained": "ends", "partly": "ends", "not_attained": "ends", "stopped": "ends",
        "planned": "kinds", "premature": "kinds", "neutral": "kinds",
        "not_planned": "kinds"}  # fmt: skip
HOUSING = "housing_after"  # of which each kind is a group, and not all together


def name_told_row(table: str, row: Mapping) -> str:
    """``table|...``: the columns that name one figure, in the order of the rule."""
    return "|".join([table, *(_write(row.get(column)) for column in NAMED_ROWS[table])])


def _write(value: object) -> str:
    if value is None or value != value:
        return ""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))  # a column of whole numbers with empty ones among them
    return value.isoformat() if isinstance(value, date) else str(value)


def name_counted_cell(name: str, column: str | None) -> str | None:
    """The key of the cell whose count stands in a column of a row; None: it is none of a system.

    Args:
        name: of a row, as ``name_told_row`` gives it.
    """
    table, *place = name.split("|")
    if table not in COUNTED:
        return None
    _, organisation_id, team_id, period, breakdown, category, *subject = place
    group = COUNTED[table].get(column or "")
    if subject[0] == HOUSING:
        group = "housing" if column == "numerator" else None
    if group is None:
        return None
    told = "|".join(filter(None, (ENDS.get(subject[0], subject[0]), *subject[1:])))
    return "|".join((table, group, organisation_id, team_id, period, breakdown, category, told))
