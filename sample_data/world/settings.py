"""The invented organisations and teams, and how well each of them works according to the method."""

from dataclasses import dataclass, field
from datetime import date

FIRST_DAY = date(2024, 1, 1)
LAST_DAY = date(2026, 6, 30)


@dataclass(frozen=True)
class Team:
    """One invented team; ``quality`` runs from 0 (nothing of the method) to 1 (all of it)."""

    team_id: str
    name: str
    setting: str
    quality: tuple[float, float]  # on the first and on the last day, a straight line between
    worker_count: int = 7
    starts_per_quarter: int = 14
    stock: int = 12  # trajectories that began before the first day
    start: date = date(2019, 3, 1)
    first_trajectory: date = FIRST_DAY
    programmes: tuple[tuple[str, float], ...] = (("krachtwerk", 0.94), ("other", 0.06))
    held_share: float | None = None  # share of planned team reviews held; None: follows quality
    audit_count: int = 5
    assessor_count: int = 2

    def quality_on(self, day: date) -> float:
        """The quality of the team's work on ``day``."""
        share = (day - FIRST_DAY).days / (LAST_DAY - FIRST_DAY).days
        first, last = self.quality
        return first + (last - first) * min(max(share, 0.0), 1.0)


@dataclass(frozen=True)
class Organisation:
    """One invented organisation, its layout, and the date up to which its files know the world."""

    organisation_id: str
    name: str
    source: str
    known_until: date
    id_prefix: str
    teams: tuple[Team, ...] = field(default=())
    method_start: date | None = None


ZILVERHORST = Organisation(
    organisation_id="zilverhorst",
    name="Verzonnen Stichting Zilverhorst",
    source="aanlevertemplate",
    known_until=date(2026, 6, 30),
    id_prefix="",
    method_start=FIRST_DAY,
    teams=(
        Team("ZH01", "Team Wilgenhof", "homeless_shelter", (0.52, 0.58), worker_count=8),
        Team("ZH02", "Team Sterrenkade", "womens_shelter", (0.22, 0.97), worker_count=7),
        Team("ZH03", "Team Lindepoort", "supported_housing", (0.86, 0.90), worker_count=9),
        Team("ZH04", "Team Kompasroos", "youth_shelter", (0.62, 0.64), held_share=0.28),
    ),
)

GETIJ = Organisation(
    organisation_id="getij",
    name="Fictiehuis Het Getij",
    source="clientdossier",
    known_until=date(2026, 6, 28),
    id_prefix="",
    method_start=FIRST_DAY,
    teams=(
        Team("vlonder", "De Vlonder", "homeless_shelter", (0.66, 0.72), worker_count=8),
        Team("vlonder-nacht", "De Vlonder, nachtopvang", "homeless_shelter", (0.10, 0.16)),
        Team("getij", "Het Getij", "womens_shelter", (0.80, 0.84), worker_count=7),
        Team(
            "ankerplaats-oost",
            "Ankerplaats Oost",
            "youth_shelter",
            (0.40, 0.72),
            worker_count=6,
            stock=0,
            start=date(2025, 3, 1),
            first_trajectory=date(2025, 3, 10),
            programmes=(("houvast", 0.95), ("other", 0.05)),
            audit_count=2,
        ),
    ),
)

PAPAVERDAL = Organisation(
    organisation_id="papaverdal",
    name="Testzorg Papaverdal",
    source="canonical",
    known_until=date(2026, 6, 30),
    id_prefix="pd-",
    teams=(
        Team("pd-centrum", "Centrum", "neighbourhood_team", (0.92, 0.94), worker_count=8, stock=0),
        Team("pd-west", "West", "supported_housing", (0.40, 0.44), stock=0),
        Team(
            "pd-oost",
            "Oost",
            "outreach",
            (0.70, 0.76),
            stock=0,
            programmes=(("krachtwerk", 0.55), ("cti", 0.45)),
            assessor_count=1,
        ),
        Team(
            "pd-eiland",
            "Eiland",
            "neighbourhood_team",
            (0.60, 0.60),
            worker_count=2,
            starts_per_quarter=1,
            stock=0,
            audit_count=1,
        ),
    ),
)

ORGANISATIONS = (ZILVERHORST, GETIJ, PAPAVERDAL)
