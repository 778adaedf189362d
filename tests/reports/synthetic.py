"""Plausible result tables of invented organisations, sent through the real protection steps.

The numbers are not computed from records: they only have to look like results, with every status a
page must be able to show.
"""

import random
from datetime import date

from pipelines.catalogue import Catalogue, load_catalogue
from pipelines.facts.catalogue_tables import CATALOGUE_STEPS
from pipelines.protection import STEPS
from pipelines.run import Run
from pipelines.warehouse import Warehouse, open_warehouse
from pipelines.warehouse.steps import build_all
from tests.reports.synthetic_deliveries import add_deliveries
from tests.reports.synthetic_evidence import fabricate_audits
from tests.reports.synthetic_outcomes import fabricate_outcomes
from tests.reports.synthetic_tables import create_result_tables, insert, insert_fast

QUARTERS = (
    *(f"{year}-Q{quarter}" for year in (2024, 2025) for quarter in (1, 2, 3, 4)),
    *(f"2026-Q{quarter}" for quarter in (1, 2, 3)),
)
YEARS = ("2024", "2025", "2026")
KNOWN_UNTIL = date(2026, 8, 31)
HOSTILE_NAME = 'Team "Zuid" </script><script>alert(1)</script> & <b>co</b>'

# organisation -> name, teams: id -> (name, setting, clients a year, workers, skill, since)
ORGANISATIONS = {
    "noordlicht": (
        "Stichting Noordlicht",
        {
            "nl-haven": ("Haven", "homeless_shelter", 64, 9, 0.80, "2024-Q1"),
            "nl-akker": ("Akkerstraat", "supported_housing", 48, 7, 0.55, "2024-Q1"),
            "nl-kade": ("Kade", "youth_shelter", 40, 6, 0.35, "2024-Q1"),
            "nl-klein": ("Klein Verlaat", "womens_shelter", 12, 3, 0.60, "2024-Q1"),
            "nl-laat": ("Wijkteam Oost", "neighbourhood_team", 44, 8, 0.62, "2026-Q1"),
            "nl-vreemd": (HOSTILE_NAME, "outreach", 52, 8, 0.68, "2024-Q1"),
        },
    ),
    "zuiderlicht": (
        "Zuiderlicht Opvang",
        {"zl-1": ("Brug", "outreach", 70, 10, 0.7, "2024-Q1")},
    ),
}


