"""One organisation as its pages see it: entities (itself, its teams), periods, deliveries.

Not here: words and markup; everything in this module is the same in both languages.
"""

import hashlib
import re
import unicodedata
from dataclasses import dataclass, field
from datetime import date

import pandas as pd

from pipelines.catalogue import Catalogue
from pipelines.protection.keeping import KEPT_TABLES
from reports.audit_book import AuditBook, read_audit_book
from reports.evidence import Evidence, read_evidence
from reports.outcome_book import OutcomeBook, read_outcome_book
from reports.shown_names import show_name
from reports.tables import ProtectedTables, to_rows

KEY = "score_key"
# Names that Windows keeps for devices: a folder of that name cannot be unpacked there.
PORTS = {f"{port}{number}" for port in ("com", "lpt") for number in range(10)}
DEVICES = {"con", "prn", "aux", "nul", *PORTS}


@dataclass
class Entity:
    """The organisation, one of its teams, or all organisations together: its protected rows."""

    team_id: str | None
    name: str
    setting: str | None
    page: str
    scores: pd.DataFrame
    profile: pd.DataFrame
    requirements: pd.DataFrame
    exclusions: pd.DataFrame
    # Scores of shipped versions that the organisation replaced but keeps beside its own.
    earlier: pd.DataFrame | None = None

    def __post_init__(self) -> None:
        self._score = {(r["period"], r["indicator_id"]): r for r in to_rows(self.scores)}
        self._part = {(r["period"], r["part"]): r for r in to_rows(self.profile)}
        self._requirement = {
            (r["period"], r["requirement_id"]): r for r in to_rows(self.requirements)
        }
        self._exclusions: dict[str, list[dict]] = {}
        for row in to_rows(self.exclusions):
            self._exclusions.setdefault(row[KEY], []).append(row)

    def score(self, period: str | None, indicator_id: str) -> dict | None:
        """The row of one indicator in one period, or None."""
        return self._score.get((period, indicator_id))

    def part(self, period: str | None, part: str) -> dict | None:
        """The row of one part of the record profile in one period, or None."""
        return self._part.get((period, part))

    def requirement(self, period: str | None, requirement_id: str) -> dict | None:
        """The row of one requirement in one period, or None."""
        return self._requirement.get((period, requirement_id))

    def exclusions_of(self, score: dict | None) -> list[dict]:
        """Reasons of exclusion with their counts (None: not shown) behind one score row."""
        return self._exclusions.get(score[KEY], []) if score else []

    @property
    def audit_page(self) -> str:
        """The page with the audits of this team."""
        return f"audits-{self.page}"

    def has_period(self, period: str | None) -> bool:
        """True when the entity has at least one score row in the period."""
        return any(key[0] == period for key in self._score)


@dataclass
class Organisation:
    """One organisation with its teams by name, its periods and what it delivered."""

    organisation_id: str
    name: str
    slug: str
    known_until: date | None
    as_of: date | None
    minimum_clients: int
    itself: Entity
    teams: list[Entity]
    everyone: Entity | None  # all organisations together; None when it may not be shown
    years: list[str]
    quarters: list[str]
    year: str | None  # the year that the pages lead with
    is_year_provisional: bool
    deliveries: list[dict] = field(default_factory=list)
    detections: list[dict] = field(default_factory=list)  # what was seen of each file
    quarantine: list[dict] = field(default_factory=list)
    quarantine_rows: list[dict] = field(default_factory=list)  # for the download
    checks: list[dict] = field(default_factory=list)
    audits: AuditBook = field(default_factory=AuditBook)
    evidence: Evidence = field(default_factory=Evidence)
    outcomes: OutcomeBook = field(default_factory=OutcomeBook)
    comparisons: list[dict] = field(default_factory=list)
    # (level, team, subject, measure, version) -> its quarters
    series: dict[tuple, list[dict]] = field(default_factory=dict)
    kept_count: int = 0  # figures that stay as they were published before

    @property
    def kept_scores(self) -> list[dict]:
        """The score rows that stay as they were published before, in order of their keys."""
        rows = [row for one in (self.itself, *self.teams) for row in to_rows(one.scores)]
        return sorted((row for row in rows if row["is_kept"]), key=lambda row: row[KEY])

    @property
    def previous_year(self) -> str | None:
        """The year before the leading one, when there are rows for it."""
        before = str(int(self.year) - 1) if self.year else None
        return before if before in self.years else None


def make_slug(text: str, taken: set[str]) -> str:
    """A file name that is safe everywhere, and unique among ``taken`` (to which it is added)."""
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    slug = re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:40].strip("-")
    short, length = slug or "x", 8
    while not slug or slug in taken or slug in DEVICES:
        # Longer until it is free: an id may have been chosen to look like a name made here.
        slug = f"{short}-{hashlib.sha256(text.encode()).hexdigest()[:length]}"
        length += 8
    taken.add(slug)
    return slug


