"""Numbers out of the files that go with pages: CSV, Excel, and the figures of the release."""

import csv
import io
import json
from collections.abc import Iterable
from datetime import date
from pathlib import Path

from pipelines.catalogue.wording import Words, load_words
from pipelines.deliveries.readers.workbook import read_sheets
from pipelines.protection.told_rows import name_told_row
from reports.panels.profile import PARTS
from reports.rendered.sightings import Sighting

Whom = tuple[str, str | None]  # organisation and team that a file is about

KEY = "score_key"
COUNT = "units_counted"
EXCLUDED = "units_excluded"
NUMBERS = ("value", "ci_low", "ci_high", "numerator", "denominator", COUNT, EXCLUDED, "score")


PROFILE_NUMBERS = ("score", "lowest", "highest", "indicators_scored", "indicators_applicable")
REQUIREMENT_NUMBERS = ("value", "norm")
AUDIT_NUMBERS = ("score", "lowest", "highest", "raters")


def read_csv(path: Path, language: str, whom: Whom | None = None) -> list[Sighting]:
    """What a CSV file says about figures.

    Args:
        whom: of whom the rows without a score key are.
    """
    text = path.read_text(encoding="utf-8-sig")
    return _read_rows(csv.reader(io.StringIO(text), delimiter=";"), path, language, whom)


def read_workbook(path: Path, language: str, whom: Whom | None = None) -> list[Sighting]:
    """What every sheet of a workbook says about figures; ``whom`` as in a CSV file."""
    found = []
    for rows in read_sheets(path):
        found += _read_rows((list(map(_write, row)) for row in rows), path, language, whom)
    return found


def _write(cell: object) -> str:
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    if isinstance(cell, date):
        return f"{cell:%d-%m-%Y}"
    return str(cell)


def _read_rows(
    rows: Iterable[list[str]], path: Path, language: str, whom: Whom | None
) -> list[Sighting]:
    rows = iter(rows)
    words = load_words(language)
    header = next(rows, [])
    places = {
        name: header.index(title)
        for name in (KEY, *NUMBERS)
        if (title := words(f"download.column.{name}")) in header
    }
    if KEY not in places:
        return _read_named_rows(rows, header, path, words, whom) if whom else []
    return [
        Sighting(row[places[KEY]], row[place], path, name == COUNT, name == EXCLUDED)
        for row in rows
        for name, place in places.items()
        if name != KEY and row[place]
    ]


def _read_named_rows(
    rows: Iterable[list[str]], header: list[str], path: Path, words: Words, whom: Whom
) -> list[Sighting]:
    """Rows of record profiles, requirements and audits: what they are about stands in columns."""
    at = {
        name: header.index(title)
        for name in ("period", "part", "requirement_id", "audit_date", *PROFILE_NUMBERS,
                     *REQUIREMENT_NUMBERS, "raters")
        if (title := words(f"download.column.{name}")) in header
    }  # fmt: skip
    organisation_id, team_id = whom
    place = {
        "level": "organisation" if team_id is None else "team",
        "organisation_id": organisation_id,
        "team_id": team_id,
    }
    parts = {words(f"part.{part}"): part for part in PARTS}
    found = []
    for row in rows:
        if "audit_date" in at:
            day, month, year = row[at["audit_date"]].split("-")
            named = {**place, "audit_date": f"{year}-{month}-{day}"}
            table, numbers = "audit", AUDIT_NUMBERS
        elif "requirement_id" in at:
            named = {**place, "period": row[at["period"]],
                     "requirement_id": row[at["requirement_id"]]}  # fmt: skip
            table, numbers = "requirement_results", REQUIREMENT_NUMBERS
        elif "part" in at:
            named = {**place, "period": row[at["period"]],
                     "part": parts.get(row[at["part"]], row[at["part"]])}  # fmt: skip
            table, numbers = "record_profile", PROFILE_NUMBERS
        else:
            return []
        key = name_told_row(table, named)
        found += [Sighting(key, row[at[name]], path) for name in numbers if name in at]
    return found


def read_release_figures(path: Path) -> list[Sighting]:
    """What the list of figures of a release says; it stays with the pages."""
    content = json.loads(path.read_text(encoding="utf-8"))
    return [
        Sighting(key, str(number), path)
        for key, (value, score, *_) in content["figures"].items()
        for number in (value, score)
        if number is not None
    ]
