"""Numbers out of the files that go with pages: CSV, Excel, and the figures of the release.

Every sheet has a column with the key of the figure that a row is about.
"""

import csv
import io
import json
from collections.abc import Iterable
from datetime import date
from pathlib import Path

from pipelines.catalogue.wording import load_words
from pipelines.deliveries.readers.workbook import read_sheets
from pipelines.protection.told_rows import COUNTS, name_counted_cell
from reports.rendered.sightings import DIGIT, EXCLUSION, OUTCOME, SCORE, Sighting

SCORE_KEY = "score_key"
ROW_KEY = "row_key"
COUNT = "units_counted"
EXCLUDED = "units_excluded"
NUMBERS = ("value", "ci_low", "ci_high", "numerator", "denominator", COUNT, EXCLUDED, "score")
SYSTEMS = {COUNT: SCORE, EXCLUDED: EXCLUSION}
# What a row is about; its other cells tell numbers of the figure, or words.
ABOUT = ("period", "audit_date", "indicator_version", "instrument_version")
ABOUT_FILES = "data-"  # the first part of the names of files about deliveries


def read_csv(path: Path, language: str) -> list[Sighting]:
    """What a CSV file says about figures."""
    if path.name.startswith(ABOUT_FILES):
        return []
    text = path.read_text(encoding="utf-8-sig")
    return _read_rows(csv.reader(io.StringIO(text), delimiter=";"), path, language)


def read_workbook(path: Path, language: str) -> list[Sighting]:
    """What every sheet of a workbook says about figures."""
    found = []
    for rows in read_sheets(path):
        found += _read_rows((list(map(_write, row)) for row in rows), path, language)
    return found


def _write(cell: object) -> str:
    """A cell of a workbook as it stands in a CSV file."""
    if isinstance(cell, float):
        return f"{cell:.10f}".rstrip("0").rstrip(".").replace(".", ",")
    if isinstance(cell, date):
        return f"{cell:%d-%m-%Y}"
    return str(cell)


def _read_rows(rows: Iterable[list[str]], path: Path, language: str) -> list[Sighting]:
    rows = iter(rows)
    words = load_words(language)
    header = next(rows, [])
    places = {
        name: header.index(title)
        for name in (SCORE_KEY, ROW_KEY, *NUMBERS, *COUNTS, *ABOUT)
        if (title := words(f"download.column.{name}")) in header
    }
    found: list[Sighting] = []
    key = places.pop(SCORE_KEY, None)
    numbers = {} if key is None else {places[name]: name for name in NUMBERS if name in places}
    key = places.pop(ROW_KEY, key)
    if key is None:  # a sheet of words; a number in it belongs to nothing
        return [Sighting(path.suffix, cell, path, is_unnamed=True, is_file=True)
                for row in (header, *rows) for cell in row if DIGIT.search(cell)]  # fmt: skip
    counts = {places[name]: name for name in COUNTS if name in places}
    silent = {places[name] for name in ABOUT if name in places} | {key}
    for row in rows:
        for place, cell in enumerate(row):
            if place in silent or not DIGIT.search(cell):
                continue
            name = numbers.get(place)
            if name is not None:
                found.append(Sighting(row[key], cell, path, SYSTEMS.get(name, "")))
                continue
            found.append(Sighting(row[key], cell, path, tells=(row[key],), is_file=True))
            counted = name_counted_cell(row[key], counts.get(place))
            if counted is not None:
                found.append(Sighting(counted, cell, path, OUTCOME))
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
