"""The audits of one organisation as its pages see them: per team, in the order they were held.

Not here: words and markup. Rows come from protected tables: what may not be shown is not in them.
"""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date

from pipelines.protection.told_rows import name_told_row
from reports.tables import ProtectedTables, to_rows

TOTAL = "total"
OPEN_STATUSES = ("in_progress", "open")


@dataclass
class Audit:
    """One round: its scores by part, ratings by item, recommendations, and records beside it."""

    organisation_id: str
    audit_id: str
    team_id: str
    day: date
    round: str
    instrument: str
    is_listed: bool
    raters: int | None
    is_suppressed: bool
    previous: "Audit | None" = None
    scores: dict[str, dict] = field(default_factory=dict)
    ratings: dict[str, list[dict]] = field(default_factory=dict)
    recommendations: list[dict] = field(default_factory=list)
    beside: dict[str, dict] = field(default_factory=dict)

    @property
    def name(self) -> str:
        """How the check of what was written calls it."""
        place = {"organisation_id": self.organisation_id, "team_id": self.team_id}
        return name_told_row("audit", {**place, "audit_date": self.day})

    @property
    def total(self) -> dict | None:
        """The row of the total; without a list of items there is none worth showing."""
        return self.scores.get(TOTAL) if self.is_listed else None

    @property
    def open_recommendations(self) -> list[dict]:
        """What still has to be done, the most urgent first."""
        found = [row for row in self.recommendations if row["status"] in OPEN_STATUSES]
        return sorted(found, key=_urgency)


def _urgency(row: dict) -> tuple:
    due = row["due_date"]
    return (row["priority"], due is None, due or date.min, row["item_id"])


@dataclass
class AuditBook:
    """Every audit of an organisation by team, and how far its assessors agree."""

    by_team: dict[str, list[Audit]] = field(default_factory=dict)
    agreement: list[dict] = field(default_factory=list)

    def of_team(self, team_id: str | None) -> list[Audit]:
        """The audits of one team, the earliest first."""
        return self.by_team.get(team_id or "", [])

    def open_of(self, team_id: str | None) -> list[dict]:
        """Every recommendation of any round that still has to be done, the latest round first."""
        return [row for audit in reversed(self.of_team(team_id))
                for row in audit.open_recommendations]  # fmt: skip

    def last_of(self, team_id: str | None) -> Audit | None:
        """The latest audit of one team, or None."""
        audits = self.of_team(team_id)
        return audits[-1] if audits else None


def read_audit_book(tables: ProtectedTables, organisation_id: str) -> AuditBook:
    """The audits of one organisation."""
    rows = to_rows(tables.read("audit", organisation_id))
    rows.sort(key=lambda row: (row["audit_date"], row["audit_id"]))
    audits = {
        row["audit_id"]: Audit(
            organisation_id=organisation_id,
            audit_id=row["audit_id"],
            team_id=row["team_id"],
            day=row["audit_date"],
            round=row["round"],
            instrument=row["instrument"],
            is_listed=row["is_listed"],
            raters=row["raters"],
            is_suppressed=row["is_suppressed"],
        )
        for row in rows
    }
    for row in rows:
        audits[row["audit_id"]].previous = audits.get(row["previous_audit_id"])
    for row in to_rows(tables.read("audit_scores", organisation_id)):
        audits[row["audit_id"]].scores[row["part"]] = row
    for row in to_rows(tables.read("audit_rating", organisation_id)):
        audits[row["audit_id"]].ratings.setdefault(row["item_id"], []).append(row)
    for row in to_rows(tables.read("audit_recommendation", organisation_id)):
        audits[row["audit_id"]].recommendations.append(row)
    for row in to_rows(tables.read("triangulation", organisation_id)):
        audits[row["audit_id"]].beside[row["item_id"]] = row
    by_team: dict[str, list[Audit]] = defaultdict(list)
    for audit in audits.values():
        by_team[audit.team_id].append(audit)
    agreement = to_rows(tables.read("rater_agreement", organisation_id))
    return AuditBook(dict(by_team), agreement)
