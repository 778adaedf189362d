"""Numbers out of the files that go with pages: CSV, Excel, and the figures of the release."""

import csv
import io
import json
from collections.abc import Iterable
from pathlib import Path

from pipelines.catalogue.wording import load_words
from pipelines.deliveries.readers.workbook import read_sheets
from reports.rendered.sightings import Sighting

KEY = "score_key"
COUNT = "units_counted"
EXCLUDED = "units_excluded"
NUMBERS = ("value", "ci_low", "ci_high", "numerator", "denominator", COUNT, EXCLUDED, "score")


def read_csv(path: Path, language: str) -> list[Sighting]:
    """What a CSV file says about figures."""
    text = path.read_text(encoding="utf-8-sig")
    return _read_rows(csv.reader(io.StringIO(text), delimiter=";"), path, language)


def read_workbook(path: Path, language: str) -> list[Sighting]:
    """What every sheet of a workbook says about figures."""
    found = []
    for rows in read_sheets(path):
        found += _read_rows((list(map(_write, row)) for row in rows), path, language)
    return found


def _write(cell: object) -> str:
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return str(cell)


def _read_rows(rows: Iterable[list[str]], path: Path, language: str) -> list[Sighting]:
    rows = iter(rows)
    words = load_words(language)
    header = next(rows, [])
    places = {
        name: header.index(title)
        for name in (KEY, *NUMBERS)
        if (title := words(f"download.column.{name}")) in header
    }
    if KEY not in places:
        return []
    return [
        Sighting(row[places[KEY]], row[place], path, name == COUNT, name == EXCLUDED)
        for row in rows
        for name, place in places.items()
        if name != KEY and row[place]
    ]


def read_release_figures(path: Path) -> list[Sighting]:
    """What the list of figures of a release says; it stays with the pages."""
    content = json.loads(path.read_text(encoding="utf-8"))
    return [
        Sighting(key, str(number), path)
        for key, (value, score, *_) in content["figures"].items()
        for number in (value, score)
        if number is not None
    ]