class _Maker:
    """Collects the rows of all result tables."""

    def __init__(self, catalogue: Catalogue, seed: int):
        self.catalogue = catalogue
        self.random = random.Random(seed)
        self.rows: dict[str, list[tuple]] = {
            name: []
            for name in (
                "results.indicator_scores",
                "score.excluded_unit",
                "results.record_profile",
                "results.requirement_results",
                "score.indicator_population",
            )
        }

    def add_entity(self, level, organisation, team, clients, workers, skill, since, organisations):
        for period in (*QUARTERS, *YEARS):
            if period[:4] < since[:4] or ("Q" in period and period < since):
                continue
            share = 0.28 if "Q" in period else 1.0
            drift = 0.08 * (int(period[:4]) - 2025)
            scores = {
                one.id: self._add_score(
                    level, organisation, team, period, one, int(clients * share), workers,
                    skill + drift, organisations,
                )
                for one in self.catalogue.indicators.values()
            }  # fmt: skip
            self._add_profile(level, organisation, team, period, scores)
            if level != "all":
                self._add_requirements(organisation, team, period, scores)

    def _add_score(self, level, organisation, team, period, one, clients, workers, skill, count):
        rng = self.random
        key = f"{one.id}|{organisation or ''}|{team or ''}|{period}|v{one.version}"
        is_about_clients = one.shape not in ("recurring", "rate") and one.id[:2] not in ("ST", "SV")
        units = max(0, clients if is_about_clients else workers)
        level_of_skill = min(0.99, max(0.02, rng.gauss(skill, 0.14)))
        status, value, score = "scored", level_of_skill, None
        low, high = (
            max(0, value - 1 / max(units, 1) ** 0.5),
            min(1, value + 1 / max(units, 1) ** 0.5),
        )
        if one.printed_unit == "rating":
            value = 1 + 4 * level_of_skill
            low, high = max(1, value - 0.4), min(5, value + 0.4)
        elif one.printed_unit == "per_fte":
            value, low, high = rng.uniform(8, 22), None, None
        elif one.printed_unit == "per_month":
            value, low, high = rng.uniform(0.2, 1.6), None, None
        excluded = {"not_yet_due": rng.randint(0, 14), "not_recorded": rng.randint(0, 3)}
        if one.id == "ZR-1":
            status, value, units = "no_data", None, 0
            excluded = {"kind_not_delivered": clients}
        elif one.id == "KI-4" and organisation == "noordlicht":
            status, excluded = "too_incomplete", {"not_recorded": units // 2 + 1}
        elif units < one.minimum_units:
            status = "too_few" if units else "no_data"
            value = value if units else None
        elif not one.is_anchored:
            status = "no_norm"
        else:
            score = value if one.anchors == "rating" else self._find_score(one, value)
        if value is None:
            low = high = None
        for reason, number in excluded.items():
            kind = "trajectory" if is_about_clients else "worker"
            self.rows["score.excluded_unit"] += [
                (key, kind, f"{period}-u{i}", reason) for i in range(number)
            ]
        self.rows["results.indicator_scores"].append(
            (level, organisation, team, period, one.id, one.version,
             None if value is None else value * units, units, value, score, low, high, units,
             sum(excluded.values()), count, status, period >= "2026-Q3" or period == "2026",
             str(one.provenance), key)
        )  # fmt: skip
        people = max(0, units - units // 12) if is_about_clients else None
        self.rows["score.indicator_population"].append((key, people, workers))
        return status, score, value, one

    def _find_score(self, one, value):
        for step in self.catalogue.anchors[one.anchors].steps:
            is_above = step.lower is None or value >= step.lower
            if is_above and (step.upper is None or value < step.upper):
                return float(step.score)
        raise AssertionError(f"{one.id}: no score for {value}")

    def _add_profile(self, level, organisation, team, period, scores):
        parts = {"total": lambda one: one.subscale}
        for name in ("structure", "supervision", "practice"):
            parts[name] = lambda one, name=name: one.subscale == name
        for name in "CEWM":
            parts[name] = lambda one, name=name: one.fit == name
        for part, belongs in parts.items():
            members = [s for s in scores.values() if belongs(s[3]) and s[3].is_anchored
                       and s[0] != "no_data"]  # fmt: skip
            found = [s[1] for s in members if s[1] is not None]
            n, k = len(members), len(found)
            row = [level, organisation, team, period, part, None, None, None, None, k, n, "no_data"]
            if n:
                lowest, highest = (sum(found) + n - k) / n, (sum(found) + 5 * (n - k)) / n
                row[6:8] = [lowest, highest]
                row[11] = "too_incomplete"
                if k >= 0.8 * n:
                    row[5] = sum(found) / k
                    bands = [
                        ("low", "moderate", "high")[(x >= 3) + (x >= 4)] for x in (lowest, highest)
                    ]
                    row[8] = bands[0] if bands[0] == bands[1] else "not_determined"
                    row[11] = "single_indicator" if n == 1 else "shown"
            self.rows["results.record_profile"].append(tuple(row))

    def _add_requirements(self, organisation, team, period, scores):
        for one in self.catalogue.requirements.values():
            norm = float(one.norm) if one.norm is not None else 20.0
            if one.kind != "indicator":
                row = (None, norm, "not_applicable", "no_cti_limit")
            else:
                status, _, value, _ = scores[one.indicator]
                if status not in ("scored", "no_norm"):
                    row = (value, norm, "not_assessable", status)
                elif (value <= norm) if one.is_maximum else (value >= norm):
                    row = (value, norm, "met", "meets_norm")
                elif one.has_chance_guard and value > norm - 0.2:
                    row = (value, norm, "uncertain", "could_be_chance")
                else:
                    row = (value, norm, "not_met", "fails_norm")
            self.rows["results.requirement_results"].append(
                (organisation, team, period, one.id, *row)
            )


def fabricate_results(warehouse: Warehouse, catalogue: Catalogue, seed: int = 7) -> None:
    """Fills staged.organisation, staged.team and every result table."""
    create_result_tables(warehouse, catalogue)
    maker = _Maker(catalogue, seed)
    insert(warehouse, "staged.run", [(KNOWN_UNTIL,)])
    teams = []
    for organisation, (name, members) in ORGANISATIONS.items():
        insert(warehouse, "staged.organisation",
               [(organisation, name, "canonical", None, KNOWN_UNTIL, None)])  # fmt: skip
        for team, (team_name, setting, clients, workers, skill, since) in members.items():
            teams.append({"organisation_id": organisation, "team_id": team, "name": team_name,
                          "setting": setting})  # fmt: skip
            maker.add_entity("team", organisation, team, clients, workers, skill, since, None)
        total = sum(member[2] for member in members.values())
        staff = sum(member[3] for member in members.values())
        maker.add_entity("organisation", organisation, None, total, staff, 0.6, "2024-Q1", None)
    maker.add_entity("all", None, None, 330, 51, 0.62, "2024-Q1", len(ORGANISATIONS))
    for team in teams:
        warehouse.execute(
            "insert into staged.team (organisation_id, team_id, name, setting) "
            "values ($organisation_id, $team_id, $name, $setting)",
            team,
        )
    for table, rows in maker.rows.items():
        insert_fast(warehouse, table, rows)
    members = ORGANISATIONS["noordlicht"][1]
    fabricate_audits(warehouse, catalogue, {team: member[3] for team, member in members.items()})
    fabricate_outcomes(warehouse, catalogue, ORGANISATIONS, QUARTERS)
    add_deliveries(warehouse, catalogue, ORGANISATIONS, KNOWN_UNTIL)


def make_protected_home(home) -> Run:
    """A home with the protected tables of the invented organisations."""
    catalogue = load_catalogue()
    run = Run(home / "inbox", home, home / "key", catalogue)
    with open_warehouse() as warehouse:
        fabricate_results(warehouse, catalogue)
        build_all((*CATALOGUE_STEPS, *STEPS), warehouse, run)
    return run
