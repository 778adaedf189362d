"""Writes an inbox of national size, or a fraction of it: the same seed gives the same bytes.

75 organisations, 600 teams, 4,000 workers, 600,000 trajectories and about 30 million rows in all
record kinds. Most organisations deliver CSV in our own field names, every fifth in our delivery
template, and of every tenth the largest kinds are Parquet.

What does not belong here: planted faults and effects (``sample_data``); these files are clean.

    python benchmarks/generate.py --fraction 0.05 --target build/inbox
"""

import argparse
import shutil
from pathlib import Path
from time import perf_counter

import duckdb

from pipelines.catalogue import load_catalogue
from pipelines.catalogue.models.records import FieldType

FULL_SIZE = {
    "organisation_count": 75,
    "team_count": 600,
    "worker_count": 4_000,
    "trajectory_count": 600_000,
}
SEED = 20260630
EXPORTED_ON = "2026-06-30"
TEMPLATE = "aanlevertemplate"
PARQUET_KINDS = ("contact", "strengths_assessment_domain", "outcome_measurement")
# Columns of the world that are no delivered fields, or that carry another name there.
RENAMED = {("contact", "place"): "place_code"}


def generate_inbox(target: Path, fraction: float, seed: int = SEED, thin: float = 1) -> int:
    """Writes the inbox and returns its number of rows.

    Args:
        target: folder of the inbox; what is in it goes.
        fraction: of the full number of organisations, teams, workers and trajectories.
        seed: another seed gives another world of the same size.
        thin: of the trajectories of each team, for pages of many teams from fewer rows.
    """
    shutil.rmtree(target, ignore_errors=True)
    target.mkdir(parents=True)
    catalogue = load_catalogue()
    world = duckdb.connect()
    sizes = {name: max(1, round(size * fraction)) for name, size in FULL_SIZE.items()}
    sizes["trajectory_count"] = max(1, round(sizes["trajectory_count"] * thin))
    for name, value in {**sizes, "seed": seed}.items():
        world.execute(f"set variable {name} = {value}")
    world.execute("set preserve_insertion_order = true")
    world.execute((Path(__file__).parent / "world.sql").read_text(encoding="utf-8"))
    row_count = 0
    exports = {e.records[0].kind: e for e in catalogue.sources[TEMPLATE].exports}
    for kind in catalogue.records.values():
        row_count += world.execute(f"select count(*) from {kind.kind}").fetchone()[0]
        world.execute(f"create or replace temp table rows as from {kind.kind} order by place")
        for place in range(1, sizes["organisation_count"] + 1):
            folder = target / f"organisatie-{place:02d}"
            folder.mkdir(exist_ok=True)
            columns = {name: RENAMED.get((kind.kind, name), name) for name in kind.fields}
            if is_template(place):
                fields = exports[kind.kind].records[0].fields
                selected = [
                    f'{_write_dutch(columns[name], kind.fields[name].type)} as "{field.column}"'
                    for name, field in fields.items()
                ]
                file = f"{exports[kind.kind].id}_{EXPORTED_ON}.csv"
                settings = "header, delimiter ';'"
            else:
                selected = [f"{column} as {name}" for name, column in columns.items()]
                is_parquet = has_parquet(place) and kind.kind in PARQUET_KINDS
                file = f"{kind.kind}.{'parquet' if is_parquet else 'csv'}"
                settings = "format parquet" if is_parquet else "header"
            world.execute(
                f"copy (select {', '.join(selected)} from rows where place = {place})"
                f" to '{folder / file}' ({settings})"
            )
    for place in range(1, sizes["organisation_count"] + 1):
        source = TEMPLATE if is_template(place) else "canonical"
        (target / f"organisatie-{place:02d}" / "organisation.yaml").write_text(
            f"organisation_id: ORG-{place:02d}\nname: Organisatie {place}\nsource: {source}\n"
            f"exported_on: {EXPORTED_ON}\n",
            encoding="utf-8",
        )
    return row_count


def is_template(place: int) -> bool:
    """True for an organisation that delivers in our delivery template."""
    return place % 5 == 0


def has_parquet(place: int) -> bool:
    """True for an organisation whose largest kinds come as Parquet."""
    return place % 10 == 3


def _write_dutch(column: str, kind: FieldType) -> str:
    if kind is FieldType.DATE:
        return f"strftime({column}, '%d-%m-%Y')"
    if kind is FieldType.BOOL:
        return f"case {column} when true then 'Ja' when false then 'Nee' end"
    if kind is FieldType.DECIMAL:
        return f"replace(cast({column} as varchar), '.', ',')"
    return column


def main() -> None:
    """Reads the options, writes the inbox, and says how large it is."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--fraction", type=float, default=0.02)
    options.add_argument("--target", type=Path, required=True)
    options.add_argument("--seed", type=int, default=SEED)
    options.add_argument("--thin", type=float, default=1, help="of the trajectories of a team")
    given = options.parse_args()
    started = perf_counter()
    rows = generate_inbox(given.target, given.fraction, given.seed, given.thin)
    size = sum(path.stat().st_size for path in given.target.rglob("*") if path.is_file())
    print(f"{rows:,} rows, {size / 1e6:,.0f} MB, {perf_counter() - started:.1f} s")


if __name__ == "__main__":
    main()
