"""The least that the same values cost: a bare DuckDB script on the same files.

Reads every file with explicit columns, types them and computes the indicator values. No landing,
no pseudonyms, no quarantine, no re-deliveries, no checks, no units, nothing that explains a number:
what this project takes longer is the price of those.

    python benchmarks/bare.py --inbox build/inbox --values build/bare.parquet
"""

import argparse
from collections import defaultdict
from pathlib import Path
from time import perf_counter, process_time

import duckdb
from generate import EXPORTED_ON, TEMPLATE

from pipelines.catalogue import load_catalogue
from pipelines.catalogue.models.records import FieldType, RecordKind

TYPES = {
    FieldType.ID: "VARCHAR",
    FieldType.TEXT: "VARCHAR",
    FieldType.CODE: "VARCHAR",
    FieldType.BOOL: "BOOLEAN",
    FieldType.DATE: "DATE",
    FieldType.INTEGER: "INTEGER",
    FieldType.DECIMAL: "DECIMAL(9,2)",
}


def read_inbox(connection: duckdb.DuckDBPyConnection, inbox: Path) -> None:
    """A typed table per record kind with the rows of all organisations."""
    catalogue = load_catalogue()
    exports = {e.records[0].kind: e for e in catalogue.sources[TEMPLATE].exports}
    connection.execute("create table organisation (folder VARCHAR, organisation_id VARCHAR)")
    folders = sorted(path for path in inbox.iterdir() if path.is_dir())
    for folder in folders:
        settings = (folder / "organisation.yaml").read_text(encoding="utf-8")
        connection.execute(
            "insert into organisation values (?, ?)",
            [str(folder), settings.split("organisation_id: ")[1].split("\n")[0]],
        )
    for kind in catalogue.records.values():
        export = exports[kind.kind]
        files = defaultdict(list)
        for folder in folders:
            for layout, name in (
                ("csv", f"{kind.kind}.csv"),
                ("parquet", f"{kind.kind}.parquet"),
                ("template", f"{export.id}_{EXPORTED_ON}.csv"),
            ):
                if (folder / name).exists():
                    files[layout].append(str(folder / name))
        selects = [
            _select_template(kind, export, paths)
            if layout == "template"
            else _select_own_names(kind, layout, paths)
            for layout, paths in files.items()
        ]
        connection.execute(
            f"create table {kind.kind} as"
            f" select organisation_id, rows.* exclude (filename)"
            f" from ({' union all by name '.join(selects)}) as rows"
            " inner join organisation on organisation.folder = parse_dirpath(rows.filename)"
        )


def _select_own_names(kind: RecordKind, layout: str, paths: list[str]) -> str:
    if layout == "parquet":
        fields = ", ".join(
            f"cast({name} as {TYPES[field.type]}) as {name}" for name, field in kind.fields.items()
        )
        return f"select {fields}, filename from read_parquet({paths}, filename = true)"
    columns = {name: TYPES[field.type] for name, field in kind.fields.items()}
    return f"select * from read_csv({paths}, header = true, columns = {columns}, filename = true)"


def _select_template(kind: RecordKind, export, paths: list[str]) -> str:
    fields = {name: field.column for name, field in export.records[0].fields.items()}
    columns = {
        header: TYPES[kind.fields[name].type]
        if kind.fields[name].type is not FieldType.BOOL
        else "VARCHAR"
        for name, header in fields.items()
    }
    selected = ", ".join(
        f"case \"{header}\" when 'Ja' then true when 'Nee' then false end as {name}"
        if kind.fields[name].type is FieldType.BOOL
        else f'"{header}" as {name}'
        for name, header in fields.items()
    )
    return (
        f"select {selected}, filename from read_csv({paths}, header = true, delim = ';',"
        f" decimal_separator = ',', dateformat = '%d-%m-%Y', columns = {columns}, filename = true)"
    )


def main() -> None:
    """Reads the options, computes, writes the values."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--inbox", type=Path, required=True)
    options.add_argument("--values", type=Path, required=True)
    options.add_argument("--database", type=Path, help="a new file; else in memory")
    given = options.parse_args()
    wall, cpu = perf_counter(), process_time()
    connection = duckdb.connect(str(given.database or ":memory:"))
    connection.execute(f"set variable known_until = date '{EXPORTED_ON}'")
    read_inbox(connection, given.inbox)
    print(f"read and typed  {perf_counter() - wall:8.1f} s {process_time() - cpu:8.1f} cpu s")
    wall, cpu = perf_counter(), process_time()
    connection.execute((Path(__file__).parent / "bare.sql").read_text(encoding="utf-8"))
    print(f"computed        {perf_counter() - wall:8.1f} s {process_time() - cpu:8.1f} cpu s")
    connection.execute(f"copy value to '{given.values}' (format parquet)")


if __name__ == "__main__":
    main()
