"""Searches every file of a home for the pseudonyms of a client: the proof that they are gone.

A file is read for what it holds: the cells of Parquet and SPSS files, the parts of zip files
(xlsx), and of every file its bytes, also as UTF-16. Links are not followed: what they lead to in
the home is found by itself.
"""

import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from pipelines.catalogue.models.records import RecordKind
from pipelines.forget.tombstones import Pseudonyms
from pipelines.records.sql_text import quote_list, quote_name, quote_text
from pipelines.warehouse import Warehouse, WarehouseError, escape_glob

PSEUDONYM_LENGTH = 20
# Longer runs too: a row key can stand inside a longer text of hexadecimal digits.
HEX_RUN = re.compile(rb"[0-9a-f]{20,}")
ENCODINGS = ("utf-8", "utf-16-le", "utf-16-be", "cp1252")
DUCKDB_MARK = b"DUCK"  # bytes 8-12 of a database file
PARQUET_MARK = b"PAR1"
# Tables of scores name what they count by these columns; a case is `<review>|<trajectory>`.
UNIT_COLUMNS = ("unit_kind", "unit_id")
# A shorter id stands in any number by chance.
SHORTEST_SEARCHED_ID = 8


@dataclass(frozen=True)
class Wanted:
    """What is searched for.

    Systems number every kind of record anew, so that the plan of one client can have the number,
    and with it the pseudonym, of the trajectory of another. Such a shared pseudonym tells nobody
    apart by itself: it is searched for only where its kind is told with it.
    """

    unique: frozenset[str]  # pseudonyms that nothing of anybody else has
    by_kind: dict[str, frozenset[str]]  # every pseudonym, by "client" or record kind
    by_column: dict[str, frozenset[str]]  # the same, by the name of a column that tells the kind
    client_id: str | None  # as delivered; None when it is too short to mean anything

    @property
    def count(self) -> int:
        """How many pseudonyms are searched for."""
        return sum(len(pseudonyms) for pseudonyms in self.by_kind.values())


def make_wanted(
    theirs: Pseudonyms, shared: set[str], client_id: str, records: dict[str, RecordKind]
) -> Wanted:
    """What to search for; an id as delivered that is short is left out.

    Args:
        theirs: the pseudonyms of a client and of their records.
        shared: pseudonyms that records of others have as well.
        client_id: as delivered.
        records: every record kind.
    """
    by_kind = {kind: frozenset(pseudonyms) for kind, pseudonyms in theirs.items() if pseudonyms}
    kinds: dict[str, set[str]] = {}
    for kind in records.values():
        if kind.fields[kind.key[0]].references is None:
            kinds.setdefault(kind.key[0], set()).add(kind.kind)
    return Wanted(
        unique=frozenset(set().union(*by_kind.values()) - shared),
        by_kind=by_kind,
        by_column={
            name: by_kind[min(own)]
            for name, own in kinds.items()
            if len(own) == 1 and own <= by_kind.keys()
        },
        client_id=client_id if len(client_id) >= SHORTEST_SEARCHED_ID else None,
    )


def walk_home(home: Path) -> Iterator[Path]:
    """Every regular file under ``home``, hidden ones too, in order; links are not followed."""
    for path in sorted(home.rglob("*")):
        if path.is_file() and not path.is_symlink():
            yield path


def is_database(path: Path) -> bool:
    """True for a DuckDB file or its write-ahead log, under any name."""
    with path.open("rb") as content:
        return content.read(12)[8:] == DUCKDB_MARK or path.suffix == ".wal"


def is_parquet(path: Path) -> bool:
    """True for a Parquet file under any name."""
    with path.open("rb") as content:
        return content.read(4) == PARQUET_MARK


def count_hits(warehouse: Warehouse, path: Path, wanted: Wanted) -> int:
    """How often a file holds what is wanted: rows of a table, places in any other file.

    Raises:
        WarehouseError: a Parquet file that is damaged.
        zipfile.BadZipFile: a zip file that is damaged.
    """
    hits = _count_in_bytes(path.read_bytes(), wanted)
    if is_parquet(path):
        hits += _count_in_parquet(warehouse, path, wanted)
    elif path.suffix in (".sav", ".zsav"):
        hits += _count_in_spss(path, wanted)
    elif zipfile.is_zipfile(path):
        with zipfile.ZipFile(path) as parts:
            hits += sum(_count_in_bytes(parts.read(name), wanted) for name in parts.namelist())
    return hits


