"""Takes a client out of everything in a home that is made from landing.

Walks the home, so that a file nobody thought of is found as well. A database is a cache and goes as
a whole, for a deleted row stays in its blocks. A Parquet table loses the rows of the client; any
other file that holds one of their pseudonyms goes. Landing, journal and published pages are left:
they have their own rules.
"""

import hashlib
import json
from dataclasses import dataclass, field
from pathlib import Path

from pipelines.forget.search import (
    Wanted,
    compose_row_hit,
    count_hits,
    is_database,
    is_parquet,
    is_readable,
    list_text_columns,
    walk_home,
)
from pipelines.records.sql_text import quote_text
from pipelines.run import Run
from pipelines.warehouse import Warehouse, escape_glob

PACKAGE_FILE = "datapackage.json"


@dataclass
class Cleaned:
    """What was done to the files that are made from landing; names relative to the home."""

    removed: list[str] = field(default_factory=list)
    rows_taken_out: dict[str, int] = field(default_factory=dict)


def clean_home(warehouse: Warehouse, run: Run, wanted: Wanted) -> Cleaned:
    """Takes everything that is wanted out of the files that are made from landing."""
    cleaned = Cleaned()
    for path in walk_home(run.home):
        if path == run.journal or run.landing in path.parents or run.releases in path.parents:
            continue
        name = path.relative_to(run.home).as_posix()
        # What cannot be read cannot be searched: a copy of a damaged file is not kept.
        if is_database(path) or not is_readable(warehouse, path, wanted):
            path.unlink()
            cleaned.removed.append(name)
        elif count_hits(warehouse, path, wanted):
            if is_parquet(path):
                cleaned.rows_taken_out[name] = _take_out_rows(warehouse, path, wanted)
            else:
                path.unlink()
                cleaned.removed.append(name)
    return cleaned


def _take_out_rows(warehouse: Warehouse, path: Path, wanted: Wanted) -> int:
    source = f"read_parquet({quote_text(escape_glob(path))})"
    hit = compose_row_hit(list_text_columns(warehouse, path), wanted)
    before, left = warehouse.fetch_one(
        f"select count(*), count(*) filter (where not {hit}) from {source}"
    )
    draft = path.with_name(f"{path.name}.part")
    warehouse.execute(
        f"copy (select * from {source} where not {hit}) to {quote_text(str(draft))}"
        " (format parquet, compression zstd)"
    )
    draft.replace(path)
    _describe_anew(path, left)
    return before - left


def _describe_anew(path: Path, row_count: int) -> None:
    """Corrects what a data package beside the file says of its size, hash and rows."""
    package_file = path.with_name(PACKAGE_FILE)
    if not package_file.is_file():
        return
    package = json.loads(package_file.read_text(encoding="utf-8"))
    content = path.read_bytes()
    for resource in package.get("resources", ()):
        if resource.get("path") == path.name:
            resource["bytes"] = len(content)
            resource["hash"] = f"sha256:{hashlib.sha256(content).hexdigest()}"
            resource["rows"] = row_count
    draft = package_file.with_name(f"{PACKAGE_FILE}.part")
    text = json.dumps(package, indent=2, ensure_ascii=False) + "\n"
    draft.write_text(text, encoding="utf-8")
    draft.replace(package_file)
