"""What stands behind the figures of one organisation: reasons, steps that would lift, changes.

Not here: words. Rows come from protected tables, in which a suppressed figure has no number.
"""

from collections import defaultdict
from dataclasses import dataclass, field

from reports.tables import ProtectedTables, to_rows


@dataclass
class Evidence:
    """Looked up by score key, and by team (empty: the organisation) and period."""

    reasons: dict[str, dict] = field(default_factory=dict)
    lifts: dict[tuple[str, str], list[dict]] = field(default_factory=dict)
    changes: dict[str, list[dict]] = field(default_factory=dict)

    def reason(self, score_key: str) -> dict | None:
        """What stands behind one score of a year."""
        return self.reasons.get(score_key)

    def lifts_of(self, team_id: str | None, period: str | None) -> list[dict]:
        """The steps that would lift a record profile most, the best first."""
        return self.lifts.get((team_id or "", period or ""), [])

    def changes_of(self, team_id: str | None, year: str | None) -> list[dict]:
        """Since the year before, and since the quarter before the last one that is over."""
        found = self.changes.get(team_id or "", [])
        return [row for row in found if row["period"] == year or "Q" in row["period"]]


def read_evidence(tables: ProtectedTables, organisation_id: str) -> Evidence:
    """What stands behind the figures of one organisation."""
    lifts: dict[tuple[str, str], list[dict]] = defaultdict(list)
    rows = to_rows(tables.read("profile_lift", organisation_id))
    for row in sorted(rows, key=lambda one: one["place"]):
        lifts[row["team_id"] or "", row["period"]].append(row)
    changes: dict[str, list[dict]] = defaultdict(list)
    rows = to_rows(tables.read("change", organisation_id))
    for row in sorted(rows, key=lambda one: ("Q" in one["period"], one["period"])):
        changes[row["team_id"] or ""].append(row)
    return Evidence(
        reasons={
            row["score_key"]: row for row in to_rows(tables.read("score_reason", organisation_id))
        },
        lifts=dict(lifts),
        changes=dict(changes),
    )