def is_readable(warehouse: Warehouse, path: Path, wanted: Wanted) -> bool:
    """False for a file that is damaged, so that nobody can say what it holds."""
    try:
        count_hits(warehouse, path, wanted)
    except (WarehouseError, zipfile.BadZipFile, OSError):
        return False
    return True


def compose_row_hit(columns: list[str], wanted: Wanted) -> str:
    """SQL: true for a row in which any of the columns holds what is wanted."""
    hits = [_compose_token_hit(name, wanted.unique) for name in columns]
    if wanted.client_id is not None:
        text = quote_text(wanted.client_id)
        hits += [f"contains(cast({quote_name(name)} as varchar), {text})" for name in columns]
    hits += [
        _compose_token_hit(name, wanted.by_column[name])
        for name in columns
        if name in wanted.by_column
    ]
    if set(UNIT_COLUMNS) <= set(columns):
        hits += [
            f"(unit_kind = {quote_text(kind)} and list_contains({quote_list(ids)}, unit_id))"
            for kind, ids in wanted.by_kind.items()
        ]
        trajectories = quote_list(wanted.by_kind.get("trajectory", ()))
        second_part = "split_part(unit_id, '|', 2)"
        hits.append(f"(unit_kind = 'case' and list_contains({trajectories}, {second_part}))")
    return f"coalesce({' or '.join(hits)}, false)" if hits else "false"


def list_text_columns(warehouse: Warehouse, path: Path) -> list[str]:
    """The columns of a Parquet file that can hold a pseudonym, lists of texts among them."""
    described = warehouse.fetch_all("describe from read_parquet(?)", [escape_glob(path)])
    return [name for name, kind, *_ in described if "VARCHAR" in kind or "BLOB" in kind]


def _compose_token_hit(column: str, pseudonyms: frozenset[str]) -> str:
    tokens = (
        f"regexp_extract_all(cast({quote_name(column)} as varchar),"
        f" '[0-9a-f]{{{PSEUDONYM_LENGTH}}}')"
    )
    return f"coalesce(list_has_any({tokens}, {quote_list(sorted(pseudonyms))}), false)"


def _count_in_parquet(warehouse: Warehouse, path: Path, wanted: Wanted) -> int:
    hit = compose_row_hit(list_text_columns(warehouse, path), wanted)
    (count,) = warehouse.fetch_one(
        f"select count(*) filter (where {hit}) from read_parquet($path)",
        {"path": escape_glob(path)},
    )
    return count


def _count_in_spss(path: Path, wanted: Wanted) -> int:
    import pyreadstat

    frame, _ = pyreadstat.read_sav(str(path))
    texts = frame.select_dtypes(exclude="number").astype(str)
    # an empty text is no text to pandas
    content = "\n".join("\t".join(map(str, row)) for row in texts.itertuples(index=False))
    return _count_in_bytes(content.encode(), wanted)


def _count_in_bytes(content: bytes, wanted: Wanted) -> int:
    hits = _count_pseudonyms(content, wanted.unique)
    if b"\0" in content:  # UTF-16 writes these digits with a NUL byte between them
        hits += _count_pseudonyms(content.replace(b"\0", b""), wanted.unique)
    if wanted.client_id is not None:
        written = {wanted.client_id.encode(name, "ignore") for name in ENCODINGS}
        hits += sum(content.count(text) for text in written if text)
    return hits


def _count_pseudonyms(content: bytes, pseudonyms: frozenset[str]) -> int:
    hits = 0
    for run in HEX_RUN.findall(content):
        text = run.decode("ascii")
        starts = range(len(text) - PSEUDONYM_LENGTH + 1)
        hits += sum(text[at : at + PSEUDONYM_LENGTH] in pseudonyms for at in starts)
    return hits
