"""Small worlds written as tables, scored by the real statements, read back as plain answers.

A scenario is a text of tables; each starts with the name of its record kind::

    trajectory
    trajectory_id | start_date
    in time       | 2024-01-01

Cells left out take the defaults below: one organisation, one team of the programme krachtwerk.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

from pipelines.catalogue import Catalogue, load_catalogue
from pipelines.catalogue.overlay import read_overlay
from pipelines.facts import STEPS as FACT_STEPS
from pipelines.records.schema import create_staged_tables
from pipelines.run import Run
from pipelines.scoring import STEPS as SCORING_STEPS
from pipelines.warehouse import Warehouse, open_warehouse
from pipelines.warehouse.steps import build_all

KNOWN_UNTIL = date(2024, 12, 31)
DEFAULTS: dict[str, dict[str, object]] = {
    "organisation": {"known_until": KNOWN_UNTIL},
    "team": {"team_id": "team", "start_date": "2020-01-01"},
    "trajectory": {"team_id": "team", "programme": "krachtwerk"},
    "worker": {
        "team_id": "team",
        "role": "support_worker",
        "start_date": "2020-01-01",
        "fte": "1",
        "contract_hours": "36",
        "other_duty_hours": "0",
    },
    "contact": {"mode": "face_to_face", "no_show": "false", "contact_count": "1"},
    "action_plan": {"status": "active"},
    "closure": {
        "without_contact": "false",
        "exit_interview": "true",
        "safety_plan": "true",
        "final_evaluation": "true",
        "network_meeting": "true",
        "final_report": "true",
    },
    "training": {"kind": "basic", "completed": "true"},
    "team_review": {
        "team_id": "team",
        "status": "held",
        "expected_count": "4",
        "present_count": "4",
    },
    "quality_rating": {"subject": "strengths_assessment", "rater_role": "coach"},
    "supervision": {"kind": "field_mentoring"},
}
Table = list[dict[str, str]]


def parse_tables(text: str) -> dict[str, Table]:
    """The tables of a scenario: record kind -> rows; ``#`` starts a comment, ``-`` is empty."""
    tables: dict[str, Table] = {}
    for block in text.strip().split("\n\n"):
        lines = [line.split("#")[0].strip() for line in block.strip().splitlines()]
        kind, header, *rows = [line for line in lines if line]
        names = [name.strip() for name in header.split("|")]
        for row in rows:
            cells = [cell.strip() for cell in row.split("|")]
            assert len(cells) == len(names), f"{kind}: {row}"
            record = dict(zip(names, cells, strict=True))
            filled = {name: cell for name, cell in record.items() if cell not in ("", "-")}
            empty = dict.fromkeys(record.keys() - filled.keys())
            tables.setdefault(kind, []).append({**DEFAULTS.get(kind, {}), **empty, **filled})
    return tables


@dataclass(frozen=True)
class Scenario:
    """What goes in: records by kind, settings of every programme, files of own catalogues."""

    tables: Mapping[str, Table]
    settings: Mapping[str, int]
    overlays: Mapping[str, Mapping[str, str]]


@dataclass(frozen=True)
class Question:
    """One thing a test asked: a row of a results table, or the units behind a score."""

    table: str
    identity: str  # indicator, part or requirement
    period: str
    team: str | None
    org: str | None


