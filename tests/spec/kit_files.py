"""The conformance kit: what the spec tests ask and expect, as plain files that need no Python.

A case is one scenario: export files as an organisation would deliver them, and the rows that must
come out. It is called after its test module and a hash of what goes in. What does not belong here:
running a case (``test_kit``).
"""

import csv
import hashlib
import io
import json
from collections.abc import Iterable, Mapping
from pathlib import Path

import yaml

from pipelines.catalogue import load_catalogue
from tests.spec.scenario import Question, Scenario, Scored

KIT = Path(__file__).parent / "kit"
WRITE_VARIABLE = "KRACHTWERK_WRITE_KIT"
CASE_FILE, ABSENT_FILE = "case.json", "absent.csv"
METHOD_PROGRAMMES = ("krachtwerk", "houvast", "cti")
UNIT_COLUMNS = ("unit_kind", "unit_id", "counted", "met")
UNIT_COLUMNS += ("amount_numerator", "amount_denominator", "exclusion_reason")
ID_COLUMNS = {
    "indicator_scores": "indicator_id",
    "record_profile": "part",
    "requirement_results": "requirement_id",
}
# Columns that a delivered file must have and that no rule of a spec test looks at.
NEUTRAL: dict[str, dict[str, str]] = {
    "team": {"name": "Team", "setting": "other"},
    "goal": {"status": "open"},
    "evaluation": {"kind": "interim"},
    "quality_rating": {"criterion": "criterion", "rater_id": "rater", "score": "3"},
    "supervision": {"supervisor_id": "supervisor"},
}
Rows = list[dict[str, object]]


def name_case(module: str, scenario: Scenario) -> str:
    """``within-1a2b3c4d``: the same inputs have the same name."""
    content = json.dumps(
        [scenario.tables, scenario.settings, scenario.overlays], sort_keys=True, default=str
    )
    return f"{module.removeprefix('test_')}-{hashlib.sha256(content.encode()).hexdigest()[:8]}"


def list_inbox_files(scenario: Scenario) -> dict[str, str]:
    """Path -> content of the inbox: a folder per organisation with one CSV per record kind."""
    files: dict[str, str] = {}
    for organisation in scenario.tables["organisation"]:
        name = str(organisation["organisation_id"])
        settings = {
            "organisation_id": name,
            "name": name,
            "source": "canonical",
            "exported_on": str(organisation["known_until"]),
        }
        if organisation.get("method_start"):
            settings["method_start"] = str(organisation["method_start"])
        if scenario.settings:
            terms = dict(scenario.settings)
            settings["programme_profile"] = {one: dict(terms) for one in METHOD_PROGRAMMES}
        if name in scenario.overlays:
            settings["overlay"] = "eigen_catalogus"
            for path, text in scenario.overlays[name].items():
                files[f"{name}/eigen_catalogus/{path}"] = text.strip() + "\n"
        files[f"{name}/organisation.yaml"] = yaml.safe_dump(settings, sort_keys=False)
        for kind, rows in scenario.tables.items():
            own = [row for row in rows if row.get("organisation_id", "org") == name]
            if kind != "organisation" and own:
                files[f"{name}/{kind}.csv"] = _write_records(kind, own)
    return files


def _write_records(kind: str, rows: list[dict]) -> str:
    declared = load_catalogue().records[kind].fields
    filled = [{**NEUTRAL.get(kind, {}), **row} for row in rows]
    given = {name for row in filled for name in row}
    columns = [
        name for name, field in declared.items() if name in given or (
            field.required and field.default is None
        )
    ]  # fmt: skip
    return write_csv(columns, ([row.get(name) for name in columns] for row in filled))


def write_csv(columns: Iterable[str], rows: Iterable[Iterable[object]]) -> str:
    """A CSV with commas, LF, and numbers in full; an empty cell is no value."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(columns)
    writer.writerows([_write_cell(cell) for cell in row] for row in rows)
    return text.getvalue()


def _write_cell(cell: object) -> str:
    if isinstance(cell, bool):
        return str(cell).lower()
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))  # 3.0 and 3 are the same number in every tool
    return "" if cell is None else str(cell)


def list_expected_files(scored: Scored, questions: Iterable[Question]) -> dict[str, str]:
    """Path -> content: the rows that answer the questions, and the rows that must not be there."""
    answers: dict[str, dict[str, Rows]] = {}
    absent = []
    for one in sorted(set(questions), key=_order):
        rows = answer_question(scored, one)
        if not rows:
            absent.append((one.table, one.identity, one.org, one.team, one.period))
        answers.setdefault(one.table, {})[str(_order(one))] = rows
    files = {}
    for table, found in answers.items():
        rows = [row for rows in found.values() for row in rows]
        if rows:
            files[f"{table}.csv"] = write_csv(rows[0], (row.values() for row in rows))
    if absent:
        head = ("table", "identity", "organisation_id", "team_id", "period")
        files[ABSENT_FILE] = write_csv(head, absent)
    return files


def _order(question: Question) -> tuple[str, ...]:
    return tuple(part or "" for part in vars(question).values())


def answer_question(scored: Scored, question: Question) -> Rows:
    """The rows of the results that a question is about, in a fixed order."""
    place = [question.period, question.org or "", question.team or ""]
    if question.table == "indicator_units":
        columns = ", ".join(UNIT_COLUMNS)
        sql = f"""
            select score_key, {columns} from score.indicator_unit
            where indicator_id = ? and period = ? and organisation_id = ? and team_id = ?
            order by score_key, unit_kind, unit_id
        """
    else:
        sql = f"""
            select * from results.{question.table}
            where {ID_COLUMNS[question.table]} = ? and period = ?
                and coalesce(organisation_id, '') = ? and coalesce(team_id, '') = ?
        """
    result = scored.warehouse.execute(sql, [question.identity, *place])
    names = [column[0] for column in result.description]
    return [dict(zip(names, row, strict=True)) for row in result.fetchall()]


def write_case(case: str, scored: Scored, test: str, questions: Iterable[Question]) -> None:
    """Writes a case, or adds what one more test says of it."""
    folder = KIT / case
    known = read_case(case)
    asked = {Question(*entry) for entry in known["asked"]} | set(questions)
    tests = sorted({*known["tests"], test})
    listed = [list(vars(one).values()) for one in sorted(asked, key=_order)]
    files = {
        CASE_FILE: json.dumps({"tests": tests, "asked": listed}, indent=1) + "\n",
        **{f"inbox/{path}": text for path, text in list_inbox_files(scored.scenario).items()},
        **{
            f"expected/{path}": text
            for path, text in list_expected_files(scored, asked).items()
        },
    }  # fmt: skip
    for path, text in files.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(text, encoding="utf-8")


def read_case(case: str) -> Mapping[str, list]:
    """The tests that state a case, and what they ask; empty lists when it is not there."""
    path = KIT / case / CASE_FILE
    if not path.is_file():
        return {"tests": [], "asked": []}
    return json.loads(path.read_text(encoding="utf-8"))
