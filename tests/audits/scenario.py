"""Audits written as small tables, scored by the real statements, read back as plain answers.

Ratings are written as a grid: one line per item, one column per assessor. A cell is a rating by
overall judgement (``4``), ratings by source (``file 3, interview 4``), ``na`` for not applicable,
``?`` for missing; ``-`` is no row at all. The assessor ``consensus`` is what was agreed.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from pipelines.audits import STEPS
from pipelines.catalogue import Catalogue, load_catalogue
from pipelines.catalogue.models.audit_instruments import AuditInstrument
from pipelines.facts import STEPS as FACT_STEPS
from pipelines.records.schema import create_staged_tables
from pipelines.run import Run
from pipelines.warehouse import Warehouse, open_warehouse
from pipelines.warehouse.steps import build_all
from tests.spec.scenario import KNOWN_UNTIL, parse_tables, score_scenario

CATALOGUE = load_catalogue()
ITEMS = tuple(CATALOGUE.audit_instruments["sm-kansas-2009"].items)
WORDS = {"nl": "woord", "en": "word"}
FOLDER = Path("unused")
NEEDED_FACTS = {
    "catalogue.code",
    "catalogue.programme",
    "fact.trajectory",
    "fact.review",
    "fact.team",
    "fact.day",
    "fact.period",
    "fact.audit",
}
OLD_TRAJECTORY = "trajectory\ntrajectory_id | start_date\nold | 2023-01-01"


def write_audit(name: str, day: str, grid: str = "", **fields: str) -> dict[str, list[str]]:
    """Lines of the tables ``fidelity_audit`` and ``audit_rating`` for one audit."""
    usual = {
        "team": "team",
        "round": "baseline",
        "instrument": "sm-kansas-2009",
        "version": "2009",
        "organisation": "org",
    }
    told = {**usual, **fields}
    audit = [name, told["team"], day, told["round"], told["instrument"], told["version"]]
    ratings = []
    if lines := [line for line in grid.strip().splitlines() if line.strip()]:
        assessors = [cell.strip() for cell in lines[0].split("|")][1:]
        for line in lines[1:]:
            item, *cells = [cell.strip() for cell in line.split("|")]
            for assessor, cell in zip(assessors, cells, strict=True):
                ratings += [[name, assessor, item, *row] for row in _read_cell(assessor, cell)]
    own = told["organisation"]
    return {
        "fidelity_audit": [" | ".join([*audit, own])],
        "audit_rating": [" | ".join([*row, own]) for row in ratings],
    }


def _read_cell(assessor: str, cell: str) -> list[list[str]]:
    """Evidence source, is_consensus, score, null_reason of every rating in a cell."""
    if cell in ("", "-"):
        return []
    rows = []
    for rating in cell.split(","):
        source, _, score = rating.strip().rpartition(" ")
        reason = {"na": "not_applicable", "?": "missing"}.get(score, "-")
        is_consensus = str(assessor == "consensus").lower()
        rows.append([source or "overall", is_consensus, score if reason == "-" else "-", reason])
    return rows


def write_grid(*scores: object, assessors: tuple[str, ...] = ("a", "b")) -> str:
    """A grid of the fourteen items: one score for everybody, or one per assessor, per item."""
    lines = ["item | " + " | ".join(assessors)]
    for item, score in zip(ITEMS, scores, strict=False):
        cells = score if isinstance(score, tuple) else (score,) * len(assessors)
        lines.append(" | ".join([item, *map(str, cells)]))
    return "\n".join(lines)


def declare_instrument(name: str, items: dict[str, str], /, **fields: object) -> AuditInstrument:
    """An instrument as an overlay would bring it: item -> subscale."""
    usual = {
        "version": 1,
        "label": WORDS,
        "lowest_rating": 1,
        "highest_rating": 5,
        "total": "mean",
        "item_count": len(items),
        "subscales": {part: {"label": WORDS} for part in items.values()},
        "items": {item: {"label": WORDS, "subscale": part} for item, part in items.items()},
        "public": WORDS,
        "to_supply": WORDS,
        "provenance": "organisation",
        "source": "test",
    }
    return AuditInstrument.model_validate({"instrument": name, **usual, **fields})


def overlay(*instruments: AuditInstrument) -> Catalogue:
    """The shipped catalogue with these instruments laid over it."""
    own = {one.instrument: one for one in instruments}
    return replace(CATALOGUE, audit_instruments={**CATALOGUE.audit_instruments, **own})


class Audited:
    """A scenario after scoring."""

    def __init__(self, warehouse: Warehouse):
        self.warehouse = warehouse

    def rows(self, table: str, **conditions: object) -> list[dict]:
        """Rows of a results table that meet the conditions, as dicts."""
        tests = " and ".join(f"{name} is not distinct from ?" for name in conditions) or "true"
        result = self.warehouse.execute(
            f"select * from results.{table} where {tests}", list(conditions.values())
        )
        names = [column[0] for column in result.description]
        return [dict(zip(names, row, strict=True)) for row in result.fetchall()]

    def row(self, table: str, **conditions: object) -> dict:
        """The one row that meets the conditions."""
        rows = self.rows(table, **conditions)
        assert len(rows) == 1, (table, conditions, len(rows))
        return rows[0]

    def score(self, part: str, audit: str = "A") -> tuple:
        """(score, status) of an item, subscale or total."""
        row = self.row("audit_scores", audit_id=audit, part=part)
        return row["score"], row["status"]

    def band(self, part: str = "total", audit: str = "A") -> tuple:
        """(lowest, highest, band) of a subscale or total."""
        row = self.row("audit_scores", audit_id=audit, part=part)
        return row["lowest"], row["highest"], row["band"]


def write_tables(audits: tuple[dict[str, list[str]], ...]) -> list[str]:
    """The audits as tables of a scenario."""
    heads = {
        "fidelity_audit": "audit_id | team_id | audit_date | round | instrument"
        " | instrument_version | organisation_id",
        "audit_rating": "audit_id | assessor_id | item_id | evidence_source | is_consensus"
        " | score | null_reason | organisation_id",
    }
    tables = []
    for kind, head in heads.items():
        if lines := [line for audit in audits for line in audit[kind]]:
            tables.append("\n".join([kind, head, *lines]))
    return tables


def score_audits(
    *audits: dict[str, list[str]], other: str = "", catalogue: Catalogue = CATALOGUE
) -> Audited:
    """Loads audits and other records, and builds what is told of the audits alone.

    Organisations beside ``org`` are named in ``other``, with their teams.
    """
    warehouse = open_warehouse()
    create_staged_tables(warehouse, catalogue)
    tables = parse_tables("\n\n".join([*write_tables(audits), other or OLD_TRAJECTORY]))
    tables.setdefault("organisation", [{"organisation_id": "org", "known_until": KNOWN_UNTIL}])
    tables.setdefault("team", [{"team_id": "team", "start_date": "2020-01-01"}])
    for kind, rows in tables.items():
        for row in rows:
            record = {"organisation_id": "org", **row}
            marks = ", ".join("?" * len(record))
            warehouse.execute(
                f"insert into staged.{kind} ({', '.join(record)}) values ({marks})",
                list(record.values()),
            )
    steps = [step for step in FACT_STEPS if step.table in NEEDED_FACTS]
    steps += [step for step in STEPS if "triangulation" not in step.table]
    build_all(tuple(steps), warehouse, Run(FOLDER, FOLDER, FOLDER, catalogue))
    return Audited(warehouse)


def score_beside_records(*audits: dict[str, list[str]], other: str) -> Audited:
    """The same with every indicator scored, for what stands beside the audits."""
    scored = score_scenario(*write_tables(audits), other)
    build_all(STEPS, scored.warehouse, Run(FOLDER, FOLDER, FOLDER, CATALOGUE))
    return Audited(scored.warehouse)