@dataclass(frozen=True)
class Scored:
    """A scenario after scoring; it remembers what it was asked, for the conformance kit."""

    warehouse: Warehouse
    scenario: Scenario
    asked: list[Question] = field(default_factory=list)

    def units(self, indicator: str, period: str, team: str | None = "team", org: str = "org"):
        """Unit id -> "met", "not met", "counted" or the reason to leave it out, at one level."""
        self.asked.append(Question("indicator_units", indicator, period, team, org))
        rows = self.warehouse.fetch_all(
            """
            select unit_id, coalesce(exclusion_reason, case met when true then 'met'
                when false then 'not met' else 'counted' end)
            from score.indicator_unit
            where indicator_id = ? and period = ? and organisation_id = ? and team_id = ?
            """,
            [indicator, period, org, team or ""],
        )
        assert len(rows) == len(dict(rows)), "a unit stands twice"
        return dict(rows)

    def list_keys(self, indicator: str, period: str) -> list[str]:
        """Every score key of an indicator in a period."""
        return [
            key
            for (key,) in self.warehouse.fetch_all(
                "select score_key from results.indicator_scores"
                " where indicator_id = ? and period = ?",
                [indicator, period],
            )
        ]

    def score(
        self, indicator: str, period: str, team: str | None = "team", org: str | None = "org"
    ):
        """One row of ``results.indicator_scores`` as a dict; None when there is no such row."""
        return self._find("indicator_scores", "indicator_id", indicator, period, team, org)

    def part(self, part: str, period: str, team: str | None = "team", org: str | None = "org"):
        """One row of ``results.record_profile`` as a dict; None when there is no such row."""
        return self._find("record_profile", "part", part, period, team, org)

    def requirement(self, requirement: str, period: str, team: str | None = "team"):
        """One row of ``results.requirement_results`` as (status, reason, value)."""
        row = self._find("requirement_results", "requirement_id", requirement, period, team, "org")
        return row["status"], row["reason"], row["value"]

    def _find(self, table, id_column, identity, period, team, org):
        self.asked.append(Question(table, identity, period, team, org))
        result = self.warehouse.execute(
            f"""
            select * from results.{table}
            where {id_column} = ? and period = ?
                and team_id is not distinct from ? and organisation_id is not distinct from ?
            """,
            [identity, period, team, org],
        )
        names = [column[0] for column in result.description]
        rows = [dict(zip(names, row, strict=True)) for row in result.fetchall()]
        assert len(rows) <= 1
        return rows[0] if rows else None


# Scenarios of the test module at hand; filled while it is held beside the conformance kit.
SCORED: list[Scored] | None = None


def lay_over_shipped(files: Mapping[str, str]) -> Catalogue:
    """The shipped catalogue with the files of an overlay (path -> content) laid over it."""
    with TemporaryDirectory() as folder:
        for name, text in files.items():
            path = Path(folder) / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
        return read_overlay(Path(folder), load_catalogue())


def score_scenario(
    *texts: str,
    settings: dict[str, int] | None = None,
    overlays: dict[str, Mapping[str, str]] | None = None,
) -> Scored:
    """Loads the scenario as staged records and runs every step of facts and scoring.

    Several texts are one scenario; ``settings`` replaces values of every programme profile;
    ``overlays`` gives organisations a catalogue of their own: organisation -> the files in it.
    """
    catalogue = load_catalogue()
    warehouse = open_warehouse()
    create_staged_tables(warehouse, catalogue)
    tables = parse_tables("\n\n".join(text.strip() for text in texts))
    tables.setdefault("organisation", [{"organisation_id": "org", "known_until": KNOWN_UNTIL}])
    tables.setdefault("team", [{"team_id": "team", "start_date": "2020-01-01"}])
    for organisation in tables["organisation"]:
        for profile in catalogue.profiles.values():
            for name, setting in profile.settings.items():
                value = (settings or {}).get(name, setting.value)
                row = [organisation["organisation_id"], profile.programme, name, value]
                warehouse.execute("insert into staged.programme_setting values (?, ?, ?, ?)", row)
    for kind, rows in tables.items():
        for place, row in enumerate(rows, start=1):
            record = {"organisation_id": "org", **row}
            if kind != "organisation":
                record = {"delivery": "d", "delivery_rank": 1, "row_number": place, **record}
            marks = ", ".join("?" * len(record))
            warehouse.execute(
                f"insert into staged.{kind} ({', '.join(record)}) values ({marks})",
                list(record.values()),
            )
    folder = Path("unused")
    own = {name: lay_over_shipped(files) for name, files in (overlays or {}).items()}
    run = Run(folder, folder, folder, catalogue, overlays=own)
    build_all(FACT_STEPS + SCORING_STEPS, warehouse, run)
    scored = Scored(warehouse, Scenario(tables, settings or {}, overlays or {}))
    if SCORED is not None:
        SCORED.append(scored)
    return scored