def choose_year(scores: pd.DataFrame) -> str | None:
    """The latest year with at least two complete quarters; without one, the latest year.

    A year of a few weeks old says little: it would be a page full of "too few".
    """
    periods = scores[["period", "is_provisional"]].drop_duplicates()
    quarters = periods[periods["period"].str.contains("Q")]
    complete = quarters[~quarters["is_provisional"].astype(bool)]["period"].str[:4].value_counts()
    half_known = sorted(complete[complete >= 2].index)
    years = sorted(p for p in periods["period"] if "Q" not in p)
    candidates = [year for year in half_known if year in years] or years
    return candidates[-1] if candidates else None


def _by_team(frame: pd.DataFrame) -> dict[str | None, pd.DataFrame]:
    keys = frame["team_id"].astype(object).where(frame["team_id"].notna(), "")
    return {(key or None): part for key, part in frame.groupby(keys, sort=True)}


def _select(groups: dict[str | None, pd.DataFrame], key: str | None, like: pd.DataFrame):
    return groups.get(key, like.iloc[0:0])


def find_leading(scores: pd.DataFrame, catalogue: Catalogue) -> pd.Series:
    """True for the rows of the version of an indicator that the organisation works with."""
    leading = {id: one.version for id, one in catalogue.indicators.items()}
    known = scores["indicator_id"].map(leading)
    return known.isna() | (known == scores["indicator_version"])


def read_organisation(
    tables: ProtectedTables, row: dict, slug: str, catalogue: Catalogue
) -> Organisation:
    """Everything the pages of one organisation need.

    Args:
        row: its row of the table ``organisation``.
        slug: the name of its folder.
        catalogue: that of the organisation.
    """
    organisation_id = row["organisation_id"]
    frames = {
        name: tables.read(name, organisation_id)
        for name in ("indicator_scores", "record_profile", "requirement_results",
                     "indicator_exclusions")
    }  # fmt: skip
    is_leading = find_leading(frames["indicator_scores"], catalogue)
    earlier = _by_team(frames["indicator_scores"][~is_leading])
    frames["indicator_scores"] = frames["indicator_scores"][is_leading]
    groups = {name: _by_team(frame) for name, frame in frames.items()}

    def make_entity(team_id: str | None, name: str, setting: str | None, page: str) -> Entity:
        return Entity(
            team_id,
            name,
            setting,
            page,
            *(_select(groups[table], team_id, frames[table]) for table in frames),
            earlier=earlier.get(team_id),
        )

    name = show_name(row["name"], organisation_id)
    itself = make_entity(None, name, None, "index.html")
    pages: set[str] = set()
    teams = [
        make_entity(team["team_id"], show_name(team["name"], team["team_id"]), team["setting"],
                    f"team-{make_slug(team['team_id'], pages)}.html")
        for team in to_rows(tables.read("team", organisation_id))
    ]  # fmt: skip
    teams.sort(key=lambda team: (team.name.casefold(), team.team_id))
    year = choose_year(itself.scores)
    periods = sorted(set(itself.scores["period"]))
    of_year = itself.scores[itself.scores["period"] == year]
    return Organisation(
        organisation_id=organisation_id,
        name=name,
        slug=slug,
        known_until=row["known_until"],
        as_of=row["as_of"],
        minimum_clients=int(row["minimum_clients"]),
        itself=itself,
        teams=teams,
        everyone=_read_everyone(tables, frames),
        years=[p for p in periods if "Q" not in p],
        quarters=[p for p in periods if "Q" in p],
        year=year,
        is_year_provisional=bool(of_year["is_provisional"].astype(bool).any()),
        deliveries=to_rows(tables.read("delivery_report", organisation_id)),
        detections=to_rows(tables.read("file_detection", organisation_id)),
        quarantine=to_rows(tables.read("quarantine", organisation_id)),
        quarantine_rows=to_rows(tables.read("quarantine_row", organisation_id)),
        checks=to_rows(tables.read("check_results", organisation_id)),
        audits=read_audit_book(tables, organisation_id),
        evidence=read_evidence(tables, organisation_id),
        outcomes=read_outcome_book(tables, organisation_id),
        comparisons=to_rows(tables.read("comparison", organisation_id)),
        series=_read_series(tables, organisation_id),
        kept_count=sum(int(tables.read(name, organisation_id)["is_kept"].sum())
                       for name in KEPT_TABLES),
    )  # fmt: skip


def _read_series(tables: ProtectedTables, organisation_id: str) -> dict[tuple, list[dict]]:
    series: dict[tuple, list[dict]] = {}
    for row in to_rows(tables.read("monitoring_point", organisation_id)):
        name = ("level", "team_id", "subject", "measure", "indicator_version")
        series.setdefault(tuple(row[part] for part in name), []).append(row)
    for rows in series.values():
        rows.sort(key=lambda row: row["period"])
    return series


def _read_everyone(tables: ProtectedTables, frames: dict[str, pd.DataFrame]) -> Entity | None:
    profile = tables.read_all_level("record_profile")
    scores = tables.read_all_level("indicator_scores")
    if profile.empty or scores[scores["units_counted"] > 0].empty:
        return None
    return Entity(
        None, "", None, "", scores, profile,
        frames["requirement_results"].iloc[0:0], frames["indicator_exclusions"].iloc[0:0],
    )  # fmt: skip
