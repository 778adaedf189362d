"""The data package that describes the research files (Frictionless ``datapackage.json``).

What does not belong here: writing the files it describes.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from fnmatch import fnmatch
from functools import cache
from pathlib import Path

from pipelines.results.dictionary import TableEntry, read_dictionary
from pipelines.results.labels import Labels
from pipelines.run import Run
from pipelines.warehouse import Warehouse

PACKAGE_FILE = "datapackage.json"
FRICTIONLESS_TYPES = {
    "BIGINT": "integer",
    "BOOLEAN": "boolean",
    "DATE": "date",
    "DECIMAL": "number",
    "DOUBLE": "number",
    "HUGEINT": "integer",
    "INTEGER": "integer",
    "VARCHAR": "string",
}
MEDIA_TYPES = {
    "parquet": "application/vnd.apache.parquet",
    "csv": "text/csv",
    "sav": "application/x-spss-sav",
}
CATALOGUE_FOLDER = Path(__file__).parents[1] / "catalogue"


@cache
def calculate_catalogue_version() -> str:
    """The first twelve hex digits of SHA-256 over every shipped declaration (not the words)."""
    digest = hashlib.sha256()
    for path in sorted(CATALOGUE_FOLDER.rglob("*.yaml")):
        name = path.relative_to(CATALOGUE_FOLDER).as_posix()
        if not name.startswith("words/"):
            content = path.read_bytes()
            digest.update(f"{name}\0{len(content)}\0".encode())
            digest.update(content)
    return digest.hexdigest()[:12]


def describe_origin(warehouse: Warehouse, run: Run) -> dict:
    """What the results were made from: catalogue, day, organisations, deliveries."""
    known = warehouse.fetch_all(
        "select organisation_id, cast(known_until as varchar) from staged.organisation order by 1"
    )
    deliveries = warehouse.fetch_all(
        "select distinct delivery from results.delivery_report"
        " where refused_reason is null order by 1"
    )
    own = warehouse.fetch_all(
        "select distinct organisation_id from catalogue.own_declaration order by 1"
    )
    listed = "\n".join(delivery for (delivery,) in deliveries)
    return {
        "catalogue_version": calculate_catalogue_version(),
        "own_catalogues": [organisation for (organisation,) in own],
        "as_of": max((day for _, day in known), default=None),
        "known_until": dict(known),
        "deliveries": len(deliveries),
        "deliveries_hash": f"sha256:{hashlib.sha256(listed.encode()).hexdigest()}",
    }


def make_package(origin: dict, language: str, resources: list[dict]) -> dict:
    """The whole description; what the results were made from stands under ``origin``."""
    return {
        "profile": "data-package",
        "name": "krachtwerk-results",
        "results_version": read_dictionary().results_version,
        "description": "Pseudonymised, not protected: small numbers are shown. Keep inside.",
        "language": language,
        "origin": origin,
        "resources": resources,
    }


def write_package(folder: Path, package: dict) -> None:
    """Writes the description beside the files."""
    text = json.dumps(package, indent=2, ensure_ascii=False) + "\n"
    (folder / PACKAGE_FILE).write_text(text, encoding="utf-8")


def describe_fields(table: str, entry: TableEntry, types: dict[str, str], labels: Labels) -> list:
    """One field per column: type, short label in the chosen language, meaning, unit."""
    return [
        {
            "name": name,
            "type": FRICTIONLESS_TYPES[types[name].partition("(")[0]],
            "title": labels.find_column(name),
            "description": meaning,
            **({"unit": unit} if (unit := find_unit(table, name)) else {}),
        }
        for name, meaning in entry.columns.items()
    ]


def find_unit(table: str, column: str) -> str | None:
    """The unit of a column's numbers; empty when its name and meaning say enough."""
    for pattern, unit in read_dictionary().units.items():
        if fnmatch(f"{table}.{column}", pattern):
            return unit
    return None


def describe_resource(folder: Path, path: Path, entry: TableEntry, rows: int, fields: list) -> dict:
    """One written file: what it is, its hash, its columns."""
    content = path.read_bytes()
    form = path.suffix[1:]
    name = path.stem.replace("_", "-")
    return {
        "name": name if form == "parquet" else f"{name}-{form}",
        "path": path.relative_to(folder).as_posix(),
        "title": entry.title,
        "description": entry.grain,
        "format": form,
        "mediatype": MEDIA_TYPES[form],
        **({"encoding": "utf-8", "dialect": {"delimiter": ","}} if form == "csv" else {}),
        "bytes": len(content),
        "hash": f"sha256:{hashlib.sha256(content).hexdigest()}",
        "rows": rows,
        "schema": {"fields": fields, "missingValues": [""]},
    }


def list_tables(package: dict) -> Iterable[tuple[str, int]]:
    """(table, rows) of every table that a package has as Parquet."""
    for resource in package["resources"]:
        if resource["format"] == "parquet":
            yield Path(resource["path"]).stem, resource["rows"]
